// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feed's episodes meet the library's: identity, inbox, what is written and what is not.
#include <string.h>
#include <sys/stat.h>

#include "base/when.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/sql.h"

#define DAY LIBRARY_DAY_S
#define NOW LIBRARY_NOW_S

struct line {
	const char *guid, *title, *link, *media;
	gint64 published_s;
};

static GPtrArray *
feed_of(const struct line *lines, size_t count)
{
	GPtrArray *episodes = g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);

	for (size_t i = 0; i < count && lines[i].title; i++) {
		struct feed_episode *episode = library_episode(
		    lines[i].guid, lines[i].title, lines[i].published_s, lines[i].media);
		episode->link = g_strdup(lines[i].link);
		g_ptr_array_add(episodes, episode);
	}
	return episodes;
}

// Two documents of one feed, one after the other; titles tell which rows came of it: a row's title
// is that of the last item that met it.
struct identity_row {
	const char *name;
	struct line before[3], after[3];
	const char *titles;	       // by number
	int added, updated, unchanged; // of the second document
};

#define M1 "https://m.example/1.mp3"
#define M2 "https://m.example/2.mp3"

static const struct identity_row identities[] = {
    {"guid-stays-media-moves", {{"g", "A", NULL, M1, NOW}}, {{"g", "B", NULL, M2, NOW}}, "B", 0, 1,
	0},
    {"guid-is-case-sensitive", {{"g", "A", NULL, M1, NOW}}, {{"G", "B", NULL, M2, NOW}}, "A B", 1,
	0, 0},
    {"one-guid-two-enclosures", {{NULL}}, {{"g", "A", NULL, M1, NOW}, {"g", "B", NULL, M2, NOW}},
	"A B", 2, 0, 0},
    {"one-guid-two-enclosures-again", {{"g", "A", NULL, M1, NOW}, {"g", "B", NULL, M2, NOW}},
	{{"g", "B", NULL, M2, NOW}, {"g", "A", NULL, M1, NOW}}, "A B", 0, 0, 2},
    {"one-guid-two-enclosures-edited", {{"g", "A", NULL, M1, NOW}, {"g", "B", NULL, M2, NOW}},
	{{"g", "B2", NULL, M2, NOW}, {"g", "A2", NULL, M1, NOW}}, "A2 B2", 0, 2, 0},
    {"second-enclosure-comes-first", {{"g", "A", NULL, M1, NOW}},
	{{"g", "B", NULL, M2, NOW}, {"g", "A", NULL, M1, NOW}}, "A B", 1, 0, 1},
    {"twice-the-same", {{NULL}}, {{"g", "A", NULL, M1, NOW}, {"g", "B", NULL, M1, NOW}}, "A", 1, 0,
	0},
    {"twice-the-same-again", {{"g", "A", NULL, M1, NOW}},
	{{"g", "A", NULL, M1, NOW}, {"g", "B", NULL, M1, NOW}}, "A", 0, 0, 1},
    {"no-guid-enclosure", {{NULL, "A", "l1", M1, NOW}}, {{NULL, "B", "l2", M1, NOW - DAY}}, "B", 0,
	1, 0},
    {"no-guid-other-enclosure", {{NULL, "A", "l", M1, NOW}}, {{NULL, "A", "l", M2, NOW}}, "A", 0, 1,
	0},
    {"no-guid-nor-else", {{NULL, "A", "l", M1, NOW}}, {{NULL, "A", "l", M2, NOW - DAY}}, "A A", 1,
	0, 0},
    {"other-guid-same-enclosure", {{"old", "A", NULL, M1, NOW}}, {{"new", "A!", NULL, M1, NOW}},
	"A!", 0, 1, 0},
    {"one-enclosure-for-the-latest", {{"one", "News at five", NULL, M1, NOW - 3600}},
	{{"two", "News at six", NULL, M1, NOW}}, "News at five News at six", 1, 0, 0},
    {"other-guid-same-title-and-day", {{"old", "The A", NULL, M1, NOW}},
	{{"new", "the a", NULL, M2, NOW}}, "the a", 0, 1, 0},
    {"other-guid-same-title-other-day", {{"old", "News", NULL, M1, NOW - 2 * DAY}},
	{{"new", "News", NULL, M2, NOW}}, "News News", 1, 0, 0},
    {"twins-of-a-day", {{"first", "News", NULL, M1, NOW}},
	{{"second", "News", NULL, M2, NOW}, {"first", "News", NULL, M1, NOW}}, "News News", 1, 0,
	1},
    {"several-of-a-day", {{"one", "News", NULL, M1, NOW}, {"two", "News", NULL, M2, NOW}},
	{{"three", "News", NULL, "https://m.example/3", NOW}}, "News News News", 1, 0, 0},
    {"no-guid-link", {{NULL, "A", "l", NULL, NOW}}, {{NULL, "B", "l", NULL, NOW - DAY}}, "B", 0, 1,
	0},
    {"no-guid-title-and-date", {{NULL, "A", NULL, NULL, NOW}},
	{{NULL, "A", NULL, NULL, NOW}, {NULL, "A", NULL, NULL, NOW - DAY}}, "A A", 1, 0, 1},
    {"empty-guid-is-none", {{"", "A", NULL, M1, NOW}}, {{NULL, "B", NULL, M1, NOW}}, "B", 0, 1, 0},
    {"guid-that-is-an-address", {{M1, "A", NULL, NULL, NOW}}, {{NULL, "B", NULL, M1, NOW}}, "A B",
	1, 0, 0},
    {"edited-title", {{"g", "A", NULL, M1, NOW}}, {{"g", "A!", NULL, M1, NOW}}, "A!", 0, 1, 0},
    {"enclosure-goes", {{"g", "A", NULL, M1, NOW}}, {{"g", "A", NULL, NULL, NOW}}, "A", 0, 1, 0},
};

