// SPDX-License-Identifier: GPL-3.0-or-later
//
// Threads that read feeds: the worker hands over bytes and gets back what is to be written. A feed
// stays with one thread, so its bytes keep their order; threads share nothing but mailboxes. The
// worker's thread alone calls these functions.
#ifndef HARK_WORK_READING_H
#define HARK_WORK_READING_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "store/merge.h"
#include "text/feed.h"
#include "work/net.h"

struct readers;
struct reading;

// The threads are started with the first feed. WAKE(NET) is called from them whenever something
// waits for readers_settle; it may do nothing but unblock. REST(WORK) ends each row of calls.
struct readers *readers_new(
    void (*wake)(void *net), void *net, void (*rest)(void *work), void *work);
void readers_free(struct readers *readers); // joins; nothing is called back
OWNED_DEFINE(readers, readers_free)

struct reading_calls {
	// Some of the episodes, ready to be written (borrowed).
	void (*batch)(void *user, struct merge_batch *batch);
	// No use in more bytes: reading_end will tell why.
	void (*stop)(void *user);
	// The last call: FEED (taken; without its episodes), or NULL with ERROR (borrowed) as of
	// feed_parser_finish. MERGE is the worker's again, the reading is gone.
	void (*end)(void *user, struct feed *feed, const GError *error);
};

// Takes out of EPISODE what a feed at FEED_URL may not name (a local file from elsewhere).
void reading_guard(const char *feed_url, struct feed_episode *episode);

// Begins to read the feed that ANSWER is the head of (net_request's `packed`). MERGE is lent until
// the end; READ_NOTES as of merge_compare. Its episodes are guarded.
struct reading *reading_new(struct readers *readers, const struct net_answer *answer,
    struct merge *merge, bool read_notes, const struct reading_calls *calls, void *user);

// Copies the bytes. Where much is waiting already, calls of other readings come from inside.
void reading_push(struct reading *reading, const char *bytes, size_t len);

// No more bytes; CANCEL: nothing of what is still under way is wanted. `end` follows, never from
// inside.
void reading_end(struct reading *reading, bool cancel);

// Calls for everything that has been read, once it is enough for a transaction or no thread is at
// work: a thread that comes to rest wakes, too.
void readers_settle(struct readers *readers);

#endif
