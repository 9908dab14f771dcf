// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading lengths, positions and spans. Numbers are read by hand: the locale's decimal comma, hex,
// exponents and "inf" have no place in them.
#include "base/when.h"

#include <stdio.h>
#include <string.h>

enum { WEEK_S = 7 * 24 * 3600 };

// Digits with an optional fraction at *P, which moves behind them; -1 where there is no digit.
static double
read_number(const char **p)
{
	double value = 0, scale = 1;
	if (!g_ascii_isdigit(**p))
		return -1;
	for (; g_ascii_isdigit(**p); (*p)++)
		value = value * 10 + (**p - '0');
	if (**p == '.' && g_ascii_isdigit((*p)[1]))
		for ((*p)++; g_ascii_isdigit(**p); (*p)++)
			value += (**p - '0') * (scale /= 10);
	return value;
}

static const char *
skip_blanks(const char *p)
{
	while (g_ascii_isspace(*p))
		p++;
	return p;
}

// One to three numbers between colons, the last with a fraction.
static bool
parse_clock(const char *text, double *seconds)
{
	const char *p = skip_blanks(text);
	double sum = 0;
	for (int fields = 1; fields <= 3; fields++) {
		double field = read_number(&p);
		if (field < 0)
			return false;
		sum = sum * 60 + field;
		if (*p != ':') {
			*seconds = sum;
			return !*skip_blanks(p) && sum <= WEEK_S;
		}
		p++;
	}
	return false;
}

struct unit {
	char letter;
	double seconds;
};

// Numbers, each with a unit of UNITS; where BARE is not 0, one number alone counts that much.
static bool
parse_units(const char **p, const struct unit *units, double bare, double *seconds)
{
	double sum = 0;
	bool any = false;
	while (g_ascii_isdigit(**p)) {
		double value = read_number(p);
		const struct unit *unit = units;
		while (unit->letter && unit->letter != g_ascii_tolower(**p))
			unit++;
		if (unit->letter)
			(*p)++;
		else if (any || !bare)
			return false;
		sum += value * (unit->letter ? unit->seconds : bare);
		any = true;
		if (!unit->letter)
			break;
	}
	*seconds = sum;
	return any;
}

// ISO 8601: P1DT1H2M3.5S. Months and years have no length.
static bool
parse_iso_length(const char *text, double *seconds)
{
	static const struct unit days[] = {{'d', 86400}, {'w', WEEK_S}, {0}};
	static const struct unit times[] = {{'h', 3600}, {'m', 60}, {'s', 1}, {0}};
	const char *p = skip_blanks(text);
	double day_s = 0, time_s = 0;
	if (*p++ != 'P')
		return false;
	bool any = parse_units(&p, days, 0, &day_s);
	if (*p == 'T') {
		p++;
		any = parse_units(&p, times, 0, &time_s);
	}
	*seconds = day_s + time_s;
	return any && !*skip_blanks(p) && *seconds <= WEEK_S;
}

bool
when_parse_length(const char *text, double *length_s)
{
	double value;
	if (!text || (!parse_clock(text, &value) && !parse_iso_length(text, &value)))
		return false;
	*length_s = value;
	return true;
}

bool
when_parse_position(const char *text, double *position_s)
{
	double value;
	if (!text || !parse_clock(text, &value))
		return false;
	*position_s = value;
	return true;
}

bool
when_parse_span(const char *text, double *span_s)
{
	static const struct unit units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400},
	    {'w', WEEK_S}, {'y', 365.25 * 86400}, {0}};
	double value;
	if (!text)
		return false;
	const char *p = skip_blanks(text);
	if (!parse_units(&p, units, 60, &value) || *skip_blanks(p) || value > 1e11)
		return false;
	*span_s = value;
	return true;
}

bool
when_parse_day(const char *text, gint64 *day_s)
{
	int year, month = 1, day = 1, used = 0;

	if (sscanf(text, "%4d%n-%2d%n-%2d%n", &year, &used, &month, &used, &day, &used) < 1 ||
	    text[used] || !g_ascii_isdigit(*text))
		return false;
	g_autoptr(GDateTime) date = g_date_time_new_local(year, month, day, 0, 0, 0);
	if (date)
		*day_s = g_date_time_to_unix(date);
	return date != NULL;
}
