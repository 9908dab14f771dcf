// SPDX-License-Identifier: GPL-3.0-or-later
//
// What transcripts and chapters share: documents that the feed names, what came of fetching them.
// KIND is "t" or "c" as in the tables. Private to this folder.
#ifndef HARK_STORE_FETCHED_H
#define HARK_STORE_FETCHED_H

#include "store/texts.h"
#include "text/notes.h"

#define FETCHED_AGAIN_S (24 * 60 * 60) // not before, after a failure

// struct offer *, in the feed's order.
GPtrArray *fetched_offers(struct store *store, gint64 episode_id, const char *kind, GError **error);

// Inside a transaction: it was stored (MESSAGE NULL) or failed.
bool fetched_write(
    struct store *store, gint64 episode_id, const char *kind, const char *message, GError **error);

bool fetched_fail(
    struct store *store, gint64 episode_id, const char *kind, const char *message, GError **error);
bool fetched_wanted(struct store *store, gint64 episode_id, const char *kind, GError **error);

// The notes where the merge found something of KIND in them; else NULL with no error set.
// *DURATION_S gets the episode's length.
struct notes *fetched_notes(
    struct store *store, gint64 episode_id, const char *kind, double *duration_s, GError **error);

#endif
