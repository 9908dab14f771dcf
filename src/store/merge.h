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

// What a document of many episodes holds is compared and packed by a thread that has no database:
// from merge_new until merge_finish the comparing side of MERGE belongs to that thread alone, while
// the writing thread writes what it hands over.
struct merge_batch;

// Compares EPISODES (struct feed_episode *, at most MERGE_BATCH of them; a reference is kept) with
// the library: the batch holds what is to be written.
enum { MERGE_BATCH = 50 };
struct merge_batch *merge_compare(struct merge *merge, GPtrArray *episodes);
// What is unknown waits until all of a document was compared, since it may be what the library has
// under another identity: the next batch of that; NULL none is left. merge_finish does it for who
// has not.
struct merge_batch *merge_compare_rest(struct merge *merge);

// What takes longest, and needs neither the library nor MERGE: any thread may do it, once. Notes
// are packed and (READ_NOTES) read for the list, else that waits (store/gist.h). PACKER is one
// thread's, NULL makes one for the while.
struct packer;
struct packer *merge_packer_new(void);
void merge_packer_free(struct packer *packer);
void merge_pack(struct merge_batch *batch, struct packer *packer, bool read_notes);

// Frees the notes of the episodes in a packed BATCH: most of what waits to be written.
void merge_batch_drop_notes(struct merge_batch *batch);

void merge_batch_free(struct merge_batch *batch);
OWNED_DEFINE(merge_batch, merge_batch_free)

// Writes a packed batch in one transaction; nothing, and without a lock, where all of it is stored
// as it is.
bool merge_write(struct merge *merge, struct merge_batch *batch, GError **error);

// What comes is older than what the show has: none of it is news, whatever its dates say.
void merge_set_archive(struct merge *merge);

// After the last batch of a document that is only a page of the feed: nothing of the show, and
// nothing that the page does not hold, is touched.
bool merge_finish_page(struct merge *merge, struct merge_counts *counts, GError **error);

// Whether no refresh of this show came to its end yet.
bool merge_is_first(const struct merge *merge);

// Both at once, batch by batch. EPISODES live until merge_finish.
bool merge_episodes(struct merge *merge, const GPtrArray *episodes, GError **error);

// After the last batch: the last transaction. The show's own fields, episodes that left the feed
// are marked (not when the document was broken or shrank to nothing), the inbox of a first refresh,
// and OUTCOME. FEED's episodes are not looked at.
struct show_outcome;
bool merge_finish(struct merge *merge, const struct feed *feed, const struct show_outcome *outcome,
    struct merge_counts *counts, GError **error);

void merge_free(struct merge *merge); // without merge_finish: validators stay, so it starts over
OWNED_DEFINE(merge, merge_free)

#endif
