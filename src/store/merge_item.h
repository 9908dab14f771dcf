// SPDX-License-Identifier: GPL-3.0-or-later
//
// One episode of a feed on its way into the library: what it is, whether it differs, and what is
// worked out of its notes. Private to this folder.
#ifndef HARK_STORE_MERGE_ITEM_H
#define HARK_STORE_MERGE_ITEM_H

#include <glib.h>
#include <stdbool.h>

#include "store/sql.h"
#include "text/feed.h"

struct merge_item {
	const struct feed_episode *from; // borrowed
	char *identity;
	gint64 media_sum;  // of the main enclosure's address; 0 none
	char *digest;	   // of all that the feed says about it
	int index;	   // place in the document
	// By merge_item_derive.
	char *folded, *highlight;
	bool notes_transcript, notes_chapters;
};

void merge_item_init(struct merge_item *item, const struct feed_episode *from, int index);
void merge_item_clear(struct merge_item *item);

// What takes long: the notes are read. Once; not while the database is locked.
void merge_item_derive(struct merge_item *item);

// Writes what hangs on the episode (enclosures, offers, persons, ...), where it differs.
bool merge_item_write_lists(
    struct store *store, const struct merge_item *item, gint64 episode_id, GError **error);

#endif
