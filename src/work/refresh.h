// SPDX-License-Identifier: GPL-3.0-or-later
//
// Refreshing shows: conditional request, blocks into the parser as they arrive, short batches into
// the store, the validators with the last one.
#ifndef HARK_WORK_REFRESH_H
#define HARK_WORK_REFRESH_H

#include "work/job.h"

void refresh_begin(struct job *job); // WORK_REFRESH

// Looks whether the refresh that others wait for has ended. To be called now and then while
// refresh_is_waiting.
void refresh_tick(struct work *work);
bool refresh_is_waiting(const struct work *work);

#endif
