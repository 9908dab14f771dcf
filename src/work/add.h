// SPDX-License-Identifier: GPL-3.0-or-later
//
// From what was typed to a feed: the address's forms are tried in turn, a web page leads to its
// feed. Nothing is stored before a feed was read whole, so a failed add leaves nothing.
#ifndef HARK_WORK_ADD_H
#define HARK_WORK_ADD_H

#include "work/job.h"

void add_begin(struct job *job); // WORK_ADD, WORK_PREVIEW

#endif
