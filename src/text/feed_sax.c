// SPDX-License-Identifier: GPL-3.0-or-later
//
// libxml2's events become calls of rows: which row an element has, whose text is collected, and how
// markup inside of notes is written out again.
#include "text/feed_sax.h"

#include "base/i18n.h"

#include <string.h>

enum { FAULTS_MAX = 20 }; // of libxml2, that are kept

static struct feed_frame *
frame_at(struct feed_parser *parser, guint index)
{
	return &g_array_index(parser->frames, struct feed_frame, index);
}

static unsigned
place_now(const struct feed_parser *parser)
{
	guint depth = parser->frames->len;
	unsigned place = depth
	    ? g_array_index(parser->frames, struct feed_frame, depth - 1).place : AT_TOP;

	// An episode may have ended before its element did.
	return place & (AT_EPISODE | AT_CREATOR | AT_CHAPTERS) && !parser->item.episode
	    ? AT_SHOW : place;
}

const char *
feed_base(const struct feed_parser *parser)
{
	for (guint i = parser->frames->len; i-- > 0;) {
		const struct feed_frame *frame =
		    &g_array_index(parser->frames, struct feed_frame, i);
		if (frame->base)
			return frame->base;
	}
	return parser->base;
}

static void
append_text(struct feed_parser *parser, const char *text, size_t len)
{
	size_t room = FEED_TEXT_BYTES - MIN(parser->text->len, (size_t)FEED_TEXT_BYTES);

	if (len > room) {
		feed_warn(parser, _("a text of more than 4 MB is cut"));
		len = room;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--; // not within a character
	}
	g_string_append_len(parser->text, text, (gssize)len);
}

static void
append_escaped(struct feed_parser *parser, const char *text, size_t len, bool attribute)
{
	const char *end = text + len;

	while (text < end) {
		const char *stop = text;
		while (stop < end && *stop != '<' && *stop != '&' && *stop != '>' &&
		    !(attribute && *stop == '"'))
			stop++;
		append_text(parser, text, (size_t)(stop - text));
		if (stop == end)
			return;
		const char *escaped = *stop == '<' ? "&lt;" : *stop == '&' ? "&amp;" :
		    *stop == '>'			   ? "&gt;" : "&quot;";
		append_text(parser, escaped, strlen(escaped));
		text = stop + 1;
	}
}

// libxml2 leaves "&#38;" for an "&" in the attributes that it hands out.
static char *
attribute_value(const xmlChar *start, const xmlChar *end)
{
	char *value = g_strndup((const char *)start, (gsize)(end - start));
	char *to = strchr(value, '&');

	if (!to)
		return value;
	for (const char *p = to; *p; p++) {
		*to++ = *p;
		if (strncmp(p, "&#38;", 5) == 0)
			p += 4;
	}
	*to = '\0';
	return value;
}

static const xmlChar **
find_attribute(const struct feed_attributes *attributes, const char *prefix, const char *name)
{
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **attribute = attributes->list + (ptrdiff_t)5 * i;
		const char *has = (const char *)attribute[1];
		bool fits = prefix ? has && strcmp(has, prefix) == 0 : !has;
		if (fits && g_ascii_strcasecmp((const char *)attribute[0], name) == 0)
			return attribute;
	}
	return NULL;
}

char *
feed_attribute_of(const struct feed_attributes *attributes, const char *prefix, const char *name)
{
	const xmlChar **attribute = find_attribute(attributes, prefix, name);

	if (!attribute)
		return NULL;
	g_autofree char *value = attribute_value(attribute[3], attribute[4]);
	g_strstrip(value);
	return *value ? g_steal_pointer(&value) : NULL;
}

char *
feed_attribute(const struct feed_attributes *attributes, const char *name)
{
	return feed_attribute_of(attributes, NULL, name);
}

char *
feed_attribute_line(const struct feed_attributes *attributes, const char *name)
{
	g_autofree char *value = feed_attribute(attributes, name);

	return value ? feed_line(value, strlen(value), FEED_TITLE_CHARS) : NULL;
}

