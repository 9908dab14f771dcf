// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key is a number: a Unicode character, or one of the names below, with bits for what was held
// down. Bytes from the terminal become keys and pastes here; nothing else is ever taken for a key:
// answers of the terminal (OSC, DCS, APC, reports) are swallowed whenever they come.
#ifndef HARK_UI_KEY_H
#define HARK_UI_KEY_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/owned.h"

typedef guint32 key_code;

enum {
	KC_NONE = 0,
	KC_NAMED = 0x110000, // past the last character
	KC_ENTER = KC_NAMED,
	KC_TAB,
	KC_ESC,
	KC_BACKSPACE,
	KC_UP,
	KC_DOWN,
	KC_LEFT,
	KC_RIGHT,
	KC_HOME,
	KC_END,
	KC_PGUP,
	KC_PGDN,
	KC_INSERT,
	KC_DELETE,
	KC_F1, // to F12
	KC_F12 = KC_F1 + 11,
	KC_LAST = KC_F12,
	KC_SHIFT = 1 << 24, // of named keys only
	KC_CTRL = 1 << 25,
	KC_ALT = 1 << 26,
};

// "j", "^D", "Space", "S-Tab", "PgDn", "M-x". Owned by the caller.
char *key_text(key_code key);

// The key that NAME means, KC_NONE where it is none. "<F1>" and "C-d" are understood too.
key_code key_parse(const char *name);

enum input_kind { INPUT_NOTHING, INPUT_KEY, INPUT_PASTE };

struct input_event {
	enum input_kind kind;
	key_code key;
	char *text; // of a paste: cleaned of nothing yet, valid UTF-8 not promised. The taker's
};

struct input;

struct input *input_new(void);
void input_free(struct input *input);
OWNED_DEFINE(input, input_free)

// Bytes as they came from the terminal, in pieces of any size. A paste is cut at 1 MB.
void input_feed(struct input *input, const char *bytes, size_t len);

// The next event in OUT; false when the bytes are used up or more are needed.
bool input_next(struct input *input, struct input_event *out);

// An escape stands at the end: it may be the key or begin a sequence. After 25 ms without a byte
// input_flush makes it the key.
bool input_waits(const struct input *input);
void input_flush(struct input *input);

// Whether the bytes not yet understood begin with TEXT: more than fingers type at once.
bool input_begins(const struct input *input, const char *text);

// Whether ^C stands among the bytes not yet understood: it breaks off what keeps keys waiting.
bool input_breaks(const struct input *input);

#endif
