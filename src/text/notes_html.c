// SPDX-License-Identifier: GPL-3.0-or-later
//
// HTML show notes through libxml2's SAX parser. Two habits of that parser are kept in bounds: it
// compares each end tag with every open one, so it is begun anew where tags are nested too deep;
// and it compares each attribute with every other of its tag, so tags of absurd length lose theirs.
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

#include "text/notes_build.h"
#include "text/transcript_read.h"

enum { NESTING_MAX = 300, TAG_MAX_BYTES = 4096, LIST_MAX = 16 };

enum role {
	BLOCK,
	HEADING,
	LIST,
	ORDERED,
	ITEM,
	QUOTE,
	CODE,
	ROW,
	CELL,
	BREAK,
	RULE,
	STYLED,
	ANCHOR,
	SKIP,
	FRAME,
	TALK
};

struct tag {
	const char *name;
	enum role role;
	unsigned style; // STYLED: what it adds; HEADING and TALK: its level
};

// Sorted by name: looked up by bsearch.
static const struct tag tags[] = {
    {"a", ANCHOR},
    {"address", BLOCK},
    {"article", BLOCK},
    {"aside", BLOCK},
    {"b", STYLED, NOTE_BOLD},
    {"blockquote", QUOTE},
    {"body", BLOCK},
    {"br", BREAK},
    {"center", BLOCK},
    {"cite", TALK, TALK_CITE},
    {"code", STYLED, NOTE_MONO},
    {"dd", BLOCK},
    {"details", BLOCK},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"em", STYLED, NOTE_ITALIC},
    {"figcaption", BLOCK},
    {"figure", BLOCK},
    {"footer", FRAME},
    {"form", BLOCK},
    {"h1", HEADING, 1},
    {"h2", HEADING, 2},
    {"h3", HEADING, 3},
    {"h4", HEADING, 4},
    {"h5", HEADING, 5},
    {"h6", HEADING, 6},
    {"head", SKIP},
    {"header", FRAME},
    {"hr", RULE},
    {"i", STYLED, NOTE_ITALIC},
    {"iframe", SKIP},
    {"kbd", STYLED, NOTE_MONO},
    {"li", ITEM},
    {"main", BLOCK},
    {"nav", FRAME},
    {"noscript", SKIP},
    {"object", SKIP},
    {"ol", ORDERED},
    {"p", BLOCK},
    {"pre", CODE},
    {"samp", STYLED, NOTE_MONO},
    {"script", SKIP},
    {"section", BLOCK},
    {"strong", STYLED, NOTE_BOLD},
    {"style", SKIP},
    {"summary", BLOCK},
    {"svg", SKIP},
    {"table", BLOCK},
    {"td", CELL},
    {"template", SKIP},
    {"textarea", SKIP},
    {"th", CELL},
    {"time", TALK, TALK_TIME},
    {"title", SKIP},
    {"tr", ROW},
    {"tt", STYLED, NOTE_MONO},
    {"ul", LIST},
};

// Any of these in plain text does not yet make it HTML, unlike the ones above.
static const char *const inline_names[] = {"span", "font", "img", "u", "s", "small", "big", "sub",
    "sup", "mark", "html", "tbody", "thead", "video", "audio", "source", "wbr", "strike"};

struct reader {
	struct notes_builder *build;
	htmlParserCtxtPtr parser;
	int skip; // open elements whose text is not shown
	int bold, italic, mono;
	int lists;	    // open lists; the numbers of the outer ones
	int next[LIST_MAX]; // number of the list's next item, 0 bullets
	int quotes;
	bool pre;
	bool item_open; // an item began and holds no text: its first paragraph is the item
	size_t stopped_at; // bytes: where nesting went too deep; 0 not
};

static int
compare_tag(const void *key, const void *row)
{
	return strcmp(key, ((const struct tag *)row)->name);
}

static const struct tag *
tag_find(const char *name)
{
	return bsearch(name, tags, G_N_ELEMENTS(tags), sizeof(tags[0]), compare_tag);
}

static bool
is_tag_name(const char *name)
{
	if (tag_find(name))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(inline_names); i++)
		if (strcmp(name, inline_names[i]) == 0)
			return true;
	return false;
}

bool
notes_is_html(const char *source, size_t len)
{
	const char *end = source + len;

	for (const char *p = source; (p = memchr(p, '<', end - p)); p++) {
		char name[12];
		size_t n = 0;
		const char *q = p + 1;

		if (q < end && *q == '/')
			q++;
		while (q < end && n + 1 < sizeof(name) && g_ascii_isalnum(*q))
			name[n++] = g_ascii_tolower(*q++);
		name[n] = '\0';
		if (n > 0 && q < end && strchr(" \t\r\n/>", *q) && is_tag_name(name))
			return true;
		if (end - p > 4 && strncmp(p, "<!--", 4) == 0)
			return true;
	}
	return false;
}

