// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cells: what is painted stays within its area, hostile text too; bars, lists and laid out text.
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "ui/bar.h"
#include "ui/draw.h"
#include "ui/find.h"
#include "ui/listview.h"
#include "ui/textview.h"

static const struct {
	const char *text;
	int cells;
	const char *painted;
} fits[] = {
    {"short", 10, "short"},
    {"exactly ten", 11, "exactly ten"},
    {"The Business of Open Source", 16, "The Business of…"},
    {"The Business of Open Source", 22, "The Business of Open…"},
    {"日本語のポッドキャスト", 7, "日本語…"},
    {"日本語のポッドキャスト", 8, "日本語…"},
    {"", 5, ""},
    {"🇩🇪 and 🇫🇷", 20, "DE and FR"},
    {"한국어", 4, "한…"},
    {"anything", 1, "…"},
    {"anything", 0, ""},
    {"e\xcc\x81"
     "te\xcc\x81 a\xcc\x80 la campagne",
	8,
	"e\xcc\x81"
	"te\xcc\x81 a\xcc\x80 l…"},
    {"\033[31mred\033[0m\a", 20, "[31mred[0m"},
    {"one\ntwo\tthree", 20, "onetwothree"},
};

static void
test_fit(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fits); i++) {
		OWNED(grid) grid = grid_new(1, 40, &glyphs_utf8);
		draw_fit(area_all(grid), 0, 0, fits[i].cells, STYLE_TEXT, fits[i].text);
		g_autofree char *row = grid_row_text(grid, 0);
		g_assert_cmpstr(row, ==, fits[i].painted);
	}
}

// Whatever is painted in an area, the cells around it stay as they were.
static void
test_clipped(void)
{
	g_autoptr(GString) long_one = g_string_new(NULL);
	for (int i = 0; i < 10000; i++)
		g_string_append_unichar(long_one, i % 3 ? 0x65E5 : 0x301);
	const char *const texts[] = {long_one->str, "\xe2\x80\xaeright to left", "\xff\xfe",
	    "a\xc3", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
	    "🇩🇪🇩🇪🇩🇪🇩🇪", "\033]0;title\007"};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		for (int cols = 0; cols < 7; cols++) {
			OWNED(grid) grid = grid_new(3, 12, &glyphs_utf8);
			struct area all = area_all(grid);
			for (int row = 0; row < 3; row++)
				draw_repeat(all, row, 0, 12, STYLE_TEXT, "#");
			struct area part = area_part(all, 1, 3, 1, cols);
			draw_repeat(part, 0, 0, cols, STYLE_TEXT, " ");
			draw_text(part, 0, 0, -1, STYLE_TEXT, texts[i], -1);
			draw_fit(part, 0, 1, -1, STYLE_TEXT, texts[i]);
			draw_text(part, 1, 0, -1, STYLE_TEXT, texts[i], -1);
			draw_text(part, 0, 99, -1, STYLE_TEXT, texts[i], -1);
			for (int row = 0; row < 3; row++)
				for (int col = 0; col < 12; col++)
					if (row != 1 || col < 3 || col >= 3 + cols)
						g_assert_cmpuint(
						    grid->cells[row * 12 + col].chars[0], ==, '#');
		}
}

// Painting over half of a wide character leaves no half behind.
static void
test_halves(void)
{
	OWNED(grid) grid = grid_new(1, 6, &glyphs_utf8);
	struct area all = area_all(grid);

	draw_text(all, 0, 0, -1, STYLE_TEXT, "日本語", -1);
	draw_text(all, 0, 1, -1, STYLE_TEXT, "xy", -1);
	g_autofree char *row = grid_row_text(grid, 0);
	g_assert_cmpstr(row, ==, " xy 語");
}

static void
test_bar(void)
{
	static const struct {
		double fraction;
		const char *bar;
	} rows[] = {
	    {0, "●────┼────┼────┼────"},
	    {0.5, "━━━━━┿━━━━●────┼────"},
	    {1, "━━━━━┿━━━━┿━━━━┿━━━●"},
	    {7, "━━━━━┿━━━━┿━━━━┿━━━●"},
	};
	static const double ticks[] = {0, 5 / 19.0, 10 / 19.0, 15 / 19.0, 2.5};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(grid) grid = grid_new(1, 30, &glyphs_utf8);
		bar_draw(
		    area_all(grid), 0, 0, 20, rows[i].fraction, ticks, G_N_ELEMENTS(ticks), true);
		g_autofree char *bar = grid_row_text(grid, 0);
		g_assert_cmpstr(bar, ==, rows[i].bar);
	}
	OWNED(grid) grid = grid_new(1, 30, &glyphs_ascii);
	bar_draw(area_all(grid), 0, 0, 10, 0.5, NULL, 0, false);
	g_autofree char *bar = grid_row_text(grid, 0);
	g_assert_cmpstr(bar, ==, "=====-----");
}

static void
assert_list(const struct listview *list)
{
	g_assert_cmpint(list->top, >=, 0);
	g_assert_cmpint(list->cursor, >=, 0);
	g_assert_cmpint(list->cursor, <, MAX(list->count, 1));
	g_assert_cmpint(list->top, <=, list->cursor);
	g_assert_cmpint(list->cursor, <, list->top + list->fits);
}

