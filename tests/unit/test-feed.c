// SPDX-License-Identifier: GPL-3.0-or-later
//
// The feed parser: tests/feeds/NAME.xml gives NAME.expect (UPDATE=1 writes them anew: review the
// difference), in whatever cuts; and what is no feed says so.
#include "feed-dump.h"

#include "base/error.h"
#include "base/when.h"
#include "text/feed.h"

#include <string.h>

static const char base[] = "https://example.org/shows/feed.xml";

static struct feed *
parse_in_cuts(const char *bytes, size_t len, size_t cut, GPtrArray **alternates, GError **error)
{
	OWNED(feed_parser) parser = feed_parser_new(base, NULL);

	for (size_t at = 0; at < len; at += cut)
		g_assert_true(feed_parser_push(parser, bytes + at, MIN(cut, len - at), NULL));
	return feed_parser_finish(parser, alternates, error);
}

static char *
dump(const char *bytes, size_t len, size_t cut)
{
	g_autoptr(GError) error = NULL;
	OWNED(feed) feed = parse_in_cuts(bytes, len, cut, NULL, &error);
	GString *out = g_string_new(NULL);

	if (feed)
		feed_dump(feed, out);
	else
		g_string_append_printf(out, "no feed: %s\n", error->message);
	return g_string_free(out, FALSE);
}

static void
test_expected(gconstpointer data)
{
	const char *path = data;
	g_autofree char *stem = g_strndup(path, strlen(path) - strlen(".xml"));
	g_autofree char *expect_path = g_strconcat(stem, ".expect", NULL);
	g_autofree char *bytes = NULL, *expect = NULL;
	gsize len;
	g_autoptr(GError) error = NULL;

	g_file_get_contents(path, &bytes, &len, &error);
	g_assert_no_error(error);
	g_autofree char *whole = dump(bytes, len, MAX(len, 1));
	if (g_getenv("UPDATE"))
		g_file_set_contents(expect_path, whole, -1, &error);
	g_assert_no_error(error);
	g_file_get_contents(expect_path, &expect, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(whole, ==, expect);
	static const size_t cuts[] = { 1, 5, 1000 };
	for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
		g_autofree char *cut = dump(bytes, len, cuts[i]);
		g_assert_cmpstr(cut, ==, expect);
	}
}

static const struct {
	const char *in;
	int code;
	const char *says, *alternate;
} no_feeds[] = {
	{ "", HARK_ERROR_FAILED, "empty", NULL },
	{ " \n\t", HARK_ERROR_FAILED, "empty", NULL },
	{ "Not found", HARK_ERROR_FAILED, "plain text", NULL },
	{ "{\"version\": 1}", HARK_ERROR_FAILED, "JSON", NULL },
	{ "<opml><body/></opml>", HARK_ERROR_FAILED, "OPML", NULL },
	{ "<?xml version='1.0'?><svg/>", HARK_ERROR_FAILED, "XML", NULL },
	{ "<!DOCTYPE html><html><head><title>x</title></head><body><p>404<br></body></html>",
	    HARK_ERROR_FAILED, "web page", NULL },
	{ "<HTML><head><LINK REL='alternate' type='application/rss+xml' href='../rss?a=1&amp;b=2'>"
	  "</head><body>a<br>b</html>",
	    HARK_ERROR_NOTHING, "web page", "https://example.org/rss?a=1&b=2" },
	{ "<html><head><base href='//cdn.example.net/x/'><link rel='stylesheet' href='a.css'>"
	  "<link rel='home alternate' type='application/atom+xml;charset=utf-8' href='a.atom'>",
	    HARK_ERROR_NOTHING, "web page", "https://cdn.example.net/x/a.atom" },
	{ "<html><link rel=alternate type='application/rss+xml' href='javascript:x()'></html>",
	    HARK_ERROR_FAILED, "web page", NULL },
};

static void
test_no_feed(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(no_feeds); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) alternates = NULL;
		const char *in = no_feeds[i].in;
		struct feed *feed = parse_in_cuts(in, strlen(in), 10, &alternates, &error);
		g_assert_null(feed);
		g_assert_error(error, HARK_ERROR, no_feeds[i].code);
		g_assert_nonnull(strstr(error->message, no_feeds[i].says));
		g_assert_cmpint(alternates->len, ==, no_feeds[i].alternate != NULL);
		if (no_feeds[i].alternate)
			g_assert_cmpstr(alternates->pdata[0], ==, no_feeds[i].alternate);
	}
}

