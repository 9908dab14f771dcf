// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chapters: podcast JSON, lists of times in notes, and what holds for all of them.
#include <string.h>

#include "base/error.h"
#include "text/chapters.h"
#include "text/notes.h"

static char *
dump(const GPtrArray *chapters)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < chapters->len; i++) {
		const struct chapter *chapter = chapters->pdata[i];

		g_string_append_printf(out, "%s%g-%g %s", i > 0 ? "|" : "", chapter->start_s,
		    chapter->end_s, chapter->title);
		if (chapter->url)
			g_string_append_printf(out, " <%s>", chapter->url);
		if (chapter->image)
			g_string_append_printf(out, " {%s}", chapter->image);
	}
	return g_string_free(out, FALSE);
}

static void
test_json(void)
{
	static const struct {
		const char *json, *chapters;
	} rows[] = {
	    {"{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":0,\"title\":\"Intro\"},"
	     "{\"startTime\":168,\"title\":\"Two\",\"img\":\"https://a.example/"
	     "i.jpg\",\"url\":\"https://a.example/\"}]}",
		"0-168 Intro|168--1 Two <https://a.example/> {https://a.example/i.jpg}"},
	    {"{\"chapters\":[{\"startTime\":\"00:01:00\",\"title\":null},{\"startTime\":\"5\","
	     "\"title\":\"a\\nb\"}]}",
		"5-60 a b|60--1 "},
	    {"{\"chapters\":[{\"startTime\":1,\"toc\":false,\"title\":\"no\"},{\"startTime\":2,"
	     "\"endTime\":3,\"title\":\"x\"}]}",
		"2-3 x"},
	    {"{\"chapters\":[{\"title\":\"no start\"},{\"startTime\":-1},null,7]}", ""},
	    {"{\"chapters\":[{\"startTime\":1e300},{\"startTime\":1,\"endTime\":1e300}]}", "1--1 "},
	    {"\xef\xbb\xbf{\"chapters\":[{\"startTime\":1,\"title\":\"x\"},{\"startTime\":1,"
	     "\"title\":\"x\"}]}",
		"1--1 x"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) chapters =
		    chapters_from_json(rows[i].json, strlen(rows[i].json), &error);

		g_assert_no_error(error);
		g_autofree char *got = dump(chapters);

		g_assert_cmpstr(got, ==, rows[i].chapters);
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *bytes, *message;
	} rows[] = {
	    {"", "the chapters are empty"},
	    {"<html>", "a web page came instead of chapters"},
	    {"{}", "this JSON holds no \"chapters\""},
	    {"{\"chapters\":{}}", "this JSON holds no \"chapters\""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(chapters_from_json(rows[i].bytes, strlen(rows[i].bytes), &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
		g_assert_cmpstr(error->message, ==, rows[i].message);
	}
	g_autoptr(GError) error = NULL;

	g_assert_null(chapters_from_json("{\"chapters\":[", 13, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
}

static void
test_notes(void)
{
	static const struct {
		const char *notes, *chapters;
	} rows[] = {
	    {"00:00 Intro\n12:47 - Topic\n1:02:03 End", "0-767 Intro|767-3723 Topic|3723--1 End"},
	    {"<ul><li>(1:00) One</li><li>(2:00) Two</li></ul>", "60-120 One|120--1 Two"},
	    {"hear it at (7:00) there", ""},
	    {"5:00 later\n1:00 sooner", ""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes) notes = notes_parse(rows[i].notes, -1, NULL, -1);
		g_autoptr(GPtrArray) chapters = chapters_from_notes(notes);
		g_autofree char *got = dump(chapters);

		g_assert_cmpstr(got, ==, rows[i].chapters);
	}
}

static void
test_finish(void)
{
	g_autoptr(GPtrArray) chapters =
	    g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	static const struct {
		double at;
		int index;
	} rows[] = {{0, -1}, {9.9, -1}, {10, 0}, {19, 0}, {20, 1}, {1000, 1}};

	g_assert_cmpint(chapters_at(chapters, 5), ==, -1);
	g_ptr_array_add(chapters, chapter_new(20, -1, "two", "", NULL));
	g_ptr_array_add(chapters, chapter_new(10, 5, NULL, NULL, NULL));
	g_ptr_array_add(chapters, chapter_new(20, -1, "two", NULL, NULL));
	chapters_finish(chapters, 100);
	g_autofree char *got = dump(chapters);

	g_assert_cmpstr(got, ==, "10-20 |20-100 two");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpint(chapters_at(chapters, rows[i].at), ==, rows[i].index);
}

static void
test_corpus(void)
{
	g_autofree char *base =
	    g_build_filename(g_getenv("SHARED") ? g_getenv("SHARED") : "", "corpus/chapters", NULL);
	static const char *const folders[] = {"cdspill", "podcast-namespace"};

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = g_build_filename(base, folders[i], NULL);
		g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

		if (!dir) {
			g_test_skip("no corpus beside the project");
			return;
		}
		for (const char *name; (name = g_dir_read_name(dir));) {
			g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
			size_t len;

			g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
			g_autoptr(GPtrArray) chapters = chapters_from_json(bytes, len, NULL);

			g_assert_nonnull(chapters);
			g_assert_cmpuint(chapters->len, >, 1);
			for (guint c = 1; c < chapters->len; c++) {
				const struct chapter *before = chapters->pdata[c - 1],
						     *chapter = chapters->pdata[c];

				g_assert_cmpfloat(before->start_s, <=, chapter->start_s);
			}
		}
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chapters/json", test_json);
	g_test_add_func("/chapters/refused", test_refused);
	g_test_add_func("/chapters/notes", test_notes);
	g_test_add_func("/chapters/finish", test_finish);
	g_test_add_func("/chapters/corpus", test_corpus);
	return g_test_run();
}