// The invariant holds after any row of moves and sizes.
static void
test_list(void)
{
	struct listview list = {0};

	listview_resize(&list, 0, 0);
	assert_list(&list);
	listview_resize(&list, 100, 10);
	listview_move(&list, 9);
	g_assert_cmpint(list.cursor, ==, 9);
	g_assert_cmpint(list.top, ==, 1); // a row of context below
	listview_go(&list, 99);
	g_assert_cmpint(list.top, ==, 90);
	g_assert_false(listview_move(&list, 1));
	listview_go(&list, 50);
	listview_centre(&list);
	g_assert_cmpint(list.top, ==, 45);
	listview_page(&list, -1);
	g_assert_cmpint(list.cursor, ==, 41);
	for (int i = 0; i < 2000; i++) {
		switch (g_test_rand_int_range(0, 6)) {
		case 0:
			listview_resize(
			    &list, g_test_rand_int_range(-1, 60), g_test_rand_int_range(-1, 20));
			break;
		case 1:
			listview_move(&list, g_test_rand_int_range(-30, 30));
			break;
		case 2:
			listview_go(&list, g_test_rand_int_range(-5, 70));
			break;
		case 3:
			listview_page(&list, g_test_rand_double_range(-3, 3));
			break;
		case 4:
			listview_centre(&list);
			break;
		default:
			listview_move(&list, g_test_rand_bit() ? G_MAXINT : -G_MAXINT);
			break;
		}
		assert_list(&list);
	}
}

static void
test_pieces(void)
{
	static const struct {
		const char *text;
		int cells;
		const char *lines;
	} rows[] = {
	    {"one two three", 7, "one two|three"},
	    {"one two three", 80, "one two three"},
	    {"abcdefghij", 4, "abcd|efgh|ij"},
	    {"a\n\nb", 10, "a||b"},
	    {"日本語です", 4, "日本|語で|す"},
	    {"well-known words", 6, "well-|known|words"},
	    {"", 10, ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GArray) pieces = text_pieces(rows[i].text, rows[i].cells);
		g_autoptr(GString) lines = g_string_new(NULL);
		for (guint k = 0; k < pieces->len; k++) {
			struct text_piece piece = g_array_index(pieces, struct text_piece, k);
			g_assert_cmpint(text_width(rows[i].text + piece.start, (gssize)piece.len),
			    <=, rows[i].cells);
			g_string_append_printf(lines, "%s%.*s", k > 0 ? "|" : "", (int)piece.len,
			    rows[i].text + piece.start);
		}
		g_assert_cmpstr(lines->str, ==, rows[i].lines);
	}
}

static void
test_find(void)
{
	size_t start, len;

	g_assert_true(find_in("Größe und Café", "cafe", 0, &start, &len));
	g_assert_cmpuint(start, ==, strlen("Größe und "));
	g_assert_cmpuint(len, ==, strlen("Café"));
	g_assert_true(find_in("abcABC", "abc", 1, &start, &len));
	g_assert_cmpuint(start, ==, 3);
	g_assert_false(find_in("abc", "d", 0, &start, &len));
	g_assert_false(find_in("", "d", 0, &start, &len));
}

static void
test_textview(void)
{
	OWNED(grid) grid = grid_new(4, 20, &glyphs_utf8);
	struct textview view;

	textview_init(&view);
	g_assert_null(textview_current(&view));
	struct text_line *line = textview_add(&view, 7, 8, STYLE_TEXT, "spoken words", -1);
	g_strlcpy(line->margin, "21:37", sizeof line->margin);
	text_line_span(line, 7, 5, STYLE_LINK);
	g_assert_cmpint(
	    textview_wrap(&view, 8, 8, 12, STYLE_TEXT, "two lines of text here"), ==, 2);
	listview_resize(&view.list, (int)view.lines->len, 4);
	textview_draw(&view, area_all(grid), ">", true, "text");
	g_autofree char *first = grid_row_text(grid, 0), *second = grid_row_text(grid, 1);
	g_assert_cmpstr(first, ==, ">21:37  spoken words");
	g_assert_cmpstr(second, ==, "        two lines of");
	g_assert_cmpint(textview_line_of(&view, 8), ==, 1);
	g_assert_cmpint(textview_line_of(&view, 9), ==, -1);
	g_assert_cmpint(grid->cursor_row, ==, 0);
	g_assert_cmpint(grid->cells[0].style & STYLE_CURSOR, !=, 0);
	g_assert_cmpint(grid->cells[2 * 20 + 8].style & STYLE_NUMBER, ==, STYLE_MATCH);
	textview_clear(&view);
}

// Every colour is one of xterm's 256 and can be read on black and on white.
static void
test_styles(void)
{
	for (int i = 0; i < STYLE_COUNT; i++) {
		g_assert_nonnull(style_rows[i].name);
		g_assert_cmpint(style_rows[i].basic, <, 8);
	}
	g_assert_cmpint(style_nearest(0x767676), ==, 243);
	g_assert_cmpint(style_nearest(0x008787), ==, 30);
	g_assert_cmpint(style_nearest(0x000000), ==, 16);
	g_assert_cmpint(style_nearest(0xffffff), ==, 231);
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draw/fit", test_fit);
	g_test_add_func("/draw/clipped", test_clipped);
	g_test_add_func("/draw/halves", test_halves);
	g_test_add_func("/draw/bar", test_bar);
	g_test_add_func("/draw/list", test_list);
	g_test_add_func("/draw/pieces", test_pieces);
	g_test_add_func("/draw/find", test_find);
	g_test_add_func("/draw/textview", test_textview);
	g_test_add_func("/draw/styles", test_styles);
	return g_test_run();
}
