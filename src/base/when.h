// SPDX-License-Identifier: GPL-3.0-or-later
//
// Instants are seconds since 1970 UTC (gint64), lengths and positions are seconds (double).
#ifndef HARK_BASE_WHEN_H
#define HARK_BASE_WHEN_H

#include <glib.h>
#include <stdbool.h>

#define WHEN_UNKNOWN G_MININT64	 // no instant
#define WHEN_NO_LENGTH (-1.0)	 // no length

// The clock. HARK_NOW (ISO 8601) sets it for tests.
gint64 when_now(void);

// An instant as feeds write it: RFC 822/2822/5322 with every wild form of STANDARDS section 6.1
// and of feedparser's list, RFC 3339 / ISO 8601, asctime. A missing zone means UTC.
bool when_parse(const char *text, gint64 *instant_s);

// A length as itunes:duration (STANDARDS 6.2), psc and JSON write it: 90, 61.08, 12:47, 1:02:03.5,
// PT1H2M. False for empty, negative, nonsense and more than a week.
bool when_parse_length(const char *text, double *length_s);

// A place in a medium as a user types it: 90  12:47  1:02:03  (no sign). False else.
bool when_parse_position(const char *text, double *position_s);

// A span as filters write it: 30m 1h 90s 2d 1w 1y (bare number: minutes). Seconds.
bool when_parse_span(const char *text, double *span_s);

// The first second, by the local clock, of what 2020, 2020-03 or 2020-03-14 names.
bool when_parse_day(const char *text, gint64 *day_s);

// "2024-07-31T09:00:00Z". NULL for WHEN_UNKNOWN.
char *when_iso(gint64 instant_s);

// "12:47", "1:02:03"; no sign, rounded down. "-:--" when negative.
char *when_clock(double position_s);

// A length for a list: "44m", "1h12", "9m", "30s"; "" when unknown.
char *when_length(double length_s);

// A date for a list, at most 9 cells: "today", "31 Jul", "15 Jul 20" (another year).
// Local time; "" when unknown. NOW_S is the clock's word.
char *when_day(gint64 instant_s, gint64 now_s);

#endif
