// SPDX-License-Identifier: GPL-3.0-or-later
//
// From what was typed to a show, and everything that is no feed: one sentence, nothing stored.
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/workbench.h"
#include "base/error.h"
#include "store/episodes.h"
#include "store/shows.h"
#include "text/feed.h"
#include "work/address.h"

#define ITEM(n)                                                                                    \
	"<item><guid>g" n "</guid><title>Episode " n "</title>"                                    \
	"<pubDate>Mon, 0" n " Jan 2024 08:00:00 GMT</pubDate>"                                     \
	"<enclosure url='e" n ".mp3' type='audio/mpeg' length='20000'/></item>"
#define HEAD "<?xml version='1.0'?><rss version='2.0'><channel><title>Show of tests</title>"
#define FEED HEAD ITEM("1") ITEM("2") "</channel></rss>"

static struct fixture *server;

static void
test_candidates(void)
{
	static const struct {
		const char *typed, *first, *second;
	} rows[] = {
	    {"https://h.example/x", "https://h.example/x", NULL},
	    {"  https://H.Example/x \n", "https://h.example/x", NULL},
	    {"http://h.example", "http://h.example/", NULL},
	    {"http://h.example/x?", "http://h.example/x", NULL},
	    {"http://h.example/x?a=1#top", "http://h.example/x?a=1", NULL},
	    {"HTTP://h.example/X", "http://h.example/X", NULL},
	    {"http://h.example/a b", "http://h.example/a%20b", NULL},
	    {"feed://h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"itpc://h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"pcast://h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"podcast://h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"itms://h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"feed:https://h.example/x", "https://h.example/x", NULL},
	    {"pcast:http://h.example/x", "http://h.example/x", NULL},
	    {"feed://https//h.example/x", "https://h.example/x", NULL},
	    {"h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"h.example:8080/x", "https://h.example:8080/x", "http://h.example:8080/x"},
	    {"http://subscribeonandroid.com/h.example/x", "https://h.example/x",
		    "http://h.example/x"},
	    {"www.subscribeonandroid.com/h.example/x", "https://h.example/x", "http://h.example/x"},
	    {"https://antennapod.org/deeplink/subscribe?url=http%3A%2F%2Fh.example%2Fx&title=T",
		"http://h.example/x", NULL},
	    // A password goes in the clear only where somebody wrote http.
	    {"me:word@h.example/x", "https://me:word@h.example/x", NULL},
	    {"feed://me@h.example/x", "https://me@h.example/x", NULL},
	    {"http://me:word@h.example/x", "http://me:word@h.example/x", NULL},
	    {"file:///tmp/f.xml", "file:///tmp/f.xml", NULL},
	    {"/tmp/../tmp/f.xml", "file:///tmp/f.xml", NULL},
	    {"/tmp/a b.xml", "file:///tmp/a%20b.xml", NULL},
	    {"ftp://h.example/x", NULL, NULL},
	    {"javascript:alert(1)//", NULL, NULL},
	    {"mailto:a@b.example", NULL, NULL},
	    {"", NULL, NULL},
	    {"http://", NULL, NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) got = address_candidates(rows[i].typed, &error);
		g_test_message("%s", rows[i].typed);
		if (!rows[i].first) {
			g_assert_null(got);
			g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
			continue;
		}
		g_assert_no_error(error);
		g_assert_cmpstr(got->pdata[0], ==, rows[i].first);
		g_assert_cmpuint(got->len, ==, rows[i].second ? 2 : 1);
		if (rows[i].second)
			g_assert_cmpstr(got->pdata[1], ==, rows[i].second);
	}
}

// A local file only from a local feed, and only beside it or below.
static void
test_logins(void)
{
	static const struct {
		const char *feed, *address, *moved;
		bool shares;
	} rows[] = {
	    {"https://me:w@h.example/f", "https://h.example/a", "https://me:w@h.example/a", true},
	    {"https://me:w@h.example/f", "https://H.example:443/a", "https://me:w@H.example:443/a",
		true},
	    {"http://me:w@h.example:443/f", "https://h.example/a", "https://me:w@h.example/a",
		true},
	    {"https://token@h.example/f", "https://h.example/a", "https://token@h.example/a", true},
	    {"https://me:w@h.example/f", "https://you:v@h.example/a", "https://you:v@h.example/a",
		true},
	    {"https://h.example/f", "https://h.example/a", "https://h.example/a", true},
	    {"https://me:w@h.example/f", "http://h.example:443/a", "http://h.example:443/a", false},
	    {"https://me:w@h.example/f", "https://i.example/a", "https://i.example/a", false},
	    {"https://me:w@h.example/f", "https://h.example:8443/a", "https://h.example:8443/a",
		false},
	    {"https://me:w@h.example/f", "https://x.h.example/a", "https://x.h.example/a", false},
	    {"file:///f.xml", "file:///a.mp3", "file:///a.mp3", false},
	    {"", "", "", false},
	};
	g_autofree char *name = NULL, *word = NULL;
	g_autofree char *bare =
	    address_split_login("https://m%40e:w%3Ard@h.example/a?b", &name, &word);

	g_assert_cmpstr(bare, ==, "https://h.example/a?b");
	g_assert_cmpstr(name, ==, "m@e");
	g_assert_cmpstr(word, ==, "w:rd");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *moved = address_moved(rows[i].feed, rows[i].address);
		g_test_message("%s -> %s", rows[i].feed, rows[i].address);
		g_assert_cmpstr(moved, ==, rows[i].moved);
		g_assert_cmpint(address_shares_login(rows[i].feed, rows[i].address), ==,
		    rows[i].shares);
	}
}

static void
test_allowed(void)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *in = g_build_filename(folder, "in", NULL);
	g_autofree char *inside = g_build_filename(in, "a.mp3", NULL);
	g_autofree char *outside = g_build_filename(folder, "b.mp3", NULL);
	g_autofree char *link = g_build_filename(in, "link.mp3", NULL);
	g_autofree char *feed_path = g_build_filename(in, "feed.xml", NULL);

	mkdir(in, 0700);
	g_file_set_contents(inside, "x", -1, NULL);
	g_file_set_contents(outside, "x", -1, NULL);
	g_file_set_contents(feed_path, "x", -1, NULL);
	g_assert_cmpint(symlink(outside, link), ==, 0);
	g_autofree char *feed = g_filename_to_uri(feed_path, NULL, NULL);
	g_autofree char *a = g_filename_to_uri(inside, NULL, NULL);
	g_autofree char *b = g_filename_to_uri(outside, NULL, NULL);
	g_autofree char *l = g_filename_to_uri(link, NULL, NULL);
	g_autofree char *up = g_strdup_printf("file://%s/../b.mp3", in);

	g_assert_true(address_allowed(feed, a));
	g_assert_true(address_allowed(feed, "https://h.example/a.mp3"));
	g_assert_true(address_allowed("https://h.example/f", "http://h.example/a.mp3"));
	g_assert_false(address_allowed(feed, b));
	g_assert_false(address_allowed(feed, up));
	g_assert_false(address_allowed(feed, l));
	g_assert_false(address_allowed(feed, "file:///etc/passwd"));
	g_assert_false(address_allowed(feed, "/etc/passwd"));
	g_assert_false(address_allowed(feed, "ftp://h.example/a.mp3"));
	g_assert_false(address_allowed("https://h.example/f", a));
	g_assert_false(address_allowed("", a));
	fixture_remove(folder);
}