char *
feed_attribute_url(const struct feed_parser *parser, const struct feed_attributes *attributes,
    const char *name)
{
	g_autofree char *value = feed_attribute(attributes, name);

	return value ? feed_resolve(feed_base(parser), value) : NULL;
}

// What is no text in base64 stays as it came.
static void
unpack_text(struct feed_parser *parser)
{
	gsize len;
	g_autofree guchar *bytes = g_base64_decode(parser->text->str, &len);

	parser->base64 = false;
	if (len == 0 || !g_utf8_validate((char *)bytes, (gssize)len, NULL))
		return;
	g_string_truncate(parser->text, 0);
	for (gsize i = 0; i < len; i++) // the cleaner has not seen these
		if (!g_ascii_iscntrl(bytes[i]) || g_ascii_isspace(bytes[i]))
			g_string_append_c(parser->text, (char)bytes[i]);
}

// The end of the element whose frame is at INDEX: its row gets the text, once.
static void
end_frame(struct feed_parser *parser, guint index)
{
	struct feed_frame *frame = frame_at(parser, index);
	const struct feed_row *row = frame->row;

	if (frame->ended || !row)
		return;
	frame->ended = true;
	bool collected = parser->collecting == (int)index;
	if (collected)
		parser->collecting = -1;
	if (collected && parser->base64)
		unpack_text(parser);
	if (collected && row->text == TEXT_MARKUP && feed_base(parser) != parser->base)
		feed_resolve_links(parser->text, feed_base(parser)); // xml:base is not kept
	if (!row->end)
		return;
	if (row->text == TEXT_NONE)
		row->end(parser, row, "", 0);
	else if (collected)
		row->end(parser, row, parser->text->str, parser->text->len);
}

static void
write_tag(struct feed_parser *parser, const xmlChar *local, const xmlChar *prefix, bool is_end)
{
	append_text(parser, is_end ? "</" : "<", is_end ? 2 : 1);
	if (prefix && strcmp((const char *)prefix, "xhtml") != 0) {
		append_text(parser, (const char *)prefix, strlen((const char *)prefix));
		append_text(parser, ":", 1);
	}
	append_text(parser, (const char *)local, strlen((const char *)local));
}

static void
write_start(struct feed_parser *parser, const xmlChar *local, const xmlChar *prefix,
    const struct feed_attributes *attributes)
{
	write_tag(parser, local, prefix, false);
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **attribute = attributes->list + (ptrdiff_t)5 * i;
		if (attribute[1])
			continue;
		g_autofree char *value = attribute_value(attribute[3], attribute[4]);
		append_text(parser, " ", 1);
		append_text(parser, (const char *)attribute[0], strlen((const char *)attribute[0]));
		append_text(parser, "=\"", 2);
		append_escaped(parser, value, strlen(value), true);
		append_text(parser, "\"", 1);
	}
	append_text(parser, ">", 1);
}

// An xhtml text is one div, which is not part of it.
static bool
is_wrapper(const struct feed_parser *parser, const xmlChar *local, guint index)
{
	return parser->escape && (int)index == parser->collecting + 1 &&
	    strcmp((const char *)local, "div") == 0;
}

static bool
is_empty_tag(const xmlChar *local)
{
	return strcmp((const char *)local, "br") == 0 || strcmp((const char *)local, "img") == 0 ||
	    strcmp((const char *)local, "hr") == 0;
}

// A start tag while text is collected. A known element ends a text whose end tag is missing; else
// the tag belongs to the text. Gives whether it does.
static bool
belongs_to_text(struct feed_parser *parser, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
	guint collecting = (guint)parser->collecting;
	unsigned place = collecting > 0 ? frame_at(parser, collecting - 1)->place : AT_TOP;
	const struct feed_row *row = feed_row_find(parser, local, prefix, uri, place);
	const struct feed_row *own = frame_at(parser, collecting)->row;
	bool markup = parser->kind == TEXT_MARKUP;

	if (!row || (markup && (parser->escape || row->html_name)) || feed_row_same_name(row, own))
		return true;
	end_frame(parser, collecting);
	for (guint i = collecting; i < parser->frames->len; i++)
		frame_at(parser, i)->place = place;
	return false;
}

