// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading instants as feeds write them. Two readers: numbers in ISO 8601's order (with the forms
// that feeds make of it), and words and numbers in any order (RFC 822 and its relatives). Neither
// allocates: a refresh calls them a hundred thousand times.
#include "base/when.h"

#include <string.h>

#include "base/moment.h"

enum {
	MAX_BYTES = 200, // no date is longer
};

// Digits without separators: what their number means.
static bool
set_compact_date(const char *p, size_t len, bool century_cut, struct moment *m)
{
	size_t year_len = century_cut || len == 5 || len == 6 ? 2 : 4;
	if (len < year_len || len > 8)
		return false;
	m->year = moment_year(moment_number(p, year_len), year_len);
	const char *rest = p + year_len;
	switch (len - year_len) {
	case 0:
		m->month = m->day = 1;
		return !century_cut;
	case 2:
		m->month = moment_number(rest, 2);
		m->day = 1;
		return century_cut;
	case 3:
		return moment_set_ordinal(m, moment_number(rest, 3));
	case 4:
		m->month = moment_number(rest, 2);
		m->day = moment_number(rest + 2, 2);
		return !century_cut;
	default:
		return false;
	}
}

// What stands between year, month and day; Korean words count as such.
static const char *
skip_separator(const char *p)
{
	static const char *const words[] = {"년", "월", "일"};
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_has_prefix(p, words[i]))
			return moment_skip_blanks(p + strlen(words[i]));
	return *p && strchr("-/.", *p) ? p + 1 : NULL;
}

// The date of the ISO reader: 2003-12-31, 03-12-31, 2003-12, 20031231, 031231, 2003-335, 03335,
// -0312, 2004-július-13, 2004년 05월 28일. Gives what follows, or NULL.
static const char *
read_iso_date(const char *p, struct moment *m)
{
	bool century_cut = *p == '-';
	size_t len = moment_digits_len(p += century_cut);
	const char *next = skip_separator(p + len);
	if (!next || century_cut)
		return len && set_compact_date(p, len, century_cut, m) ? p + len : NULL;
	if (len != 2 && len != 4)
		return NULL;
	m->year = moment_year(moment_number(p, len), len);
	if (!g_ascii_isdigit(p[len]) && (unsigned char)p[len] >= 0x80)
		m->zone_min = MOMENT_KOREA;
	p = next;
	bool long_year = len == 4; // else 31-Jul-24 would be read backwards
	len = moment_digits_len(p);
	if (len == 3)
		return moment_set_ordinal(m, moment_number(p, 3)) ? p + 3 : NULL;
	if (len == 1 || len == 2) {
		m->month = moment_number(p, len);
	} else {
		len = moment_word_len(p);
		m->month = len && long_year ? moment_month(p, len) : 0;
	}
	if (!m->month)
		return NULL;
	p += len;
	next = skip_separator(p);
	m->day = 1;
	if (!next)
		return p;
	len = moment_digits_len(next);
	if (len != 1 && len != 2)
		return NULL;
	m->day = moment_number(next, len);
	p = next + len;
	return g_str_has_prefix(p, "일") ? p + strlen("일") : p;
}

static bool
parse_iso(const char *text, gint64 *instant_s)
{
	struct moment m = {.zone_min = MOMENT_NO_ZONE};
	const char *p = read_iso_date(text, &m);
	if (!p)
		return false;
	const char *clock = moment_skip_blanks(p + (*p == 'T' || *p == 't'));
	clock = moment_read_half(clock, &m);
	int half = m.hour;
	if (g_ascii_isdigit(*clock)) {
		if (clock == p || !(p = moment_read_time(clock, *p == 'T' || *p == 't', &m)))
			return false;
		if (half == 12 && m.hour < 12)
			m.hour += 12;
		p = moment_read_half(moment_skip_blanks(p), &m);
	} else if ((*p == '+' || *p == '-') && moment_digits_len(p + 1) != 4) {
		return false; // behind a date alone only +hhmm is a zone
	}
	p = moment_skip_blanks(p);
	return moment_read_zone(p, &m, &p) && !*moment_skip_blanks(p) &&
	       moment_instant(&m, instant_s);
}

// A number that is no time: the day comes before the year, unless it has four digits.
static bool
take_number(const char *p, size_t len, struct moment *m)
{
	if (len <= 2 && !m->day) {
		m->day = moment_number(p, len);
		return m->day > 0;
	}
	if (m->has_year || len < 2 || len > 4)
		return false;
	m->year = moment_year(moment_number(p, len), len);
	m->has_year = true;
	return true;
}

// A word: a month, behind the time a zone or a half of the day, else a weekday or the like.
static bool
take_word(const char *p, struct moment *m, const char **next)
{
	size_t len = moment_word_len(p);
	int month = moment_month(p, len);
	*next = p + len;
	if (month && !m->month) {
		m->month = month;
		return true;
	}
	if (!m->has_time)
		return true;
	const char *half = moment_read_half(p, m);
	if (half == p)
		return moment_read_zone(p, m, next);
	*next = half;
	return true;
}

static bool
parse_words(const char *p, gint64 *instant_s)
{
	struct moment m = {.zone_min = MOMENT_NO_ZONE};
	while (*p && *p != '(') { // a comment comes last
		size_t digits = moment_digits_len(p);
		bool sign = *p == '+' || *p == '-';
		if (digits && p[digits] == ':') {
			if (m.has_time || !(p = moment_read_time(p, false, &m)))
				return false;
		} else if (digits) {
			if (!take_number(p, digits, &m))
				return false;
			p += digits;
		} else if (moment_word_len(p)) {
			if (!take_word(p, &m, &p))
				return false;
		} else if (sign && (m.has_time || (m.has_year && m.day))) {
			if (!moment_read_zone(p, &m, &p))
				return false;
		} else {
			p++;
		}
	}
	return m.has_year && moment_instant(&m, instant_s);
}

bool
when_parse(const char *text, gint64 *instant_s)
{
	gint64 value;
	if (!text || strnlen(text, MAX_BYTES) == MAX_BYTES)
		return false;
	text = moment_skip_blanks(text);
	// Whatever language a weekday before it is written in.
	const char *behind_word = text + moment_word_len(text);
	while (*behind_word == ',' || g_ascii_isspace(*behind_word))
		behind_word++;
	if (!parse_iso(text, &value) && !parse_iso(behind_word, &value) &&
	    !parse_words(text, &value))
		return false;
	*instant_s = value;
	return true;
}
