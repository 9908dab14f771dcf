// SPDX-License-Identifier: GPL-3.0-or-later
//
// Show notes as they are kept: many of one show in one compressed piece, since one alone hardly
// gets smaller. Filling packs asks no database and belongs to any one thread. Private to this
// folder.
#ifndef HARK_STORE_PACK_H
#define HARK_STORE_PACK_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "store/sql.h"

struct packs;

// What compresses them, to be used again; one thread at a time.
struct packer;
struct packer *packer_new(void);
void packer_free(struct packer *packer);

// PACKER is borrowed until packs_end.
struct packs *packs_new(struct packer *packer);
void packs_free(struct packs *packs);
OWNED_DEFINE(packs, packs_free)

// Where a text stands.
struct pack_place {
	int pack;		    // of these packs, from 0; -1: nowhere
	int at_bytes, length_bytes; // unpacked
};

// Takes a copy of TEXT.
struct pack_place packs_add(struct packs *packs, const char *text);

// After the last text: what is open is compressed.
void packs_end(struct packs *packs);

// Writes them; pack N of the places then is FIRST_ID + N. Inside a transaction.
bool packs_write(struct store *store, const struct packs *packs, gint64 *first_id, GError **error);

// One text less is in that pack; the last one takes it along. Inside a transaction.
bool pack_release(struct store *store, gint64 pack_id, GError **error);

// The notes of an episode, packed or (of schema 1) not: the caller's. NULL with *ERROR unset where
// there are none.
char *pack_notes(struct store *store, gint64 episode_id, GError **error);

#endif
