// SPDX-License-Identifier: GPL-3.0-or-later
//
// The feed parser: bytes in cuts that the bytes themselves decide; what comes out is UTF-8, and the
// same as of all at once.
#include "fuzz.h"

#include "feed-dump.h"

#include <string.h>

const char *const fuzz_texts[] = {
	"<rss><channel><title>a</title><item><title>b</title>"
	"<enclosure url='c.mp3'/></item></channel></rss>",
	"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div><b>x</b></div>"
	"</content><link rel='enclosure' href='a.mp3'/></entry></feed>",
	"<rss><item>I <3 you & AT&T &nbsp; &#146; <![CDATA[ ]] ]]> "
	"<b c=d e='<'>\xe9\x93</item></rss>",
	"<?xml version='1.0' encoding='shift_jis'?><!DOCTYPE x [<!ENTITY y 'z'>]>"
	"<rss>\x93\xfa</rss>",
	"\xff\xfe<\0r\0s\0s\0>\0",
	"<html><link rel=alternate type=application/rss+xml href=x></html>",
	NULL,
};

const char *const fuzz_folders[] = { "feeds", NULL };

static char *
parse(const char *bytes, size_t len, size_t cut)
{
	OWNED(feed_parser) parser = feed_parser_new("https://example.org/a/feed.xml", NULL);
	GString *out = g_string_new(NULL);
	g_autoptr(GPtrArray) alternates = NULL;
	g_autoptr(GError) error = NULL;

	for (size_t at = 0; at < len; at += cut)
		if (!feed_parser_push(parser, bytes + at, MIN(cut, len - at), NULL))
			break;
	OWNED(feed) feed = feed_parser_finish(parser, &alternates, &error);
	if (feed)
		feed_dump(feed, out);
	else
		g_string_append(out, error->message);
	return g_string_free(out, FALSE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	size_t cut = size ? 1 + (data[0] ^ data[size / 2]) % 97 : 1;
	g_autofree char *whole = parse(bytes, size, MAX(size, 1));
	g_autofree char *pieces = parse(bytes, size, cut);

	g_assert_true(g_utf8_validate(whole, -1, NULL));
	g_assert_cmpstr(whole, ==, pieces);
	return 0;
}
