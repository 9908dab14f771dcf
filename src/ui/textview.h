// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text to read: lines that were laid out for a width, each knowing what it belongs to. Column 0 is
// the cursor's, the margin begins at column 1, the text at the line's indent.
#ifndef HARK_UI_TEXTVIEW_H
#define HARK_UI_TEXTVIEW_H

#include <glib.h>

#include "ui/draw.h"
#include "ui/listview.h"

struct text_span {
	size_t start, len; // bytes of the line's text
	unsigned style;
};

struct text_line {
	char *text;
	GArray *spans;	 // struct text_span, NULL none
	unsigned style;	 // where no span is
	char margin[24]; // "12:47"
	unsigned margin_style;
	int indent; // cells before the text, at least 1
	int item;   // what it belongs to, a number of the owner's; -1 nothing
};

struct textview {
	GPtrArray *lines; // struct text_line *
	struct listview list;
};

void textview_init(struct textview *view);
void textview_clear(struct textview *view); // frees all
void textview_empty(struct textview *view); // takes the lines out, keeps cursor and top

// Adds a line; the borrowed result may be filled further until the next call.
struct text_line *textview_add(
    struct textview *view, int item, int indent, unsigned style, const char *text, gssize len);
void text_line_span(struct text_line *line, size_t start, size_t len, unsigned style);

// Adds TEXT wrapped to lines of CELLS (indent not counted). Gives the number of lines.
int textview_wrap(
    struct textview *view, int item, int indent, int cells, unsigned style, const char *text);

// Paints the lines that fit. CURSOR is the sign of the current line, its cells take STYLE_CURSOR
// where REVERSE. FOLDED words are marked (NULL none).
void textview_draw(const struct textview *view, struct area area, const char *cursor, bool reverse,
    const char *folded);

// The first line of item ITEM, -1 none.
int textview_line_of(const struct textview *view, int item);

// The current line, NULL in an empty view. Borrowed.
struct text_line *textview_current(const struct textview *view);

// The stretches of TEXT that fit CELLS each, broken where Unicode allows and at line feeds.
struct text_piece {
	size_t start, len; // blanks at its end left out
};
GArray *text_pieces(const char *text, int cells);

#endif
