// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/deflated.h"

#include <glib.h>
#include <zlib.h>

#define WINDOW_ANY (15 + 32) // zlib's word for: gzip or zlib, as it comes

struct deflated {
	z_stream stream;
	bool ready;
};

struct deflated *
deflated_new(void)
{
	struct deflated *deflated = g_new0(struct deflated, 1);

	deflated->ready = inflateInit2(&deflated->stream, WINDOW_ANY) == Z_OK;
	return deflated;
}

void
deflated_free(struct deflated *deflated)
{
	if (!deflated)
		return;
	if (deflated->ready)
		inflateEnd(&deflated->stream);
	g_free(deflated);
}

void
deflated_give(struct deflated *deflated, const char *bytes, size_t len)
{
	deflated->stream.next_in = (Bytef *)bytes;
	deflated->stream.avail_in = (uInt)len;
}

enum inflated
deflated_take(struct deflated *deflated, char *out, size_t room, size_t *len)
{
	z_stream *stream = &deflated->stream;

	stream->next_out = (Bytef *)out;
	stream->avail_out = (uInt)room;
	int code = deflated->ready ? inflate(stream, Z_NO_FLUSH) : Z_MEM_ERROR;
	*len = room - stream->avail_out;
	if (code == Z_STREAM_END)
		return INFLATED_ENDED;
	if (code != Z_OK && code != Z_BUF_ERROR)
		return INFLATED_DAMAGED;
	return stream->avail_out ? INFLATED_HUNGRY : INFLATED_FULL;
}

const char *
deflated_left(const struct deflated *deflated, size_t *len)
{
	*len = deflated->stream.avail_in;
	return (const char *)deflated->stream.next_in;
}