// What goes on for ever and is no feed is soon told; a web page goes on to its end.
static void
test_endless(void)
{
	static const struct {
		const char *unit;
		size_t len;
		bool is_page;
	} rows[] = { { "\0", 1, false }, { "<a>", 3, false }, { "<a/>&", 5, false },
		{ "text ", 5, false }, { "<html><p>", 9, true } };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(feed_parser) parser = feed_parser_new(NULL, NULL);
		g_autoptr(GString) block = g_string_new(NULL);
		g_autoptr(GError) error = NULL;
		int pushes = 0;
		while (block->len < 65536)
			g_string_append_len(block, rows[i].unit, (gssize)rows[i].len);
		while (pushes < 100 && feed_parser_push(parser, block->str, block->len, &error))
			pushes++;
		g_assert_cmpint(pushes, ==, rows[i].is_page ? 100 : pushes);
		g_assert_cmpint(pushes, <, rows[i].is_page ? 101 : 20);
		g_assert_true(rows[i].is_page == !error);
		g_clear_error(&error);
		g_assert_null(feed_parser_finish(parser, NULL, &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	}
}

static void
test_steal(void)
{
	OWNED(feed_parser) parser = feed_parser_new(NULL, NULL);
	static const char *const pushes[] = {
		"<rss><channel><title>S</title><item><title>1</title>",
		"</item><item><title>2</title></item><item><title>3",
		"</title></item></channel></rss>" };
	static const guint counts[] = { 0, 2, 0 }; // the parser may hold back what it just got
	guint stolen = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(pushes); i++) {
		g_assert_true(feed_parser_push(parser, pushes[i], strlen(pushes[i]), NULL));
		g_autoptr(GPtrArray) episodes = feed_parser_steal_episodes(parser);
		g_assert_cmpint(episodes->len, <=, counts[i] + 1);
		for (guint j = 0; j < episodes->len; j++) {
			const struct feed_episode *episode = episodes->pdata[j];
			g_autofree char *title = g_strdup_printf("%u", ++stolen);
			g_assert_cmpstr(episode->title, ==, title);
		}
	}
	OWNED(feed) feed = feed_parser_finish(parser, NULL, NULL);
	g_assert_nonnull(feed);
	g_assert_cmpint(stolen + feed->episodes->len, ==, 3);
	g_assert_false(feed->truncated);
	for (guint i = 0; i < feed->warnings->len; i++) { // none about missing episodes
		const struct warning *warning = feed->warnings->pdata[i];
		g_assert_null(strstr(warning->text, "episodes"));
	}
}

// A large feed gives its episodes while it arrives.
static void
test_steal_early(void)
{
	OWNED(feed_parser) parser = feed_parser_new(NULL, NULL);
	g_autoptr(GString) item = g_string_new("<item><title>x</title><description>");
	guint before_end = 0;
	enum { ITEMS = 500 };

	for (int i = 0; i < 200; i++)
		g_string_append(item, "word &lt;b&gt; ");
	g_string_append(item, "</description></item>");
	g_assert_true(feed_parser_push(parser, "<rss><channel>", 14, NULL));
	for (int i = 0; i < ITEMS; i++) {
		g_assert_true(feed_parser_push(parser, item->str, item->len, NULL));
		g_autoptr(GPtrArray) episodes = feed_parser_steal_episodes(parser);
		before_end += episodes->len;
	}
	OWNED(feed) feed = feed_parser_finish(parser, NULL, NULL);
	g_assert_cmpint(before_end, >, ITEMS - 5);
	g_assert_cmpint(before_end + feed->episodes->len, ==, ITEMS);
}

