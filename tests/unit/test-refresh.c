// SPDX-License-Identifier: GPL-3.0-or-later
//
// Refreshing against the fixture server: what is asked, what is stored, when it is asked again.
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/workbench.h"
#include "base/error.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/shows.h"

static struct fixture *server;

// A feed of COUNT episodes; their titles end in WORD.
static void
write_feed(const char *name, int count, const char *word)
{
	GString *text = g_string_new("<rss version='2.0'><channel><title>Show of tests</title>");

	for (int i = count; i > 0; i--)
		g_string_append_printf(text,
		    "<item><guid>g%d</guid><title>Episode %d%s</title>"
		    "<pubDate>%d Jan 2024 08:00:%02d GMT</pubDate>"
		    "<enclosure url='e%d.mp3' type='audio/mpeg' length='20000'/></item>\n",
		    i, i, word, 1 + i % 28, i % 60, i);
	g_string_append(text, "</channel></rss>");
	fixture_write(server, name, text->str);
	g_string_free(text, TRUE);
}

// The same without dates: what is new came after subscribing.
static void
write_undated(const char *name, int count)
{
	GString *text = g_string_new("<rss version='2.0'><channel><title>Undated</title>");

	for (int i = count; i > 0; i--)
		g_string_append_printf(text,
		    "<item><guid>g%d</guid><title>Episode %d</title>"
		    "<enclosure url='e%d.mp3' type='audio/mpeg'/></item>",
		    i, i, i);
	g_string_append(text, "</channel></rss>");
	fixture_write(server, name, text->str);
	g_string_free(text, TRUE);
}

static struct episode *
find_episode(struct workbench *bench, gint64 show_id, const char *title)
{
	g_autoptr(GArray) ids = workbench_episodes(bench, show_id);

	for (guint i = 0; i < ids->len; i++) {
		OWNED(episode)
		episode = episode_get(bench->store, g_array_index(ids, gint64, i), NULL);
		if (!strcmp(episode->title, title))
			return g_steal_pointer(&episode);
	}
	g_assert_not_reached();
}

static struct workbench_result
refresh(struct workbench *bench, gint64 id)
{
	return workbench_run(bench, request_id(WORK_REFRESH, id));
}

static void
assert_refresh(
    struct workbench *bench, gint64 id, const char *status, int http, int added, int updated)
{
	struct workbench_result result = refresh(bench, id);
	const struct work_show *show = workbench_show(&result, 0);

	g_assert_no_error(result.end->error);
	g_assert_cmpuint(result.items->len, ==, 1);
	g_assert_cmpint(result.end->done, ==, 1);
	g_assert_cmpint(result.end->total, ==, 1);
	g_assert_cmpstr(show->error, ==, NULL);
	g_assert_cmpstr(show->status, ==, status);
	g_assert_cmpint(show->http, ==, http);
	g_assert_cmpint(show->added, ==, added);
	g_assert_cmpint(show->updated, ==, updated);
	workbench_result_clear(&result);
}

// The validators of each kind, and none: an unchanged feed is not read twice, a changed one is.
static void
test_validators(void)
{
	static const struct {
		const char *query;
		int http;
	} rows[] = {
	    {"etag", 304},
	    {"modified", 304},
	    {"etag&modified", 304},
	    {"none", 200},
	    {"none&nolength", 200},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *target = g_strconcat("feed.xml?", rows[i].query, NULL);
		g_autofree char *url = fixture_url(server, target);
		g_test_message("%s", rows[i].query);
		write_feed("feed.xml", 3, "");
		gint64 id = workbench_add(bench, url);
		assert_refresh(bench, id, "unchanged", rows[i].http, 0, 0);
		assert_refresh(bench, id, "unchanged", rows[i].http, 0, 0);
		write_feed("feed.xml", 5, "");
		g_autofree char *path = g_build_filename(server->folder, "feed.xml", NULL);
		struct timespec times[2] = {
		    {.tv_sec = 1700000000 + (time_t)i}, {.tv_sec = 1700000000 + (time_t)i}};
		utimensat(AT_FDCWD, path, times, 0);
		assert_refresh(bench, id, "updated", 200, 2, 0);
		assert_refresh(bench, id, "unchanged", rows[i].http, 0, 0);
		workbench_free(bench);
	}
}

