// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log, and what it leaves out of URLs.
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/log.h"

static void
test_url(void)
{
	static const struct {
		const char *url, *cut;
	} rows[] = {
	    {"https://example.org/feed.xml", "https://example.org/feed.xml"},
	    {"https://example.org/feed?token=s3cret", "https://example.org/feed"},
	    {"https://example.org/feed#s3cret", "https://example.org/feed"},
	    {"https://example.org?s3cret", "https://example.org"},
	    {"https://me:s3cret@example.org:8080/a", "https://example.org:8080/a"},
	    {"https://me@mail:s3cret@example.org/a", "https://example.org/a"},
	    {"https://me:s3/cret@example.org/a", "https://example.org/a"},
	    {"https://example.org/@me/feed", "https://example.org/@me/feed"},
	    {"https://example.org:8080/@me/feed", "https://example.org:8080/@me/feed"},
	    {"http://[::1]:80/@a", "http://[::1]:80/@a"},
	    {"/home/me/feed.xml?x", "/home/me/feed.xml"},
	    {"", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *cut = log_url(rows[i].url);
		g_assert_cmpstr(cut, ==, rows[i].cut);
	}
}

static void
test_without_login(void)
{
	static const char *const rows[][2] = {
	    {"https://me:s3cret@example.org:8080/a?b=1#c", "https://example.org:8080/a?b=1#c"},
	    {"https://me:s3/cret@example.org/a", "https://example.org/a"},
	    {"https://token@example.org", "https://example.org"},
	    {"https://example.org/a@b", "https://example.org/a@b"},
	    {"/home/me@here/feed.xml?x", "/home/me@here/feed.xml?x"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *cut = url_without_login(rows[i][0]);
		g_assert_cmpstr(cut, ==, rows[i][1]);
	}
}

static char *
log_of_two_lines(const char *path, enum log_level level)
{
	char *text = NULL;
	g_autoptr(GError) error = NULL;
	g_assert_true(log_open(path, level, &error));
	g_assert_no_error(error);
	log_line(LOG_STORY, "GET %s (%d)", "https://u:s3cret@example.org/a?s3cret", 200);
	log_line(LOG_ALL, "key \x1b[A\nnext");
	log_close();
	log_line(LOG_STORY, "after the end");
	if (!g_file_get_contents(path, &text, NULL, NULL))
		return NULL;
	g_assert_cmpint(g_unlink(path), ==, 0);
	return text;
}

static void
test_lines(void)
{
	g_autofree char *dir = g_dir_make_tmp("hark-log-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "log", NULL);
	g_autofree char *off = log_of_two_lines(path, LOG_OFF);
	g_assert_null(off);
	g_autofree char *story = log_of_two_lines(path, LOG_STORY);
	g_assert_true(g_regex_match_simple("\\A\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z "
					   "GET https://example\\.org/a \\(200\\)\n\\z",
	    story, 0, 0));
	g_autofree char *all = log_of_two_lines(path, LOG_ALL);
	g_assert_nonnull(strstr(all, " key [A next\n"));
	g_assert_null(strstr(all, "s3cret"));
	g_assert_null(strstr(all, "after the end"));
	g_rmdir(dir);
}

static void
test_file(void)
{
	g_autofree char *dir = g_dir_make_tmp("hark-log-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "log", NULL);
	g_autofree char *nowhere = g_build_filename(dir, "missing", "log", NULL);
	g_autoptr(GError) error = NULL;
	g_assert_false(log_open(nowhere, LOG_STORY, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	g_assert_nonnull(strstr(error->message, nowhere));
	for (int i = 0; i < 2; i++) {
		g_assert_true(log_open(path, LOG_STORY, NULL));
		log_line(LOG_STORY, "x");
		log_close();
	}
	struct stat st;
	g_assert_cmpint(stat(path, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0600);
	g_assert_cmpint(st.st_size, ==, 2 * (gint64)strlen("2024-07-31T09:00:00.000Z x\n"));
	g_unlink(path);
	g_rmdir(dir);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log/without-login", test_without_login);
	g_test_add_func("/log/url", test_url);
	g_test_add_func("/log/lines", test_lines);
	g_test_add_func("/log/file", test_file);
	return g_test_run();
}