static const struct {
	const char *base, *relative, *out;
} addresses[] = {
	{ base, "http://a.example/x?y#z", "http://a.example/x?y#z" },
	{ base, " \n http://a.example/a b\n\t.mp3 ", "http://a.example/a%20b.mp3" },
	{ base, "ep.mp3", "https://example.org/shows/ep.mp3" },
	{ base, "/ep.mp3?a=b&c", "https://example.org/ep.mp3?a=b&c" },
	{ base, "../x/./ep 1.mp3", "https://example.org/x/ep%201.mp3" },
	{ base, "//cdn.example.net/e.mp3", "https://cdn.example.net/e.mp3" },
	{ base, "?p=1", "https://example.org/shows/feed.xml?p=1" },
	{ base, "a%20b/é.mp3", "https://example.org/shows/a%20b/%C3%A9.mp3" },
	{ base, "HTTPS://A.example/", "HTTPS://A.example/" },
	{ base, "mailto:me@example.org", "mailto:me@example.org" },
	{ base, "javascript:alert(1)", NULL },
	{ base, "java\nscript:alert(1)", NULL },
	{ base, "data:text/html,x", NULL },
	{ base, "file:///etc/passwd", NULL },
	{ NULL, "file:///etc/passwd", NULL },
	{ "file:///home/u/tour/feed.xml", "file:///home/u/x.opus", "file:///home/u/x.opus" },
	{ "file:///home/u/tour/feed.xml", "x y.opus", "file:///home/u/tour/x%20y.opus" },
	{ "file:///home/u/tour/feed.xml", "https://a.example/", "https://a.example/" },
	{ NULL, "x.mp3", "x.mp3" },
	{ NULL, "//h/x.mp3", "//h/x.mp3" },
	{ base, "", NULL },
	{ base, "  ", NULL },
	{ base, NULL, NULL },
};

static void
test_resolve(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autofree char *out = feed_resolve(addresses[i].base, addresses[i].relative);
		g_assert_cmpstr(out, ==, addresses[i].out);
	}
}

static void
test_long_title(void)
{
	g_autoptr(GString) in = g_string_new("<rss><channel><title>S</title><item><title>");

	for (int i = 0; i < 10000; i++)
		g_string_append(in, "é");
	g_string_append(in, "</title></item></channel></rss>");
	OWNED(feed) feed = feed_parse(in->str, in->len, NULL, NULL, NULL);
	const struct feed_episode *episode = feed->episodes->pdata[0];
	g_assert_cmpint(g_utf8_strlen(episode->title, -1), <=, 1000);
	g_assert_cmpint(g_utf8_strlen(episode->title, -1), >, 900);
}

// A text that would fill the memory is cut, and said.
static void
test_long_notes(void)
{
	g_autoptr(GString) in = g_string_new("<rss><channel><item><description>");
	enum { PARTS = 3000000 };

	for (int i = 0; i < PARTS; i++)
		g_string_append(in, "é");
	g_string_append(in,
	    "</description></item><item><title>next</title></item></channel></rss>");
	OWNED(feed) feed = feed_parse(in->str, in->len, NULL, NULL, NULL);
	const struct feed_episode *episode = feed->episodes->pdata[0];
	const struct feed_episode *next = feed->episodes->pdata[1];
	g_assert_cmpint(strlen(episode->notes_html), <=, 4 * 1024 * 1024);
	g_assert_true(g_utf8_validate(episode->notes_html, -1, NULL));
	g_assert_cmpstr(next->title, ==, "next");
	g_assert_cmpint(feed->warnings->len, >, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autofree char *folder = g_test_build_filename(G_TEST_DIST, "feeds", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	g_assert_nonnull(dir); // G_TEST_SRCDIR, set by make check
	while ((name = g_dir_read_name(dir))) {
		if (!g_str_has_suffix(name, ".xml"))
			continue;
		char *path = g_build_filename(folder, name, NULL);
		g_autofree char *test = g_strconcat("/feed/expected/", name, NULL);
		g_ptr_array_add(paths, path);
		g_test_add_data_func(test, path, test_expected);
	}
	g_test_add_func("/feed/no-feed", test_no_feed);
	g_test_add_func("/feed/endless", test_endless);
	g_test_add_func("/feed/steal", test_steal);
	g_test_add_func("/feed/steal-early", test_steal_early);
	g_test_add_func("/feed/resolve", test_resolve);
	g_test_add_func("/feed/long-title", test_long_title);
	g_test_add_func("/feed/long-notes", test_long_notes);
	return g_test_run();
}
