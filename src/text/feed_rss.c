// SPDX-License-Identifier: GPL-3.0-or-later
//
// What RSS's elements do, and what many rows share: a line, a text, an address into a draft's
// field.
#include "text/feed_private.h"

#include <libxml/SAX2.h>
#include <string.h>

static char **
show_field(struct feed_parser *parser, const struct feed_row *row)
{
	return (char **)((char *)&parser->show + row->field);
}

static char **
item_field(struct feed_parser *parser, const struct feed_row *row)
{
	return (char **)((char *)&parser->item + row->field);
}

// The first that says something stays.
static void
set_once(char **field, char *take_value)
{
	if (*field)
		g_free(take_value);
	else
		*field = take_value;
}

static char *
trimmed(const char *text, size_t len)
{
	while (len > 0 && g_ascii_isspace(*text)) {
		text++;
		len--;
	}
	while (len > 0 && g_ascii_isspace(text[len - 1]))
		len--;
	return len > 0 ? g_strndup(text, len) : NULL;
}

void
feed_is_feed(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	if (!parser->feed->is_feed)
		parser->feed_line = (unsigned)xmlSAX2GetLineNumber(parser->xml);
	parser->feed->is_feed = true;
	set_once(&parser->show.xml_language, feed_attribute_of(attributes, "xml", "lang"));
	g_string_free(parser->page, TRUE); // it is no web page
	parser->page = g_string_new(NULL);
}

void
start_item(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	if (row->ns == NS_ATOM && !parser->feed->is_feed) // one entry alone
		feed_is_feed(parser, row, attributes);
	feed_item_end(parser);
	feed_item_begin(parser);
	parser->item.got.about = feed_attribute_of(attributes, "rdf", "about");
}

void
end_item(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	feed_item_end(parser);
}

void
end_show_line(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(show_field(parser, row), feed_line(text, len, FEED_LINE_CHARS));
}

void
end_show_title(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(show_field(parser, row), feed_title_line(text, len));
}

void
end_show_text(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(show_field(parser, row), trimmed(text, len));
}

void
end_show_url(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(show_field(parser, row), feed_resolve(feed_base(parser), text));
}

void
end_show_author(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	set_once(show_field(parser, row), feed_author_name(text, len));
}

void
end_show_category(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	char *category = feed_title_line(text, len);

	feed_add_category(parser, category);
}

void
feed_add_category(struct feed_parser *parser, char *take_category)
{
	GPtrArray *categories = parser->feed->categories;
	bool known = !take_category || categories->len >= FEED_LIST;

	for (guint i = 0; i < categories->len && !known; i++)
		known = strcmp(categories->pdata[i], take_category) == 0;
	if (known)
		g_free(take_category);
	else
		g_ptr_array_add(categories, take_category);
}

void
end_ttl(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	gint64 minutes = g_ascii_strtoll(text, NULL, 10);

	if (minutes > 0)
		parser->feed->ttl_minutes = (int)MIN(minutes, 60 * 24 * 365);
}

void
end_new_feed_url(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	g_autofree char *address = feed_resolve(feed_base(parser), text);

	if (address && g_ascii_strncasecmp(address, "http", 4) == 0)
		set_once(&parser->feed->new_feed_url, g_steal_pointer(&address));
}

void
end_show_guid(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(&parser->feed->guid, feed_line(text, len, FEED_TITLE_CHARS));
}

void
end_item_line(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(item_field(parser, row), feed_line(text, len, FEED_TITLE_CHARS));
}

void
end_item_title(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	set_once(item_field(parser, row), feed_title_line(text, len));
}

void
end_item_text(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	if (!*item_field(parser, row))
		*item_field(parser, row) = trimmed(text, len);
}

void
end_item_url(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	if (len > 0)
		set_once(item_field(parser, row), feed_resolve(feed_base(parser), text));
}

void
end_item_author(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	set_once(item_field(parser, row), feed_author_name(text, len));
}

void
start_guid(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *is_link = feed_attribute(attributes, "isPermaLink");

	parser->item.guid_says_link = is_link && g_ascii_strcasecmp(is_link, "true") == 0;
	parser->item.guid_may_link = !is_link || parser->item.guid_says_link;
}

// A guid is a link unless it says not; without its word only what looks like one.
void
end_guid(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	struct episode_draft *item = &parser->item;
	g_autofree char *guid = feed_line(text, len, FEED_LINE_CHARS);

	if (!guid || strcmp(guid, "null") == 0)
		return;
	bool web = g_str_has_prefix(guid, "http://") || g_str_has_prefix(guid, "https://");
	if (item->guid_says_link || (item->guid_may_link && web))
		set_once(&item->got.permalink, feed_resolve(feed_base(parser), guid));
	set_once(&item->got.guid, g_steal_pointer(&guid));
}

void
start_enclosure(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *length = feed_attribute(attributes, "length");
	char *url = feed_attribute_url(parser, attributes, "url");

	feed_enclosure_add(parser->item.episode->enclosures, url,
	    feed_attribute_line(attributes, "type"), length);
}
