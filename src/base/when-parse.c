// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading instants as feeds write them. Two readers: numbers in ISO 8601's order (with the forms
// that feeds make of it), and words and numbers in any order (RFC 822 and its relatives). Neither
// allocates: a refresh calls them a hundred thousand times.
#include "base/when.h"

#include <string.h>

enum {
	MAX_BYTES = 200,       // no date is longer
	EPOCH_JULIAN = 719163, // GDate's day of 1970-01-01
	NO_ZONE = G_MAXINT,
	KOREA_MIN = 9 * 60, // what Korean forms mean where they name no zone
};

struct moment {
	int year, month, day; // month and day from 1; 0: not seen
	int hour, minute, second;
	bool has_year, has_time;
	int zone_min; // east of UTC, or NO_ZONE
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
    {"Ιαν", 1}, {"Φεβ", 2}, {"Μάρ", 3}, {"Μαρ", 3}, {"Μάώ", 3}, {"Απρ", 4}, {"Μάι", 5}, {"Μαϊ", 5},
    {"Μαι", 5}, {"Ιούν", 6}, {"Ιον", 6}, {"Ιουν", 6}, {"Ιούλ", 7}, {"Ιολ", 7}, {"Ιουλ", 7},
    {"Αύγ", 8}, {"Αυγ", 8}, {"Σεπ", 9}, {"Οκτ", 10}, {"Νοέ", 11}, {"Νοε", 11}, {"Δεκ", 12},
    // Hungarian
    {"január", 1}, {"február", 2}, {"februári", 2}, {"március", 3}, {"április", 4}, {"máujus", 5},
    {"május", 5}, {"június", 6}, {"július", 7}, {"augusztus", 8}, {"szeptember", 9},
    {"október", 10}, {"december", 12}, {NULL}};

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

static size_t
word_len(const char *p)
{
	size_t len = 0;
	while (is_word(p[len]))
		len++;
	return len;
}

static size_t
digits_len(const char *p)
{
	size_t len = 0;
	while (g_ascii_isdigit(p[len]))
		len++;
	return len;
}

static const char *
skip_blanks(const char *p)
{
	while (g_ascii_isspace(*p))
		p++;
	return p;
}

// LEN digits at P, at most 9 of them.
static int
number(const char *p, size_t len)
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

// A year of two digits means 1950 to 2049, of three 1900 and on (RFC 5322, 4.3).
static int
full_year(int year, size_t digits)
{
	if (digits == 2)
		return year + (year < 50 ? 2000 : 1900);
	return digits == 3 ? year + 1900 : year;
}

// "+02:00", "+0200", "+2" behind the sign: minutes. Fills *NEXT; false where it is no offset.
static bool
read_offset(const char *p, int *minutes, const char **next)
{
	size_t len = digits_len(p);
	int hours, rest = 0;
	if (len == 0 || len > 4)
		return false;
	if (len <= 2) {
		hours = number(p, len);
		if (p[len] == ':' && digits_len(p + len + 1) == 2) {
			rest = number(p + len + 1, 2);
			len += 3;
		}
	} else {
		hours = number(p, len - 2);
		rest = number(p + len - 2, 2);
	}
	*minutes = hours * 60 + rest;
	*next = p + len;
	return hours < 24 && rest < 60;
}

// A zone at P if there is one: a name, an offset, or both ("GMT+0200"). False for a broken offset.
static bool
read_zone(const char *p, struct moment *m, const char **next)
{
	int minutes;
	size_t len = word_len(p);
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

// "AM", "PM" and their Korean forms turn the clock.
static const char *
read_half(const char *p, struct moment *m)
{
	static const struct name halves[] = {
	    {"am", 0}, {"pm", 12}, {"오전", 0}, {"오후", 12}, {NULL}};
	size_t len = word_len(p);
	int half = len ? look_up(halves, p, len, -1) : -1;
	if (half < 0 || m->hour > 12)
		return p;
	m->hour = m->hour % 12 + half;
	if ((unsigned char)*p >= 0x80 && m->zone_min == NO_ZONE)
		m->zone_min = KOREA_MIN;
	return skip_blanks(p + len);
}

// "9:15", "09:15:02", "09:15:02.125" and, where COMPACT, "0915" and "091502". Gives what follows,
// or NULL.
static const char *
read_time(const char *p, bool compact, struct moment *m)
{
	size_t len = digits_len(p);
	if (compact && (len == 4 || len == 6)) {
		m->hour = number(p, 2);
		m->minute = number(p + 2, 2);
		m->second = len == 6 ? number(p + 4, 2) : 0;
		p += len;
	} else {
		if (len < 1 || len > 2 || p[len] != ':')
			return NULL;
		m->hour = number(p, len);
		p += len + 1;
		len = digits_len(p);
		if (len < 1 || len > 2)
			return NULL;
		m->minute = number(p, len);
		p += len;
		if (*p == ':') {
			len = digits_len(++p);
			if (len < 1 || len > 2)
				return NULL;
			m->second = number(p, len);
			p += len;
		}
	}
	m->has_time = true;
	if ((*p == '.' || *p == ',') && g_ascii_isdigit(p[1]))
		p += 1 + digits_len(p + 1);
	return p;
}

// 24:00:00 is midnight at the day's end, second 60 the first of the next minute.
static bool
to_instant(const struct moment *m, gint64 *instant_s)
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
	int zone_min = m->zone_min == NO_ZONE ? 0 : m->zone_min;
	*instant_s = days * 86400 + m->hour * 3600 + (m->minute - zone_min) * 60 + m->second;
	return true;
}

// The day DAY_OF_YEAR (from 1) of the year in M.
static bool
set_ordinal(struct moment *m, int day_of_year)
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

