// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line that is typed, with readline's keys and a history. It knows neither what it asks for nor
// where it stands on the screen.
#ifndef HARK_UI_PROMPT_H
#define HARK_UI_PROMPT_H

#include <glib.h>
#include <stdbool.h>

#include "ui/draw.h"
#include "ui/key.h"

struct prompt {
	char *label;	    // before the text: ":" or "/"
	GString *text;	    // one line, cleaned
	size_t caret;	    // byte of the text, at a character's border
	GPtrArray *history; // char *, oldest first; borrowed
	int history_at;	    // history->len: the line being typed
	char *typed;	    // that line, while another one is looked at
	char *killed;	    // for ^Y
};

enum prompt_result {
	PROMPT_NOTHING,
	PROMPT_CHANGED,
	PROMPT_ACCEPTED,
	PROMPT_LEFT,
	PROMPT_COMPLETE
};

// HISTORY may be NULL, else it outlives the prompt.
void prompt_init(struct prompt *prompt, const char *label, const char *text, GPtrArray *history);
void prompt_clear(struct prompt *prompt);

// What KEY does. PROMPT_COMPLETE: Tab (prompt_complete takes the answer), with Shift backwards.
enum prompt_result prompt_key(struct prompt *prompt, key_code key);

// Puts TEXT in at the caret (one line of it; controls are left out).
void prompt_insert(struct prompt *prompt, const char *text);

// Everything before the caret from byte START on becomes TEXT.
void prompt_replace(struct prompt *prompt, size_t start, const char *text);

// Paints label and text in ROW and puts the terminal's cursor at the caret; a long line is
// scrolled.
void prompt_draw(const struct prompt *prompt, struct area area, int row);

// Notes LINE as the newest of HISTORY, once, at most 200 of them.
void prompt_remember(GPtrArray *history, const char *line);

#endif
