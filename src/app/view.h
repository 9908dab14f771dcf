// SPDX-License-Identifier: GPL-3.0-or-later
//
// A view is a pane: a table of functions and a list with a cursor. Handlers only note what is
// stale; once a turn the loop lays out, calls rows, then draw. A new screen fills such a table.
#ifndef HARK_APP_VIEW_H
#define HARK_APP_VIEW_H

#include <glib.h>
#include <stdbool.h>

#include "ui/draw.h"
#include "ui/listview.h"

struct app;
struct view;

// What the last line says of a row: the key is looked up.
struct hint {
	const char *command; // as it is bound
	const char *word;    // N_()
};

struct view_ops {
	const char *name;  // "episodes"; what bindings of one view name
	const char *title; // N_(): of its help
	size_t size;	   // of the struct that begins with struct view
	unsigned kinds;	   // 1 << enum store_kind: what makes it stale

	void (*open)(struct view *view); // once
	void (*rows)(struct view *view); // reads what is stale and settles the list for view->area
	void (*draw)(struct view *view); // paints view->area
	// What COMMAND (its words, NULL-terminated) does here; false: what it does everywhere.
	bool (*key)(struct view *view, char **words);
	// Whether row INDEX holds FOLDED. NULL: nothing can be found here.
	bool (*search)(struct view *view, int index, const char *folded);
	// Narrows the list to WORDS (NULL: the whole list); DONE false: more will be typed, what is
	// not understood yet changes nothing. NULL: it cannot be narrowed.
	void (*filter)(struct view *view, const char *words, bool done);
	const char *(*filter_words)(struct view *view); // as typed; NULL none
	void (*close)(struct view *view);

	void (*moved)(struct view *view);     // the user moved the cursor; may be NULL
	gint64 (*episode)(struct view *view); // under the cursor; 0 none; may be NULL
	gint64 (*show)(struct view *view);
	const struct hint *(*hints)(struct view *view); // ends with a NULL command
	const char *(*called)(struct view *view); // instead of title; may be NULL
	char *(*note)(struct view *view); // stronger than the hints; NULL none. May be NULL
	bool reading; // takes the whole width where there is no third pane
};

struct view {
	const struct view_ops *ops;
	struct app *app;
	struct listview *list; // its own or its text's
	struct listview rows;  // what list points to in views of rows
	struct area area;      // of this turn, its head included; rows 0: not shown
	bool focused;	       // of this turn
	unsigned stale;	       // 1 << enum store_kind: what has changed since rows
	bool wide;	       // shown alone
	char *find;	       // folded words that are marked; NULL none
};

struct view *view_new(const struct view_ops *ops, struct app *app);
void view_free(struct view *view);

// Moves the cursor of VIEW as COMMAND (down, up, top, bottom, page, half-page, centre) says; false
// where it is none of them.
bool view_move(struct view *view, char **words);

// Looks for the next row (STEP 1 or -1) that holds view->find, from the current one on (INCLUDED:
// it too), around the ends, and goes there. What takes longer than a frame goes on in later turns,
// until the next key. NONE (taken, may be NULL) is said where there is no such row.
void view_find(struct view *view, int step, bool included, char *none);

// Rows of the area that a head takes.
int view_head_rows(const struct view *view);

// The head: TITLE left, RIGHT at the end (may be NULL).
void view_draw_head(struct view *view, const char *title, const char *right);

// TEXT, wrapped, in the middle of nothing: what is so, then what to press.
void view_draw_empty(struct view *view, int row, const char *text);

// Draws the sign of the current row, its reverse and the terminal's cursor.
void view_draw_cursor(struct view *view, int row, int col, int lines, int cells);

#endif
