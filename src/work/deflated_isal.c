// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/deflated.h"

#include <glib.h>
#include <isa-l/igzip_lib.h>

#define GZIP_FIRST 0x1f

struct deflated {
	struct inflate_state stream;
	bool begun;
};

struct deflated *
deflated_new(void)
{
	struct deflated *deflated = g_new(struct deflated, 1); // 90 KB, which init leaves alone

	isal_inflate_init(&deflated->stream);
	deflated->begun = false;
	return deflated;
}

void
deflated_free(struct deflated *deflated)
{
	g_free(deflated);
}

void
deflated_give(struct deflated *deflated, const char *bytes, size_t len)
{
	struct inflate_state *stream = &deflated->stream;

	stream->next_in = (guint8 *)(guintptr)bytes;
	stream->avail_in = (guint32)len;
	if (deflated->begun || !len)
		return;
	deflated->begun = true;
	stream->crc_flag = *stream->next_in == GZIP_FIRST ? ISAL_GZIP : ISAL_ZLIB;
}

enum inflated
deflated_take(struct deflated *deflated, char *out, size_t room, size_t *len)
{
	struct inflate_state *stream = &deflated->stream;

	stream->next_out = (guint8 *)out;
	stream->avail_out = (guint32)room;
	int code = isal_inflate(stream);
	*len = room - stream->avail_out;
	if (code < 0)
		return INFLATED_DAMAGED;
	if (stream->block_state == ISAL_BLOCK_FINISH)
		return INFLATED_ENDED;
	return stream->avail_out ? INFLATED_HUNGRY : INFLATED_FULL;
}

const char *
deflated_left(const struct deflated *deflated, size_t *len)
{
	*len = deflated->stream.avail_in;
	return (const char *)deflated->stream.next_in;
}