static void
test_feed(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "feed.xml?etag");
	struct workbench_result result = workbench_run(bench, request_address(WORK_ADD, url));
	const struct work_show *show = workbench_show(&result, 0);

	g_assert_no_error(result.end->error);
	g_assert_cmpstr(show->error, ==, NULL);
	g_assert_cmpstr(show->status, ==, "added");
	g_assert_cmpstr(show->title, ==, "Show of tests");
	g_assert_cmpstr(show->url, ==, url);
	g_assert_cmpint(show->http, ==, 200);
	g_assert_cmpint(show->added, ==, 2);
	g_assert_cmpint(show->episodes, ==, 2);
	g_autoptr(GArray) ids = workbench_episodes(bench, show->id);
	g_assert_cmpuint(ids->len, ==, 2);
	OWNED(episode) newest = episode_get(bench->store, g_array_index(ids, gint64, 0), NULL);
	g_autofree char *media = fixture_url(server, "e2.mp3");
	g_assert_cmpstr(newest->title, ==, "Episode 2");
	g_assert_cmpstr(newest->media_url, ==, media);
	g_assert_true(newest->in_inbox);
	OWNED(show) row = show_counted(bench->store, show->id, NULL);
	g_assert_nonnull(row->etag);
	g_assert_cmpint(row->inbox, ==, 1);
	gint64 id = show->id;
	workbench_result_clear(&result);

	// A second time it is known, without a word to the server, whatever its scheme is called.
	g_autofree char *again = g_strdup_printf("feed://%s", url + strlen("http://"));
	result = workbench_run(bench, request_address(WORK_ADD, again));
	show = workbench_show(&result, 0);
	g_assert_cmpstr(show->status, ==, "known");
	g_assert_cmpint(show->id, ==, id);
	g_assert_cmpint(show->http, ==, 0);
	workbench_result_clear(&result);
	g_assert_cmpint(workbench_shows(bench), ==, 1);
	workbench_free(bench);
}

