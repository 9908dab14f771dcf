// SPDX-License-Identifier: GPL-3.0-or-later
//
// A merge's two sides: what compares (merge_compare.c, without the database, any thread) and what
// writes (merge.c).
#ifndef HARK_STORE_MERGE_PRIVATE_H
#define HARK_STORE_MERGE_PRIVATE_H

#include "store/known.h"
#include "store/merge.h"
#include "store/merge_item.h"

struct comparing {
	struct known *known;
	GArray *held;	 // held back until all of a document was compared, in its order
	guint held_from; // those before it are done with
	int index;	 // of the next episode in the document
};

struct merge {
	struct comparing comparing;
	// The writing side.
	struct store *store;
	gint64 show_id, now_s;
	gint64 known_s; // what is dated later is new
	enum merge_new new_goes;
	enum merge_first first;
	bool archive;	// nothing is news
	bool is_first;	// no refresh of this show came to its end yet
	GArray *queued; // gint64: new rows of this batch that go to the queue
	struct merge_counts counts;
};

struct merge_batch {
	struct merge_item *items; // those that are to be written
	guint count;
	int unchanged;
	struct packs *packs;
	GPtrArray *episodes; // that the items borrow from
};

// KNOWN is taken.
void comparing_init(struct comparing *comparing, struct known *known);
void comparing_clear(struct comparing *comparing);

#endif