static void
test_force(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "feed.xml?etag");

	write_feed("feed.xml", 3, "");
	gint64 id = workbench_add(bench, url);
	struct work_request *request = request_id(WORK_REFRESH, id);
	request->force = true;
	struct workbench_result result = workbench_run(bench, request);
	g_assert_cmpint(workbench_show(&result, 0)->http, ==, 200);
	g_assert_cmpstr(workbench_show(&result, 0)->status, ==, "unchanged");
	workbench_result_clear(&result);
	workbench_free(bench);
}

static void
test_edits(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "feed.xml?etag");

	write_feed("feed.xml", 3, "");
	gint64 id = workbench_add(bench, url);
	write_feed("feed.xml", 3, ", corrected");
	assert_refresh(bench, id, "updated", 200, 0, 3);
	g_autoptr(GArray) ids = workbench_episodes(bench, id);
	g_assert_cmpuint(ids->len, ==, 3);
	workbench_free(bench);
}

// Many batches; and a second show's refresh is not held up.
static void
test_long(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "long.xml");

	write_feed("long.xml", 2500, "");
	gint64 id = workbench_add(bench, url);
	g_autoptr(GArray) ids = workbench_episodes(bench, id);
	g_assert_cmpuint(ids->len, ==, 2500);
	write_feed("long.xml", 2600, "");
	assert_refresh(bench, id, "updated", 200, 100, 0);
	workbench_free(bench);
}

static void
test_moves(void)
{
	static const struct {
		const char *target, *status, *kept;
	} rows[] = {
	    {"m.xml?redirect=301&to=/feed.xml", "moved", "feed.xml"},
	    {"m.xml?redirect=308&to=/feed.xml?etag", "moved", "feed.xml?etag"},
	    {"m.xml?redirect=302&to=/feed.xml", "updated", "m.xml"},
	    {"m.xml?redirect=301&to=/page.html", "failed", "m.xml"}, // a portal
	    {"m.xml?redirect=301&to=file:///etc/passwd", "failed", "m.xml"},
	};

	// A redirect cannot be switched on later: the address with its query comes by way of the
	// database.
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *url = fixture_url(server, rows[i].target);
		g_autoptr(GError) error = NULL;
		bool known;
		g_test_message("%s", rows[i].target);
		write_feed("feed.xml", 2, "");
		OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
		g_assert_no_error(error);
		gint64 id = show_add(store, url, NULL, &known, &error);
		g_assert_no_error(error);
		struct workbench_result result = refresh(bench, id);
		g_autofree char *kept = strcmp(rows[i].kept, "m.xml")
					    ? fixture_url(server, rows[i].kept)
					    : g_strdup(url);
		g_assert_cmpstr(workbench_show(&result, 0)->status, ==, rows[i].status);
		g_assert_cmpstr(workbench_show(&result, 0)->url, ==, kept);
		workbench_result_clear(&result);
		workbench_free(bench);
	}
}

static void
write_moving(const char *name, const char *to)
{
	g_autofree char *url = fixture_url(server, to);
	g_autofree char *text = g_strdup_printf(
	    "<rss version='2.0' "
	    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel>"
	    "<title>Moving</title><itunes:new-feed-url>%s</itunes:new-feed-url><item><guid>g1</"
	    "guid>"
	    "<title>Last one here</title><enclosure url='e1.mp3' type='audio/mpeg'/></item>"
	    "</channel></rss>",
	    url);

	fixture_write(server, name, text);
}

