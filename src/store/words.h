// SPDX-License-Identifier: GPL-3.0-or-later
//
// The search index: every word of titles, show names, notes and transcripts (FTS5 without content:
// the texts themselves lie packed elsewhere). A doc's number is its episode's day and a place in
// that day, so that the newest come first without sorting; it is never given twice. A text that is
// edited is a new doc, and the old one leads nowhere, since FTS5 can forget a text only when it is
// told it byte for byte. Private to this folder.
#ifndef HARK_STORE_WORDS_H
#define HARK_STORE_WORDS_H

#include "store/sql.h"

struct words {
	gint64 episode_id, sort_s;
	char *title, *notes, *transcript; // folded; NULL for none
};

void words_clear(struct words *words);

// Inside a transaction. Quick where dates ascend from call to call.
bool words_write(struct store *store, const struct words *words, GError **error);

// Joins some of the index's parts, a few ms: after each transaction that wrote to it.
bool words_tidy(struct store *store, GError **error);

#endif
