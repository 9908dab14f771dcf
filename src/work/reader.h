// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reader: a thread with a query-only connection for what may take longer than a frame: filters,
// counts, searches. A newer question interrupts the older one.
#ifndef HARK_WORK_READER_H
#define HARK_WORK_READER_H

#include "base/mailbox.h"
#include "base/owned.h"
#include "store/episodes.h"

struct reader_answer {
	guint64 serial;
	GArray *ids; // gint64
	GError *error; // NULL when it went well
};

void reader_answer_free(struct reader_answer *answer);

struct reader;

struct reader *reader_start(const char *db, GError **error);
void reader_stop(struct reader *reader);
OWNED_DEFINE(reader, reader_stop)

// Asks for the numbers of a list; FILTER is taken. Interrupts what was asked before, whose answer
// then never comes. Gives the serial of the answer to wait for.
guint64 reader_ask(struct reader *reader, struct filter *filter, enum episode_order order);

struct mailbox *reader_answers(struct reader *reader); // struct reader_answer *

#endif
