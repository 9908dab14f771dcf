// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's programs that hear of news: options on-new-episode and on-refresh-done. One runs at a
// time, after what it hears of was stored; the facts stand in its environment, as one clean line
// each. Who refreshes may end meanwhile; WORK_HOOKS waits for them.
#ifndef HARK_WORK_HOOKS_H
#define HARK_WORK_HOOKS_H

#include "work/job.h"

struct hooks;

struct hooks *hooks_new(struct work *work);
void hooks_free(struct hooks *hooks); // what waits is dropped

// REPLY is about to be posted, and what it tells of is stored.
void hooks_hear(struct hooks *hooks, const struct work_reply *reply);

void hooks_begin(struct job *job); // WORK_HOOKS

#endif