static void
set_style(struct reader *reader)
{
	reader->build->style =
	    (reader->bold > 0 ? NOTE_BOLD : 0) | (reader->italic > 0 ? NOTE_ITALIC : 0) |
	    (reader->mono > 0 ? NOTE_MONO : 0) | (reader->build->link > 0 ? NOTE_LINK : 0);
}

static int *
style_counter(struct reader *reader, unsigned style)
{
	return style == NOTE_BOLD     ? &reader->bold
	       : style == NOTE_ITALIC ? &reader->italic
				      : &reader->mono;
}

static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes && attributes[0]; attributes += 2)
		if (strcmp((const char *)attributes[0], name) == 0)
			return (const char *)attributes[1];
	return NULL;
}

static void
begin_plain(struct reader *reader)
{
	if (reader->item_open && build_is_empty(reader->build))
		return;
	reader->item_open = false;
	build_block(reader->build,
	    reader->pre		 ? NOTE_CODE
	    : reader->quotes > 0 ? NOTE_QUOTE
				 : NOTE_PARAGRAPH,
	    reader->quotes > 0 ? reader->quotes - 1 : reader->lists, 0, 0);
}

static void
begin_list(struct reader *reader, bool ordered, const char *start)
{
	reader->item_open = false;
	begin_plain(reader);
	if (reader->lists < LIST_MAX)
		reader->next[reader->lists] =
		    ordered ? CLAMP(start ? atoi(start) : 1, 1, 99999) : 0;
	reader->lists++;
}

static void
begin_item(struct reader *reader, const char *value)
{
	int level = CLAMP(reader->lists - 1, 0, LIST_MAX - 1);
	int number = reader->lists > 0 ? reader->next[level] : 0;

	if (number > 0 && value && atoi(value) > 0)
		number = MIN(atoi(value), 99999);
	if (number > 0)
		reader->next[level] = number + 1;
	build_block(reader->build, NOTE_ITEM, level, number, 0);
	reader->item_open = true;
}

// A transcript's page has menus around it; notes have none.
static bool
is_skipped(const struct reader *reader, const struct tag *tag)
{
	return tag->role == SKIP || (tag->role == FRAME && reader->build->talk);
}

static void
start_element(void *data, const xmlChar *name, const xmlChar **attributes)
{
	struct reader *reader = data;
	struct notes_builder *build = reader->build;
	const struct tag *tag = tag_find((const char *)name);

	if (reader->parser->nameNr > NESTING_MAX && reader->stopped_at == 0) {
		const xmlParserInput *input = reader->parser->input;

		reader->stopped_at = input->consumed + (input->cur - input->base);
		xmlStopParser(reader->parser);
	}
	if (!tag)
		return;
	if (is_skipped(reader, tag))
		reader->skip++;
	if (reader->skip > 0)
		return;
	switch (tag->role) {
	case BLOCK:
	case FRAME:
		begin_plain(reader);
		break;
	case TALK:
		if (build->talk)
			build_block(build, NOTE_HEADING, 0, 0, (int)tag->style);
		else if (tag->style == TALK_CITE)
			reader->italic++;
		break;
	case HEADING:
		reader->item_open = false;
		build_block(build, NOTE_HEADING, 0, 0, (int)tag->style);
		break;
	case LIST:
	case ORDERED:
		begin_list(reader, tag->role == ORDERED, attribute(attributes, "start"));
		break;
	case ITEM:
		begin_item(reader, attribute(attributes, "value"));
		break;
	case QUOTE:
		reader->item_open = false;
		reader->quotes++;
		begin_plain(reader);
		break;
	case CODE:
		reader->item_open = false;
		reader->pre = true;
		begin_plain(reader);
		break;
	case ROW:
		build_block(build, NOTE_ROW, 0, 0, 0);
		break;
	case CELL:
		if (build->kind == NOTE_ROW && !build_is_empty(build) &&
		    build->text->str[build->text->len - 1] != '|')
			build_text(build, " | ", 3);
		break;
	case BREAK:
		build_break(build);
		break;
	case RULE:
		build_rule(build);
		break;
	case STYLED:
		++*style_counter(reader, tag->style);
		break;
	case ANCHOR: {
		const char *href = attribute(attributes, "href");

		build->link =
		    href && href[0] && href[0] != '#' ? build_link(build, href, strlen(href)) : 0;
		break;
	}
	case SKIP:
		break;
	}
	set_style(reader);
}

