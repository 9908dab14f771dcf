// SPDX-License-Identifier: GPL-3.0-or-later
//
// The terminal: raw bytes in, a grid out, signals as events. One at a time, since signals and the
// terminal's state belong to the process.
#ifndef HARK_UI_TERM_H
#define HARK_UI_TERM_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "ui/draw.h"
#include "ui/key.h"

enum term_color { TERM_COLOR_AUTO, TERM_COLOR_ALWAYS, TERM_COLOR_NEVER };

struct term;

// Keeps the signals that term_new handles from this thread and those it starts, until term_new
// takes them: before any other thread.
void term_block_signals(void);

// Takes standard input and output over: raw, alternate screen, bracketed paste. NULL with a
// sentence where they are no terminal or one without addressable cursor; nothing was changed then.
// AUTO: colours unless NO_COLOR is set.
struct term *term_new(enum term_color color, GError **error);

// Gives the terminal back as it was.
void term_free(struct term *term);
OWNED_DEFINE(term, term_free)

// Whether the locale is UTF-8.
bool term_is_utf8(void);

// Rows and columns now.
void term_size(const struct term *term, int *rows, int *cols);

// Readable when keys came, when a signal came.
int term_fd(const struct term *term);
int term_signal_fd(const struct term *term);

enum term_signal {		   // bits
	TERM_SIGNAL_STOP = 1 << 0, // SIGTSTP: term_suspend
	TERM_SIGNAL_SIZE = 1 << 1,
	TERM_SIGNAL_END = 1 << 2, // SIGTERM
	TERM_SIGNAL_HANGUP = 1 << 3,
	TERM_SIGNAL_BREAK = 1 << 4, // SIGINT, from elsewhere: the key ^C comes as a key
	TERM_SIGNAL_CHILD = 1 << 5,
};

// The signals since the last call.
unsigned term_signals(struct term *term);

// Reads what came into INPUT. False at the terminal's end (hung up).
bool term_read(struct term *term, struct input *input);

// Shows GRID; only cells that differ are written.
void term_paint(struct term *term, const struct grid *grid);

// The next paint writes everything anew; after a resize too.
void term_redraw(struct term *term);

// Stops this process as ^Z does and takes the terminal again when it goes on.
void term_suspend(struct term *term);

#endif
