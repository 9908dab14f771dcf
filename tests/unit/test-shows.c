// SPDX-License-Identifier: GPL-3.0-or-later
//
// Subscribing, addresses that are the same, what a refresh leaves behind, SHOW on a command line.
#include <string.h>

#include "base/error.h"
#include "base/when.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/sql.h"
#include "store/unite.h"

#define NOW LIBRARY_NOW_S

struct same_row {
	const char *a, *b;
	bool same;
};

static const struct same_row sames[] = {
    {"http://h.example/x", "https://h.example/x", true},
    {"https://H.Example/x", "https://h.example/x", true},
    {"https://h.example/X", "https://h.example/x", true},
    {"https://h.example/a//b/", "https://h.example/a/b", true},
    {"https://h.example", "https://h.example/", true},
    {"https://h.example/?", "https://h.example/", true},
    {"https://h.example:443/x", "http://h.example:80/x", true},
    {"https://h.example/x#top", "https://h.example/x", true},
    {" https://h.example/x\n", "https://h.example/x", true},
    {"feed://h.example/x", "https://h.example/x", true},
    {"feed:https://h.example/x", "https://h.example/x", true},
    {"feed://https//h.example/x", "https://h.example/x", true},
    {"itpc://h.example/x", "https://h.example/x", true},
    {"h.example/x", "https://h.example/x", true},
    {"https://me:old@h.example/x", "https://me:new@h.example/x", true},
    {"file:///home/me/feed.xml", "/home/me/feed.xml", true},
    {"https://h.example/x?a=1", "https://h.example/x?a=2", false},
    {"https://h.example/x?A=1", "https://h.example/x?a=1", false},
    {"https://h.example/x", "https://h.example/y", false},
    {"https://a.example/x", "https://b.example/x", false},
    {"https://h.example:8080/x", "https://h.example/x", false},
    {"https://me@h.example/x", "https://you@h.example/x", false},
    {"/home/me/Feed.xml", "/home/me/feed.xml", false},
    {"https://feeds.example/x", "https://s.example/x", false},
    {"https://feed.example/x", "https://example/x", false},
};

static void
test_addresses(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sames); i++) {
		OWNED(store) store = library_open();
		gint64 id = library_show(store, sames[i].a);
		bool known = false;
		g_test_message("%s, %s", sames[i].a, sames[i].b);
		gint64 found = show_by_url(store, sames[i].b, NULL);
		g_assert_cmpint(found, ==, sames[i].same ? id : 0);
		gint64 again = show_add(store, sames[i].b, NULL, &known, NULL);
		g_assert_cmpint(known, ==, sames[i].same);
		g_assert_cmpint(again == id, ==, sames[i].same);
	}
}

static void
test_list(void)
{
	OWNED(store) store = library_open();
	const char *const titles[] = {"the Zoo", "Älter werden", "A Beginning", "99 Things"};
	GString *order = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
		g_autofree char *url = g_strdup_printf("https://a.example/%zu", i);
		show_add(store, url, titles[i], NULL, NULL);
	}
	library_fill(store, "https://b.example/", 5);
	g_autoptr(GPtrArray) shows = shows_list(store, NULL);
	for (guint i = 0; i < shows->len; i++) {
		const struct show *show = shows->pdata[i];
		g_string_append_printf(order, "%s%s", i ? ", " : "", show->title);
	}
	// "The" and "A" do not count. (The tests' locale may be C, where Ä stands last.)
	g_assert_true(strstr(order->str, "A Beginning") && strstr(order->str, "the Zoo"));
	g_assert_cmpint(strstr(order->str, "A Beginning") < strstr(order->str, "the Zoo"), ==, 1);
	g_assert_true(g_str_has_prefix(order->str, "99 Things"));
	g_string_free(order, TRUE);
	g_autoptr(GPtrArray) brief = shows_undecided(store, NULL);
	g_assert_cmpuint(brief->len, ==, shows->len);
	for (guint i = 0; i < shows->len; i++) {
		const struct show *show = shows->pdata[i], *same = brief->pdata[i];
		g_assert_cmpint(same->id, ==, show->id);
		g_assert_cmpint(same->inbox, ==, show->inbox);
	}
	for (guint i = 0; i < shows->len; i++) {
		const struct show *show = shows->pdata[i];
		bool filled = strcmp(show->title, "A show") == 0;
		g_assert_cmpint(show->episodes, ==, filled ? 5 : 0);
		g_assert_cmpint(show->inbox, ==, filled ? 1 : 0);
		g_assert_nonnull(show->tags);
		g_assert_null(show->tags[0]);
	}
}