static char *
titles_by_number(struct store *store)
{
	g_autoptr(GArray) ids = sql_numbers(store, NULL, "SELECT id FROM episode ORDER BY id", "");

	return library_titles(store, ids);
}

static void
test_identity(gconstpointer data)
{
	const struct identity_row *row = data;
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) before = feed_of(row->before, G_N_ELEMENTS(row->before));
	g_autoptr(GPtrArray) after = feed_of(row->after, G_N_ELEMENTS(row->after));

	library_merge(store, show, before, NOW);
	struct merge_counts counts = library_merge(store, show, after, NOW + 60);
	g_autofree char *titles = titles_by_number(store);
	g_assert_cmpstr(titles, ==, row->titles);
	g_assert_cmpint(counts.added, ==, row->added);
	g_assert_cmpint(counts.updated, ==, row->updated);
	g_assert_cmpint(counts.unchanged, ==, row->unchanged);
}

// One show's guid is nothing to another's.
static void
test_two_shows(void)
{
	OWNED(store) store = library_open();

	library_fill(store, "https://a.example/feed", 2);
	library_fill(store, "https://b.example/feed", 2);
	g_autoptr(GArray) ids = episodes_ids(store, NULL, ORDER_NEWEST, NULL);
	g_assert_cmpuint(ids->len, ==, 4);
}

// A feed that gives one guid to all of its episodes: the enclosures tell them apart, in linear
// time.
static void
test_one_guid_for_all(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(20000);

	for (guint i = 0; i < episodes->len; i++) {
		struct feed_episode *episode = episodes->pdata[i];
		g_free(episode->guid);
		episode->guid = g_strdup("https://a.example/");
	}
	g_autoptr(GPtrArray) older = g_ptr_array_new();
	for (guint i = 1; i < episodes->len; i++)
		g_ptr_array_add(older, episodes->pdata[i]);
	struct merge_counts first = library_merge(store, show, older, NOW);
	g_assert_cmpint(first.added, ==, 19999);
	struct merge_counts second = library_merge(store, show, episodes, NOW + 1);
	g_assert_cmpint(second.added, ==, 1);
	g_assert_cmpint(second.updated, ==, 0);
	g_assert_cmpint(second.unchanged, ==, 19999);
}