// A feed that says where it lives now is believed when a feed is there, and not in a circle.
static void
test_new_feed_url(void)
{
	static const struct {
		const char *to, *status, *kept;
		int episodes;
	} rows[] = {
	    {"feed.xml?etag", "moved", "feed.xml?etag", 2},
	    {"old.xml?etag", "unchanged", "old.xml?etag", 1},
	    {"feed.xml?redirect=301&amp;to=/feed.xml?etag", "moved", "feed.xml?etag", 2},
	    {"gone.xml", "unchanged", "old.xml?etag", 1},
	    {"page.html", "unchanged", "old.xml?etag", 1},
	    {"circle.xml", "unchanged", "old.xml?etag", 1},
	};

	write_feed("feed.xml", 2, "");
	write_moving("circle.xml", "old.xml?etag");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *old = fixture_url(server, "old.xml?etag");
		g_autofree char *kept = fixture_url(server, rows[i].kept);
		g_test_message("%s", rows[i].to);
		write_moving("old.xml", rows[i].to);
		gint64 id = workbench_add(bench, old);
		struct workbench_result result = refresh(bench, id);
		const struct work_show *item = workbench_show(&result, 0);
		g_assert_cmpstr(item->error, ==, NULL);
		g_assert_cmpstr(item->url, ==, kept);
		g_assert_cmpint(item->episodes, ==, rows[i].episodes);
		g_assert_cmpstr(item->status, ==, rows[i].status);
		workbench_result_clear(&result);
		workbench_free(bench);
	}
}

// A feed that names another subscription's address is not that one, unless they share episodes.
static void
test_copied_address(void)
{
	for (int shared = 0; shared < 2; shared++) {
		struct workbench *bench = workbench_new();
		g_autofree char *mine = fixture_url(server, "mine.xml");
		g_autofree char *other = fixture_url(server, "other.xml");
		write_feed("other.xml", 2, ""); // has g1
		write_moving("mine.xml", "other.xml");
		if (!shared) {
			g_autofree char *path = g_build_filename(server->folder, "mine.xml", NULL);
			g_autofree char *text = NULL;
			g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
			memcpy(strstr(text, "<guid>g1"), "<guid>q1", 8);
			fixture_write(server, "mine.xml", text);
		}
		workbench_add(bench, other);
		gint64 id = workbench_add(bench, mine);
		struct workbench_result result = refresh(bench, id);
		g_assert_cmpstr(
		    workbench_show(&result, 0)->status, ==, shared ? "moved" : "unchanged");
		workbench_result_clear(&result);
		OWNED(show) show = show_get(bench->store, id, NULL);
		g_assert_true(!show == (bool)shared);
		workbench_free(bench);
	}
}

// An address that a removed show had is free.
static void
test_move_to_removed(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *old = fixture_url(server, "m2.xml?redirect=301&to=/feed.xml");
	g_autofree char *url = fixture_url(server, "feed.xml");
	g_autoptr(GError) error = NULL;
	struct action_result done = {0};
	bool known;

	write_feed("feed.xml", 2, "");
	gint64 removed = workbench_add(bench, url);
	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
	OWNED(action) action = action_new(ACTION_SHOW_REMOVE, &removed, 1, 0);
	g_assert_true(action_apply(store, action, 1, &done, &error));
	action_result_clear(&done);
	gint64 id = show_add(store, old, NULL, &known, &error);
	g_assert_no_error(error);
	assert_refresh(bench, id, "moved", 200, 2, 0);
	OWNED(show) show = show_get(store, id, NULL);
	g_assert_cmpstr(show->url, ==, url);
	assert_refresh(bench, id, "unchanged", 200, 0, 0);
	workbench_free(bench);
}

// Without a network nobody's failures are counted: the first real one is not the tenth.
static void
test_unreachable(void)
{
	struct workbench *bench = workbench_new();
	g_autoptr(GError) error = NULL;
	bool known;
	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
	gint64 id = show_add(store, "http://nowhere.invalid/feed", "Far", &known, &error);

	for (int i = 0; i < 4; i++) {
		struct workbench_result result = refresh(bench, id);
		g_assert_cmpstr(workbench_show(&result, 0)->status, ==, "failed");
		workbench_result_clear(&result);
	}
	OWNED(show) show = show_get(store, id, NULL);
	g_assert_cmpint(show->failures, ==, 1);
	workbench_free(bench);
}

