// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often a feed says that it changes: sy:updatePeriod and podcast:updateFrequency.
#include <string.h>

#include "text/feed_private.h"

enum { YEAR_MINUTES = 60 * 24 * 365, ASKED_BETWEEN = 12 };

static const struct {
	const char *word;
	int minutes;
} periods[] = {
	{ "hourly", 60 },	    { "daily", 60 * 24 },     { "weekly", 60 * 24 * 7 },
	{ "monthly", 60 * 24 * 30 }, { "yearly", YEAR_MINUTES },
};

static gint64
period_minutes(const char *word)
{
	for (size_t i = 0; word && i < G_N_ELEMENTS(periods); i++)
		if (g_ascii_strcasecmp(periods[i].word, word) == 0)
			return periods[i].minutes;
	return 0;
}

static gint64
count_of(const char *text)
{
	gint64 count = text ? g_ascii_strtoll(text, NULL, 10) : 1;

	return CLAMP(count, 1, 10000);
}

// RFC 5545, 3.3.10, as far as it tells about how often: FREQ, INTERVAL, and the lists of days and
// hours, each of which makes it more often.
static gint64
rule_minutes(const char *rule)
{
	static const char *const lists[] = { "BYDAY", "BYHOUR", "BYMONTHDAY", "BYMONTH" };
	g_auto(GStrv) parts = g_strsplit(rule ? rule : "", ";", 32);
	gint64 minutes = 0, interval = 1, times = 1;

	for (char **part = parts; *part; part++) {
		char *value = strchr(*part, '=');
		if (!value)
			continue;
		*value++ = '\0';
		char *name = g_strstrip(*part);
		if (g_ascii_strcasecmp(name, "FREQ") == 0)
			minutes = period_minutes(g_strstrip(value));
		else if (g_ascii_strcasecmp(name, "INTERVAL") == 0)
			interval = count_of(value);
		for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
			if (g_ascii_strcasecmp(name, lists[i]) != 0)
				continue;
			gint64 commas = 0;
			for (const char *p = value; *p; p++)
				commas += *p == ',';
			times *= MIN(commas + 1, 1000);
		}
		times = MIN(times, YEAR_MINUTES);
	}
	return minutes * interval / times;
}

// A schedule tells when an episode comes, not when to ask: asked some times between two, it is
// heard of soon.
int
feed_schedule_minutes(const char *period, const char *frequency, const char *rule)
{
	gint64 minutes =
	    MAX(period_minutes(period) / count_of(frequency), rule_minutes(rule) / ASKED_BETWEEN);

	return (int)MIN(minutes, YEAR_MINUTES);
}
