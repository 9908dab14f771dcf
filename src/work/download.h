// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole files of audio: into PATH.part, and under its own name when all of it has come and is audio
// as far as one can tell. The .part is locked while it grows, so that no other process takes it
// too, and kept when something goes wrong.
#ifndef HARK_WORK_DOWNLOAD_H
#define HARK_WORK_DOWNLOAD_H

#include "work/job.h"

void download_begin(struct job *job);	   // WORK_DOWNLOAD
void download_stop_begin(struct job *job); // WORK_DOWNLOAD_STOP

// Calls off what is no longer wanted: the wish was undone, or its show removed.
void download_follow(struct work *work);

#endif
