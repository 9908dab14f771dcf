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

// The frame of what begins: gzip's or zlib's.
static void
begin(struct deflated *deflated)
{
	struct inflate_state *stream = &deflated->stream;

	isal_inflate_reset(stream);
	stream->crc_flag = *stream->next_in == GZIP_FIRST ? ISAL_GZIP : ISAL_ZLIB;
	deflated->begun = true;
}

static bool
has_ended(const struct deflated *deflated)
{
	return deflated->stream.block_state == ISAL_BLOCK_FINISH;
}

static void
go_on_behind_the_end(struct deflated *deflated)
{
	struct inflate_state *stream = &deflated->stream;

	if (has_ended(deflated) && stream->avail_in && *stream->next_in == GZIP_FIRST)
		begin(deflated);
}

void
deflated_give(struct deflated *deflated, const char *bytes, size_t len)
{
	deflated->stream.next_in = (guint8 *)(guintptr)bytes;
	deflated->stream.avail_in = (guint32)len;
	if (!deflated->begun && len)
		begin(deflated);
	go_on_behind_the_end(deflated);
}

enum inflated
deflated_take(struct deflated *deflated, char *out, size_t room, size_t *len)
{
	struct inflate_state *stream = &deflated->stream;

	*len = 0;
	if (has_ended(deflated))
		return INFLATED_ENDED;
	stream->next_out = (guint8 *)out;
	stream->avail_out = (guint32)room;
	int code = isal_inflate(stream);
	*len = room - stream->avail_out;
	if (code < 0)
		return INFLATED_DAMAGED;
	bool more = has_ended(deflated);
	go_on_behind_the_end(deflated);
	if (has_ended(deflated))
		return INFLATED_ENDED;
	return stream->avail_out && !more ? INFLATED_HUNGRY : INFLATED_FULL;
}
