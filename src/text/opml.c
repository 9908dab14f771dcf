// SPDX-License-Identifier: GPL-3.0-or-later
//
// OPML is read by libxml2's push parser behind the same cleaner as feeds.
#include "config.h"

#include "text/opml.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/text.h"
#include "text/clean.h"
#include "text/feed_private.h"
#include "text/opml_private.h"

#define PIECE_BYTES 65536
#define SPACE "urn:hark:opml" // of our own attribute: what the user calls the show

struct reader {
	xmlParserCtxtPtr xml;
	GPtrArray *list;
	GPtrArray *groups; // char *: of the open outlines; "" for one that is no group
	bool is_opml;
};

static char *
title_of(const struct feed_attributes *attributes)
{
	// gPodder writes the description into text.
	char *title = feed_attribute_line(attributes, "title");

	return title ? title : feed_attribute_line(attributes, "text");
}

// What else names its address as url, if it is no other list.
static const char *const url_types[] = {"rss", "atom", "link", "podcast", NULL};

static char *
address_of(const struct feed_attributes *attributes, const char *type)
{
	g_autofree char *address = feed_attribute(attributes, "xmlUrl");
	bool other =
	    type && (!g_ascii_strcasecmp(type, "include") || !g_ascii_strcasecmp(type, "source"));

	if (address && !other)
		return g_steal_pointer(&address);
	g_autofree char *url = feed_attribute(attributes, "url");
	if (!url || g_str_has_suffix(url, ".opml"))
		return NULL;
	for (const char *const *known = url_types; type && *known; known++)
		if (!g_ascii_strcasecmp(type, *known))
			return g_steal_pointer(&url);
	return type ? NULL : g_steal_pointer(&url);
}

// "/a/b,c": slashes part levels, commas categories (OPML 2.0, "category").
static void
add_categories(struct subscription *subscription, const char *category)
{
	g_auto(GStrv) parts = g_strsplit_set(category ? category : "", ",/", -1);

	for (char **part = parts; *part; part++)
		subscription_tag(subscription, *part);
}

static void
on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int ns_count,
    const xmlChar **namespaces, int count, int defaulted, const xmlChar **list)
{
	struct reader *reader = data;
	struct feed_attributes attributes = {list, count};

	reader->is_opml |= g_ascii_strcasecmp((const char *)local, "opml") == 0;
	if (g_ascii_strcasecmp((const char *)local, "outline") != 0)
		return;
	g_autofree char *type = feed_attribute(&attributes, "type");
	g_autofree char *address = address_of(&attributes, type);
	g_autofree char *title = title_of(&attributes);
	// Pocket Casts wraps all in one called "feeds".
	bool group = !address && title && g_ascii_strcasecmp(title, "feeds") != 0;
	g_ptr_array_add(reader->groups, g_strdup(group ? title : ""));
	if (!address || reader->list->len >= SUBSCRIPTIONS_MAX)
		return;
	struct subscription *found =
	    subscription_new(address, (int)xmlSAX2GetLineNumber(reader->xml));
	g_autofree char *category = feed_attribute(&attributes, "category");
	found->title = g_steal_pointer(&title);
	found->own_title = feed_attribute_of(&attributes, "hark", "title");
	for (guint i = 0; i + 1 < reader->groups->len; i++)
		subscription_tag(found, reader->groups->pdata[i]);
	add_categories(found, category);
	g_ptr_array_add(reader->list, found);
}

static void
on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *reader = data;

	if (g_ascii_strcasecmp((const char *)local, "outline") == 0 && reader->groups->len)
		g_ptr_array_set_size(reader->groups, (gint)reader->groups->len - 1);
}

bool
opml_read(const char *bytes, size_t len, GPtrArray *list)
{
	xmlSAXHandler sax = {
	    .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end};
	struct reader reader = {.list = list};
	OWNED(cleaner) cleaner = cleaner_new(NULL);
	g_autoptr(GString) clean = g_string_new(NULL), text = g_string_new(NULL);

	reader.groups = g_ptr_array_new_with_free_func(g_free);
	reader.xml = xmlCreatePushParserCtxt(&sax, &reader, NULL, 0, NULL);
	g_assert(reader.xml); // NULL only without memory
	xmlCtxtUseOptions(reader.xml, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA |
					  XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
					  XML_PARSE_NOWARNING);
	for (size_t at = 0; at <= len; at += PIECE_BYTES) {
		size_t piece = MIN((size_t)PIECE_BYTES, len - at);
		g_string_truncate(clean, 0);
		g_string_truncate(text, 0); // an outline has none
		cleaner_push(cleaner, bytes + at, piece, at + PIECE_BYTES > len, clean, text);
		xmlParseChunk(reader.xml, clean->str, (int)clean->len, 0);
	}
	xmlParseChunk(reader.xml, NULL, 0, 1);
	xmlFreeParserCtxt(reader.xml);
	g_ptr_array_unref(reader.groups);
	return reader.is_opml;
}

// --- writing -------------------------------------------------------------------------------------

static void
put_attribute(GString *out, const char *name, const char *value)
{
	g_autofree char *escaped = value ? g_markup_escape_text(value, -1) : NULL;

	if (escaped)
		g_string_append_printf(out, " %s=\"%s\"", name, escaped);
}

static void
put_show(GString *out, const struct subscription *show, const char *indent)
{
	const char *title = show->own_title ? show->own_title : show->title;
	g_autoptr(GString) category = g_string_new(NULL);

	for (guint i = 0; i < show->tags->len; i++)
		g_string_append_printf(
		    category, "%s/%s", i ? "," : "", (const char *)show->tags->pdata[i]);
	g_string_append_printf(out, "%s<outline type=\"rss\"", indent);
	put_attribute(out, "text", title ? title : show->address);
	put_attribute(out, "title", title ? title : show->address);
	put_attribute(out, "xmlUrl", show->address);
	put_attribute(out, "htmlUrl", show->link);
	put_attribute(out, "category", show->tags->len ? category->str : NULL);
	put_attribute(out, "hark:title", show->own_title);
	g_string_append(out, "/>\n");
}

static const char *
group_of(const struct subscription *show)
{
	return show->tags->len ? show->tags->pdata[0] : NULL;
}

// Each group once, where its first show stands.
static void
put_group(GString *out, const GPtrArray *list, guint from)
{
	const char *group = group_of(list->pdata[from]);

	g_string_append(out, "    <outline");
	put_attribute(out, "text", group);
	put_attribute(out, "title", group);
	g_string_append(out, ">\n");
	for (guint i = from; i < list->len; i++)
		if (g_strcmp0(group_of(list->pdata[i]), group) == 0)
			put_show(out, list->pdata[i], "      ");
	g_string_append(out, "    </outline>\n");
}

char *
opml_write(const GPtrArray *list)
{
	GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				    "<opml version=\"2.0\" xmlns:hark=\"" SPACE "\">\n"
				    "  <head><title>hark</title></head>\n  <body>\n");
	g_autoptr(GHashTable) written = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < list->len; i++) {
		const char *group = group_of(list->pdata[i]);
		if (!group)
			put_show(out, list->pdata[i], "    ");
		else if (g_hash_table_add(written, (gpointer)group))
			put_group(out, list, i);
	}
	g_string_append(out, "  </body>\n</opml>\n");
	return g_string_free(out, FALSE);
}
