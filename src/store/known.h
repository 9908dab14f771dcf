// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the library has of a show, as a feed's episodes are compared with it: read once by the
// writing thread, then it belongs to whoever compares, without the database. Private to this
// folder.
#ifndef HARK_STORE_KNOWN_H
#define HARK_STORE_KNOWN_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "store/store.h"

struct known_row {
	gint64 id;	  // 0: not written when the show was read
	gint64 media_sum; // merge_item.h
	guint64 digest, notes_sum;
	// By these it is known again under another identity.
	guint64 title_sum;
	gint64 published_s;
	double duration_s;
	bool left_feed; // the last document did not have it
	bool seen;	// this document has it
	bool shared;	// of the first row of an identity: there is more than one
	char identity[];
};

struct known;

struct known *known_read(struct store *store, gint64 show_id, GError **error);
void known_free(struct known *known);
OWNED_DEFINE(known, known_free)

// The row of that identity and medium; the only row of that identity. NULL none.
struct known_row *known_exact(const struct known *known, const char *identity, gint64 media_sum);
struct known_row *known_only(const struct known *known, const char *identity);

// One that is new with this document; seen.
void known_add(struct known *known, const char *identity, gint64 media_sum);

// Whether the library had anything of the show.
bool known_any(const struct known *known);

// The row that this document has not by its identity and that is the same episode all the same
// (STANDARDS section 4): the same medium with its title or its instant, or the same title on the
// same day at about the same length. NULL where none is, or several are. Only once all of the
// document was compared.
struct known_row *known_again(struct known *known, gint64 media_sum, guint64 title_sum,
    gint64 published_s, double duration_s);

// ROW's medium has changed.
void known_move(struct known *known, struct known_row *row, gint64 media_sum);

// How many rows the show has with this document (less what had left before); how many of them the
// document has.
void known_count(const struct known *known, guint *all, guint *seen);

// Numbers of those that the last document had and this one has not: the caller's.
GArray *known_left(const struct known *known);

#endif
