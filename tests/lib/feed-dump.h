// SPDX-License-Identifier: GPL-3.0-or-later
//
// Feeds for tests: read at once, and as plain lines, "name: value", for NAME.expect beside NAME.xml
// and for comparing two ways of reading the same bytes.
#ifndef HARK_TESTS_FEED_DUMP_H
#define HARK_TESTS_FEED_DUMP_H

#include <glib.h>

#include "text/feed.h"

// The feed of LEN bytes; BASE and CONTENT_TYPE as of feed_parser_new. The caller's.
struct feed *feed_parse(const char *bytes, size_t len, const char *base, const char *content_type,
    GError **error);

// Appends FEED to OUT. The caller frees both.
void feed_dump(const struct feed *feed, GString *out);

#endif
