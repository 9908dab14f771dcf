// SPDX-License-Identifier: GPL-3.0-or-later
//
// One episode of a feed on its way into the library: what it is, whether it differs, and what is
// worked out of its notes. Private to this folder.
#ifndef HARK_STORE_MERGE_ITEM_H
#define HARK_STORE_MERGE_ITEM_H

#include <glib.h>
#include <stdbool.h>

#include "store/gist.h"
#include "store/pack.h"
#include "store/sql.h"
#include "text/feed.h"

struct merge_item {
	struct feed_episode *from; // borrowed
	gint64 id;		   // the row that it updates; 0: it is new
	char *identity;
	gint64 media_sum;  // of the main enclosure's address; 0 none
	guint64 digest;	   // of all that the feed says about it
	guint64 notes_sum; // of its notes and summary; 0: the row has them as they are
	int index;	   // place in the document
	// By merge_item_derive.
	char *folded;
	struct gist gist;
	bool has_gist;		 // else it is read later
	struct pack_place place; // of its notes
};

void merge_item_init(struct merge_item *item, struct feed_episode *from, int index);
void merge_item_clear(struct merge_item *item);

// What takes long, for an episode that is to be written: the notes go into PACKS, and (READ_NOTES)
// are read for the list. Once; not while the database is locked.
void merge_item_derive(struct merge_item *item, struct packs *packs, bool read_notes);

// Of a title as it is found (text_fold); 0 for "".
guint64 merge_item_sum(const char *folded);

// A digest as it is stored, 17 bytes with the NUL; 0 for what is none.
enum { DIGEST_BYTES = 17 };
void merge_item_digest_print(guint64 digest, char text[DIGEST_BYTES]);
guint64 merge_item_digest_parse(const char *text);

// Writes what hangs on the episode (enclosures, offers, persons, ...), where it differs. IS_NEW:
// there is nothing of it yet.
bool merge_item_write_lists(struct store *store, const struct merge_item *item, gint64 episode_id,
    bool is_new, GError **error);

#endif