// What came when, and whether it is in the inbox. Subscribed and first read at NOW.
struct inbox_row {
	const char *title;
	gint64 published_s;
	bool is_new;
};

static const struct inbox_row later[] = {
    {"published-after", NOW + DAY, true},
    {"published-before", NOW - DAY, false},
    {"dateless", WHEN_UNKNOWN, true},
    {"ahead-of-the-clock", NOW + 400 * DAY, true},
    {"dated-back", NOW - DAY / 2, true}, // the newest until now is e1, a day old
    {"archive", NOW - 40 * DAY, false},
};

static GPtrArray *
later_episodes(void)
{
	GPtrArray *episodes = library_episodes(3);

	for (size_t i = 0; i < G_N_ELEMENTS(later); i++)
		g_ptr_array_add(episodes,
		    library_episode(later[i].title, later[i].title, later[i].published_s, M1));
	return episodes;
}

static void
test_later(gconstpointer data)
{
	enum merge_new goes = GPOINTER_TO_INT(data);
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 3);
	gint64 queued = library_find(store, "e3");
	g_autoptr(GPtrArray) episodes = later_episodes();

	g_assert_true(queue_push_top(store, queued, NULL));
	struct merge_counts counts =
	    library_refresh(store, show, episodes, NOW + 2 * DAY, goes, MERGE_FIRST_NEWEST);
	g_assert_cmpint(counts.added, ==, G_N_ELEMENTS(later));
	for (size_t i = 0; i < G_N_ELEMENTS(later); i++) {
		OWNED(episode)
		episode = episode_get(store, library_find(store, later[i].title), NULL);
		bool is_new = later[i].is_new;
		g_test_message("%s", episode->title);
		g_assert_cmpint(episode->in_inbox, ==, is_new && goes == MERGE_TO_INBOX);
		g_assert_cmpint(episode->queue_place > 0, ==,
		    is_new && (goes == MERGE_TO_QUEUE || goes == MERGE_TO_QUEUE_NEXT));
		g_assert_cmpint(
		    episode->state == EPISODE_ARCHIVED, ==, is_new && goes == MERGE_TO_ARCHIVE);
		// What has no date, or one ahead, stands by when it was first seen.
		if (i == 2 || i == 3)
			g_assert_cmpint(episode->published_s, <=, NOW + 2 * DAY);
	}
	OWNED(episode) old = episode_get(store, queued, NULL);
	g_assert_cmpint(old->queue_place, ==, goes == MERGE_TO_QUEUE_NEXT ? 5 : 1);
}

// A feed that brings thousands at once, all of them to be heard: in order, and before long.
static void
test_queue_many(void)
{
	enum { MANY = 10000 };
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 1);
	g_autoptr(GPtrArray) episodes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);

	for (int i = 0; i < MANY; i++) {
		g_autofree char *title = g_strdup_printf("n%d", i);
		g_ptr_array_add(episodes, library_episode(title, title, NOW + MANY - i, NULL));
	}
	library_refresh(store, show, episodes, NOW + DAY, MERGE_TO_QUEUE, MERGE_FIRST_NEWEST);
	g_autoptr(GArray) queue = queue_ids(store, NULL);
	g_assert_cmpuint(queue->len, ==, MANY);
	g_assert_cmpint(g_array_index(queue, gint64, 0), ==, library_find(store, "n0"));
	g_assert_cmpint(g_array_index(queue, gint64, MANY - 1), ==, library_find(store, "n9999"));
}

struct first_row {
	enum merge_first first;
	const char *inbox;
};

