// SPDX-License-Identifier: GPL-3.0-or-later
//
// The older pages of a feed (RFC 5005 sections 3 and 4), one after the other, into its show. What
// they bring is no news.
#ifndef HARK_WORK_PAGES_H
#define HARK_WORK_PAGES_H

#include "store/shows.h"
#include "work/job.h"

struct pages;

// Reads from URL on, which SHOW's feed (borrowed until the end) named; at most 500 pages, none
// twice. DONE is called once, never from inside: how many episodes came, and ERROR (borrowed) why
// it ended early. The pages are freed by their owner, after DONE or where the worker stops.
struct pages *pages_begin(struct work *work, const struct show *show, const char *url,
    void (*done)(void *user, int added, const GError *error), void *user);
void pages_free(struct pages *pages);
OWNED_DEFINE(pages, pages_free)

#endif
