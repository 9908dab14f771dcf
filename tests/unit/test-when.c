// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dates and lengths as feeds write them, and as hark does.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/when.h"

static void
test_dates(void)
{
	static const struct {
		const char *text, *iso; // NULL: refused
	} rows[] = {
	    {"Wed, 31 Jul 2024 09:00:00 +0000", "2024-07-31T09:00:00Z"},
	    {"Wed, 31 Jul 2024 09:00:00 +0200", "2024-07-31T07:00:00Z"},
	    {"Wed, 31 Jul 2024 09:00:00 +02:00", "2024-07-31T07:00:00Z"},
	    {"Wed, 31 Jul 2024 09:00 -0330", "2024-07-31T12:30:00Z"},
	    {"  Wed ,31   Jul 2024\t9:00:00 GMT ", "2024-07-31T09:00:00Z"},
	    {"31 Jul 24 09:00:00 UT", "2024-07-31T09:00:00Z"},
	    {"31 Jul 2024 09:00", "2024-07-31T09:00:00Z"},
	    {"1 Jan 2024", "2024-01-01T00:00:00Z"},
	    {"Mon, 1 January 2024 00:00:00 EST", "2024-01-01T05:00:00Z"},
	    {"Wednesday, 31 July 2024 09:00:00 PDT", "2024-07-31T16:00:00Z"},
	    {"Wednesday, 31-Jul-24 09:00:00 GMT", "2024-07-31T09:00:00Z"},
	    {"Mon, 30 Sept 2024 09:00:00 CEST", "2024-09-30T07:00:00Z"},
	    {"31 Jul 2024 09:00:00 CET", "2024-07-31T08:00:00Z"},
	    {"31 Jul 2024 09:00:00 BST", "2024-07-31T08:00:00Z"},
	    {"31 Jul 2024 09:00:00 IST", "2024-07-31T03:30:00Z"},
	    {"31 Jul 2024 09:00:00 XYZ", "2024-07-31T09:00:00Z"},
	    {"Mon, 31 Jul 2024 09:00:00 GMT", "2024-07-31T09:00:00Z"}, // was a Wednesday
	    {"mercredi, 31 Jul 2024 09:00:00 GMT", "2024-07-31T09:00:00Z"},
	    {"Tue, 30 Jul 2024 24:00:00 GMT", "2024-07-31T00:00:00Z"},
	    {"31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"},
	    {"Jul 31, 2024 9:00 PM", "2024-07-31T21:00:00Z"},
	    {"Jul 31, 2024 12:05 am", "2024-07-31T00:05:00Z"},
	    {"Wed Jul 31 09:00:00 2024", "2024-07-31T09:00:00Z"},
	    {"Wed Jul 31 09:00:00 CEST 2024", "2024-07-31T07:00:00Z"},
	    {"Wed Jul 31 2024 09:00:00 GMT+0200 (Central European Summer Time)",
		"2024-07-31T07:00:00Z"},
	    {"31 Jul 49 00:00:00 GMT", "2049-07-31T00:00:00Z"},
	    {"31 Jul 50 00:00:00 GMT", "1950-07-31T00:00:00Z"},
	    {"Wed, 31 Dec 1969 23:59:59 GMT", "1969-12-31T23:59:59Z"},
	    {"2024-07-31T09:00:00Z", "2024-07-31T09:00:00Z"},
	    {"2024-07-31t09:00:00.123456z", "2024-07-31T09:00:00Z"},
	    {"2024-07-31T09:00:00.5+02:00", "2024-07-31T07:00:00Z"},
	    {"2024-07-31T09:00:00+0200", "2024-07-31T07:00:00Z"},
	    {"2024-07-31T09:00:00+02", "2024-07-31T07:00:00Z"},
	    {"2024-07-31T09:00:00 -0700", "2024-07-31T16:00:00Z"},
	    {"2024-07-31T09:00", "2024-07-31T09:00:00Z"},
	    {"20240731T090000Z", "2024-07-31T09:00:00Z"},
	    {"2024-07-31 09:00:00 UTC", "2024-07-31T09:00:00Z"},
	    {"2024/07/31 09:00:00", "2024-07-31T09:00:00Z"},
	    {"2024-07-31", "2024-07-31T00:00:00Z"},
	    {"2024-07-31Z", "2024-07-31T00:00:00Z"},
	    {"2024-07-31+0200", "2024-07-30T22:00:00Z"},
	    {"Wed, 2024-07-31 09:00", "2024-07-31T09:00:00Z"},
	    {"2024-213", "2024-07-31T00:00:00Z"},
	    {"2024-05-25 오후 11:23:17", "2024-05-25T14:23:17Z"},
	    {"", NULL},
	    {"   ", NULL},
	    {"yesterday", NULL},
	    {"12:30", NULL},
	    {"2024-13-01", NULL},
	    {"2024-02-30", NULL},
	    {"2023-366", NULL},
	    {"30 Feb 2024 09:00:00 GMT", NULL},
	    {"31 Jul 2024 25:00:00 GMT", NULL},
	    {"31 Jul 2024 24:00:01 GMT", NULL},
	    {"31 Jul 2024 09:60:00 GMT", NULL},
	    {"31 Jul 2024 09:00:00 +9900", NULL},
	    {"31 Jul 2024 2025 2026", NULL},
	    {"07/31/2024", NULL},
	    {"1722416400", NULL},
	    {"99999999999999999999", NULL},
	    {"0 Jan 2024", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		gint64 instant_s = WHEN_UNKNOWN;
		bool read = when_parse(rows[i].text, &instant_s);
		g_autofree char *iso = when_iso(instant_s);
		g_test_message("%s", rows[i].text);
		g_assert_cmpstr(iso, ==, rows[i].iso);
		g_assert_true(read == (rows[i].iso != NULL));
	}
	gint64 untouched = 5;
	g_assert_false(when_parse(NULL, &untouched));
	g_autofree char *endless = g_strnfill(100000, '1');
	g_assert_false(when_parse(endless, &untouched));
	g_assert_cmpint(untouched, ==, 5);
}

// Lines of a table beside the tree, or NULL after saying that it is missing.
static char **
read_table(const char *name)
{
	const char *shared = g_getenv("SHARED");
	g_autofree char *path = g_build_filename(shared ? shared : "", "corpus/dates", name, NULL);
	g_autofree char *bytes = NULL;
	if (!g_file_get_contents(path, &bytes, NULL, NULL)) {
		g_test_skip("../shared/corpus/dates is missing");
		return NULL;
	}
	return g_strsplit(bytes, "\n", -1);
}

// parser, input, seconds or "none", the same in words
static void
test_feedparser(void)
{
	g_auto(GStrv) lines = read_table("feedparser_dates.tsv");
	int rows = 0;
	for (char **line = lines ? lines + 1 : NULL; line && *line && **line; line++, rows++) {
		g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);
		gint64 instant_s = WHEN_UNKNOWN, expected_s = WHEN_UNKNOWN;
		g_assert_cmpuint(g_strv_length(fields), ==, 4);
		if (!g_str_equal(fields[2], "none"))
			expected_s = g_ascii_strtoll(fields[2], NULL, 10);
		g_test_message("%s", fields[1]);
		when_parse(fields[1], &instant_s);
		g_assert_cmpint(instant_s, ==, expected_s);
	}
	g_assert_true(!lines || rows > 30);
}

