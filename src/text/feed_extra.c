// SPDX-License-Identifier: GPL-3.0-or-later
//
// Elements that are kept as they came, as JSON: {"element": "trailer", "url": …, "text": …}, with
// "children" where it has some (extras.h). Each is a row; its attributes need no word here.
#include <string.h>

#include "text/feed_private.h"

enum { ATTRIBUTES_MAX = 24, NAME_MAX_BYTES = 40 };

static bool
is_plain_name(const char *name)
{
	static const char *const ours[] = { "element", "text", "children" };
	size_t len = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		if (strcmp(name, ours[i]) == 0)
			return false;
	while (g_ascii_isalnum(name[len]) || name[len] == '-' || name[len] == '_')
		len++;
	return len <= NAME_MAX_BYTES && name[len] == '\0';
}

static bool
is_address(const char *name)
{
	static const char *const names[] = { "url", "uri", "href", "feedUrl", "accountUrl" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

static json_t *
object_of(const struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	json_t *object = json_object();

	json_object_set_new(object, "element", json_string(row->name));
	for (int i = 0; i < MIN(attributes->count, ATTRIBUTES_MAX); i++) {
		const xmlChar **attribute = attributes->list + (ptrdiff_t)5 * i;
		const char *name = (const char *)attribute[0];
		if (attribute[1] || !is_plain_name(name))
			continue;
		g_autofree char *value = is_address(name)
		    ? feed_attribute_url(parser, attributes, name)
		    : feed_attribute_line(attributes, name);
		if (value)
			json_object_set_new(object, name, json_string(value));
	}
	return object;
}

// The list that an element goes to: its parent's children, the episode's, the show's. NULL: full.
static json_t *
list_now(struct feed_parser *parser)
{
	struct feed_extras *extras = &parser->extras;
	json_t **root = parser->item.episode ? &parser->item.extras : &parser->show_extras;
	json_t *list;

	if (extras->depth > FEED_EXTRA_DEPTH || extras->count >= FEED_LIST)
		return NULL;
	if (extras->depth > 0) {
		json_t *parent = extras->open[extras->depth - 1];
		list = json_object_get(parent, "children");
		if (parent && !list) {
			list = json_array();
			json_object_set_new(parent, "children", list);
		}
		return list;
	}
	if (!*root)
		*root = json_array();
	return *root;
}

void
start_extra(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	struct feed_extras *extras = &parser->extras;
	json_t *list = list_now(parser);
	json_t *object = list ? object_of(parser, row, attributes) : NULL;

	if (object) {
		json_array_append_new(list, object);
		extras->count++;
	}
	if (extras->depth < FEED_EXTRA_DEPTH)
		extras->open[extras->depth] = object;
	extras->depth++;
}

void
end_extra(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	struct feed_extras *extras = &parser->extras;

	if (extras->depth == 0 || --extras->depth >= FEED_EXTRA_DEPTH ||
	    !extras->open[extras->depth])
		return;
	g_autofree char *line = feed_line(text, len, FEED_LINE_CHARS);
	if (line)
		json_object_set_new(extras->open[extras->depth], "text", json_string(line));
}

void
start_update_frequency(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_autofree char *complete = feed_attribute(attributes, "complete");

	start_extra(parser, row, attributes);
	if (complete && g_ascii_strcasecmp(complete, "true") == 0)
		parser->feed->complete = true;
	if (!parser->show.rule)
		parser->show.rule = feed_attribute(attributes, "rrule");
}

char *
feed_extras_take(struct feed_parser *parser, json_t **list)
{
	char *text = *list ? json_dumps(*list, JSON_COMPACT) : NULL;
	char *copy = g_strdup(text);

	free(text);
	json_decref(*list);
	*list = NULL;
	parser->extras.depth = parser->extras.count = 0;
	return copy;
}
