// SPDX-License-Identifier: GPL-3.0-or-later
//
// The clock, and instants and lengths as people and JSON read them. Reading them is in
// when_parse.c and when_length.c.
#include "base/when.h"

#include <math.h>
#include <time.h>

#include "base/i18n.h"

gint64
when_now(void)
{
	gint64 set_s;
	const char *set = g_getenv("HARK_NOW");
	if (set && when_parse(set, &set_s))
		return set_s;
	return g_get_real_time() / G_USEC_PER_SEC;
}

char *
when_iso(gint64 instant_s)
{
	time_t t = (time_t)instant_s;
	struct tm tm;
	if (instant_s == WHEN_UNKNOWN || !gmtime_r(&t, &tm))
		return NULL;
	return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

// Is LENGTH_S a length that an int of seconds can hold?
static bool
is_length(double length_s)
{
	return length_s >= 0 && length_s < G_MAXINT;
}

char *
when_clock(double position_s)
{
	if (!is_length(position_s))
		return g_strdup("-:--");
	int s = (int)position_s;
	if (s >= 3600)
		return g_strdup_printf("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
	return g_strdup_printf("%d:%02d", s / 60, s % 60);
}

char *
when_length(double length_s)
{
	if (!is_length(length_s))
		return g_strdup("");
	int s = (int)length_s, min = s / 60;
	if (min >= 60)
		return g_strdup_printf(_("%dh%02d"), min / 60, min % 60);
	if (min > 0)
		return g_strdup_printf(_("%dm"), min);
	return g_strdup_printf(_("%ds"), s);
}

char *
when_day(gint64 instant_s, gint64 now_s)
{
	// TRANSLATORS: months in dates of lists; three cells at most.
	static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"),
	    N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};
	time_t t = (time_t)instant_s, now = (time_t)now_s;
	struct tm tm, today;
	if (instant_s == WHEN_UNKNOWN || !localtime_r(&t, &tm) || !localtime_r(&now, &today))
		return g_strdup("");
	const char *month = _(months[tm.tm_mon]);
	if (tm.tm_year == today.tm_year && tm.tm_yday == today.tm_yday)
		return g_strdup(_("today"));
	if (tm.tm_year == today.tm_year) // TRANSLATORS: day, month
		return g_strdup_printf(_("%d %s"), tm.tm_mday, month);
	// TRANSLATORS: day, month, last two digits of the year; nine cells at most.
	return g_strdup_printf(_("%d %s %02d"), tm.tm_mday, month, (tm.tm_year % 100 + 100) % 100);
}