static void
test_first(void)
{
	static const struct first_row rows[] = {
	    {MERGE_FIRST_NEWEST, "e1"},
	    {MERGE_FIRST_NONE, ""},
	    {MERGE_FIRST_ALL, "e1 e2 e3"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(store) store = library_open();
		g_autoptr(GPtrArray) episodes = library_episodes(3);
		gint64 show = library_show(store, "https://a.example/feed");
		library_refresh(store, show, episodes, NOW, MERGE_TO_INBOX, rows[i].first);
		OWNED(filter) inbox = filter_inbox();
		g_autoptr(GArray) ids = episodes_ids(store, inbox, ORDER_NEWEST, NULL);
		g_autofree char *titles = library_titles(store, ids);
		g_assert_cmpstr(titles, ==, rows[i].inbox);
	}
}

// Without dates the feed's order is the list's, newest first.
static void
test_dateless_order(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(4);

	for (guint i = 0; i < episodes->len; i++)
		((struct feed_episode *)episodes->pdata[i])->published_s = WHEN_UNKNOWN;
	library_merge(store, show, episodes, NOW);
	g_autoptr(GArray) ids = episodes_ids(store, NULL, ORDER_NEWEST, NULL);
	g_autofree char *titles = library_titles(store, ids);
	g_assert_cmpstr(titles, ==, "e1 e2 e3 e4");
	OWNED(episode) newest = episode_get(store, library_find(store, "e1"), NULL);
	g_assert_true(newest->in_inbox);
}

// What has no date, or one ahead of the clock, has the time when it was first seen, whatever comes
// later; a date that has come by then counts with the next edit.
static void
test_dates(void)
{
	const struct line before[] = {{"none", "none", NULL, M1, WHEN_UNKNOWN},
	    {"ahead", "ahead", NULL, M2, NOW + DAY}, {"edited", "edited", NULL, NULL, NOW + DAY},
	    {"before-1970", "before-1970", NULL, NULL, -DAY}};
	const struct line after[] = {{"none", "none!", NULL, M1, WHEN_UNKNOWN},
	    {"ahead", "ahead", NULL, M2, NOW + DAY}, {"edited", "edited!", NULL, NULL, NOW + DAY},
	    {"before-1970", "before-1970!", NULL, NULL, -DAY}};
	const struct {
		const char *before, *after;
		gint64 first_s, later_s;
	} rows[] = {{"none", "none!", NOW, NOW}, {"ahead", "ahead", NOW - 1, NOW - 1},
	    {"edited", "edited!", NOW - 2, NOW + DAY}, {"before-1970", "before-1970!", -DAY, -DAY}};
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) first = feed_of(before, G_N_ELEMENTS(before));
	g_autoptr(GPtrArray) second = feed_of(after, G_N_ELEMENTS(after));

	library_merge(store, show, first, NOW);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(episode)
		episode = episode_get(store, library_find(store, rows[i].before), NULL);
		g_assert_cmpint(episode->published_s, ==, rows[i].first_s);
	}
	struct merge_counts counts = library_merge(store, show, second, NOW + 2 * DAY);
	g_assert_cmpint(counts.added, ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(episode)
		episode = episode_get(store, library_find(store, rows[i].after), NULL);
		g_assert_cmpint(episode->published_s, ==, rows[i].later_s);
	}
}

// What the user made stays, whatever the feed does.
static void
test_user_state(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 3);
	gint64 id = library_find(store, "e2");
	struct action_result result;
	OWNED(action) played = action_new(ACTION_PLAYED, &id, 1, 0);
	OWNED(action) queued = action_new(ACTION_QUEUE_LAST, &id, 1, 0);

	g_assert_true(action_apply(store, played, NOW, &result, NULL));
	action_result_clear(&result);
	g_assert_true(action_apply(store, queued, NOW, &result, NULL));
	action_result_clear(&result);
	g_assert_true(position_save(store, id, 321, 4000, NOW, NULL));

	g_autoptr(GPtrArray) episodes = library_episodes(3);
	struct feed_episode *edited = episodes->pdata[1];
	g_free(edited->title);
	edited->title = g_strdup("E2, corrected");
	edited->duration_s = 100;
	library_merge(store, show, episodes, NOW + DAY);
	OWNED(episode) episode = episode_get(store, id, NULL);
	g_assert_cmpstr(episode->title, ==, "E2, corrected");
	g_assert_cmpfloat(episode->position_s, ==, 321);
	g_assert_cmpfloat(episode->duration_s, ==, 4000); // the player has measured it
	g_assert_cmpint(episode->queue_place, ==, 1);
	g_assert_cmpint(episode->state, ==, EPISODE_BEGUN);
}

