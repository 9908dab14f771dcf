// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feed's episodes meet the library's (DESIGN section 6, STANDARDS section 4): the same by guid
// (two items of one document with one guid are one only if their enclosures agree), without a guid
// by enclosure, then link, then title with date. Upsert with "where it differs"; never delete;
// nothing the user made is touched. Batches: short transactions, and the notes are read outside of
// them.
#ifndef HARK_STORE_MERGE_H
#define HARK_STORE_MERGE_H

#include "base/owned.h"
#include "store/store.h"
#include "text/feed.h"

struct merge;

enum merge_new { MERGE_TO_INBOX, MERGE_TO_QUEUE, MERGE_TO_QUEUE_NEXT, MERGE_TO_ARCHIVE };
enum merge_first { MERGE_FIRST_NEWEST, MERGE_FIRST_NONE, MERGE_FIRST_ALL };

struct merge_counts {
	int added, updated, unchanged;
};

// Begins to merge into SHOW_ID. NOW_S is first-seen for what is new. NEW tells where an episode
// goes that came after subscribing, or is newer than all that the show had; FIRST what of the first
// successful refresh goes to the inbox.
struct merge *merge_new(struct store *store, gint64 show_id, gint64 now_s, enum merge_new new_goes,
    enum merge_first first, GError **error);

// Stores EPISODES (struct feed_episode *, borrowed), at most 200 a transaction. Nothing is written,
// and no lock taken, for those that are stored as they are.
bool merge_episodes(struct merge *merge, const GPtrArray *episodes, GError **error);

// Stores what is still in feed->episodes (nothing new where it was handed over before), then the
// last transaction: the show's own fields, episodes that left the feed are marked (not when the
// document was broken or shrank to nothing), the inbox of a first refresh, and OUTCOME.
struct show_outcome;
bool merge_finish(struct merge *merge, const struct feed *feed, const struct show_outcome *outcome,
    struct merge_counts *counts, GError **error);

void merge_free(struct merge *merge); // without merge_finish: validators stay, so it starts over
OWNED_DEFINE(merge, merge_free)

#endif
