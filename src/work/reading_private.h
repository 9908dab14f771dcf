// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading's two sides: the worker's (reading.c), and that of the threads (reading_thread.c). Beside
// what is atomic they share mailboxes alone.
#ifndef HARK_WORK_READING_PRIVATE_H
#define HARK_WORK_READING_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/mailbox.h"
#include "work/reading.h"
#include "work/unpack.h"

#define THREADS_MAX 4

struct reader {
	pthread_t thread;
	struct mailbox *inbox; // struct piece *
	atomic_int pending;    // pieces in there, and the one in hand
	struct packer *packer;
	struct readers *readers;
	int feeds; // the worker's: how many it has
};

struct readers {
	struct reader reader[THREADS_MAX];
	int count;		// 0 until the first feed
	GHashTable *readings;	// set of struct reading *
	struct mailbox *outbox; // struct outcome *
	GQueue ready;		// of outcomes, taken out of the outbox
	long ready_bytes;
	atomic_long held_bytes;
	atomic_bool stopping;
	void (*wake)(void *net);
	void *net;
	void (*rest)(void *work);
	void *work;
};

// What a thread is told: bytes, a batch to be packed, or (neither) the end.
struct piece {
	struct reading *reading;
	GString *bytes;
	struct merge_batch *batch;
	bool read_notes;
	long batch_bytes; // of the feed, that it was read from
	bool cancel;
};

enum outcome_kind { OUTCOME_BATCH, OUTCOME_STOP, OUTCOME_END };

// What a thread tells the worker.
struct outcome {
	struct reading *reading;
	enum outcome_kind kind;
	struct merge_batch *batch;
	int batches; // of an end: how many there are in all
	long bytes;  // of the feed, that the batch was read from
	struct feed *feed;
	GError *error;
};

struct reading {
	// The worker's.
	struct readers *readers;
	struct reader *reader;
	const struct reading_calls *calls;
	void *user;
	GString *bytes; // not yet handed over
	bool ended, cancelled;
	int settled;	      // batches
	struct outcome *last; // its end, while batches are missing
	// The thread's, until the end.
	struct unpack *unpack;
	struct feed_parser *parser;
	struct merge *merge;
	char *feed_url;
	bool read_notes;
	GPtrArray *waiting; // struct feed_episode *, less than a batch
	long read_bytes;    // since the last batch
	int batches;
	GError *error;
};

// What a reader's thread does until it is told the end; DATA is the reader.
void *reader_run(void *data);

// Tells READER a copy of PIECE, whose bytes and batch are taken. Any thread.
void reader_post(struct reader *reader, const struct piece *piece);
void piece_free(gpointer piece);

#endif