static void
test_outcome(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = library_open();
	gint64 id = library_show(store, "https://a.example/feed");
	gint64 other = library_show(store, "https://b.example/feed");
	struct show_outcome good = {.tried_s = NOW,
	    .success = true,
	    .http_status = 200,
	    .etag = "e",
	    .last_modified = "m",
	    .body_hash = "h",
	    .next_try_s = NOW + 100};
	struct show_outcome bad = {
	    .tried_s = NOW + 50, .http_status = 503, .error = "503", .next_try_s = NOW + 500};

	g_assert_true(show_set_outcome(store, id, &good, &error));
	g_assert_true(show_set_outcome(store, id, &bad, &error));
	g_assert_true(show_set_outcome(store, id, &bad, &error));
	OWNED(show) failed = show_get(store, id, &error);
	g_assert_cmpstr(failed->etag, ==, "e"); // kept: the stored episodes are still those
	g_assert_cmpstr(failed->error, ==, "503");
	g_assert_cmpint(failed->failures, ==, 2);
	g_assert_cmpint(failed->http_status, ==, 503);
	g_assert_cmpint(failed->last_success_s, ==, NOW);
	g_assert_cmpint(failed->last_try_s, ==, NOW + 50);

	g_autoptr(GArray) due = shows_due(store, NOW + 499, &error);
	g_assert_cmpuint(due->len, ==, 1);
	g_assert_cmpint(g_array_index(due, gint64, 0), ==, other);
	g_autoptr(GArray) all = shows_due(store, WHEN_UNKNOWN, &error);
	g_assert_cmpuint(all->len, ==, 2);

	good.etag = NULL;
	good.moved_to = "https://c.example/feed";
	g_assert_true(show_set_outcome(store, id, &good, &error));
	OWNED(show) moved = show_get(store, id, &error);
	g_assert_null(moved->etag);
	g_assert_null(moved->error);
	g_assert_cmpint(moved->failures, ==, 0);
	g_assert_cmpstr(moved->url, ==, "https://c.example/feed");
	g_assert_cmpint(show_by_url(store, "https://c.example/feed", NULL), ==, id);
	good.moved_to = "https://b.example/feed"; // another show's: it stays where it is
	g_assert_true(show_set_outcome(store, id, &good, &error));
	OWNED(show) stayed = show_get(store, id, &error);
	g_assert_cmpstr(stayed->url, ==, "https://c.example/feed");

	bad.gone = true;
	g_assert_true(show_set_outcome(store, id, &bad, &error));
	g_autoptr(GArray) asked = shows_due(store, WHEN_UNKNOWN, &error);
	g_assert_cmpuint(asked->len, ==, 1);
}

