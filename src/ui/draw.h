// SPDX-License-Identifier: GPL-3.0-or-later
//
// Painting goes to a grid of cells with style numbers; a terminal shows the grid (ui/term.h), a
// test reads it. Every cell is written by draw_text, which strips controls and measures grapheme
// clusters. An area is a rectangle of a grid: what is drawn outside it is cut.
#ifndef HARK_UI_DRAW_H
#define HARK_UI_DRAW_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/owned.h"
#include "ui/style.h"

#define CELL_CHARS 5 // a base character and what combines with it, as many as curses takes

struct cell {
	gunichar chars[CELL_CHARS]; // 0 ends; the first is 0 in the second half of a wide one
	guint16 style;
};

// The signs that are not in every character set.
struct glyphs {
	const char *ellipsis, *dot, *line, *rule, *more;
	const char *bar, *bar_tick, *bar_knob, *rest, *rest_tick;
};

extern const struct glyphs glyphs_utf8, glyphs_ascii;

struct grid {
	int rows, cols;
	struct cell *cells; // rows * cols
	int cursor_row, cursor_col;
	bool cursor_visible;
	const struct glyphs *glyphs;
};

struct grid *grid_new(int rows, int cols, const struct glyphs *glyphs);
void grid_free(struct grid *grid);
OWNED_DEFINE(grid, grid_free)
void grid_resize(struct grid *grid, int rows, int cols);
void grid_clear(struct grid *grid);

// Row ROW as UTF-8, blanks at its end cut. For tests. The caller's.
char *grid_row_text(const struct grid *grid, int row);

struct area {
	struct grid *grid;
	int row, col, rows, cols;
};

struct area area_all(struct grid *grid);
// The part of AREA that begins at ROW, COL of it and is at most ROWS x COLS.
struct area area_part(struct area area, int row, int col, int rows, int cols);

// Paints TEXT (LEN -1: to its NUL) at ROW, COL of AREA, at most MAX cells (-1: to its edge).
// Controls are left out. Gives the cells painted.
int draw_text(
    struct area area, int row, int col, int max, unsigned style, const char *text, gssize len);

// The same with an ellipsis where it does not fit.
int draw_fit(struct area area, int row, int col, int max, unsigned style, const char *text);

// Ends before column END (of AREA); gives the column it begins at.
int draw_right(struct area area, int row, int end, unsigned style, const char *text);

// COUNT cells of one sign.
void draw_repeat(struct area area, int row, int col, int count, unsigned style, const char *sign);

// Gives COUNT cells another style, or adds bits (BITS true) to theirs.
void draw_style(struct area area, int row, int col, int count, unsigned style, bool bits);

// Makes COUNT cells the current row: in reverse, without colours but those of STYLE_STRONG,
// STYLE_MATCH.
void draw_current(struct area area, int row, int col, int count);

// Where the terminal's own cursor stands.
void draw_cursor(struct area area, int row, int col, bool visible);

#endif