static bool
has_left(struct store *store, const char *title)
{
	OWNED(episode) episode = episode_get(store, library_find(store, title), NULL);

	return episode->left_feed;
}

static void
test_left_feed(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 10);
	g_autoptr(GPtrArray) eight = library_episodes(8);
	g_autoptr(GPtrArray) two = library_episodes(2);
	g_autoptr(GPtrArray) ten = library_episodes(10);

	library_merge(store, show, eight, NOW + 1);
	g_assert_true(has_left(store, "e9") && has_left(store, "e10"));
	g_assert_false(has_left(store, "e8"));
	library_merge(store, show, two, NOW + 2); // far fewer: an accident
	g_assert_false(has_left(store, "e8"));
	struct merge_counts counts = library_merge(store, show, ten, NOW + 3);
	g_assert_false(has_left(store, "e9"));
	g_assert_cmpint(counts.updated, ==, 2);
	g_assert_cmpint(counts.added, ==, 0);

	// A document that broke off says nothing about what it does not hold.
	g_autoptr(GError) error = NULL;
	struct feed broken = {.truncated = true};
	struct show_outcome outcome = {.tried_s = NOW + 4, .success = true};
	OWNED(merge)
	merge = merge_new(store, show, NOW + 4, MERGE_TO_INBOX, MERGE_FIRST_NEWEST, &error);
	g_assert_true(merge_episodes(merge, eight, &error));
	g_assert_true(merge_finish(merge, &broken, &outcome, NULL, &error));
	g_assert_false(has_left(store, "e9"));
	OWNED(show) row = show_counted(store, show, &error);
	g_assert_cmpstr(row->title, ==, "A show"); // not the empty title of the broken one
}

