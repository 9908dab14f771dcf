// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which key runs which command line. Defaults are a table in keymap.c; "bind [VIEW] KEYS LINE"
// adds.
#ifndef HARK_APP_KEYMAP_H
#define HARK_APP_KEYMAP_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "ui/key.h"

struct keymap;

struct keymap *keymap_new(void);
void keymap_free(struct keymap *map);
OWNED_DEFINE(keymap, keymap_free)

// Binds KEYS ("gg", "<F5>", "^X s": one key or several in a row) to LINE; VIEW NULL: everywhere. An
// empty LINE unbinds. False where KEYS is not understood.
bool keymap_bind(struct keymap *map, const char *view, const char *keys, const char *line);

enum keymap_result { KEYMAP_NONE, KEYMAP_PREFIX, KEYMAP_LINE };

// Takes KEY after those that are pending; *LINE is borrowed. KEYMAP_PREFIX: more keys have to come.
enum keymap_result keymap_press(
    struct keymap *map, const char *view, key_code key, const char **line);

// Whether KEY begins anything.
bool keymap_has(const struct keymap *map, const char *view, key_code key);

// Keys pending, and what could follow: for the last line. NULL: none. The caller's.
char *keymap_pending(struct keymap *map);

// The keys of LINE as help writes them, at most MAX of them, blanks between; "" none. The caller's.
char *keymap_keys_of(struct keymap *map, const char *view, const char *line, int max);

// The defaults, for tests and help: {keys, line}, NULL-terminated.
struct key_default {
	const char *view; // NULL everywhere
	const char *keys; // blanks between
	const char *line;
	const char *note; // N_(): what it does, for help
};
extern const struct key_default key_defaults[];

// The help: rows of groups, in order.
struct help_row {
	const char *group;    // N_()
	const char *lines[4]; // command lines whose keys stand here
	const char *note;     // N_()
	const char *views;    // names of those where it holds, blanks between; NULL: everywhere
};
extern const struct help_row help_rows[];

#endif