// The forms that lead to the feed in more than one step; and the address that is kept.
static void
test_ways(void)
{
	static const struct {
		const char *target, *kept;
	} rows[] = {
	    {"feed.xml?redirect=301", "feed.xml"},
	    {"feed.xml?redirect=302", "feed.xml?redirect=302"},
	    {"page.html", "feed.xml"},
	    {"page.html?redirect=302", "feed.xml"},
	    {"second.html", "feed.xml"},
	    {"feed.xml?type=text/html", "feed.xml?type=text/html"},
	    {"feed.xml?nolength&type=none", "feed.xml?nolength&type=none"},
	    {"broken.xml", "broken.xml"},
	    {"latin1.xml?type=text/xml;charset=iso-8859-1",
		"latin1.xml?type=text/xml;charset=iso-8859-1"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *url = fixture_url(server, rows[i].target);
		g_autofree char *kept = fixture_url(server, rows[i].kept);
		g_test_message("%s", rows[i].target);
		gint64 id = workbench_add(bench, url);
		OWNED(show) show = show_counted(bench->store, id, NULL);
		g_assert_cmpstr(show->url, ==, kept);
		g_assert_true(g_utf8_validate(show->title, -1, NULL));
		g_assert_cmpint(show->episodes, >, 0);
		workbench_free(bench);
	}
	// Without a scheme https is tried first, and http after it.
	struct workbench *bench = workbench_new();
	g_autofree char *kept = fixture_url(server, "feed.xml");
	gint64 id = workbench_add(bench, kept + strlen("http://"));
	OWNED(show) show = show_counted(bench->store, id, NULL);
	g_assert_cmpstr(show->url, ==, kept);
	workbench_free(bench);
}

static void
assert_fails(struct workbench *bench, const char *address, const char *says)
{
	struct workbench_result result = workbench_run(bench, request_address(WORK_ADD, address));
	const struct work_show *show = workbench_show(&result, 0);

	g_test_message("%s -> %s", address, show->error);
	g_assert_cmpstr(show->status, ==, "failed");
	g_assert_nonnull(show->error);
	g_assert_nonnull(strstr(show->error, says));
	g_assert_cmpint(show->id, ==, 0);
	g_assert_null(strchr(show->error, '\n'));
	workbench_result_clear(&result);
	g_assert_cmpint(workbench_shows(bench), ==, 0);
}

static void
test_bad_inputs(void)
{
	static const struct {
		const char *target, *says;
	} rows[] = {
	    {"bare.html", "page"},
	    {"nothing.xml", "404 not found"},
	    {"feed.xml?status=410", "410 gone"},
	    {"feed.xml?status=503&retry=5", "503"},
	    {"feed.xml?auth=a:b", "401"},
	    {"feed.xml?empty", "empty"},
	    {"feed.xml?zeros=100000000", "127.0.0.1"},
	    {"feed.xml?hang", "nothing came"},
	    {"feed.xml?hang=body", "nothing came"},
	    {"feed.xml?truncate=100", "broke"},
	    {"feed.xml?loop", "never arrives"},
	    {"feed.xml?redirect=301&to=file:///etc/passwd", "not followed"},
	    {"text.txt", ""},
	    {"dead.html", "404"},
	    {"evil.html", "page"},
	    {"self.html", "page"},
	    {"sub", "page"},
	};
	struct workbench *bench = workbench_new();
	g_autofree char *sub = g_build_filename(server->folder, "sub", NULL);
	g_autofree char *missing = g_build_filename(server->folder, "missing.xml", NULL);
	g_autofree char *page = g_build_filename(server->folder, "bare.html", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *url = fixture_url(server, rows[i].target);
		assert_fails(bench, url, rows[i].says);
	}
	assert_fails(bench, "http://127.0.0.1:1/feed.xml", "no connection");
	assert_fails(bench, sub, "is a folder");
	assert_fails(bench, missing, "there is no such file");
	assert_fails(bench, page, "page");
	assert_fails(bench, "/dev/zero", "no ordinary file");
	assert_fails(bench, "ftp://127.0.0.1/feed.xml", "no address");
	assert_fails(bench, "", "no address");
	workbench_free(bench);
}

// What a feed names on this machine: only beside a feed that lies here itself.
static void
test_local(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *path = g_build_filename(server->folder, "local.xml", NULL);
	g_autofree char *beside = g_build_filename(server->folder, "e1.mp3", NULL);
	g_autofree char *media = g_filename_to_uri(beside, NULL, NULL);
	g_autofree char *text = g_strdup_printf(
	    HEAD ITEM("1") "<item><guid>x</guid><title>Evil</title>"
			   "<enclosure url='file:///etc/passwd' type='audio/mpeg'/></item>"
			   "<item><guid>y</guid><title>Whole</title>"
			   "<enclosure url='%s' type='audio/mpeg'/></item></channel></rss>",
	    media);
	static const char *const titles[] = {"Episode 1", "Evil", "Whole"};
	int seen = 0;

	fixture_write(server, "local.xml", text);
	fixture_write(server, "e1.mp3", "sound");
	g_autofree char *url = fixture_url(server, "local.xml");
	const char *const addresses[] = {path, url};
	for (size_t a = 0; a < G_N_ELEMENTS(addresses); a++) {
		gint64 id = workbench_add(bench, addresses[a]);
		g_autoptr(GArray) ids = workbench_episodes(bench, id);
		g_assert_cmpuint(ids->len, ==, G_N_ELEMENTS(titles));
		for (guint i = 0; i < ids->len; i++) {
			OWNED(episode)
			episode = episode_get(bench->store, g_array_index(ids, gint64, i), NULL);
			if (!strcmp(episode->title, "Evil"))
				g_assert_cmpstr(episode->media_url, ==, NULL);
			else if (a == 0)
				g_assert_cmpstr(episode->media_url, ==, media);
			else if (!strcmp(episode->title, "Whole"))
				g_assert_cmpstr(episode->media_url, ==, NULL);
			else
				g_assert_true(g_str_has_prefix(episode->media_url, "http://"));
			seen++;
		}
	}
	g_assert_cmpint(seen, ==, 6);
	workbench_free(bench);
}

static void
test_preview(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "feed.xml");
	g_autofree char *page = fixture_url(server, "bare.html");
	struct workbench_result result = workbench_run(bench, request_address(WORK_PREVIEW, url));

	g_assert_no_error(result.end->error);
	g_assert_nonnull(result.end->feed);
	g_assert_cmpstr(result.end->feed->title, ==, "Show of tests");
	g_assert_cmpuint(result.end->feed->episodes->len, ==, 2);
	workbench_result_clear(&result);
	result = workbench_run(bench, request_address(WORK_PREVIEW, page));
	g_assert_nonnull(result.end->error);
	g_assert_null(result.end->feed);
	workbench_result_clear(&result);
	g_assert_cmpint(workbench_shows(bench), ==, 0);
	workbench_free(bench);
}

