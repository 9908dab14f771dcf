// SPDX-License-Identifier: GPL-3.0-or-later
//
// The queue's order: ranks with room between them, so that one who is put between two others
// changes no one else, and a change can be taken back after others were made. Private to this
// folder.
#ifndef HARK_STORE_QUEUE_H
#define HARK_STORE_QUEUE_H

#include "store/journal.h"

struct queue_row {
	gint64 id, rank;
	bool moved; // its rank is to be found anew
};

// struct queue_row, in order.
GArray *queue_load(struct store *store, GError **error);

// The row of ID, or -1.
int queue_find(const GArray *rows, gint64 id);

// Puts the COUNT episodes of IDS, in their order, where AFTER stands: behind it; 0 the top; -1 the
// end. Who is queued already moves.
void queue_put(GArray *rows, gint64 after, const gint64 *ids, size_t count);

// Moves IDS by AMOUNT rows, as far as there is room; together where they stand together.
void queue_shift(GArray *rows, const gint64 *ids, size_t count, int amount);

// Gives ranks to who moved and writes what changed.
bool queue_save(struct journal *journal, GArray *rows, GError **error);

// Behind what plays where that is queued, else 0.
gint64 queue_behind_playing(struct store *store);

// All at once, for what is no action of the user.
bool queue_insert(struct store *store, gint64 after, const gint64 *ids, size_t count, gint64 now_s,
    GError **error);

#endif
