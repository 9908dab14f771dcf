// SPDX-License-Identifier: GPL-3.0-or-later
//
// The small documents that a feed offers beside an episode: transcripts and chapters. The best
// offer is asked first, the next one where it fails; where all fail the episode keeps the sentence.
#ifndef HARK_WORK_FETCH_H
#define HARK_WORK_FETCH_H

#include "work/job.h"

void fetch_begin(struct job *job); // WORK_TRANSCRIPT, WORK_CHAPTERS

#endif
