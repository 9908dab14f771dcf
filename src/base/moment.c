// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a date: names, numbers, times and zones.
#include "base/moment.h"

#include <string.h>

enum {
	EPOCH_JULIAN = 719163, // GDate's day of 1970-01-01
};

struct name {
	const char *name; // lower case where it is ASCII
	int value;
};

// English, and what feedparser's list of wild dates has: Greek and Hungarian.
static const struct name month_names[] = {{"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4},
    {"may", 5}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sep", 9}, {"oct", 10}, {"nov", 11},
    {"dec", 12}, {"january", 1}, {"february", 2}, {"march", 3}, {"april", 4}, {"june", 6},
    {"july", 7}, {"august", 8}, {"sept", 9}, {"september", 9}, {"october", 10}, {"november", 11},
    {"december", 12},
    // Greek
    {"Ιαν", 1}, {"Φεβ", 2}, {"Μάρ", 3}, {"Μαρ", 3}, {"Μάώ", 3}, {"Απρ", 4},
    {"Μάι", 5}, {"Μαϊ", 5}, {"Μαι", 5}, {"Ιούν", 6}, {"Ιον", 6}, {"Ιουν", 6},
    {"Ιούλ", 7}, {"Ιολ", 7}, {"Ιουλ", 7}, {"Αύγ", 8}, {"Αυγ", 8}, {"Σεπ", 9},
    {"Οκτ", 10}, {"Νοέ", 11}, {"Νοε", 11}, {"Δεκ", 12},
    // Hungarian
    {"január", 1}, {"február", 2}, {"februári", 2}, {"március", 3}, {"április", 4},
    {"máujus", 5}, {"május", 5}, {"június", 6}, {"július", 7}, {"augusztus", 8},
    {"szeptember", 9}, {"október", 10}, {"december", 12}, {NULL}};

// Minutes east of UTC. Any other word is no zone, and that means UTC (RFC 5322, 4.3).
static const struct name zone_names[] = {{"z", 0}, {"ut", 0}, {"utc", 0}, {"gmt", 0}, {"wet", 0},
    {"bst", 60}, {"west", 60}, {"cet", 60}, {"met", 60}, {"cest", 120}, {"mest", 120}, {"eet", 120},
    {"sast", 120}, {"eest", 180}, {"msk", 180}, {"ist", 330}, {"hkt", 480}, {"sgt", 480},
    {"awst", 480}, {"jst", 540}, {"kst", 540}, {"acst", 570}, {"acdt", 630}, {"aest", 600},
    {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"ast", -240}, {"adt", -180}, {"at", -240},
    {"est", -300}, {"edt", -240}, {"et", -300}, {"cst", -360}, {"cdt", -300}, {"ct", -360},
    {"mst", -420}, {"mdt", -360}, {"mt", -420}, {"pst", -480}, {"pdt", -420}, {"pt", -480},
    {"akst", -540}, {"akdt", -480}, {"hst", -600}, {NULL}};

static bool
is_word(char c)
{
	return g_ascii_isalpha(c) || (unsigned char)c >= 0x80;
}

size_t
moment_word_len(const char *p)
{
	size_t len = 0;
	while (is_word(p[len]))
		len++;
	return len;
}

size_t
moment_digits_len(const char *p)
{
	size_t len = 0;
	while (g_ascii_isdigit(p[len]))
		len++;
	return len;
}

const char *
moment_skip_blanks(const char *p)
{
	while (g_ascii_isspace(*p))
		p++;
	return p;
}

int
moment_number(const char *p, size_t len)
{
	int value = 0;
	for (size_t i = 0; i < len && i < 9; i++)
		value = value * 10 + (p[i] - '0');
	return value;
}

// The value of the word of LEN bytes at P, or FALLBACK.
static int
look_up(const struct name *names, const char *p, size_t len, int fallback)
{
	for (; names->name; names++)
		if (g_ascii_strncasecmp(names->name, p, len) == 0 && !names->name[len])
			return names->value;
	return fallback;
}

int
moment_month(const char *p, size_t len)
{
	return look_up(month_names, p, len, 0);
}

// A year of two digits means 1950 to 2049, of three 1900 and on (RFC 5322, 4.3).
int
moment_year(int year, size_t digits)
{
	if (digits == 2)
		return year + (year < 50 ? 2000 : 1900);
	return digits == 3 ? year + 1900 : year;
}

// "+02:00", "+0200", "+2" behind the sign: minutes. Fills *NEXT; false where it is no offset.
static bool
read_offset(const char *p, int *minutes, const char **next)
{
	size_t len = moment_digits_len(p);
	int hours, rest = 0;
	if (len == 0 || len > 4)
		return false;
	if (len <= 2) {
		hours = moment_number(p, len);
		if (p[len] == ':' && moment_digits_len(p + len + 1) == 2) {
			rest = moment_number(p + len + 1, 2);
			len += 3;
		}
	} else {
		hours = moment_number(p, len - 2);
		rest = moment_number(p + len - 2, 2);
	}
	*minutes = hours * 60 + rest;
	*next = p + len;
	return hours < 24 && rest < 60;
}

bool
moment_read_zone(const char *p, struct moment *m, const char **next)
{
	int minutes;
	size_t len = moment_word_len(p);
	*next = p;
	if (len) {
		m->zone_min = look_up(zone_names, p, len, 0);
		*next = p += len;
	}
	if (*p != '+' && *p != '-')
		return true;
	if (!read_offset(p + 1, &minutes, next))
		return false;
	m->zone_min = *p == '-' ? -minutes : minutes;
	return true;
}

const char *
moment_read_half(const char *p, struct moment *m)
{
	static const struct name halves[] = {
	    {"am", 0}, {"pm", 12}, {"오전", 0}, {"오후", 12}, {NULL}};
	size_t len = moment_word_len(p);
	int half = len ? look_up(halves, p, len, -1) : -1;
	if (half < 0 || m->hour > 12)
		return p;
	m->hour = m->hour % 12 + half;
	if ((unsigned char)*p >= 0x80 && m->zone_min == MOMENT_NO_ZONE)
		m->zone_min = MOMENT_KOREA;
	return moment_skip_blanks(p + len);
}

const char *
moment_read_time(const char *p, bool compact, struct moment *m)
{
	size_t len = moment_digits_len(p);
	if (compact && (len == 4 || len == 6)) {
		m->hour = moment_number(p, 2);
		m->minute = moment_number(p + 2, 2);
		m->second = len == 6 ? moment_number(p + 4, 2) : 0;
		p += len;
	} else {
		if (len < 1 || len > 2 || p[len] != ':')
			return NULL;
		m->hour = moment_number(p, len);
		p += len + 1;
		len = moment_digits_len(p);
		if (len < 1 || len > 2)
			return NULL;
		m->minute = moment_number(p, len);
		p += len;
		if (*p == ':') {
			len = moment_digits_len(++p);
			if (len < 1 || len > 2)
				return NULL;
			m->second = moment_number(p, len);
			p += len;
		}
	}
	m->has_time = true;
	if ((*p == '.' || *p == ',') && g_ascii_isdigit(p[1]))
		p += 1 + moment_digits_len(p + 1);
	return p;
}

bool
moment_instant(const struct moment *m, gint64 *instant_s)
{
	bool midnight = m->hour == 24 && m->minute == 0 && m->second == 0;
	if (m->year < 1 || m->year > 9999 || m->month < 1 || m->month > 12 || m->day < 1 ||
	    (m->hour > 23 && !midnight) || m->minute > 59 || m->second > 60 ||
	    !g_date_valid_dmy((GDateDay)m->day, (GDateMonth)m->month, (GDateYear)m->year))
		return false;
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)m->day, (GDateMonth)m->month, (GDateYear)m->year);
	gint64 days = (gint64)g_date_get_julian(&date) - EPOCH_JULIAN;
	int zone_min = m->zone_min == MOMENT_NO_ZONE ? 0 : m->zone_min;
	*instant_s = days * 86400 + m->hour * 3600 + (m->minute - zone_min) * 60 + m->second;
	return true;
}

bool
moment_set_ordinal(struct moment *m, int day_of_year)
{
	GDate date;
	if (m->year < 1 || day_of_year < 1 ||
	    day_of_year > 365 + g_date_is_leap_year((GDateYear)m->year))
		return false;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, 1, G_DATE_JANUARY, (GDateYear)m->year);
	g_date_add_days(&date, (guint)day_of_year - 1);
	m->month = g_date_get_month(&date);
	m->day = g_date_get_day(&date);
	return true;
}
