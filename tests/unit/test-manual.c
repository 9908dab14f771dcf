// SPDX-License-Identifier: GPL-3.0-or-later
//
// The manual tells what the tables hold: every subcommand, option, command, key, filter word and
// setting.
#include "config.h"

#include <glib.h>
#include <string.h>

#include "app/commands.h"
#include "app/keymap.h"
#include "cli/command.h"
#include "conf/options.h"
#include "store/filter.h"
#include "verbs/verbs.h"

// A page's words as a reader sees them: escapes resolved, macros left in.
static char *
read_page(const char *name)
{
	static const char *const escapes[][2] = { { "\\(ha", "^" }, { "\\(ti", "~" },
		{ "\\(dq", "\"" }, { "\\&", "" }, { "\\e", "\\" }, { NULL, NULL } };
	g_autofree char *path =
	    g_build_filename(g_test_get_dir(G_TEST_DIST), "..", "man", name, NULL);
	g_autoptr(GError) error = NULL;
	char *page = NULL;

	g_file_get_contents(path, &page, NULL, &error);
	g_assert_no_error(error);
	for (int i = 0; escapes[i][0]; i++) {
		g_auto(GStrv) parts = g_strsplit(page, escapes[i][0], -1);
		g_free(page);
		page = g_strjoinv(escapes[i][1], parts);
	}
	return page;
}

// Whether a line of PAGE that begins with MACRO holds WORD as a word of its own.
static bool
has(const char *page, const char *macro, const char *word)
{
	g_auto(GStrv) lines = g_strsplit(page, "\n", -1);

	for (int i = 0; lines[i]; i++) {
		if (!g_str_has_prefix(lines[i], macro))
			continue;
		g_auto(GStrv) words = g_strsplit_set(lines[i], " \t", -1);
		if (g_strv_contains((const char *const *)words, word))
			return true;
	}
	return false;
}

static void
expect(const char *page, const char *macro, const char *word)
{
	if (has(page, macro, word))
		return;
	g_test_message("the manual has no line \"%s … %s\"", macro, word);
	g_test_fail();
}

static void
check_options(const char *page, const struct cli_option *rows, const char *macro)
{
	for (; rows && rows->name; rows++) {
		g_autofree char *word = g_strconcat("-", rows->name, NULL);
		expect(page, macro, word);
	}
}

static void
test_commands(void)
{
	g_autofree char *page = read_page("hark.1");

	for (size_t i = 0; i < commands_count; i++) {
		expect(page, ".It Ic", commands[i].name);
		check_options(page, commands[i].options, ".It Ic");
	}
	check_options(page, global_options, ".It Fl");
	for (size_t i = 0; filter_words[i][0]; i++)
		if (!strstr(page, filter_words[i][0])) {
			g_test_message("the manual lacks the filter %s", filter_words[i][0]);
			g_test_fail();
		}
}

static void
test_interface(void)
{
	g_autofree char *page = read_page("hark.1");

	for (size_t i = 0; i < app_commands_count; i++)
		expect(page, ".It Ic", app_commands[i].name);
	for (size_t i = 0; i < verbs_count; i++)
		expect(page, ".It Ic", verbs[i].name);
	for (const struct key_default *row = key_defaults; row->keys; row++) {
		g_auto(GStrv) keys = g_strsplit(row->keys, " ", -1);
		for (int i = 0; keys[i]; i++)
			expect(page, ".It Cm", keys[i]);
	}
}

static void
test_settings(void)
{
	g_autofree char *page = read_page("hark.conf.5");

	for (int id = 0; id < OPT_COUNT; id++)
		expect(page, ".It Ic set", option_rows[id].name);
	g_assert_true(has(page, ".It Ic bind", "keys"));
}

static void
test_checker(void)
{
	// A check that finds everything finds nothing.
	g_assert_true(has(".It Ic add Ar x\n", ".It Ic", "add"));
	g_assert_false(has(".It Ic added Ar x\n", ".It Ic", "add"));
	g_assert_false(has(".It Fl -json\n", ".It Ic", "-json"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/manual/checker", test_checker);
	g_test_add_func("/manual/commands", test_commands);
	g_test_add_func("/manual/interface", test_interface);
	g_test_add_func("/manual/settings", test_settings);
	return g_test_run();
}
