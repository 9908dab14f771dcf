// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies as servers pack them (Content-Encoding, RFC 9110 section 8.4.1), unpacked by whoever reads
// them and not by libcurl, which would do it in the worker's thread.
#ifndef HARK_WORK_UNPACK_H
#define HARK_WORK_UNPACK_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct unpack;

// What is asked for (Accept-Encoding).
#define UNPACK_ACCEPT "gzip"

// ENCODING as the server names it; NULL: not packed. What is unknown fails with the first bytes.
struct unpack *unpack_new(const char *encoding);
void unpack_free(struct unpack *unpack);
OWNED_DEFINE(unpack, unpack_free)

// Unpacks LEN bytes, in any cuts, and hands them to TAKE in blocks of at most UNPACK_BLOCK_BYTES;
// false of TAKE ends that, and is the answer.
enum { UNPACK_BLOCK_BYTES = 65536 };
typedef bool unpack_take(void *user, const char *bytes, size_t len, GError **error);
bool unpack_push(struct unpack *unpack, const char *bytes, size_t len, unpack_take *take,
    void *user, GError **error);

// After the last bytes: whether what was packed came to its end.
bool unpack_end(const struct unpack *unpack, GError **error);

#endif