// Digits without separators: what their number means.
static bool
set_compact_date(const char *p, size_t len, bool century_cut, struct moment *m)
{
	size_t year_len = century_cut || len == 5 || len == 6 ? 2 : 4;
	if (len < year_len || len > 8)
		return false;
	m->year = full_year(number(p, year_len), year_len);
	const char *rest = p + year_len;
	switch (len - year_len) {
	case 0:
		m->month = m->day = 1;
		return !century_cut;
	case 2:
		m->month = number(rest, 2);
		m->day = 1;
		return century_cut;
	case 3:
		return set_ordinal(m, number(rest, 3));
	case 4:
		m->month = number(rest, 2);
		m->day = number(rest + 2, 2);
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
			return skip_blanks(p + strlen(words[i]));
	return *p && strchr("-/.", *p) ? p + 1 : NULL;
}

// The date of the ISO reader: 2003-12-31, 03-12-31, 2003-12, 20031231, 031231, 2003-335, 03335,
// -0312, 2004-július-13, 2004년 05월 28일. Gives what follows, or NULL.
static const char *
read_iso_date(const char *p, struct moment *m)
{
	bool century_cut = *p == '-';
	size_t len = digits_len(p += century_cut);
	const char *next = skip_separator(p + len);
	if (!next || century_cut)
		return len && set_compact_date(p, len, century_cut, m) ? p + len : NULL;
	if (len != 2 && len != 4)
		return NULL;
	m->year = full_year(number(p, len), len);
	if (!g_ascii_isdigit(p[len]) && (unsigned char)p[len] >= 0x80)
		m->zone_min = KOREA_MIN;
	p = next;
	bool long_year = len == 4; // else 31-Jul-24 would be read backwards
	len = digits_len(p);
	if (len == 3)
		return set_ordinal(m, number(p, 3)) ? p + 3 : NULL;
	if (len == 1 || len == 2) {
		m->month = number(p, len);
	} else {
		len = word_len(p);
		m->month = len && long_year ? look_up(month_names, p, len, 0) : 0;
	}
	if (!m->month)
		return NULL;
	p += len;
	next = skip_separator(p);
	m->day = 1;
	if (!next)
		return p;
	len = digits_len(next);
	if (len != 1 && len != 2)
		return NULL;
	m->day = number(next, len);
	p = next + len;
	return g_str_has_prefix(p, "일") ? p + strlen("일") : p;
}

static bool
parse_iso(const char *text, gint64 *instant_s)
{
	struct moment m = {.zone_min = NO_ZONE};
	const char *p = read_iso_date(text, &m);
	if (!p)
		return false;
	const char *clock = skip_blanks(p + (*p == 'T' || *p == 't'));
	clock = read_half(clock, &m);
	int half = m.hour;
	if (g_ascii_isdigit(*clock)) {
		if (clock == p || !(p = read_time(clock, *p == 'T' || *p == 't', &m)))
			return false;
		if (half == 12 && m.hour < 12)
			m.hour += 12;
		p = read_half(skip_blanks(p), &m);
	} else if ((*p == '+' || *p == '-') && digits_len(p + 1) != 4) {
		return false; // behind a date alone only +hhmm is a zone
	}
	p = skip_blanks(p);
	return read_zone(p, &m, &p) && !*skip_blanks(p) && to_instant(&m, instant_s);
}

// A number that is no time: the day comes before the year, unless it has four digits.
static bool
take_number(const char *p, size_t len, struct moment *m)
{
	if (len <= 2 && !m->day) {
		m->day = number(p, len);
		return m->day > 0;
	}
	if (m->has_year || len < 2 || len > 4)
		return false;
	m->year = full_year(number(p, len), len);
	m->has_year = true;
	return true;
}

// A word: a month, behind the time a zone or a half of the day, else a weekday or the like.
static bool
take_word(const char *p, struct moment *m, const char **next)
{
	size_t len = word_len(p);
	int month = look_up(month_names, p, len, 0);
	*next = p + len;
	if (month && !m->month) {
		m->month = month;
		return true;
	}
	if (!m->has_time)
		return true;
	const char *half = read_half(p, m);
	if (half == p)
		return read_zone(p, m, next);
	*next = half;
	return true;
}

static bool
parse_words(const char *p, gint64 *instant_s)
{
	struct moment m = {.zone_min = NO_ZONE};
	while (*p && *p != '(') { // a comment comes last
		size_t digits = digits_len(p);
		bool sign = *p == '+' || *p == '-';
		if (digits && p[digits] == ':') {
			if (m.has_time || !(p = read_time(p, false, &m)))
				return false;
		} else if (digits) {
			if (!take_number(p, digits, &m))
				return false;
			p += digits;
		} else if (is_word(*p)) {
			if (!take_word(p, &m, &p))
				return false;
		} else if (sign && (m.has_time || (m.has_year && m.day))) {
			if (!read_zone(p, &m, &p))
				return false;
		} else {
			p++;
		}
	}
	return m.has_year && to_instant(&m, instant_s);
}

bool
when_parse(const char *text, gint64 *instant_s)
{
	gint64 value;
	if (!text || strnlen(text, MAX_BYTES) == MAX_BYTES)
		return false;
	text = skip_blanks(text);
	// Whatever language a weekday before it is written in.
	const char *behind_word = text + word_len(text);
	while (*behind_word == ',' || g_ascii_isspace(*behind_word))
		behind_word++;
	if (!parse_iso(text, &value) && !parse_iso(behind_word, &value) &&
	    !parse_words(text, &value))
		return false;
	*instant_s = value;
	return true;
}