// Where the feed moves to another subscription, the two become one.
static void
test_move_to_known(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *old = fixture_url(server, "m.xml?redirect=301&to=/feed.xml");
	g_autofree char *url = fixture_url(server, "feed.xml");
	g_autoptr(GError) error = NULL;
	bool known;

	write_feed("feed.xml", 2, "");
	workbench_add(bench, url);
	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
	gint64 id = show_add(store, old, NULL, &known, &error);
	g_assert_no_error(error);
	struct workbench_result result = refresh(bench, id);
	g_assert_cmpstr(workbench_show(&result, 0)->status, ==, "moved");
	g_assert_cmpstr(workbench_show(&result, 0)->error, ==, NULL);
	workbench_result_clear(&result);
	g_assert_null(show_get(store, id, NULL));
	gint64 left = show_by_url(store, url, NULL);
	OWNED(show) show = show_counted(store, left, &error);
	g_assert_no_error(error);
	g_assert_cmpint(show->episodes, ==, 2);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, id);
	g_autoptr(GArray) found = shows_match(store, number, NULL);
	g_assert_cmpint(g_array_index(found, gint64, 0), ==, left);
	workbench_free(bench);
}

// What one feed's server says about patience holds for its other feeds, which are not asked.
static void
test_put_off(void)
{
	enum { SHOWS = 20 };
	struct workbench *bench = workbench_new();
	g_autoptr(GError) error = NULL;
	int failed = 0, later = 0;
	bool known;

	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
	for (int i = 0; i < SHOWS; i++) {
		g_autofree char *target = g_strdup_printf("feed.xml?status=429&retry=7200&n=%d", i);
		g_autofree char *url = fixture_url(server, target);
		show_add(store, url, "Title", &known, &error);
	}
	gint64 begun_s = when_now();
	struct workbench_result result =
	    workbench_run(bench, work_request_new(WORK_REFRESH, NULL, 0));
	g_assert_cmpuint(result.items->len, ==, SHOWS);
	for (int i = 0; i < SHOWS; i++) {
		const struct work_show *item = workbench_show(&result, i);
		OWNED(show) show = show_get(bench->store, item->id, NULL);
		bool is_later = !strcmp(item->status, "later");
		failed += !strcmp(item->status, "failed");
		later += is_later;
		g_assert_true(is_later == !item->error);
		g_assert_cmpint(show->failures, ==, is_later ? 0 : 1);
		g_assert_cmpint(show->next_try_s, >=, begun_s + 7200);
	}
	g_assert_cmpint(failed, >=, 1);
	g_assert_cmpint(later, >, SHOWS / 2);
	g_assert_cmpint(failed + later, ==, SHOWS);
	workbench_result_clear(&result);
	workbench_free(bench);
}

