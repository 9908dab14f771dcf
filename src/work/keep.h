// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feed's episodes into the rows of its show, in short transactions. What a feed may not name (a
// local file from elsewhere) is taken out before it is stored.
#ifndef HARK_WORK_KEEP_H
#define HARK_WORK_KEEP_H

#include "store/merge.h"
#include "store/shows.h"
#include "work/job.h"

struct keep;

// FEED_URL is where the bytes came from. ON_ADD stands for the option; NULL: as that says.
struct keep *keep_new(struct work *work, gint64 show_id, const char *feed_url, const char *on_add,
    GError **error);
void keep_free(struct keep *keep);
OWNED_DEFINE(keep, keep_free)

// Takes the EPISODES; stores those that fill a batch. HARK_ERROR_INTERRUPTED where the worker
// stops.
bool keep_episodes(struct keep *keep, GPtrArray *episodes, GError **error);

// The rest of the episodes, what FEED still holds, and the show itself.
bool keep_finish(struct keep *keep, struct feed *feed, const struct show_outcome *outcome,
    struct merge_counts *counts, GError **error);

// When to ask again: after a good answer not before MAX_AGE_S (-1 none) and TTL_MINUTES (0 none)
// have passed, after the FAILURES-th bad one ever later, with jitter, never before RETRY_AFTER_S.
gint64 keep_next_try(gint64 now_s, gint64 max_age_s, int ttl_minutes);
gint64 keep_back_off(gint64 now_s, int failures, gint64 retry_after_s);

#endif
