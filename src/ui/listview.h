// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which rows of a list are shown and which is the current one: numbers only, nothing is drawn.
// Invariant: with rows, 0 <= top <= cursor < count and cursor < top + fits.
#ifndef HARK_UI_LISTVIEW_H
#define HARK_UI_LISTVIEW_H

#include <stdbool.h>

struct listview {
	int count;  // rows of the list
	int fits;   // rows that fit, at least 1
	int cursor; // 0 in an empty list
	int top;    // the first row shown
};

// New size of list or pane; the cursor stays where it can.
void listview_resize(struct listview *list, int count, int fits);

// To row INDEX (kept within the list), scrolling as little as it takes, with a row of context.
void listview_go(struct listview *list, int index);

// DELTA rows. False where the cursor could not move.
bool listview_move(struct listview *list, int delta);

// PAGES of what fits, less a row of context; halves by 0.5.
void listview_page(struct listview *list, double pages);

// The current row to the middle.
void listview_centre(struct listview *list);

// Rows from the top that are on the screen.
int listview_shown(const struct listview *list);

#endif
