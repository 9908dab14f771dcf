// SPDX-License-Identifier: GPL-3.0-or-later
//
// A deflated stream with gzip's or zlib's frame (RFC 1952, RFC 1950), told apart by its first byte.
// Two files do it and configure takes one: deflated_isal.c where ISA-L is found, which takes a
// third of zlib's time (unpacking was the largest part of a first refresh), else deflated_zlib.c.
#ifndef HARK_WORK_DEFLATED_H
#define HARK_WORK_DEFLATED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/owned.h"

struct deflated;

enum inflated {
	INFLATED_HUNGRY, // all bytes were used
	INFLATED_FULL,	 // the room was: call again
	INFLATED_ENDED,	 // with its check sum right
	INFLATED_DAMAGED,
};

struct deflated *deflated_new(void);
void deflated_free(struct deflated *deflated);
OWNED_DEFINE(deflated, deflated_free)

// The next LEN bytes, in any cuts; they must stay until they were used.
void deflated_give(struct deflated *deflated, const char *bytes, size_t len);

// Unpacks into ROOM bytes of OUT, *LEN says how many.
enum inflated deflated_take(struct deflated *deflated, char *out, size_t room, size_t *len);

// What was given and stands behind the end.
const char *deflated_left(const struct deflated *deflated, size_t *len);

#endif
