// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line that is typed, and the keys that are bound.
#include <locale.h>
#include <string.h>

#include "app/commands.h"
#include "app/keymap.h"
#include "ui/prompt.h"

// Presses KEYS (names, blanks between) on TEXT; gives the line with "|" at the caret.
static char *
type(const char *text, const char *keys, enum prompt_result *result)
{
	g_autoptr(GPtrArray) history = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) names = g_strsplit(keys, " ", -1);
	struct prompt prompt;

	prompt_remember(history, "first");
	prompt_remember(history, "second");
	prompt_init(&prompt, ":", text, history);
	for (int i = 0; names[i]; i++)
		*result = prompt_key(&prompt, key_parse(names[i]));
	char *line = g_strdup_printf(
	    "%.*s|%s", (int)prompt.caret, prompt.text->str, prompt.text->str + prompt.caret);
	prompt_clear(&prompt);
	return line;
}

static void
test_keys(void)
{
	static const struct {
		const char *text, *keys, *line;
		enum prompt_result result;
	} rows[] = {
	    {"", "a b Space c", "ab c|", PROMPT_CHANGED},
	    {"één", "Left Left x", "éx|én", PROMPT_CHANGED},
	    {"één", "Backspace Backspace", "é|", PROMPT_CHANGED},
	    {"one two", "^A ^D", "|ne two", PROMPT_CHANGED},
	    {"one two", "^A ^F ^K", "o|", PROMPT_CHANGED},
	    {"one two ", "^W", "one |", PROMPT_CHANGED},
	    {"one two", "^W ^W ^Y", "one |", PROMPT_CHANGED},
	    {"one two", "^U", "|", PROMPT_CHANGED},
	    {"one", "^B ^B ^E", "one|", PROMPT_NOTHING},
	    {"typed", "Up Up", "first|", PROMPT_CHANGED},
	    {"typed", "Up Down", "typed|", PROMPT_CHANGED},
	    {"typed", "^P ^P ^P ^N ^N", "typed|", PROMPT_CHANGED},
	    {"typed", "Enter", "typed|", PROMPT_ACCEPTED},
	    {"typed", "Esc", "typed|", PROMPT_LEFT},
	    {"typed", "^G", "typed|", PROMPT_LEFT},
	    {"a", "Backspace Backspace", "|", PROMPT_LEFT},
	    {"a", "Tab", "a|", PROMPT_COMPLETE},
	    {"a", "F5", "a|", PROMPT_NOTHING},
	    {"日本", "Left Backspace", "|本", PROMPT_CHANGED},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		enum prompt_result result = PROMPT_NOTHING;
		g_autofree char *line = type(rows[i].text, rows[i].keys, &result);
		g_assert_cmpstr(line, ==, rows[i].line);
		g_assert_cmpint(result, ==, rows[i].result);
	}
}

// Whatever comes by paste is one clean line; a long one is scrolled to its caret.
static void
test_paste_and_scroll(void)
{
	struct prompt prompt;
	OWNED(grid) grid = grid_new(1, 12, &glyphs_utf8);

	prompt_init(&prompt, ":", "", NULL);
	prompt_insert(&prompt, "one\ntwo\033[31m\t three\r\n");
	g_assert_null(strchr(prompt.text->str, '\n'));
	g_assert_null(strchr(prompt.text->str, '\033'));
	prompt_draw(&prompt, area_all(grid), 0);
	g_assert_true(grid->cursor_visible);
	g_assert_cmpint(grid->cursor_col, <, 12);
	g_autofree char *row = grid_row_text(grid, 0);
	g_assert_true(g_str_has_suffix(row, "three"));
	prompt_clear(&prompt);
}

static const char *
press(struct keymap *map, const char *view, const char *keys)
{
	g_auto(GStrv) names = g_strsplit(keys, " ", -1);
	const char *line = NULL;

	for (int i = 0; names[i]; i++) {
		enum keymap_result result = keymap_press(map, view, key_parse(names[i]), &line);
		if (result == KEYMAP_NONE)
			return "none";
		if (result == KEYMAP_PREFIX)
			line = "more";
	}
	return line;
}

