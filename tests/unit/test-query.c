// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is searched for, and where it stands in a text.
#include "text/query.h"

#include <string.h>

#include "base/error.h"

static struct query *
query_of(const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, " ", -1);
	g_autoptr(GError) error = NULL;
	struct query *query = query_parse((const char *const *)list, &error);

	g_assert_no_error(error);
	return query;
}

static void
test_find(void)
{
	static const struct {
		const char *words, *text;
		guint terms;
	} rows[] = {
	    {"tea", "Tea is a plant", 1},
	    {"tea", "TEA! tea?", 1},
	    {"tea", "steam", 0},
	    {"tea plant", "The plant of tea", 2},
	    {"tea plant", "The plant", 1},
	    {"\"wait time\"", "the wait  time before", 1},
	    {"\"wait time\"", "wait, time", 1},
	    {"\"wait time\"", "wait for time", 0},
	    {"wait-time", "the wait time", 1},
	    {"trans*", "Transcripts", 1},
	    {"\"follow trans*\"", "follow transcripts", 1},
	    {"trans", "Transcripts", 0},
	    {"café", "CAFE", 1},
	    {"cafe", "Cafe\u0301s café", 1},
	    {"straße", "STRASSE", 1},
	    {"東京", "ここは東京駅です", 1},
	    {"東京", "東の京", 0},
	    {"don't", "We don't know", 1},
	    {"2020", "in 2020.", 1},
	    {"wait \"wait time\"", "the wait time", 2},
	    {"time wait* wait", "wait time", 3},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(query) query = query_of(rows[i].words);
		g_test_message("%s in %s", rows[i].words, rows[i].text);
		g_assert_cmpuint(query_find(query, rows[i].text, NULL), ==, rows[i].terms);
	}
}

static void
test_refused(void)
{
	static const char *const words[] = {"", "!?", "ab*", "t*", "\"\""};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *const list[] = {words[i], NULL};
		g_autoptr(GError) error = NULL;
		g_assert_null(query_parse(list, &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
	}
	const char *const none[] = {NULL};
	g_assert_null(query_parse(none, NULL));
	OWNED(query) short_enough = query_of("東*");
	g_assert_cmpuint(query_find(short_enough, "東京", NULL), ==, 1);
}

static void
test_excerpt(void)
{
	OWNED(query) query = query_of("wait time");
	static const char text[] =
	    "Viewing wait time as waste means that you stop asking people to work faster, and\n"
	    "look at what they wait for.";
	g_autofree char *whole = query_excerpt(query, text, 500, "[", "]");
	g_autofree char *begin = query_excerpt(query, text, 30, "[", "]");
	OWNED(query) late = query_of("look");
	g_autofree char *middle = query_excerpt(late, text, 30, "<", ">");
	OWNED(query) nowhere = query_of("elsewhere");
	g_autofree char *first = query_excerpt(nowhere, text, 20, "[", "]");
	OWNED(query) nested = query_of("wait \"wait time\" time");
	g_autofree char *once = query_excerpt(nested, text, 30, "[", "]");

	g_assert_cmpstr(whole, ==,
	    "Viewing [wait] [time] as waste means that you stop asking people to work faster, and"
	    " look at what they [wait] for.");
	g_assert_cmpstr(begin, ==, "Viewing [wait] [time] as waste …");
	g_assert_cmpstr(middle, ==, "… and <look> at what they wait …");
	g_assert_cmpstr(first, ==, "Viewing wait time …");
	g_autofree char *narrow = query_excerpt(late, text, 9, "<", ">");
	g_assert_cmpstr(narrow, ==, "… <look> at …");
	g_autofree char *tiny = query_excerpt(late, text, 2, "<", ">");
	g_assert_cmpstr(tiny, ==, "… <look> …");
	g_assert_cmpstr(once, ==, "Viewing [wait time] as waste …");
}

// Ten times the text takes ten times as long, not a hundred times: this ends.
static void
test_long(void)
{
	OWNED(query) query = query_of("\"a a a b\"");
	g_autoptr(GString) text = g_string_new(NULL);

	while (text->len < 2000000)
		g_string_append(text, "a ");
	g_assert_cmpuint(query_find(query, text->str, NULL), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/query/find", test_find);
	g_test_add_func("/query/refused", test_refused);
	g_test_add_func("/query/excerpt", test_excerpt);
	g_test_add_func("/query/long", test_long);
	return g_test_run();
}
