// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the user's actions change rows: each change of a column with its old and new value, so that
// it can be put back. Private to this folder.
#ifndef HARK_STORE_JOURNAL_H
#define HARK_STORE_JOURNAL_H

#include <glib.h>
#include <stdbool.h>

#include "store/store.h"

// The columns that an action may change. Their names in the database are for good.
enum journal_place {
	PLACE_INBOX,
	PLACE_PLAYED,
	PLACE_ARCHIVED,
	PLACE_RANK,	// of the queue; NULL: not in it
	PLACE_POSITION, // an existing one only
	PLACE_SHOW_REMOVED,
	PLACE_FILE, // its state; a file that is here stays as it is
};

struct journal {
	struct store *store;
	gint64 id; // of the action; 0: nothing is written down (a feed's or the player's doing)
	gint64 now_s;
	GHashTable *changed; // gint64 *: rows whose columns changed
};

// Inside a transaction. KIND NULL: nothing is written down.
bool journal_open(
    struct journal *journal, struct store *store, const char *kind, gint64 now_s, GError **error);
void journal_close(struct journal *journal);

// Puts *VALUE (NULL: NULL) into PLACE of row ID, where it is not that already.
bool journal_set(struct journal *journal, enum journal_place place, gint64 id, const gint64 *value,
    GError **error);

// Puts the old (REDO: the new) values of the action JOURNAL_ID back.
bool journal_replay(
    struct store *store, gint64 journal_id, bool redo, gint64 now_s, GError **error);

#endif
