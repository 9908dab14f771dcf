// SPDX-License-Identifier: GPL-3.0-or-later
//
// One show being asked: from its address and validators to rows and an item of the job.
#ifndef HARK_WORK_REFRESH_SHOW_H
#define HARK_WORK_REFRESH_SHOW_H

#include "store/shows.h"
#include "work/job.h"

// SHOW is taken. Where it is being asked already this wish gets the same answer.
void refresh_show(struct job *job, struct show *show);

// The item of one show: what `refresh --json` says of it, from its row; status "failed".
struct work_show *refresh_item(struct work *work, gint64 show_id, const char *url);

#endif
