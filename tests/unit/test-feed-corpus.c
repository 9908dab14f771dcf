// SPDX-License-Identifier: GPL-3.0-or-later
//
// The feed parser over every file of the corpus that stands beside the project: no crash, something
// said, the same in any cuts. What is read in them is held against others' words in tests/suites.
#include "feed-dump.h"

#include "text/feed.h"

#include <string.h>

static char *
corpus_dir(void)
{
	const char *shared = g_getenv("SHARED");
	char *dir = shared ? g_build_filename(shared, "corpus", "feeds", NULL) : NULL;

	if (dir && !g_file_test(dir, G_FILE_TEST_IS_DIR))
		g_clear_pointer(&dir, g_free);
	if (!dir)
		g_test_skip("no corpus beside the project");
	return dir;
}

static void
find_files(const char *dir, GPtrArray *files)
{
	g_autoptr(GDir) open = g_dir_open(dir, 0, NULL);
	const char *name;

	while (open && (name = g_dir_read_name(open))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			find_files(path, files);
		else
			g_ptr_array_add(files, g_steal_pointer(&path));
	}
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Every file below the corpus but what is expected of the others.
static GPtrArray *
corpus_files(const char *dir)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *some = g_ptr_array_new_with_free_func(g_free);

	find_files(dir, all);
	g_ptr_array_sort(all, by_name);
	for (guint i = 0; i < all->len; i++) {
		const char *path = all->pdata[i];
		if (!g_str_has_suffix(path, ".json"))
			g_ptr_array_add(some, g_strdup(path));
	}
	return some;
}

struct file {
	char *bytes;
	gsize len;
};

static struct file
load(const char *path)
{
	struct file file;
	g_autoptr(GError) error = NULL;

	g_file_get_contents(path, &file.bytes, &file.len, &error);
	g_assert_no_error(error);
	return file;
}

static struct feed *
parse_in_cuts(const struct file *file, size_t cut, GError **error)
{
	OWNED(feed_parser) parser = feed_parser_new(NULL, NULL);

	for (size_t at = 0; at < file->len; at += cut)
		if (!feed_parser_push(parser, file->bytes + at, MIN(cut, file->len - at), NULL))
			break;
	return feed_parser_finish(parser, NULL, error);
}

static char *
said(struct feed *take_feed, const GError *error)
{
	OWNED(feed) feed = take_feed;
	GString *out = g_string_new(NULL);

	if (feed)
		feed_dump(feed, out);
	else
		g_string_append(out, error->message);
	return g_string_free(out, FALSE);
}

static void
test_everything(void)
{
	g_autofree char *dir = corpus_dir();
	if (!dir)
		return;
	g_autoptr(GPtrArray) files = corpus_files(dir);

	for (guint i = 0; i < files->len; i++) {
		struct file file = load(files->pdata[i]);
		g_autoptr(GError) error = NULL, cut_error = NULL;
		struct feed *feed = feed_parse(file.bytes, file.len, NULL, NULL, &error);
		g_autofree char *whole = said(feed, error);
		struct feed *cut_feed = parse_in_cuts(&file, 61, &cut_error);
		g_autofree char *cut = said(cut_feed, cut_error);
		g_assert_cmpstr(whole, ==, cut);
		g_assert_cmpint(strlen(whole), >, 0);
		g_assert_true(g_utf8_validate(whole, -1, NULL));
		g_free(file.bytes);
	}
	g_test_message("%u files", files->len);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/feed-corpus/everything", test_everything);
	return g_test_run();
}