static void
end_element(void *data, const xmlChar *name)
{
	struct reader *reader = data;
	struct notes_builder *build = reader->build;
	const struct tag *tag = tag_find((const char *)name);

	if (!tag)
		return;
	if (is_skipped(reader, tag)) {
		reader->skip = MAX(0, reader->skip - 1);
		return;
	}
	if (reader->skip > 0)
		return;
	switch (tag->role) {
	case LIST:
	case ORDERED:
		reader->lists = MAX(0, reader->lists - 1);
		reader->item_open = false;
		begin_plain(reader);
		break;
	case QUOTE:
		reader->quotes = MAX(0, reader->quotes - 1);
		begin_plain(reader);
		break;
	case CODE:
		reader->pre = false;
		begin_plain(reader);
		break;
	case TALK:
		if (build->talk)
			begin_plain(reader);
		else if (tag->style == TALK_CITE)
			reader->italic = MAX(0, reader->italic - 1);
		break;
	case BLOCK:
	case FRAME:
	case HEADING:
	case ITEM:
	case ROW:
		reader->item_open = reader->item_open && tag->role != ITEM;
		begin_plain(reader);
		break;
	case STYLED: {
		int *counter = style_counter(reader, tag->style);

		*counter = MAX(0, *counter - 1);
		break;
	}
	case ANCHOR:
		build->link = 0;
		break;
	default:
		break;
	}
	set_style(reader);
}

static void
characters(void *data, const xmlChar *bytes, int len)
{
	struct reader *reader = data;

	if (reader->skip == 0)
		build_text(reader->build, (const char *)bytes, len);
}

// SOURCE without the attributes of absurdly long tags and without NUL.
static char *
bounded_copy(const char *source, size_t len, size_t *out_len)
{
	char *copy = g_malloc(len + 1);
	const char *end = source + len;
	size_t n = 0;

	for (const char *p = source; p < end;) {
		const char *tag = memchr(p, '<', end - p);
		const char *stop = tag ? tag : end;

		memcpy(copy + n, p, stop - p);
		n += stop - p;
		p = stop;
		if (!tag)
			break;
		const char *close = memchr(p, '>', MIN(end - p, TAG_MAX_BYTES));

		if (close || end - p <= TAG_MAX_BYTES || !g_ascii_isalpha(p[1])) {
			copy[n++] = *p++;
			continue;
		}
		while (p < end && !strchr(" \t\r\n", *p) && p - tag < 16)
			copy[n++] = *p++;
		p = memchr(p, '>', end - p);
		if (!p)
			break;
	}
	for (size_t i = 0; i < n; i++)
		if (copy[i] == '\0')
			copy[i] = ' ';
	copy[n] = '\0';
	*out_len = n;
	return copy;
}

// Reads as far as the nesting allows; gives how far that was.
static size_t
parse_from(struct reader *reader, const char *bytes, size_t len)
{
	htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(bytes, (int)len);

	if (!parser)
		return len;
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
				       HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED |
				       HTML_PARSE_IGNORE_ENC);
	parser->charset = XML_CHAR_ENCODING_UTF8;
	*parser->sax = (xmlSAXHandler){
	    .startElement = start_element,
	    .endElement = end_element,
	    .characters = characters,
	    .ignorableWhitespace = characters,
	};
	parser->userData = reader;
	reader->parser = parser;
	reader->stopped_at = 0;
	reader->bold = reader->italic = reader->mono = reader->skip = 0;
	reader->build->link = 0;
	set_style(reader);
	htmlParseDocument(parser);
	xmlFreeDoc(parser->myDoc);
	parser->myDoc = NULL;
	htmlFreeParserCtxt(parser);
	return reader->stopped_at > 0 ? reader->stopped_at : len;
}

static bool
has_block_tags(const char *source, size_t len)
{
	static const char *const names[] = {"<p", "<br", "<div", "<li", "<h1", "<h2", "<h3", "<tr"};

	for (const char *p = source, *end = source + len; (p = memchr(p, '<', end - p)); p++)
		for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
			size_t n = strlen(names[i]);

			if ((size_t)(end - p) > n && g_ascii_strncasecmp(p, names[i], n) == 0 &&
			    !g_ascii_isalnum(p[n]))
				return true;
		}
	return false;
}

void
notes_read_html(struct notes_builder *build, const char *source, size_t len)
{
	size_t size;
	g_autofree char *bytes = bounded_copy(source, len, &size);
	struct reader reader = {.build = build};

	build->lines = !has_block_tags(bytes, size);
	for (size_t at = 0; at < size;) {
		at += parse_from(&reader, bytes + at, size - at);
		// The tag where it was stopped is read but for its end.
		if (at < size && bytes[at] == '>')
			at++;
	}
	build->lines = false;
}