// An unchanged feed takes no lock and writes no row but the show's memory.
static void
test_unchanged(void)
{
	g_autofree char *path = library_path();
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	g_autoptr(GError) error = NULL;
	OWNED(store) store = store_open(path, STORE_WRITE, &error);
	gint64 show = library_fill(store, "https://a.example/feed", 500);
	g_autoptr(GPtrArray) episodes = library_episodes(500);
	struct stat before, after;

	store_checkpoint(store, 0);
	g_assert_cmpint(stat(log, &before), ==, 0);
	int changes = sqlite3_total_changes(store->db);
	OWNED(merge)
	merge = merge_new(store, show, NOW + 9, MERGE_TO_INBOX, MERGE_FIRST_NEWEST, &error);
	g_assert_true(merge_episodes(merge, episodes, &error));
	g_assert_cmpint(sqlite3_total_changes(store->db), ==, changes);
	g_assert_cmpint(stat(log, &after), ==, 0);
	g_assert_cmpint(after.st_size, ==, before.st_size);

	struct feed feed = {.title = (char *)"A show"};
	struct show_outcome outcome = {.tried_s = NOW + 9, .success = true, .http_status = 200};
	struct merge_counts counts;
	g_assert_true(merge_finish(merge, &feed, &outcome, &counts, &error));
	g_assert_cmpint(counts.unchanged, ==, 500);
	g_assert_cmpint(counts.updated + counts.added, ==, 0);
	g_assert_cmpint(sqlite3_total_changes(store->db), <=, changes + 3);
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

static void
free_transcript(gpointer data)
{
	struct feed_transcript *transcript = data;

	g_free(transcript->url);
	g_free(transcript);
}

// What hangs on an episode follows the feed: places are updated, cleared, never doubled.
static void
test_lists(void)
{
	static const char count[] = "SELECT count(*) FROM offer";
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed"), offers;
	g_autoptr(GPtrArray) episodes = library_episodes(1);
	struct feed_episode *episode = episodes->pdata[0];

	g_ptr_array_unref(episode->transcripts);
	episode->transcripts = g_ptr_array_new_with_free_func(free_transcript);
	for (int i = 0; i < 3; i++) {
		struct feed_transcript *one = g_new0(struct feed_transcript, 1);
		one->url = g_strdup_printf("https://a.example/%d.vtt", i);
		g_ptr_array_add(episode->transcripts, one);
	}
	episode->chapters_url = g_strdup("https://a.example/chapters.json");
	library_merge(store, show, episodes, NOW);
	g_assert_true(sql_number(store, 0, &offers, NULL, count, ""));
	g_assert_cmpint(offers, ==, 4);

	g_ptr_array_set_size(episode->transcripts, 1);
	g_clear_pointer(&episode->chapters_url, g_free);
	library_merge(store, show, episodes, NOW + 1);
	g_assert_true(sql_number(store, 0, &offers, NULL, count, ""));
	g_assert_cmpint(offers, ==, 1);
	OWNED(episode) row = episode_get(store, 1, NULL);
	g_assert_true(row->has_transcript);
	g_assert_false(row->has_chapters);
	g_assert_cmpstr(row->media_url, ==, "https://media.example/1.mp3");
	g_assert_cmpint(row->media_bytes, ==, 1234567);
}

// The row's line and the flags come from the notes, and follow them.
static void
test_notes(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(1);
	struct feed_episode *episode = episodes->pdata[0];

	episode->notes_html = g_strdup("<p>Some of the highlights of the show include:</p><ul>"
				       "<li>How mail outran light at the relay station</li>"
				       "<li>Why nobody believed the postmaster</li></ul>");
	episode->duration_s = 2400;
	library_merge(store, show, episodes, NOW);
	OWNED(episode) row = episode_get(store, 1, NULL);
	g_assert_cmpstr(row->highlight, ==, "How mail outran light at the relay station");
	g_assert_false(row->has_chapters);
	g_assert_false(row->has_transcript);
	g_autofree char *notes = episode_notes(store, 1, NULL);
	g_assert_cmpstr(notes, ==, episode->notes_html);

	g_free(episode->notes_html);
	episode->notes_html = g_strdup("<p>0:00 Welcome<br>12:47 The relay<br>31:40 The end</p>");
	library_merge(store, show, episodes, NOW + 1);
	OWNED(episode) timed = episode_get(store, 1, NULL);
	g_assert_true(timed->has_chapters);
	g_assert_cmpstr(timed->highlight, !=, row->highlight);

	g_clear_pointer(&episode->notes_html, g_free);
	library_merge(store, show, episodes, NOW + 2);
	OWNED(episode) bare = episode_get(store, 1, NULL);
	g_assert_cmpstr(bare->highlight, ==, "");
	g_assert_false(bare->has_chapters);
	g_autoptr(GError) error = NULL;
	g_assert_null(episode_notes(store, 1, &error));
	g_assert_no_error(error);
}

// A show that moves house: all guids are others. What was heard is heard, where it was left it is.
static void
test_other_guids(gconstpointer data)
{
	bool same_media = GPOINTER_TO_INT(data);
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 120);
	gint64 heard = library_find(store, "e7"), begun = library_find(store, "e100");
	OWNED(action) played = action_new(ACTION_PLAYED, &heard, 1, 0);
	g_autoptr(GPtrArray) moved = library_episodes(120);
	struct action_result result = {0};

	g_assert_true(action_apply(store, played, NOW, &result, NULL));
	action_result_clear(&result);
	g_assert_true(position_save(store, begun, 321, 4000, NOW, NULL));
	for (guint i = 0; i < moved->len; i++) {
		struct feed_episode *episode = moved->pdata[i];
		struct feed_enclosure *enclosure = episode->enclosures->pdata[0];
		g_free(episode->guid);
		episode->guid = g_strdup_printf("new-host-%u", i);
		if (same_media)
			continue;
		g_free(enclosure->url);
		enclosure->url = g_strdup_printf("https://new.example/%u.mp3", i);
	}
	struct merge_counts counts = library_merge(store, show, moved, NOW + 60);
	g_assert_cmpint(counts.added, ==, 0);
	g_assert_cmpint(counts.updated, ==, 120);
	g_assert_cmpint(library_find(store, "e7"), ==, heard);
	OWNED(episode) one = episode_get(store, heard, NULL);
	OWNED(episode) other = episode_get(store, begun, NULL);
	g_assert_cmpint(one->state, ==, EPISODE_PLAYED);
	g_assert_cmpstr(one->guid, ==, "new-host-6");
	g_assert_cmpint(other->position_s, ==, 321);
	counts = library_merge(store, show, moved, NOW + 120);
	g_assert_cmpint(counts.unchanged, ==, 120);
}