static void
test_failures(void)
{
	static const struct {
		const char *query, *status, *says;
		int http, wait_s; // at least so long until it is tried again
	} rows[] = {
	    {"status=404", "failed", "404 not found", 404, 300},
	    {"status=410", "gone", "410 gone", 410, 0},
	    {"status=429&retry=7200", "failed", "429 too many requests", 429, 7200},
	    {"status=503&retry=7200", "failed", "503", 503, 7200},
	    {"empty", "failed", "empty", 200, 300},
	    {"truncate=400", "failed", "broke", 200, 300},
	    {"hang=body", "failed", "nothing came", 200, 300},
	    {"zeros=3000000", "failed", "no feed", 200, 300},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *target = g_strconcat("feed.xml?", rows[i].query, NULL);
		g_autofree char *url = fixture_url(server, target);
		g_autoptr(GError) error = NULL;
		bool known;
		g_test_message("%s", rows[i].query);
		write_feed("feed.xml", 20, "");
		OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
		gint64 id = show_add(store, url, "Title", &known, &error);
		struct workbench_result result = refresh(bench, id);
		const struct work_show *item = workbench_show(&result, 0);
		g_assert_cmpstr(item->status, ==, rows[i].status);
		g_assert_cmpint(item->http, ==, rows[i].http);
		g_assert_nonnull(strstr(item->error, rows[i].says));
		OWNED(show) show = show_counted(bench->store, id, NULL);
		g_assert_cmpstr(show->error, ==, item->error);
		g_assert_cmpint(show->failures, ==, 1);
		g_assert_null(show->etag);
		g_assert_null(show->body_hash);
		g_assert_cmpint(show->last_success_s, ==, WHEN_UNKNOWN);
		g_assert_true(show->gone == !strcmp(rows[i].status, "gone"));
		g_assert_cmpint(show->next_try_s, >=, show->last_try_s + rows[i].wait_s);
		workbench_result_clear(&result);
		// Nobody is asked again before that time, unless somebody insists.
		result = workbench_run(bench, work_request_new(WORK_REFRESH, NULL, 0));
		g_assert_cmpuint(result.items->len, ==, 0);
		g_assert_cmpint(result.end->total, ==, 0);
		workbench_result_clear(&result);
		struct work_request *request = work_request_new(WORK_REFRESH, NULL, 0);
		request->all = true;
		result = workbench_run(bench, request);
		g_assert_cmpuint(result.items->len, ==, 0);
		workbench_result_clear(&result);
		request = work_request_new(WORK_REFRESH, NULL, 0);
		request->force = true;
		result = workbench_run(bench, request);
		g_assert_cmpuint(result.items->len, ==, show->gone ? 0 : 1);
		workbench_result_clear(&result);
		workbench_free(bench);
	}
}

// A show that failed is whole again with the first good answer; what it had stays meanwhile.
static void
test_recovers(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "comes-and-goes.xml");
	g_autofree char *path = g_build_filename(server->folder, "comes-and-goes.xml", NULL);

	write_feed("comes-and-goes.xml", 2, "");
	gint64 id = workbench_add(bench, url);
	unlink(path);
	for (int i = 1; i <= 2; i++) {
		struct workbench_result result = refresh(bench, id);
		g_assert_cmpstr(workbench_show(&result, 0)->status, ==, "failed");
		g_assert_cmpint(workbench_show(&result, 0)->episodes, ==, 2);
		workbench_result_clear(&result);
		OWNED(show) show = show_counted(bench->store, id, NULL);
		g_assert_cmpint(show->failures, ==, i);
	}
	write_feed("comes-and-goes.xml", 3, "");
	assert_refresh(bench, id, "updated", 200, 1, 0);
	OWNED(show) show = show_counted(bench->store, id, NULL);
	g_assert_cmpint(show->failures, ==, 0);
	g_assert_cmpstr(show->error, ==, NULL);
	workbench_free(bench);
}

// However it is said how long an answer is fresh, and by a 304 as well: it is not asked before.
static void
test_freshness(void)
{
	static const struct {
		const char *query, *channel;
		gint64 wait_s;
	} rows[] = {
	    {"etag&cache=3600", "", 3600},
	    {"etag&expires=3600", "", 3600},
	    {"etag&expires=-5&cache=3600", "", 3600},
	    {"etag", "<ttl>60</ttl>", 3600},
	    {"etag&cache=60", "<itunes:complete>Yes</itunes:complete>", 7 * 24 * 3600},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *target = g_strconcat("feed.xml?", rows[i].query, NULL);
		g_autofree char *url = fixture_url(server, target);
		g_test_message("%s %s", rows[i].query, rows[i].channel);
		g_autofree char *text = g_strdup_printf(
		    "<rss version='2.0'><channel><title>Fresh</title>%s<item><guid>1</guid>"
		    "<title>One</title></item></channel></rss>",
		    rows[i].channel);
		fixture_write(server, "feed.xml", text);
		gint64 id = workbench_add(bench, url);
		for (int round = 0; round < 2; round++) {
			OWNED(show) show = show_counted(bench->store, id, NULL);
			gint64 wait_s = show->next_try_s - show->last_try_s;
			g_assert_cmpint(wait_s, >=, rows[i].wait_s * 8 / 10);
			g_assert_cmpint(wait_s, <=, rows[i].wait_s);
			struct workbench_result result =
			    workbench_run(bench, work_request_new(WORK_REFRESH, NULL, 0));
			g_assert_cmpuint(result.items->len, ==, 0);
			workbench_result_clear(&result);
			struct work_request *request = work_request_new(WORK_REFRESH, NULL, 0);
			request->all = true;
			result = workbench_run(bench, request);
			g_assert_cmpuint(result.items->len, ==, 1);
			g_assert_cmpint(workbench_show(&result, 0)->http, ==, 304);
			workbench_result_clear(&result);
		}
		workbench_free(bench);
	}
}

