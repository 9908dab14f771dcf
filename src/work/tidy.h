// SPDX-License-Identifier: GPL-3.0-or-later
//
// A thread that moves the write-ahead log into the database while the worker goes on writing: what
// it waits for is the disk. It has a connection of its own.
#ifndef HARK_WORK_TIDY_H
#define HARK_WORK_TIDY_H

#include "base/owned.h"

struct tidy;

// PATH of the database, borrowed. The thread is started with the first wish.
struct tidy *tidy_new(const char *path);
void tidy_free(struct tidy *tidy); // joins, when what is under way is done
OWNED_DEFINE(tidy, tidy_free)

// Never blocks; one wish at a time is enough.
void tidy_wish(struct tidy *tidy);

#endif