static void
test_removed_and_back(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = library_open();
	gint64 id = library_fill(store, "https://a.example/feed", 3);
	gint64 played = library_find(store, "e2");
	struct action_result result;
	bool known = true;

	g_assert_true(position_save(store, played, 12, 100, NOW, &error));
	OWNED(action) removal = action_new(ACTION_SHOW_REMOVE, &id, 1, 0);
	g_assert_true(action_apply(store, removal, NOW, &result, &error));
	g_assert_cmpstr(result.title, ==, "A show");
	action_result_clear(&result);
	g_assert_null(show_get(store, id, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
	g_clear_error(&error);
	g_autoptr(GArray) none = episodes_ids(store, NULL, ORDER_NEWEST, &error);
	g_assert_cmpuint(none->len, ==, 0);
	g_assert_null(episode_get(store, played, NULL));

	gint64 again = show_add(store, "http://A.example/feed", NULL, &known, &error);
	g_assert_cmpint(again, ==, id);
	g_assert_false(known);
	OWNED(episode) episode = episode_get(store, played, &error);
	g_assert_cmpfloat(episode->position_s, ==, 12);
	OWNED(show) show = show_get(store, id, &error);
	g_assert_cmpstr(show->title, ==, "A show");
	g_assert_null(show->etag); // read anew
	g_assert_cmpint(show_by_url(store, "https://a.example/feed", NULL), ==, id);
}

struct match_row {
	const char *words, *found;
};

static void
test_match(void)
{
	static const struct match_row rows[] = {
	    {"2", "2"},
	    {"https://x.example/1", "1"},
	    {"changelog", "1"}, // the exact title alone
	    {"CHANGELOG", "1"},
	    {"change", "1 2"},
	    {"news", "4 2"}, // one begins with it
	    {"zuruck", "3"}, // without the dots
	    {"nothing like it", ""},
	    {"77", ""},
	    {"", ""},
	};
	OWNED(store) store = library_open();
	const char *const titles[] = {"Changelog", "Changelog News", "Der Weg zurück", "News"};

	for (size_t i = 0; i < 3; i++) {
		g_autofree char *url = g_strdup_printf("https://x.example/%zu", i + 1);
		show_add(store, url, titles[i], NULL, NULL);
	}
	show_add(store, "https://x.example/4", "News of the day", NULL, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GArray) found = shows_match(store, rows[i].words, NULL);
		g_autoptr(GString) numbers = g_string_new(NULL);
		for (guint j = 0; j < found->len; j++)
			g_string_append_printf(numbers, "%s%" G_GINT64_FORMAT, j ? " " : "",
			    g_array_index(found, gint64, j));
		g_test_message("%s", rows[i].words);
		g_assert_cmpstr(numbers->str, ==, rows[i].found);
	}
}

// Two shows at one address: what both have is united, what one had alone moves over.
static void
test_unite(gconstpointer data)
{
	bool swapped = GPOINTER_TO_INT(data);
	OWNED(store) store = library_open();
	g_autoptr(GError) error = NULL;
	gint64 old = library_show(store, "https://old.example/feed");
	gint64 new = library_show(store, "https://new.example/feed");
	g_autoptr(GPtrArray) six = library_episodes(6), four = library_episodes(4);
	g_autoptr(GPtrArray) tags = g_ptr_array_new();
	gint64 from = swapped ? new : old, into = swapped ? old : new;

	library_merge(store, old, six, LIBRARY_NOW_S);
	library_merge(store, new, four, LIBRARY_NOW_S);
	g_ptr_array_add(tags, (gpointer) "tech");
	g_assert_true(show_label(store, from, "My name", tags, &error));
	// e1 to e4 are in both; the first show's are found first.
	g_autoptr(GArray) ids = sql_numbers(store, NULL,
	    "SELECT id FROM episode WHERE show_id = ? ORDER BY title", "i", from);
	const gint64 *of_from = (const gint64 *)(void *)ids->data;
	OWNED(action) played = action_new(ACTION_PLAYED, &of_from[0], 1, 0);
	OWNED(action) queued = action_new(ACTION_QUEUE_LAST, &of_from[1], 1, 0);
	struct action_result result = {0};
	g_assert_true(action_apply(store, played, LIBRARY_NOW_S, &result, NULL));
	action_result_clear(&result);
	g_assert_true(action_apply(store, queued, LIBRARY_NOW_S, &result, NULL));
	action_result_clear(&result);
	g_assert_true(position_save(store, of_from[2], 99, 1000, LIBRARY_NOW_S + 5, NULL));

	show_unite(store, from, into, LIBRARY_NOW_S + 10, &error);
	g_assert_no_error(error);
	g_assert_null(show_get(store, from, NULL));
	OWNED(show) show = show_counted(store, into, &error);
	g_assert_cmpint(show->episodes, ==, 6);
	g_assert_cmpstr(show->title, ==, "My name");
	g_assert_cmpstr(show->tags[0], ==, "tech");
	g_autoptr(GArray) left = sql_numbers(store, NULL,
	    "SELECT id FROM episode WHERE show_id = ? AND removed_at IS NULL ORDER BY title", "i",
	    into);
	g_autoptr(GPtrArray) rows =
	    episodes_get(store, (const gint64 *)(void *)left->data, left->len, &error);
	const struct episode *const *row = (const struct episode *const *)rows->pdata;
	g_assert_cmpint(row[0]->state, ==, EPISODE_PLAYED);
	g_assert_cmpint(row[1]->queue_place, ==, 1);
	g_assert_cmpint(row[2]->position_s, ==, 99);
	g_autoptr(GArray) none =
	    sql_numbers(store, NULL, "SELECT 1 FROM pragma_foreign_key_check", "");
	g_assert_cmpint(none->len, ==, 0);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/shows/addresses", test_addresses);
	g_test_add_func("/shows/list", test_list);
	g_test_add_func("/shows/outcome", test_outcome);
	g_test_add_func("/shows/removed-and-back", test_removed_and_back);
	g_test_add_func("/shows/match", test_match);
	g_test_add_data_func("/shows/unite", GINT_TO_POINTER(false), test_unite);
	g_test_add_data_func("/shows/unite/other-way", GINT_TO_POINTER(true), test_unite);
	return g_test_run();
}
