// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the search index cuts text into words: FTS5's unicode61 without accents, and each character
// of Chinese and Japanese, which have no blanks between words, a word of its own (so that 東京 is
// found inside of 東京駅). Private to this folder.
#ifndef HARK_STORE_TOKENS_H
#define HARK_STORE_TOKENS_H

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

// The tokenizer's name in CREATE VIRTUAL TABLE.
#define TOKENS "hark"

// Makes it known to DB: before a table that uses it is read, written or made.
bool tokens_register(sqlite3 *db, GError **error);

#endif