// function, 'input', what it gives; two of the functions are ours
static void
test_podcastparser(void)
{
	g_auto(GStrv) lines = read_table("podcastparser_values.tsv");
	int rows = 0;
	for (char **line = lines ? lines + 1 : NULL; line && *line && **line; line++) {
		g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);
		g_assert_cmpuint(g_strv_length(fields), ==, 3);
		g_autofree char *input = g_strdup(fields[1]);
		g_strdelimit(input, "'", ' ');
		double length_s = WHEN_NO_LENGTH;
		gint64 instant_s = WHEN_UNKNOWN, expected = g_ascii_strtoll(fields[2], NULL, 10);
		if (g_str_equal(fields[0], "parse_time")) {
			g_assert_true(when_parse_length(input, &length_s));
			g_assert_cmpfloat(length_s, ==, (double)expected);
			rows++;
		} else if (g_str_equal(fields[0], "parse_pubdate")) {
			g_assert_true(when_parse(input, &instant_s));
			g_assert_cmpint(instant_s, ==, expected);
			rows++;
		}
	}
	g_assert_true(!lines || rows >= 8);
}

static void
test_lengths(void)
{
	static const struct {
		const char *text;
		double length_s;   // negative: refused
		double position_s; // the same text as a position
	} rows[] = {
	    {"90", 90, 90},
	    {"61.08", 61.08, 61.08},
	    {"12:47", 767, 767},
	    {"61:08", 3668, 3668},
	    {"1:02:03.5", 3723.5, 3723.5},
	    {"25:3:30", 90210, 90210},
	    {"25:03:30 ", 90210, 90210},
	    {" 0 ", 0, 0},
	    {"604800", 604800, 604800},
	    {"604801", -1, -1},
	    {"PT1H2M", 3720, -1},
	    {"PT61.5S", 61.5, -1},
	    {"P1DT1S", 86401, -1},
	    {"P", -1, -1},
	    {"PT", -1, -1},
	    {"PT5", -1, -1},
	    {"", -1, -1},
	    {" ", -1, -1},
	    {"-5", -1, -1},
	    {"+5", -1, -1},
	    {"1:2:3:4", -1, -1},
	    {"1::2", -1, -1},
	    {":30", -1, -1},
	    {"1:", -1, -1},
	    {"0x10", -1, -1},
	    {"1e3", -1, -1},
	    {"inf", -1, -1},
	    {"nan", -1, -1},
	    {"45 min", -1, -1},
	    {"999999999999999999999999999", -1, -1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		double length_s = -1, position_s = -1;
		g_test_message("%s", rows[i].text);
		g_assert_true(
		    when_parse_length(rows[i].text, &length_s) == (rows[i].length_s >= 0));
		g_assert_cmpfloat_with_epsilon(length_s, rows[i].length_s, 1e-9);
		g_assert_true(
		    when_parse_position(rows[i].text, &position_s) == (rows[i].position_s >= 0));
		g_assert_cmpfloat_with_epsilon(position_s, rows[i].position_s, 1e-9);
	}
	double none;
	g_assert_false(when_parse_length(NULL, &none));
	g_assert_false(when_parse_position(NULL, &none));
}

static void
test_spans(void)
{
	static const struct {
		const char *text;
		double span_s;
	} rows[] = {{"30m", 1800}, {"1h", 3600}, {"90s", 90}, {"2d", 172800}, {"1w", 604800},
	    {"1y", 31557600}, {"5", 300}, {"1h30m", 5400}, {"1.5h", 5400}, {"1H", 3600}, {"", -1},
	    {"m", -1}, {"-1h", -1}, {"1x", -1}, {"1h30", -1}, {"1 h", -1}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		double span_s = -1;
		g_test_message("%s", rows[i].text);
		g_assert_true(when_parse_span(rows[i].text, &span_s) == (rows[i].span_s >= 0));
		g_assert_cmpfloat(span_s, ==, rows[i].span_s);
	}
}

static void
test_words(void)
{
	static const struct {
		double seconds;
		const char *clock, *length;
	} rows[] = {{767, "12:47", "12m"}, {767.99, "12:47", "12m"}, {3723, "1:02:03", "1h02"},
	    {4320, "1:12:00", "1h12"}, {5, "0:05", "5s"}, {0, "0:00", "0s"}, {59.9, "0:59", "59s"},
	    {3599.9, "59:59", "59m"}, {-1, "-:--", ""}, {1e300, "-:--", ""}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *clock = when_clock(rows[i].seconds);
		g_autofree char *length = when_length(rows[i].seconds);
		g_assert_cmpstr(clock, ==, rows[i].clock);
		g_assert_cmpstr(length, ==, rows[i].length);
	}
}

static void
test_days(void)
{
	static const struct {
		const char *instant, *day;
	} rows[] = {{"2024-07-31T00:00:01Z", "today"}, {"2024-07-30T23:59:59Z", "30 Jul"},
	    {"2024-01-05T00:00:00Z", "5 Jan"}, {"2020-07-15T12:00:00Z", "15 Jul 20"},
	    {"1969-12-31T23:00:00Z", "31 Dec 69"}, {"2024-08-01T00:00:00Z", "1 Aug"}};
	gint64 now_s, instant_s;
	g_assert_true(when_parse("2024-07-31T22:00:00Z", &now_s));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_assert_true(when_parse(rows[i].instant, &instant_s));
		g_autofree char *day = when_day(instant_s, now_s);
		g_assert_cmpstr(day, ==, rows[i].day);
	}
	g_autofree char *unknown = when_day(WHEN_UNKNOWN, now_s);
	g_assert_cmpstr(unknown, ==, "");
	g_assert_null(when_iso(WHEN_UNKNOWN));
}

static void
test_now(void)
{
	g_setenv("HARK_NOW", "2024-07-31T09:00:00Z", TRUE);
	g_assert_cmpint(when_now(), ==, 1722416400);
	g_setenv("HARK_NOW", "nonsense", TRUE);
	g_assert_cmpint(when_now(), >=, 1722416400 + 86400);
	g_unsetenv("HARK_NOW");
	g_assert_cmpint(ABS(when_now() - (gint64)time(NULL)), <=, 2);
}

int
main(int argc, char **argv)
{
	g_setenv("TZ", "UTC", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/when/dates", test_dates);
	g_test_add_func("/when/feedparser", test_feedparser);
	g_test_add_func("/when/podcastparser", test_podcastparser);
	g_test_add_func("/when/lengths", test_lengths);
	g_test_add_func("/when/spans", test_spans);
	g_test_add_func("/when/words", test_words);
	g_test_add_func("/when/days", test_days);
	g_test_add_func("/when/now", test_now);
	return g_test_run();
}
