// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is read out of an episode's notes when there is time, in one go: the line of its row
// (store/gist.h), and its words for the search (store/words.h). The column unread_notes says what
// is missing.
#ifndef HARK_STORE_UNREAD_H
#define HARK_STORE_UNREAD_H

#include <glib.h>
#include <stdbool.h>

#include "store/store.h"

// Bits of the column. Who changes a text that was read adds UNREAD_EDIT besides, so that the column
// is another one then.
enum unread { UNREAD_GIST = 1, UNREAD_WORDS = 2, UNREAD_EDIT = 4 };

// In an UPDATE of episode whose texts become others.
#define UNREAD_EDITED "unread_notes = (unread_notes | 2) + 4"

// How many episodes wait; -1 on an error.
gint64 unread_count(struct store *store, GError **error);

// Reads at most LIMIT of them, without a lock, and writes what it found in one transaction; *LEFT
// tells whether there may be more. What a killed process has not written is read next time.
bool unread_catch_up(struct store *store, int limit, bool *left, GError **error);

#endif
