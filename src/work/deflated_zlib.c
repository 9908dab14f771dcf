// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/deflated.h"

#include <glib.h>
#include <zlib.h>

#define WINDOW_ANY (15 + 32) // zlib's word for: gzip or zlib, as it comes
#define GZIP_FIRST 0x1f

struct deflated {
	z_stream stream;
	bool ready, ended;
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

static void
go_on_behind_the_end(struct deflated *deflated)
{
	z_stream *stream = &deflated->stream;

	if (!deflated->ended || !stream->avail_in || *stream->next_in != GZIP_FIRST)
		return;
	inflateReset(stream);
	deflated->ended = false;
}

void
deflated_give(struct deflated *deflated, const char *bytes, size_t len)
{
	deflated->stream.next_in = (Bytef *)bytes;
	deflated->stream.avail_in = (uInt)len;
	go_on_behind_the_end(deflated);
}

enum inflated
deflated_take(struct deflated *deflated, char *out, size_t room, size_t *len)
{
	z_stream *stream = &deflated->stream;

	*len = 0;
	if (deflated->ended)
		return INFLATED_ENDED;
	stream->next_out = (Bytef *)out;
	stream->avail_out = (uInt)room;
	int code = deflated->ready ? inflate(stream, Z_NO_FLUSH) : Z_MEM_ERROR;
	*len = room - stream->avail_out;
	deflated->ended = code == Z_STREAM_END;
	if (code != Z_OK && code != Z_BUF_ERROR && !deflated->ended)
		return INFLATED_DAMAGED;
	bool more = deflated->ended;
	go_on_behind_the_end(deflated);
	if (deflated->ended)
		return INFLATED_ENDED;
	return stream->avail_out && !more ? INFLATED_HUNGRY : INFLATED_FULL;
}
