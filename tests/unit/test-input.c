// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a terminal sends becomes keys and pastes; nothing else does.
#include <locale.h>
#include <string.h>

#include "ui/key.h"

// Feeds BYTES in pieces of PIECE; keys by name with blanks between, pastes in brackets.
static char *
decode(const char *bytes, size_t piece, bool flush)
{
	OWNED(input) input = input_new();
	struct input_event event;
	GString *out = g_string_new(NULL);
	size_t len = strlen(bytes);

	for (size_t at = 0; at < len || flush; at += piece) {
		if (at < len)
			input_feed(input, bytes + at, MIN(piece, len - at));
		else if (input_waits(input))
			input_flush(input);
		else
			break;
		while (input_next(input, &event)) {
			g_autofree char *key = event.kind == INPUT_KEY ? key_text(event.key) : NULL;
			if (key)
				g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", key);
			else
				g_string_append_printf(
				    out, "%s[%s]", out->len > 0 ? " " : "", event.text);
			g_free(event.text);
		}
	}
	return g_string_free(out, FALSE);
}

static const struct {
	const char *bytes, *keys;
} rows[] = {
    {"jk", "j k"},
    {"G :", "G Space :"},
    {"\r\n\t", "Enter Enter Tab"},
    {"\004\025\002", "^D ^U ^B"},
    {"\010\177", "Backspace Backspace"},
    {"\033[A\033OB\033[C", "Up Down Right"},
    {"\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End"},
    {"\033[5~\033[6~\033[2~\033[3~", "PgUp PgDn Insert Delete"},
    {"\033[Z", "S-Tab"},
    {"\033[1;2D\033[1;2C\033[d", "S-Left S-Right S-Left"},
    {"\033OP\033[11~\033[[A\033[24~", "F1 F1 F1 F12"},
    {"\033", "Esc"},
    {"\033\033", "Esc Esc"},
    {"\033x", "M-x"},
    {"é", "é"},
    {"日本", "日 本"},
    {"a\xff\xfe"
     "b",
	"a b"},
    {"\033[200~https://a.example/\n\033[201~q", "[https://a.example/\n] q"},
    {"\033[200~\033[A\033]0;x\007\033[201~", "[\033[A\033]0;x\007]"},
    // Answers of the terminal.
    {"\033]11;rgb:0000/0000/0000\007j", "j"},
    {"\033]11;rgb:0000/0000/0000\033\\j", "j"},
    {"\033P1$r0m\033\\j", "j"},
    {"\033_Gi=1;OK\033\\j", "j"},
    {"\033[?1;2cj", "j"},
    {"\033[24;80Rj", "j"},
    {"\033[>41;354;0cj", "j"},
};

static void
test_decode(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		for (size_t piece = 1; piece < 40; piece += 6) {
			g_autofree char *keys = decode(rows[i].bytes, piece, true);
			g_assert_cmpstr(keys, ==, rows[i].keys);
		}
}

static void
test_waits(void)
{
	g_autofree char *alone = decode("\033", 1, false);
	g_autofree char *half = decode("\033[", 1, false);
	g_assert_cmpstr(alone, ==, "");
	g_assert_cmpstr(half, ==, "");
}

// A string of control that never ends takes what follows, not the memory.
static void
test_endless(void)
{
	OWNED(input) input = input_new();
	struct input_event event;
	char bytes[4096];

	memset(bytes, 'x', sizeof bytes);
	input_feed(input, "\033]", 2);
	for (int i = 0; i < 1000; i++) {
		input_feed(input, bytes, sizeof bytes);
		g_assert_false(input_next(input, &event));
	}
	input_feed(input, "\007j", 2);
	g_assert_true(input_next(input, &event));
	g_assert_cmpuint(event.key, ==, 'j');
}

static void
test_long_paste(void)
{
	OWNED(input) input = input_new();
	struct input_event event;
	char bytes[4096];

	memset(bytes, 'x', sizeof bytes);
	input_feed(input, "\033[200~", 6);
	for (int i = 0; i < 600; i++) {
		g_assert_false(input_next(input, &event));
		input_feed(input, bytes, sizeof bytes);
	}
	input_feed(input, "\033[201~", 6);
	g_assert_true(input_next(input, &event));
	g_assert_cmpuint(strlen(event.text), ==, 1 << 20);
	g_free(event.text);
}

static void
test_names(void)
{
	static const char *const names[] = {"j", "^D", "Space", "S-Tab", "PgDn", "F5", "M-x", "é",
	    "S-Left", "<", "-", "^", "\\", "C-Left"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = key_text(key_parse(names[i]));
		g_assert_cmpstr(text, ==, names[i]);
	}
	g_assert_cmpuint(key_parse("<F5>"), ==, key_parse("F5"));
	g_assert_cmpuint(key_parse("C-d"), ==, key_parse("^D"));
	g_assert_cmpuint(key_parse("wibble"), ==, KC_NONE);
	g_assert_cmpuint(key_parse("F13"), ==, KC_NONE);
	g_assert_cmpuint(key_parse(""), ==, KC_NONE);
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/input/decode", test_decode);
	g_test_add_func("/input/waits", test_waits);
	g_test_add_func("/input/endless-string", test_endless);
	g_test_add_func("/input/long-paste", test_long_paste);
	g_test_add_func("/input/names", test_names);
	return g_test_run();
}
