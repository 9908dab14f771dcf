// SPDX-License-Identifier: GPL-3.0-or-later
//
// A list of subscriptions into the library. Nothing is fetched: the next refresh reads the feeds.
#ifndef HARK_WORK_IMPORT_H
#define HARK_WORK_IMPORT_H

#include "work/job.h"

void import_begin(struct job *job);

#endif
