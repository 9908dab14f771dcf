// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a feed's episodes go into the rows of its show (the options have a word in it), and when the
// show is asked again.
#ifndef HARK_WORK_KEEP_H
#define HARK_WORK_KEEP_H

#include "store/merge.h"
#include "store/shows.h"
#include "work/job.h"

// Begins to merge into SHOW_ID. ON_ADD stands for the option; NULL: as that says.
struct merge *keep_begin(struct work *work, gint64 show_id, const char *on_add, GError **error);

// After a transaction: the write-ahead log is kept short.
void keep_pause(struct work *work);

// When to ask again: after a good answer not before MAX_AGE_S (-1 none) and TTL_MINUTES (0 none)
// have passed, and a show that is COMPLETE once a week; after the FAILURES-th bad one ever later,
// with jitter, never before RETRY_AFTER_S.
gint64 keep_next_try(gint64 now_s, gint64 max_age_s, int ttl_minutes, bool complete);
gint64 keep_back_off(gint64 now_s, int failures, gint64 retry_after_s);

#endif
