// SPDX-License-Identifier: GPL-3.0-or-later
//
// Notes laid out in cells.
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "text/notes.h"

static char *
wrap(const char *source, int cells)
{
	OWNED(notes) notes = notes_parse(source, -1, NULL, -1);
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct note_line));
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < notes->blocks->len; i++)
		notes_wrap(notes, (int)i, cells, lines);
	for (guint i = 0; i < lines->len; i++) {
		const struct note_line *line = &g_array_index(lines, struct note_line, i);
		const struct note_block *block = notes->blocks->pdata[line->block];
		int mark = text_width(line->prefix, -1);

		g_assert_cmpint(mark, <=, line->indent);
		g_assert_cmpint(line->indent + text_width(block->text + line->start, line->len), <=,
		    MAX(cells, 10));
		g_string_append_printf(out, "%s%*s%s%.*s", i > 0 ? "\n" : "", line->indent - mark,
		    "", line->prefix, (int)line->len, block->text + line->start);
	}
	return g_string_free(out, FALSE);
}

static void
test_wrap(void)
{
	static const struct {
		const char *source;
		int cells;
		const char *lines;
	} rows[] = {
	    {"one two three four", 10, "one two\nthree four"},
	    {"one two three four", 80, "one two three four"},
	    {"<ul><li>one two three</li></ul>", 10, "• one two\n  three"},
	    {"<ol start=9><li>one two<li>three four</ol>", 12, "9. one two\n10. three\n    four"},
	    {"<ul><li>a<ul><li>bb cc dd</ul></ul>", 10, "• a\n  • bb cc\n    dd"},
	    {"<blockquote>one two three</blockquote>", 10, "│ one two\n│ three"},
	    {"unbreakableword", 10, "unbreakabl\neword"},
	    {"a\nb", 10, "a\nb"},
	    {"世界世界世界", 10, "世界世界世\n界"},
	    {"ab-cd efgh-ijkl", 10, "ab-cd\nefgh-ijkl"},
	    {"exactly te", 10, "exactly te"},
	    {"exactly ten", 10, "exactly\nten"},
	    {"<pre>a    b\n\n c</pre>", 10, "a    b\n\n c"},
	    {"a<hr>b", 10, "a\n────\nb"},
	    {"tiny", 1, "tiny"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = wrap(rows[i].source, rows[i].cells);

		g_assert_cmpstr(got, ==, rows[i].lines);
	}
}

static void
test_long(void)
{
	g_autoptr(GString) source = g_string_new(NULL);

	for (int i = 0; i < 100000; i++)
		g_string_append(source, i % 7 ? "x" : "word ");
	g_autofree char *got = wrap(source->str, 40);

	g_assert_cmpuint(strlen(got), >, source->len / 2);
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wrap/rows", test_wrap);
	g_test_add_func("/wrap/long", test_long);
	return g_test_run();
}
