// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts that dates are made of, for when_parse. Nothing here allocates. Texts end with NUL.
#ifndef HARK_BASE_MOMENT_H
#define HARK_BASE_MOMENT_H

#include <glib.h>
#include <stdbool.h>

enum {
	MOMENT_NO_ZONE = G_MAXINT,
	MOMENT_KOREA = 9 * 60, // what Korean forms mean where they name no zone
};

struct moment {
	int year, month, day; // month and day from 1; 0: not seen
	int hour, minute, second;
	bool has_year, has_time;
	int zone_min; // east of UTC, or MOMENT_NO_ZONE
};

// Bytes of the letters, of the digits at P.
size_t moment_word_len(const char *p);
size_t moment_digits_len(const char *p);

const char *moment_skip_blanks(const char *p);

// The number that the LEN digits at P (the first nine of them) make.
int moment_number(const char *p, size_t len);

// The month (from 1) that the word of LEN bytes at P names, or 0.
int moment_month(const char *p, size_t len);

// What YEAR, written with so many DIGITS, means.
int moment_year(int year, size_t digits);

// Reads a zone at P if there is one: a name, an offset, or both ("GMT+0200"), and sets *NEXT behind
// it. False for a broken offset.
bool moment_read_zone(const char *p, struct moment *m, const char **next);

// Reads "AM", "PM" or their Korean forms at P, which turn the clock. Gives what follows, or P.
const char *moment_read_half(const char *p, struct moment *m);

// Reads "9:15", "09:15:02", "09:15:02.125" and, where COMPACT, "0915" and "091502". Gives what
// follows, or NULL.
const char *moment_read_time(const char *p, bool compact, struct moment *m);

// Sets month and day by DAY_OF_YEAR (from 1). False where the year of M has no such day.
bool moment_set_ordinal(struct moment *m, int day_of_year);

// Seconds since 1970. False where M is no time of any day. 24:00:00 is midnight at the day's end,
// second 60 the first of the next minute.
bool moment_instant(const struct moment *m, gint64 *instant_s);

#endif
