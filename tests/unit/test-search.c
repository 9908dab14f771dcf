// SPDX-License-Identifier: GPL-3.0-or-later
//
// The search index: what is in the library is found, what was edited away is not; index and rows
// are one transaction.
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "library.h"
#include "store/actions.h"
#include "store/search.h"
#include "store/shows.h"
#include "store/sql.h"
#include "store/texts.h"
#include "store/unread.h"

static void
catch_up(struct store *store)
{
	g_autoptr(GError) error = NULL;
	bool left = true;

	while (left) {
		g_assert_true(unread_catch_up(store, 7, &left, &error));
		g_assert_no_error(error);
	}
	g_assert_cmpint(unread_count(store, NULL), ==, 0);
}

static GPtrArray *
look(struct store *store, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, " ", -1);
	g_autoptr(GError) error = NULL;
	OWNED(search) search = search_parse((const char *const *)list, &error);

	g_assert_no_error(error);
	GPtrArray *hits = search_run(store, search, 100, &error);
	g_assert_no_error(error);
	return hits;
}

// The titles of the episodes with hits, in order, once each.
static char *
titles(struct store *store, const char *words)
{
	g_autoptr(GPtrArray) hits = look(store, words);
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < hits->len; i++) {
		const struct search_hit *hit = hits->pdata[i],
					*before = i ? hits->pdata[i - 1] : NULL;
		if (!before || before->episode_id != hit->episode_id)
			g_string_append_printf(out, "%s%s", out->len ? " " : "", hit->title);
	}
	return g_string_free(out, FALSE);
}

static void
expect(struct store *store, const char *words, const char *wanted)
{
	g_autofree char *found = titles(store, words);

	g_test_message("%s", words);
	g_assert_cmpstr(found, ==, wanted);
}

static void
set_notes(const GPtrArray *episodes, guint index, const char *html)
{
	struct feed_episode *episode = episodes->pdata[index];

	g_free(episode->notes_html);
	episode->notes_html = g_strdup(html);
}

static void
test_words(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(20); // e1 is the newest

	set_notes(episodes, 2, "<p>How <b>wait time</b> is wasted in 東京.</p>");
	set_notes(episodes, 5, "<p>Time to wait; a café.</p>");
	library_merge(store, show, episodes, LIBRARY_NOW_S);
	catch_up(store);
	const struct feed_episode *a = episodes->pdata[2], *b = episodes->pdata[5];
	g_autofree char *both = g_strdup_printf("%s %s", a->title, b->title);
	g_autofree char *turned = g_strdup_printf("%s %s", b->title, a->title);
	expect(store, "wait", a->published_s > b->published_s ? both : turned);
	expect(store, "\"wait time\"", a->title);
	expect(store, "京", a->title);
	expect(store, "CAFE", b->title);
	expect(store, "caf*", b->title);
	expect(store, "wait in:title", "");
	expect(store, "wait in:notes wasted", a->title);
	expect(store, "wait before:1990", "");
	expect(store, "wait after:1990 time", a->published_s > b->published_s ? both : turned);
	expect(store, "nowhere", "");
	expect(store, a->title, a->title);
	g_autoptr(GPtrArray) hits = look(store, "café");
	const struct search_hit *hit = hits->pdata[0];
	g_assert_cmpint(hit->in, ==, SEARCH_NOTES);
	g_assert_cmpstr(hit->text, ==, "Time to wait; a café.");
	g_assert_true(hit->start_s < 0);
}

static void
test_edits(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(3);
	const struct feed_episode *first = episodes->pdata[0];

	set_notes(episodes, 0, "<p>Quokka</p>");
	library_merge(store, show, episodes, LIBRARY_NOW_S);
	catch_up(store);
	expect(store, "quokka", first->title);
	for (int i = 0; i < 300; i++) { // more editions than a day has places
		g_autofree char *html = g_strdup_printf("<p>Wombat number%d</p>", i);
		set_notes(episodes, 0, html);
		library_merge(store, show, episodes, LIBRARY_NOW_S + 1 + i);
		catch_up(store);
	}
	expect(store, "quokka", "");
	expect(store, "number7", "");
	expect(store, "wombat number299", first->title);
	gint64 docs = 0;
	g_assert_true(sql_number(
	    store, -1, &docs, NULL, "SELECT count(*) FROM doc WHERE episode_id IS NOT NULL", ""));
	g_assert_cmpint(docs, ==, 3);
	g_assert_true(
	    sql_run(store, NULL, "INSERT INTO words (words) VALUES ('integrity-check')", ""));
}

static void
test_transcript(void)
{
	static const char vtt[] = "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Ann>Tea is a plant.\n\n"
				  "01:00.000 --> 01:09.000\n<v Bob>A teapot is none.\n";
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 2);
	gint64 id = library_find(store, "e1");
	OWNED(transcript) transcript = transcript_parse(vtt, strlen(vtt), "text/vtt", NULL, NULL);

	g_assert_cmpint(show, >, 0);
	catch_up(store);
	expect(store, "teapot", "");
	g_assert_true(transcript_save(store, id, transcript, "https://a.example/1.vtt", NULL));
	catch_up(store);
	g_autoptr(GPtrArray) hits = look(store, "teapot");
	g_assert_cmpuint(hits->len, ==, 1);
	const struct search_hit *hit = hits->pdata[0];
	g_assert_cmpint(hit->episode_id, ==, id);
	g_assert_cmpint(hit->in, ==, SEARCH_TRANSCRIPT);
	g_assert_cmpint((int)hit->start_s, ==, 60);
	g_assert_cmpstr(hit->speaker, ==, "Bob");
	g_assert_false(hit->estimated);
	expect(store, "tea speaker:bob", "");
	g_autoptr(GPtrArray) ann = look(store, "tea speaker:ann");
	g_assert_cmpuint(ann->len, ==, 1);
}

static void
test_removed(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 2);
	OWNED(action) remove = action_new(ACTION_SHOW_REMOVE, &show, 1, 0);
	struct action_result result = {0};

	catch_up(store);
	expect(store, "e1", "e1");
	g_assert_true(action_apply(store, remove, LIBRARY_NOW_S, &result, NULL));
	action_result_clear(&result);
	expect(store, "e1", "");
}

static void
test_refused(void)
{
	static const char *const words[][3] = {{"a", "in:nowhere"}, {"in:title"}, {"ab*"},
	    {"tea", "after:soon"}, {"tea", "lenght:3m"}};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(search_parse(words[i], &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
	}
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/search/words", test_words);
	g_test_add_func("/search/edits", test_edits);
	g_test_add_func("/search/transcript", test_transcript);
	g_test_add_func("/search/removed", test_removed);
	g_test_add_func("/search/refused", test_refused);
	return g_test_run();
}
