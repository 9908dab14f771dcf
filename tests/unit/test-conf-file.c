// SPDX-License-Identifier: GPL-3.0-or-later
//
// hark.conf: what is read, what is kept for others, what is said to be wrong. And the default file,
// which has to name each option with its default.
#include <string.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/paths.h"
#include "conf/file.h"
#include "conf/line.h"

static char *dir;

static bool
read_text(const char *text, struct options *options, GPtrArray *commands, GPtrArray *problems)
{
	g_autofree char *path = g_build_filename(dir, "hark.conf", NULL);
	g_autoptr(GError) error = NULL;
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	bool read = conf_file_read(path, options, commands, problems, &error);
	g_assert_no_error(error);
	g_unlink(path);
	return read;
}

static void
test_read(void)
{
	OWNED(options) options = options_new();
	g_autoptr(GPtrArray) commands =
	    g_ptr_array_new_with_free_func((GDestroyNotify)conf_command_free);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_assert_true(read_text("# mine\r\n"
				"set speed 1.5; set calm\n"
				"bind x mark-played # a note\n"
				"\n"
				"set opener firefox --title 'a b'\n"
				"langmap 'йq'; set hints off",
	    options, commands, problems));
	g_assert_cmpuint(problems->len, ==, 0);
	g_assert_cmpfloat(options_double(options, 0, OPT_SPEED), ==, 1.5);
	g_assert_true(options_bool(options, OPT_CALM));
	g_assert_false(options_bool(options, OPT_HINTS));
	g_assert_cmpstr(options_string(options, 0, OPT_OPENER), ==, "firefox --title 'a b'");
	g_assert_cmpuint(commands->len, ==, 2);
	const struct conf_command *bind = commands->pdata[0], *langmap = commands->pdata[1];
	g_assert_cmpint(bind->line, ==, 3);
	g_assert_cmpuint(g_strv_length(bind->words), ==, 3);
	g_assert_cmpstr(bind->words[2], ==, "mark-played");
	g_assert_cmpint(langmap->line, ==, 6);
	g_assert_cmpstr(langmap->words[1], ==, "йq");
}

static void
test_problems(void)
{
	static const char *const expected[] = {
	    "hark.conf:1: ", "hark.conf:2: ", "hark.conf:4: ", "hark.conf:5: ", "hark.conf:6: "};
	static const char text[] = "set speed fast\n"
				   "bind 'x\n"
				   "set volume 7; set speed 2\n"
				   "set\n"
				   "set volume\n"
				   "set nothing 1\n";
	OWNED(options) options = options_new();
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_assert_true(read_text(text, options, NULL, problems));
	g_assert_cmpuint(problems->len, ==, G_N_ELEMENTS(expected));
	for (guint i = 0; i < problems->len; i++)
		g_assert_true(g_str_has_prefix(problems->pdata[i], expected[i]));
	g_assert_nonnull(strstr(problems->pdata[0], "\"fast\""));
	g_assert_nonnull(strstr(problems->pdata[1], "column 6"));
	g_assert_cmpint(options_int(options, 0, OPT_VOLUME), ==, 7);
	g_assert_cmpfloat(options_double(options, 0, OPT_SPEED), ==, 2);
	g_assert_true(read_text(text, options, NULL, NULL));
}

static void
test_missing(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(options) options = options_new();
	g_autofree char *path = g_build_filename(dir, "missing.conf", NULL);
	g_assert_true(conf_file_read(path, options, NULL, NULL, &error));
	g_assert_no_error(error);
	g_assert_false(conf_file_read(dir, options, NULL, NULL, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	g_assert_nonnull(strstr(error->message, dir));
}

static void
test_default_file(void)
{
	g_autofree char *path = g_build_filename(paths_pkgdata(), "hark.conf", NULL);
	g_autofree char *text = NULL;
	bool seen[OPT_COUNT] = {false};
	OWNED(options) options = options_new();
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_true(conf_file_read(path, options, problems, problems, NULL));
	g_assert_cmpuint(problems->len, ==, 0); // nothing but comments

	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		if (!g_str_has_prefix(*line, "#set "))
			continue;
		g_autoptr(GPtrArray) commands = line_parse(*line + 1, NULL);
		char **words = commands->pdata[0];
		int id = options_find(words[1]);
		g_test_message("%s", *line);
		g_assert_cmpint(id, >=, 0);
		g_assert_cmpstr(words[2], ==, option_rows[id].fallback);
		seen[id] = true;
	}
	for (int id = 0; id < OPT_COUNT; id++) {
		g_test_message("%s", option_rows[id].name);
		g_assert_true(seen[id]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("hark-conf-XXXXXX", NULL);
	g_test_add_func("/conf-file/read", test_read);
	g_test_add_func("/conf-file/problems", test_problems);
	g_test_add_func("/conf-file/missing", test_missing);
	g_test_add_func("/conf-file/default-file", test_default_file);
	int failed = g_test_run();
	g_rmdir(dir);
	g_free(dir);
	return failed;
}
