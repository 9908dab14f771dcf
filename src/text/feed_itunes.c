// SPDX-License-Identifier: GPL-3.0-or-later
//
// itunes, and media, which says the same in other words.
#include "base/when.h"
#include "text/feed_private.h"

#include <string.h>

static char *
image_address(const struct feed_parser *parser, const struct feed_attributes *attributes)
{
	static const char *const names[] = { "href", "url" };
	char *address = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(names) && !address; i++)
		address = feed_attribute_url(parser, attributes, names[i]);
	return address;
}

void
start_show_image(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	char **field = (char **)((char *)&parser->show + row->field);

	if (!*field)
		*field = image_address(parser, attributes);
}

void
start_item_image(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	char **field = (char **)((char *)&parser->item + row->field);

	if (!*field)
		*field = image_address(parser, attributes);
}

// <itunes:link rel="image" href="…">: of before there was itunes:image.
static char *
linked_image(const struct feed_parser *parser, const struct feed_attributes *attributes)
{
	g_autofree char *rel = feed_attribute(attributes, "rel");

	return g_strcmp0(rel, "image") == 0 ? image_address(parser, attributes) : NULL;
}

void
start_show_image_link(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	if (!parser->show.itunes_image)
		parser->show.itunes_image = linked_image(parser, attributes);
}

void
start_item_image_link(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	if (!parser->item.got.itunes_image)
		parser->item.got.itunes_image = linked_image(parser, attributes);
}

void
start_itunes_category(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *text = feed_attribute(attributes, "text");

	if (text)
		feed_add_category(parser, feed_title_line(text, strlen(text)));
}

void
end_duration(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	double length_s;

	if (when_parse_length(text, &length_s) && length_s > 0)
		parser->item.episode->duration_s = length_s;
}

void
end_owner_name(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	if (!parser->feed->owner_name)
		parser->feed->owner_name = feed_title_line(text, len);
}

void
end_owner_email(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	if (!parser->feed->owner_email)
		parser->feed->owner_email = feed_line(text, len, FEED_TITLE_CHARS);
}

void
end_show_explicit(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	parser->feed->explicit_ = feed_explicit_value(text, len);
}

void
end_item_explicit(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	parser->item.episode->explicit_ = feed_explicit_value(text, len);
}

// One of WORDS, else NULL.
static const char *
known_word(const char *text, const char *const *words)
{
	g_autofree char *word = g_strstrip(g_strdup(text));

	for (; *words; words++)
		if (g_ascii_strcasecmp(*words, word) == 0)
			return *words;
	return NULL;
}

void
end_type(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	static const char *const words[] = { "episodic", "serial", NULL };

	if (!parser->feed->type)
		parser->feed->type = g_strdup(known_word(text, words));
}

void
end_episode_type(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len)
{
	static const char *const words[] = { "full", "trailer", "bonus", NULL };

	if (!parser->item.episode->episode_type)
		parser->item.episode->episode_type = g_strdup(known_word(text, words));
}

void
end_complete(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	static const char *const words[] = { "yes", "true", NULL };

	parser->feed->complete = known_word(text, words) != NULL;
}

// A show's is a picture or nothing to keep.
void
start_show_media(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *medium = feed_attribute(attributes, "medium");

	if (medium && g_ascii_strcasecmp(medium, "image") == 0)
		start_show_image(parser, row, attributes);
}

void
start_media_content(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *medium = feed_attribute(attributes, "medium");
	g_autofree char *length = feed_attribute(attributes, "fileSize");
	g_autofree char *duration = feed_attribute(attributes, "duration");
	double length_s;

	if (medium && g_ascii_strcasecmp(medium, "image") == 0) {
		if (!parser->item.got.picture)
			parser->item.got.picture = feed_attribute_url(parser, attributes, "url");
		return;
	}
	feed_enclosure_add(parser->item.media, feed_attribute_url(parser, attributes, "url"),
	    feed_attribute_line(attributes, "type"), length);
	if (parser->item.episode->duration_s < 0 && duration &&
	    when_parse_length(duration, &length_s) && length_s > 0)
		parser->item.episode->duration_s = length_s;
}