static void
write_page(const char *name, int number, const char *next)
{
	g_autofree char *text = g_strdup_printf(
	    "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Paged"
	    "</title><atom:link rel='next' href='%s'/><item><guid>p%d</guid><title>Page %d</title>"
	    "<enclosure url='p%d.mp3' type='audio/mpeg'/></item></channel></rss>",
	    next, number, number, number);

	fixture_write(server, name, text);
}

// Older pages bring what is no news, once each; nothing of the newest page is lost by them.
static void
test_pages(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "page1.xml?etag");

	write_page("page1.xml", 1, "page2.xml");
	write_page("page2.xml", 2, "page3.xml?etag");
	write_page("page3.xml", 3, "page2.xml"); // in a circle
	gint64 id = workbench_add(bench, url);
	struct work_request *request = request_id(WORK_REFRESH, id);
	request->force = true;
	struct workbench_result result = workbench_run(bench, request);
	workbench_result_clear(&result);
	g_autoptr(GArray) one = workbench_episodes(bench, id);
	g_assert_cmpuint(one->len, ==, 1);

	request = request_id(WORK_REFRESH, id);
	request->force = request->all_pages = true;
	result = workbench_run(bench, request);
	g_assert_cmpstr(workbench_show(&result, 0)->error, ==, NULL);
	g_assert_cmpint(workbench_show(&result, 0)->added, ==, 2);
	workbench_result_clear(&result);
	g_autoptr(GArray) three = workbench_episodes(bench, id);
	g_assert_cmpuint(three->len, ==, 3);
	OWNED(show) show = show_counted(bench->store, id, NULL);
	g_assert_cmpint(show->inbox, ==, 1); // the newest, of the subscribing
	g_assert_cmpstr(show->title, ==, "Paged");
	for (guint i = 0; i < three->len; i++) {
		OWNED(episode)
		episode = episode_get(bench->store, g_array_index(three, gint64, i), NULL);
		g_assert_false(episode->left_feed);
	}
	// The newest page's validators are kept.
	result = refresh(bench, id);
	g_assert_cmpint(workbench_show(&result, 0)->http, ==, 304);
	workbench_result_clear(&result);

	write_page("page2.xml", 2, "file:///etc/passwd");
	request = request_id(WORK_REFRESH, id);
	request->force = request->all_pages = true;
	result = workbench_run(bench, request);
	g_assert_cmpstr(workbench_show(&result, 0)->error, ==, NULL);
	g_assert_cmpint(workbench_show(&result, 0)->added, ==, 0);
	workbench_result_clear(&result);
	workbench_free(bench);
}

// A worker that stops in the middle has stored no validators: the next refresh begins anew and
// ends with everything.
static void
test_killed(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "killed.xml?etag&drip=20000");
	g_autoptr(GError) error = NULL;
	bool known;

	write_feed("killed.xml", 1000, "");
	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
	gint64 id = show_add(store, url, NULL, &known, &error);
	worker_post(bench->worker, request_id(WORK_REFRESH, id));
	for (int i = 0; i < 500; i++) {
		g_autoptr(GArray) ids = workbench_episodes(bench, id);
		if (ids->len)
			break;
		g_usleep(10000);
	}
	gint64 before_us = g_get_monotonic_time();
	worker_stop(bench->worker);
	g_assert_cmpint(g_get_monotonic_time() - before_us, <, 5000000);
	g_autoptr(GArray) some = workbench_episodes(bench, id);
	g_assert_cmpuint(some->len, >, 0);
	g_assert_cmpuint(some->len, <, 1000);
	OWNED(show) show = show_counted(bench->store, id, NULL);
	g_assert_null(show->etag);
	g_assert_cmpint(show->last_success_s, ==, WHEN_UNKNOWN);
	bench->worker = worker_start(bench->paths, bench->options, &error);
	assert_refresh(bench, id, "updated", 200, (int)(1000 - some->len), 0);
	g_autoptr(GArray) all = workbench_episodes(bench, id);
	g_assert_cmpuint(all->len, ==, 1000);
	workbench_free(bench);
}

