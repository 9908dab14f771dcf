// SPDX-License-Identifier: GPL-3.0-or-later
//
// Atom: links that mean by their relation, texts of three types.
#include "text/feed_private.h"

#include <string.h>

// A feed without Atom's namespace: its plain names are Atom's from here on.
void
start_plain_feed(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	feed_is_feed(parser, row, attributes);
	parser->plain_is_atom = true;
	memset(parser->names, 0, sizeof(parser->names));
}

// RFC 4287, 4.1.3.3: a medium that is neither text nor XML is in base64.
static bool
is_packed(const char *type)
{
	return type && strchr(type, '/') && !g_str_has_prefix(type, "text/") &&
	    !strstr(type, "xml");
}

void
start_atom_text(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *type = feed_attribute(attributes, "type");
	g_autofree char *mode = feed_attribute(attributes, "mode"); // Atom 0.3

	parser->base64 = mode ? g_ascii_strcasecmp(mode, "base64") == 0 : is_packed(type);
	if (mode && g_ascii_strcasecmp(mode, "escaped") == 0)
		return;
	parser->escape = type && (g_ascii_strcasecmp(type, "xhtml") == 0 ||
	    g_ascii_strcasecmp(type, "application/xhtml+xml") == 0);
}

static bool
is_page(const char *type)
{
	return !type || g_str_has_prefix(type, "text/html") ||
	    g_str_has_prefix(type, "application/xhtml+xml");
}

void
start_show_link(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *rel = feed_attribute(attributes, "rel");
	g_autofree char *type = feed_attribute(attributes, "type");
	g_autofree char *url = feed_attribute_url(parser, attributes, "href");
	const char *relation = rel ? rel : "alternate";

	if (!url)
		return;
	if (strcmp(relation, "alternate") == 0 && is_page(type) && !parser->show.atom_link)
		parser->show.atom_link = g_steal_pointer(&url);
	else if (strcmp(relation, "self") == 0 && !parser->feed->feed_url)
		parser->feed->feed_url = g_steal_pointer(&url);
	else if ((strcmp(relation, "next") == 0 || strcmp(relation, "prev-archive") == 0) &&
	    !parser->feed->next_page)
		parser->feed->next_page = g_steal_pointer(&url);
	else if (strcmp(relation, "payment") == 0)
		feed_funding_add(parser, g_steal_pointer(&url),
		    feed_attribute_line(attributes, "title"));
}

void
start_item_link(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *rel = feed_attribute(attributes, "rel");
	g_autofree char *type = feed_attribute_line(attributes, "type");
	g_autofree char *length = feed_attribute(attributes, "length");
	g_autofree char *url = feed_attribute_url(parser, attributes, "href");
	const char *relation = rel ? rel : "alternate";

	if (!url)
		return;
	if (strcmp(relation, "enclosure") == 0)
		feed_enclosure_add(parser->item.episode->enclosures, g_steal_pointer(&url),
		    g_steal_pointer(&type), length);
	else if (strcmp(relation, "alternate") == 0 && is_page(type) && !parser->item.got.atom_link)
		parser->item.got.atom_link = g_steal_pointer(&url);
}

void
start_atom_category(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	char *label = feed_attribute_line(attributes, "label");

	feed_add_category(parser, label ? label : feed_attribute_line(attributes, "term"));
}
