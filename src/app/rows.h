// SPDX-License-Identifier: GPL-3.0-or-later
//
// An episode as a row of one, two or three lines, in the lists that show episodes.
#ifndef HARK_APP_ROWS_H
#define HARK_APP_ROWS_H

#include "app/state.h"
#include "store/episodes.h"

struct row_form {
	int lines;	  // 1 to 3
	bool show_named;  // rows of several shows: theirs is said
	bool show_column; // in a column of its own before the title
	bool marked;	  // by the user
};

// Lines that a row takes on this screen.
int row_lines(const struct app *app);

// Paints EPISODE (NULL: its row is not there) at ROW, COL of VIEW's area, CELLS wide.
void row_draw(struct view *view, const struct episode *episode, struct row_form form, int row,
    int col, int cells);

// "12m left", "44m", "": what is left of EPISODE, or all of it. The caller's.
char *row_left(const struct app *app, const struct episode *episode);

// The same in seconds; negative unknown.
double row_left_s(const struct app *app, const struct episode *episode);

// "9 h 40 m", "38 m": a sum of lengths. The caller's.
char *row_sum(double seconds);

// The day with its whole year, where it is not this one.
char *row_day_long(gint64 instant_s);

#endif
