// SPDX-License-Identifier: GPL-3.0-or-later
//
// Notes in packs: what goes in comes out, what is edited leaves no pack behind, what schema 1 wrote
// is still read; and the list's line that is read out of them later.
#include "config.h"

#include <string.h>

#include "library.h"
#include "store/episodes.h"
#include "store/gist.h"
#include "store/unread.h"
#include "store/pack.h"
#include "store/sql.h"

static GPtrArray *
with_notes(int count, const char *prefix)
{
	GPtrArray *episodes = library_episodes(count);

	for (int i = 0; i < count; i++) {
		struct feed_episode *episode = episodes->pdata[i];
		GString *html = g_string_new(NULL);
		g_string_printf(html, "<p>%s %d: <b>tea</b> and 東京.</p>", prefix, i);
		for (int k = 0; k < i * 10; k++)
			g_string_append_printf(html, "<p>Sentence %d of a talk.</p>", k);
		episode->notes_html = g_string_free(html, FALSE);
	}
	return episodes;
}

static gint64
count_of(struct store *store, const char *text)
{
	gint64 number = -1;

	g_assert_true(sql_number(store, -1, &number, NULL, text, ""));
	return number;
}

static void
assert_notes(struct store *store, const GPtrArray *episodes)
{
	for (guint i = 0; i < episodes->len; i++) {
		const struct feed_episode *episode = episodes->pdata[i];
		g_autofree char *notes =
		    episode_notes(store, library_find(store, episode->title), NULL);
		g_assert_cmpstr(notes, ==, episode->notes_html);
	}
}

static void
test_round_trip(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = with_notes(120, "First");
	struct feed_episode *bare = episodes->pdata[7];

	g_clear_pointer(&bare->notes_html, g_free);
	library_merge(store, show, episodes, LIBRARY_NOW_S);
	assert_notes(store, episodes);
	g_assert_cmpint(count_of(store, "SELECT count(*) FROM pack"), >, 1);
	g_assert_cmpint(count_of(store, "SELECT sum(live) FROM pack"), ==, 119);
	g_assert_cmpint(count_of(store, "SELECT sum(length(bytes)) FROM pack") * 2, <,
	    count_of(store, "SELECT sum(length) FROM notes"));
}

static void
test_edits_leave_nothing(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) before = with_notes(30, "Before");
	g_autoptr(GPtrArray) after = with_notes(30, "After");

	library_merge(store, show, before, LIBRARY_NOW_S);
	gint64 first = count_of(store, "SELECT max(id) FROM pack");
	library_merge(store, show, after, LIBRARY_NOW_S + 1);
	assert_notes(store, after);
	g_assert_cmpint(count_of(store, "SELECT min(id) FROM pack"), >, first);
	g_assert_cmpint(count_of(store, "SELECT sum(live) FROM pack"), ==, 30);

	// Another enclosure under the same notes packs nothing.
	gint64 packs = count_of(store, "SELECT max(id) FROM pack");
	for (guint i = 0; i < after->len; i++) {
		struct feed_episode *episode = after->pdata[i];
		struct feed_enclosure *enclosure = episode->enclosures->pdata[0];
		enclosure->length_bytes = 77;
	}
	struct merge_counts counts = library_merge(store, show, after, LIBRARY_NOW_S + 2);
	g_assert_cmpint(counts.updated, ==, 30);
	g_assert_cmpint(count_of(store, "SELECT max(id) FROM pack"), ==, packs);
	assert_notes(store, after);
}

static void
test_schema_1(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = with_notes(3, "Old");
	const struct feed_episode *first = episodes->pdata[0];

	library_merge(store, show, episodes, LIBRARY_NOW_S);
	gint64 id = library_find(store, first->title);
	g_assert_true(sql_run(store, NULL,
	    "UPDATE notes SET html = 'plain', pack_id = NULL, sum = NULL WHERE episode_id = ?", "i",
	    id));
	g_assert_true(
	    sql_run(store, NULL, "UPDATE episode SET digest = 'old' WHERE id = ?", "i", id));
	g_autofree char *notes = episode_notes(store, id, NULL);
	g_assert_cmpstr(notes, ==, "plain");
	struct merge_counts counts = library_merge(store, show, episodes, LIBRARY_NOW_S + 1);
	g_assert_cmpint(counts.updated, ==, 1);
	assert_notes(store, episodes);
}

static void
test_damaged(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = with_notes(3, "Damaged");
	const struct feed_episode *first = episodes->pdata[0];
	g_autoptr(GError) error = NULL;

	library_merge(store, show, episodes, LIBRARY_NOW_S);
	g_assert_true(sql_run(store, NULL, "UPDATE pack SET bytes = x'28b52ffd00'", ""));
	g_autofree char *notes = episode_notes(store, library_find(store, first->title), &error);
	g_assert_null(notes);
	g_assert_nonnull(error);
	g_assert_nonnull(strstr(error->message, "damaged"));
}

// What a feed of many left for later is read when a row is shown, and written when there is time.
static void
test_gists(void)
{
	OWNED(store) store = library_open();
	g_autoptr(GError) error = NULL;
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = with_notes(25, "Later");
	struct feed feed = {.title = (char *)"A show", .is_feed = true};
	struct show_outcome outcome = {.tried_s = LIBRARY_NOW_S, .success = true};
	OWNED(merge)
	merge = merge_new(store, show, LIBRARY_NOW_S, MERGE_TO_INBOX, MERGE_FIRST_NEWEST, &error);
	OWNED(merge_batch) batch = merge_compare(merge, episodes);
	bool left = false;

	merge_pack(batch, NULL, false);
	g_assert_true(merge_write(merge, batch, &error));
	g_assert_true(merge_finish(merge, &feed, &outcome, NULL, &error));
	g_assert_cmpint(count_of(store, "SELECT sum(unread_notes & 1) FROM episode"), ==, 25);
	gint64 id = library_find(store, "e3");
	OWNED(episode) shown = episode_get(store, id, &error);
	g_assert_cmpstr(shown->highlight, ==, "Later 2: tea and 東京.");

	g_assert_true(unread_catch_up(store, 20, &left, &error));
	g_assert_true(left);
	g_assert_cmpint(count_of(store, "SELECT sum(unread_notes & 1) FROM episode"), ==, 5);
	g_assert_true(unread_catch_up(store, 20, &left, &error));
	g_assert_false(left);
	g_assert_cmpint(
	    count_of(store, "SELECT count(*) FROM episode WHERE highlight LIKE 'Later %'"), ==, 25);
	struct merge_counts counts = library_merge(store, show, episodes, LIBRARY_NOW_S + 1);
	g_assert_cmpint(counts.unchanged, ==, 25);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/pack/round-trip", test_round_trip);
	g_test_add_func("/pack/edits-leave-nothing", test_edits_leave_nothing);
	g_test_add_func("/pack/schema-1", test_schema_1);
	g_test_add_func("/pack/damaged", test_damaged);
	g_test_add_func("/pack/gists", test_gists);
	return g_test_run();
}
