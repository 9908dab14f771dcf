// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes through the cleaner and libxml2's push parser to the rows. A frame for each open element
// tells what its row is and where its children stand.
#include "base/error.h"
#include "base/i18n.h"
#include "text/feed_private.h"
#include "text/feed_sax.h"

#include <libxml/SAX2.h>
#include <string.h>

enum {
	SLICE_BYTES = 32768,	  // of one push into libxml2
	NO_FEED_BYTES = 1024 * 1024, // so much without a feed's beginning is none
};

// Everything stands in an element of ours, so that junk around the feed does not end it.
static const char wrap_start[] = "<hark>", wrap_end[] = "</hark>";

static void
push_xml(struct feed_parser *parser, const char *text, size_t len)
{
	while (len > 0 && !parser->failed) {
		size_t slice = MIN(len, (size_t)SLICE_BYTES);
		xmlParseChunk(parser->xml, text, (int)slice, 0);
		parser->failed = parser->xml->instate == XML_PARSER_EOF;
		text += slice;
		len -= slice;
	}
}

struct feed_parser *
feed_parser_new(const char *base, const char *content_type)
{
	struct feed_parser *parser = g_new0(struct feed_parser, 1);

	parser->feed = feed_new();
	parser->cleaner = cleaner_new(content_type);
	parser->clean = g_string_new(NULL);
	parser->beside = g_string_new(NULL);
	parser->page = g_string_new(NULL);
	parser->text = g_string_new(NULL);
	parser->base = g_strdup(base);
	parser->frames = g_array_new(FALSE, TRUE, sizeof(struct feed_frame));
	parser->collecting = -1;
	feed_drafts_clear(parser);
	parser->xml = feed_sax_new(parser);
	push_xml(parser, wrap_start, strlen(wrap_start));
	return parser;
}

void
feed_parser_free(struct feed_parser *parser)
{
	if (!parser)
		return;
	xmlFreeParserCtxt(parser->xml);
	for (guint i = 0; i < parser->frames->len; i++)
		g_free(g_array_index(parser->frames, struct feed_frame, i).base);
	g_array_unref(parser->frames);
	feed_drafts_clear(parser);
	cleaner_free(parser->cleaner);
	g_string_free(parser->clean, TRUE);
	g_string_free(parser->beside, TRUE);
	g_string_free(parser->page, TRUE);
	g_string_free(parser->text, TRUE);
	g_free(parser->base);
	g_free(parser->root);
	feed_free(parser->feed);
	g_free(parser);
}

void
feed_warn(struct feed_parser *parser, const char *message)
{
	int line = xmlSAX2GetLineNumber(parser->xml); // the cleaner keeps line ends

	warnings_add(parser->feed->warnings, (unsigned)MAX(line, 1), message);
}

static void
clean_and_push(struct feed_parser *parser, const char *bytes, size_t len, bool last)
{
	if (parser->full || parser->full_page)
		return;
	g_string_truncate(parser->clean, 0);
	g_string_erase(parser->beside, 0, (gssize)(parser->beside_seen - parser->beside_at));
	parser->beside_at = parser->beside_seen;
	cleaner_push(parser->cleaner, bytes, len, last, parser->clean, parser->beside);
	push_xml(parser, parser->clean->str, parser->clean->len);
}

static bool
stop(struct feed_parser *parser, const char *message, GError **error)
{
	feed_warn(parser, message);
	parser->full = true;
	parser->feed->truncated = true;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED, message);
	return false;
}

bool
feed_parser_push(struct feed_parser *parser, const char *bytes, size_t len, GError **error)
{
	if (parser->full) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("the feed is larger than what is read"));
		return false;
	}
	size_t room = (size_t)(FEED_INPUT_BYTES - parser->total_bytes);
	bool over = len > room;
	len = MIN(len, room);
	parser->total_bytes += (gint64)len;
	if (!parser->feed->is_feed && parser->page->len < FEED_PAGE_BYTES)
		g_string_append_len(parser->page, bytes,
		    (gssize)MIN(len, FEED_PAGE_BYTES - parser->page->len));
	clean_and_push(parser, bytes, len, false);
	if (over)
		return stop(parser, _("the feed is larger than 100 MB: the rest is not read"),
		    error);
	if (parser->total_episodes >= FEED_EPISODES)
		return stop(parser, _("more than 200,000 episodes: the rest is not read"), error);
	if (!parser->feed->is_feed && parser->feed->is_html)
		parser->full_page = parser->total_bytes > NO_FEED_BYTES; // its head is enough
	else if (!parser->feed->is_feed && parser->total_bytes > NO_FEED_BYTES)
		return stop(parser, _("this is no feed: a megabyte of it and none begins"), error);
	return true;
}

GPtrArray *
feed_parser_steal_episodes(struct feed_parser *parser)
{
	GPtrArray *stolen = parser->feed->episodes;

	parser->feed->episodes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	return stolen;
}

static const char *
what_instead(const struct feed_parser *parser)
{
	const GString *page = parser->page;
	const char *text = page->str;

	while (g_ascii_isspace(*text))
		text++;
	if (page->len == 0 || (*text == '\0' && text == page->str + page->len))
		return _("this is no feed: it is empty");
	if (parser->feed->is_html)
		return _("this is no feed but a web page");
	if (memchr(page->str, '\0', MIN(page->len, (gsize)4096)))
		return _("this is no feed but binary data");
	if (*text == '{' || *text == '[')
		return _("this is no feed but JSON");
	if (parser->root && g_ascii_strcasecmp(parser->root, "opml") == 0)
		return _("this is no feed but a list of subscriptions (OPML)");
	if (parser->root)
		return _("this is XML, but no feed");
	return _("this is no feed but plain text");
}

static void
set_no_feed(struct feed_parser *parser, GPtrArray **alternates, GError **error)
{
	struct feed *feed = parser->feed;

	if (feed->is_html) {
		g_ptr_array_unref(feed->alternates);
		feed->alternates =
		    feed_page_alternates(parser->page->str, parser->page->len, parser->base);
	}
	int code = feed->alternates->len > 0 ? HARK_ERROR_NOTHING : HARK_ERROR_FAILED;
	g_set_error_literal(error, HARK_ERROR, code, what_instead(parser));
	if (alternates)
		*alternates = g_ptr_array_ref(feed->alternates);
}

struct feed *
feed_parser_finish(struct feed_parser *parser, GPtrArray **alternates, GError **error)
{
	if (alternates)
		*alternates = NULL;
	clean_and_push(parser, "", 0, true);
	push_xml(parser, wrap_end, strlen(wrap_end));
	xmlParseChunk(parser->xml, NULL, 0, 1);
	feed_item_end(parser); // where libxml2 stopped in the middle of one
	if (!parser->feed->is_feed) {
		set_no_feed(parser, alternates, error);
		return NULL;
	}
	feed_show_end(parser);
	struct feed *feed = g_steal_pointer(&parser->feed);
	const GPtrArray *mended = cleaner_warnings(parser->cleaner);
	for (guint i = 0; i < mended->len; i++) {
		const struct warning *warning = mended->pdata[i];
		warnings_add(feed->warnings, warning->line, warning->text);
	}
	feed->encoding = g_strdup(cleaner_encoding(parser->cleaner));
	feed->truncated |= cleaner_is_cut(parser->cleaner) || parser->failed;
	return feed;
}