static void
on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int ns_count,
    const xmlChar **namespaces, int count, int defaulted, const xmlChar **list)
{
	struct feed_parser *parser = data;
	struct feed_attributes attributes = { list, count };
	struct feed_frame frame = { .place = AT_IGNORED };
	guint index = parser->frames->len;

	if (parser->collecting >= 0 && belongs_to_text(parser, local, prefix, uri)) {
		if (parser->kind == TEXT_MARKUP && !is_wrapper(parser, local, index))
			write_start(parser, local, prefix, &attributes);
		frame.ended = true;
		g_array_append_val(parser->frames, frame);
		return;
	}
	unsigned place = place_now(parser);
	const struct feed_row *row = feed_row_find(parser, local, prefix, uri, place);
	if (!row && (place & AT_TOP)) {
		frame.place = AT_TOP;
		if (!parser->root && index > 0)
			parser->root = g_strdup((const char *)local);
		if (strcasecmp((const char *)local, "html") == 0)
			parser->feed->is_html = true;
	}
	if (row)
		frame.place = row->opens == AT_SAME ? place : row->opens;
	frame.row = row;
	const xmlChar **base = count ? find_attribute(&attributes, "xml", "base") : NULL;
	if (base) {
		g_autofree char *value = attribute_value(base[3], base[4]);
		frame.base = feed_resolve(feed_base(parser), value);
	}
	g_array_append_val(parser->frames, frame);
	if (!row)
		return;
	parser->escape = parser->base64 = false;
	if (row->text != TEXT_NONE) {
		parser->collecting = (int)index;
		parser->kind = row->text;
		g_string_truncate(parser->text, 0);
	}
	if (row->start)
		row->start(parser, row, &attributes);
}

static void
on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct feed_parser *parser = data;
	guint index = parser->frames->len - 1;

	if (parser->frames->len == 0)
		return;
	if (parser->collecting >= 0 && (int)index > parser->collecting) {
		if (parser->kind == TEXT_MARKUP && !is_wrapper(parser, local, index) &&
		    !is_empty_tag(local)) {
			write_tag(parser, local, prefix, true);
			append_text(parser, ">", 1);
		}
	} else {
		end_frame(parser, index);
	}
	g_free(frame_at(parser, index)->base);
	g_array_set_size(parser->frames, index);
}

static void
on_text(void *data, const xmlChar *text, int len)
{
	struct feed_parser *parser = data;

	if (parser->collecting < 0)
		return;
	bool inside = parser->frames->len > (guint)parser->collecting + 1;
	if (parser->kind == TEXT_MARKUP && (parser->escape || inside))
		append_escaped(parser, (const char *)text, (size_t)len, false);
	else
		append_text(parser, (const char *)text, (size_t)len);
}

// The place of a text (text/clean.h).
static void
on_mark(void *data, const xmlChar *target, const xmlChar *place)
{
	struct feed_parser *parser = data;
	char *behind;
	guint64 at = g_ascii_strtoull((const char *)place, &behind, 10);
	guint64 len = g_ascii_strtoull(behind, NULL, 10);

	at -= (guint64)parser->beside_at;
	g_assert(at <= parser->beside->len && len <= parser->beside->len - at);
	on_text(parser, (xmlChar *)parser->beside->str + at, (int)len);
	parser->beside_seen = parser->beside_at + (gint64)(at + len);
}

static void
on_error(void *data, xmlErrorPtr failure)
{
	struct feed_parser *parser = data;

	if (failure->domain == XML_FROM_NAMESPACE || !failure->message ||
	    parser->xml_faults == FAULTS_MAX)
		return;
	g_autofree char *text = feed_line(failure->message, strlen(failure->message), 200);
	if (text)
		warnings_add(parser->feed->warnings, (unsigned)MAX(failure->line, 1), text);
	parser->xml_faults++;
}

xmlParserCtxtPtr
feed_sax_new(struct feed_parser *parser)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.processingInstruction = on_mark,
		.serror = on_error,
	};
	xmlParserCtxtPtr xml = xmlCreatePushParserCtxt(&sax, parser, NULL, 0, NULL);

	g_assert(xml); // NULL only without memory
	xmlCtxtUseOptions(xml,
	    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC);
	return xml;
}