// One show asked twice at once: one transfer, two answers.
static void
test_joined(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "joined.xml?drip=300");
	int ended = 0;

	write_feed("joined.xml", 2, "");
	gint64 id = workbench_add(bench, url);
	for (int i = 0; i < 3; i++)
		worker_post(bench->worker, request_id(WORK_REFRESH, id));
	while (ended < 3) {
		OWNED(work_reply) reply = workbench_next(bench);
		if (reply->status == WORK_ITEM)
			g_assert_cmpstr(reply->show->status, ==, "unchanged");
		ended += reply->status == WORK_DONE;
	}
	g_autofree char *log = fixture_log(server);
	int asked = 0;
	for (const char *p = log; (p = strstr(p, "/joined.xml")); p++)
		asked++;
	g_assert_cmpint(asked, ==, 2); // the add and one refresh
	workbench_free(bench);
}

// Another process holds the lock: leave, or wait until it is gone.
static void
test_lock(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *path = g_strconcat(bench->paths->socket, ".refresh", NULL);
	g_autofree char *url = fixture_url(server, "feed.xml");
	g_autoptr(GError) error = NULL;

	write_feed("feed.xml", 2, "");
	gint64 id = workbench_add(bench, url);
	g_assert_true(paths_ensure_dir(bench->paths->runtime_dir, &error));
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	g_assert_cmpint(flock(fd, LOCK_EX), ==, 0);
	struct work_request *request = work_request_new(WORK_REFRESH, NULL, 0);
	request->no_wait = true;
	struct workbench_result result = workbench_run(bench, request);
	g_assert_error(result.end->error, HARK_ERROR, HARK_ERROR_AGAIN);
	workbench_result_clear(&result);
	// One show alone needs no lock.
	assert_refresh(bench, id, "unchanged", 200, 0, 0);

	worker_post(bench->worker, work_request_new(WORK_REFRESH, NULL, 0));
	struct work_reply *reply = workbench_next(bench);
	g_assert_cmpint(reply->status, ==, WORK_PROGRESS);
	g_assert_cmpint(reply->total, ==, 0);
	work_reply_free(reply);
	g_assert_null(mailbox_wait(worker_replies(bench->worker), 300));
	close(fd);
	do {
		reply = workbench_next(bench);
		bool last = reply->status == WORK_DONE;
		g_assert_no_error(reply->error);
		work_reply_free(reply);
		if (last)
			break;
	} while (true);
	workbench_free(bench);
}

// Where episodes go, at subscribing and after it, is the user's to say.
static void
test_options(void)
{
	static const struct {
		const char *on_add, *new_episodes;
		int first, after; // in the inbox
		guint queued;	  // after the second refresh
		enum episode_state newest;
	} rows[] = {
	    {"newest", "inbox", 1, 3, 0, EPISODE_NEW},
	    {"none", "inbox", 0, 2, 0, EPISODE_NEW},
	    {"all", "queue", 2, 2, 2, EPISODE_PLAIN},
	    {"newest", "queue-next", 1, 1, 2, EPISODE_PLAIN},
	    {"newest", "archive", 1, 1, 0, EPISODE_ARCHIVED},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *url = fixture_url(server, "dated.xml");
		g_autoptr(GError) error = NULL;
		g_test_message("%s, %s", rows[i].on_add, rows[i].new_episodes);
		options_set(bench->options, 0, "on-add", rows[i].on_add, &error);
		g_assert_no_error(error);
		options_set(bench->options, 0, "new-episodes", rows[i].new_episodes, &error);
		g_assert_no_error(error);
		worker_set_options(bench->worker, bench->options);
		write_undated("dated.xml", 2);
		gint64 id = workbench_add(bench, url);
		OWNED(show) before = show_counted(bench->store, id, NULL);
		g_assert_cmpint(before->inbox, ==, rows[i].first);
		write_undated("dated.xml", 4);
		assert_refresh(bench, id, "updated", 200, 2, 0);
		OWNED(show) after = show_counted(bench->store, id, NULL);
		g_assert_cmpint(after->inbox, ==, rows[i].after);
		g_autoptr(GArray) queued = queue_ids(bench->store, NULL);
		g_assert_cmpuint(queued->len, ==, rows[i].queued);
		OWNED(episode) newest = find_episode(bench, id, "Episode 4");
		g_assert_cmpint(newest->state, ==, rows[i].newest);
		workbench_free(bench);
	}
}