// Two rows of one guid; the document gives one of them another guid and the other's enclosure.
static void
test_swapped(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) before = library_episodes(2), after = library_episodes(2);
	static const char *const guids[][2] = {{"x", "x"}, {"y", "z"}};
	static const char *const media[][2] = {{M1, M2}, {M2, "https://a.example/3.mp3"}};

	for (int when = 0; when < 2; when++)
		for (int i = 0; i < 2; i++) {
			struct feed_episode *episode = (when ? after : before)->pdata[i];
			struct feed_enclosure *enclosure = episode->enclosures->pdata[0];
			g_free(episode->guid);
			episode->guid = g_strdup(guids[when][i]);
			g_free(enclosure->url);
			enclosure->url = g_strdup(media[when][i]);
		}
	library_merge(store, show, before, NOW);
	gint64 first = library_find(store, ((struct feed_episode *)before->pdata[0])->title);
	struct merge_counts counts = library_merge(store, show, after, NOW + 60);
	g_assert_cmpint(counts.added + counts.updated, ==, 2);
	OWNED(episode) row = episode_get(store, first, NULL);
	g_assert_cmpstr(row->guid, ==, "y");
	g_assert_cmpstr(row->media_url, ==, M2);
	counts = library_merge(store, show, after, NOW + 120);
	g_assert_cmpint(counts.unchanged, ==, 2);
}

// Without merge_finish nothing of the show's memory changes.
static void
test_given_up(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(3);
	OWNED(merge) merge = merge_new(store, show, NOW, MERGE_TO_INBOX, MERGE_FIRST_NEWEST, NULL);

	g_assert_true(merge_episodes(merge, episodes, NULL));
	OWNED(show) row = show_counted(store, show, NULL);
	g_assert_cmpint(row->episodes, ==, 3);
	g_assert_cmpint(row->inbox, ==, 0);
	g_assert_null(row->etag);
	g_assert_cmpint(row->last_success_s, ==, WHEN_UNKNOWN);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	for (size_t i = 0; i < G_N_ELEMENTS(identities); i++) {
		g_autofree char *name = g_strconcat("/merge/identity/", identities[i].name, NULL);
		g_test_add_data_func(name, &identities[i], test_identity);
	}
	g_test_add_func("/merge/two-shows", test_two_shows);
	g_test_add_data_func("/merge/later/inbox", GINT_TO_POINTER(MERGE_TO_INBOX), test_later);
	g_test_add_func("/merge/queue-many", test_queue_many);
	g_test_add_data_func("/merge/later/queue", GINT_TO_POINTER(MERGE_TO_QUEUE), test_later);
	g_test_add_data_func(
	    "/merge/later/queue-next", GINT_TO_POINTER(MERGE_TO_QUEUE_NEXT), test_later);
	g_test_add_data_func("/merge/later/archive", GINT_TO_POINTER(MERGE_TO_ARCHIVE), test_later);
	g_test_add_func("/merge/one-guid-for-all", test_one_guid_for_all);
	g_test_add_func("/merge/first", test_first);
	g_test_add_func("/merge/dateless-order", test_dateless_order);
	g_test_add_func("/merge/dates", test_dates);
	g_test_add_func("/merge/user-state", test_user_state);
	g_test_add_func("/merge/left-feed", test_left_feed);
	g_test_add_func("/merge/swapped", test_swapped);
	g_test_add_data_func(
	    "/merge/other-guids/same-media", GINT_TO_POINTER(true), test_other_guids);
	g_test_add_data_func(
	    "/merge/other-guids/other-media", GINT_TO_POINTER(false), test_other_guids);
	g_test_add_func("/merge/unchanged", test_unchanged);
	g_test_add_func("/merge/lists", test_lists);
	g_test_add_func("/merge/notes", test_notes);
	g_test_add_func("/merge/given-up", test_given_up);
	return g_test_run();
}
