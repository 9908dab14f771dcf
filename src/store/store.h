// SPDX-License-Identifier: GPL-3.0-or-later
//
// The database (DESIGN section 6): one file, WAL, many processes. A struct store is one connection
// and belongs to one thread. Rows come out as structs, no SQL goes past this folder. No statement
// stays open between calls. Everything the user or a feed removes is kept and marked; numbers are
// never reused; every writing function bumps its generation in the same transaction.
#ifndef HARK_STORE_STORE_H
#define HARK_STORE_STORE_H

#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/owned.h"
#include "base/schema.h"

struct store;

enum store_mode {
	STORE_READ,  // query_only: the interface, the reader, subcommands that show
	STORE_WRITE, // makes and migrates the file: worker and player
};

// PATH ":memory:" for tests. Opening for reading a file that does not exist makes an empty one (so
// that a first start has something to read). Migrations run in one transaction after a copy by the
// backup API (PATH.vN.bak); a newer schema is refused. Files 0600. HARK_ERROR_STORE with a
// sentence.
struct store *store_open(const char *path, enum store_mode mode, GError **error);
void store_close(struct store *store);
OWNED_DEFINE(store, store_close)

// BEGIN IMMEDIATE; inside of another one a savepoint, that can be rolled back alone. USERS writes
// commit with synchronous=FULL, what a feed brought with NORMAL. Busy is retried without end (but
// store_hurry).
enum store_weight { STORE_FEED, STORE_USER };
bool store_begin(struct store *store, enum store_weight weight, GError **error);
bool store_commit(struct store *store, GError **error);
void store_rollback(struct store *store);

// Once *HURRY (borrowed; set by any thread) is true, nobody waits without end any more: what a feed
// brought is given up within STORE_HURRY_FEED_MS, what the user did within STORE_HURRY_USER_MS,
// all waits together, with HARK_ERROR_AGAIN. For who must come to an end.
enum { STORE_HURRY_FEED_MS = 200, STORE_HURRY_USER_MS = 5000 };
void store_hurry(struct store *store, const atomic_bool *hurry);

// Checkpoints the log when it has passed MIN_BYTES (0: always). Between batches, when idle, at
// exit.
void store_checkpoint(struct store *store, gint64 min_bytes);

// Moves into the database what no reader needs, and waits for nobody; the log is not cut. While
// another connection writes.
void store_checkpoint_some(struct store *store);

// Bytes in the log after this connection's last commit.
gint64 store_log_bytes(const struct store *store);

// Stops the statement that runs (from any thread): it fails with HARK_ERROR_INTERRUPTED.
void store_interrupt(struct store *store);

// Which kind of list is stale: a number that grows.
enum store_kind {
	STORE_SHOWS,
	STORE_EPISODES, // episodes, their marks, inbox
	STORE_QUEUE,
	STORE_POSITIONS,
	STORE_FILES,
	STORE_TEXTS, // transcripts, chapters
	STORE_KINDS
};
bool store_generations(struct store *store, gint64 generations[STORE_KINDS], GError **error);

// Small values that a process leaves for the next: "playing" (episode number), ... NULL: none.
char *store_get(struct store *store, const char *key);
bool store_set(struct store *store, const char *key, const char *value, GError **error);

#endif