// What was chosen for one show goes before the options, at its refreshes too.
static void
test_chosen(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "chosen.xml");
	struct work_request *request = work_request_new(WORK_ADD, NULL, 0);

	write_undated("chosen.xml", 2);
	request->address = g_strdup(url);
	request->new_episodes = g_strdup("queue");
	request->on_add = g_strdup("all");
	struct workbench_result result = workbench_run(bench, request);
	gint64 id = workbench_show(&result, 0)->id;
	workbench_result_clear(&result);
	OWNED(show) before = show_counted(bench->store, id, NULL);
	g_assert_cmpstr(before->new_episodes, ==, "queue");
	g_assert_cmpint(before->inbox, ==, 2);
	write_undated("chosen.xml", 4);
	assert_refresh(bench, id, "updated", 200, 2, 0);
	OWNED(show) after = show_counted(bench->store, id, NULL);
	g_assert_cmpint(after->inbox, ==, 2);
	g_autoptr(GArray) queued = queue_ids(bench->store, NULL);
	g_assert_cmpuint(queued->len, ==, 2);
	workbench_free(bench);
}

static void
test_local(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *path = g_build_filename(server->folder, "feed.xml", NULL);

	write_feed("feed.xml", 2, "");
	gint64 id = workbench_add(bench, path);
	assert_refresh(bench, id, "unchanged", 304, 0, 0);
	write_feed("feed.xml", 3, "");
	assert_refresh(bench, id, "updated", 200, 1, 0);
	workbench_free(bench);
}

int
main(int argc, char **argv)
{
	workbench_init(&argc, &argv);
	server = fixture_start();
	fixture_write(server, "page.html", "<!DOCTYPE html><html><body>Log in</body></html>");
	g_test_add_func("/refresh/validators", test_validators);
	g_test_add_func("/refresh/force", test_force);
	g_test_add_func("/refresh/edits", test_edits);
	g_test_add_func("/refresh/long", test_long);
	g_test_add_func("/refresh/moves", test_moves);
	g_test_add_func("/refresh/move-to-known", test_move_to_known);
	g_test_add_func("/refresh/new-feed-url", test_new_feed_url);
	g_test_add_func("/refresh/put-off", test_put_off);
	g_test_add_func("/refresh/copied-address", test_copied_address);
	g_test_add_func("/refresh/move-to-removed", test_move_to_removed);
	g_test_add_func("/refresh/unreachable", test_unreachable);
	g_test_add_func("/refresh/failures", test_failures);
	g_test_add_func("/refresh/recovers", test_recovers);
	g_test_add_func("/refresh/freshness", test_freshness);
	g_test_add_func("/refresh/pages", test_pages);
	g_test_add_func("/refresh/killed", test_killed);
	g_test_add_func("/refresh/joined", test_joined);
	g_test_add_func("/refresh/lock", test_lock);
	g_test_add_func("/refresh/options", test_options);
	g_test_add_func("/refresh/chosen", test_chosen);
	g_test_add_func("/refresh/local", test_local);
	int status = g_test_run();
	fixture_stop(server);
	return status;
}