static void
test_bind(void)
{
	OWNED(keymap) map = keymap_new();

	g_assert_cmpstr(press(map, "episodes", "j"), ==, "down");
	g_assert_cmpstr(press(map, "queue", "J"), ==, "queue-move +1");
	g_assert_cmpstr(press(map, "episodes", "J"), ==, "scroll-details +3");
	g_assert_cmpstr(press(map, NULL, "W"), ==, "none");
	g_assert_true(keymap_bind(map, NULL, "W", "download; queue"));
	g_assert_cmpstr(press(map, NULL, "W"), ==, "download; queue");
	g_assert_true(keymap_bind(map, NULL, "Wx", "mute"));
	g_assert_cmpstr(press(map, NULL, "W"), ==, "more");
	g_autofree char *pending = keymap_pending(map);
	g_assert_nonnull(strstr(pending, "Wx mute"));
	g_assert_cmpstr(press(map, NULL, "x"), ==, "mute");
	g_assert_cmpstr(press(map, NULL, "W y"), ==, "none");
	g_assert_cmpstr(press(map, NULL, "j"), ==, "down");
	g_assert_true(keymap_bind(map, NULL, "j", ""));
	g_assert_cmpstr(press(map, NULL, "j"), ==, "none");
	g_assert_false(keymap_bind(map, NULL, "<Wibble>", "mute"));
	g_assert_false(keymap_bind(map, NULL, "\xff", "mute"));
	g_assert_false(keymap_bind(map, NULL, "", "mute"));
	g_autofree char *keys = keymap_keys_of(map, NULL, "page +1", 3);
	g_assert_cmpstr(keys, ==, "PgDn ^F");
}

// Each default runs a command or verb that exists; none is a prefix of another; the free ones are
// free.
static void
test_defaults(void)
{
	static const char free_keys[] = "IOPWXYZw;'\"0789!@#$%^&*~";
	OWNED(keymap) map = keymap_new();

	for (const struct key_default *row = key_defaults; row->keys; row++) {
		g_auto(GStrv) words = g_strsplit(row->line, " ", 2);
		g_auto(GStrv) keys = g_strsplit(row->keys, " ", -1);
		g_assert_true(app_command_find(words[0]) || verb_find(words[0]));
		g_assert_true(row->note && *row->note);
		for (int i = 0; keys[i]; i++)
			g_assert_cmpstr(press(map, row->view, keys[i]), ==, row->line);
	}
	for (const char *key = free_keys; *key; key++) {
		char name[2] = {*key};
		g_assert_cmpstr(press(map, NULL, name), ==, "none");
	}
}

// Help tells every key that is bound.
static void
test_help(void)
{
	for (const struct key_default *key = key_defaults; key->keys; key++) {
		bool told = key->view || strcmp(key->line, "activate") == 0;
		for (const struct help_row *row = help_rows; row->group && !told; row++)
			for (size_t i = 0; i < G_N_ELEMENTS(row->lines) && row->lines[i]; i++)
				told = told || strcmp(row->lines[i], key->line) == 0;
		if (!told)
			g_test_message("%s (%s) is not in the help", key->keys, key->line);
		g_assert_true(told);
	}
}

static void
test_commands(void)
{
	for (size_t i = 0; i < app_commands_count; i++) {
		g_assert_true(app_command_find(app_commands[i].name) == &app_commands[i]);
		g_assert_nonnull(app_commands[i].run);
		g_assert_true(i == 0 || strcmp(app_commands[i - 1].name, app_commands[i].name) < 0);
		g_assert_true(g_str_has_suffix(app_commands[i].sentence, "."));
	}
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/prompt/keys", test_keys);
	g_test_add_func("/prompt/paste", test_paste_and_scroll);
	g_test_add_func("/keymap/bind", test_bind);
	g_test_add_func("/keymap/defaults", test_defaults);
	g_test_add_func("/keymap/help", test_help);
	g_test_add_func("/commands/table", test_commands);
	return g_test_run();
}
