// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feed as plain lines, "name: value", for tests: NAME.expect beside NAME.xml, and for comparing two
// ways of reading the same bytes.
#ifndef HARK_TESTS_FEED_DUMP_H
#define HARK_TESTS_FEED_DUMP_H

#include <glib.h>

#include "text/feed.h"

// Appends FEED to OUT. The caller frees both.
void feed_dump(const struct feed *feed, GString *out);

#endif