static void
write_files(void)
{
	static const char link[] = "<!DOCTYPE html><html><head><title>Page</title>"
				   "<link rel='alternate' type='application/rss+xml' href='%s'>"
				   "%s</head><body>Welcome</body></html>";
	static const char second[] =
	    "<link rel='alternate' type='application/rss+xml' href='feed.xml'>";
	g_autofree char *page = g_strdup_printf(link, "feed.xml", "");
	g_autofree char *two = g_strdup_printf(link, "gone.xml", second);
	g_autofree char *dead = g_strdup_printf(link, "gone.xml", "");
	g_autofree char *evil = g_strdup_printf(link, "file:///etc/passwd", "");
	g_autofree char *self = g_strdup_printf(link, "self.html", "");
	g_autofree char *sub = g_build_filename(server->folder, "sub", NULL);

	fixture_write(server, "feed.xml", FEED);
	fixture_write(server, "page.html", page);
	fixture_write(server, "second.html", two);
	fixture_write(server, "dead.html", dead);
	fixture_write(server, "evil.html", evil);
	fixture_write(server, "self.html", self);
	fixture_write(server, "bare.html", "<!DOCTYPE html><html><body>Hello</body></html>");
	fixture_write(server, "text.txt", "Just some words, no feed at all.\n");
	fixture_write(
	    server, "broken.xml", HEAD ITEM("1") "<item><title>AT&T <3</title><guid>z</guid>");
	fixture_write(server, "latin1.xml",
	    "<rss version='2.0'><channel><title>Caf\xe9</title>" ITEM("1") "</channel></rss>");
	mkdir(sub, 0700);
}

int
main(int argc, char **argv)
{
	workbench_init(&argc, &argv);
	server = fixture_start();
	write_files();
	g_test_add_func("/add/candidates", test_candidates);
	g_test_add_func("/add/logins", test_logins);
	g_test_add_func("/add/allowed", test_allowed);
	g_test_add_func("/add/feed", test_feed);
	g_test_add_func("/add/ways", test_ways);
	g_test_add_func("/add/bad-inputs", test_bad_inputs);
	g_test_add_func("/add/local", test_local);
	g_test_add_func("/add/preview", test_preview);
	int status = g_test_run();
	fixture_stop(server);
	return status;
}
