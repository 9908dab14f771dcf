// SPDX-License-Identifier: GPL-3.0-or-later
//
// A web page where a feed was expected: the feeds it names in its head (autodiscovery).
#include "text/feed_private.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum { ALTERNATES_MAX = 50 };

static char *
property(xmlNodePtr node, const char *name)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
	char *copy = g_strstrip(g_strdup(value ? (const char *)value : ""));

	xmlFree(value);
	return copy;
}

static bool
has_word(const char *words, const char *word)
{
	g_auto(GStrv) parts = g_strsplit_set(words, " \t\r\n", -1);

	for (char **part = parts; *part; part++)
		if (g_ascii_strcasecmp(*part, word) == 0)
			return true;
	return false;
}

static bool
is_feed_type(const char *type)
{
	static const char *const types[] = { "application/rss+xml", "application/atom+xml",
		"application/rdf+xml", "application/xml", "text/xml" };

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		size_t len = strlen(types[i]);
		if (g_ascii_strncasecmp(type, types[i], len) == 0 &&
		    (type[len] == '\0' || type[len] == ';' || type[len] == ' '))
			return true;
	}
	return false;
}

static bool
contains(const GPtrArray *addresses, const char *address)
{
	for (guint i = 0; i < addresses->len; i++)
		if (strcmp(addresses->pdata[i], address) == 0)
			return true;
	return false;
}

static void
take_link(xmlNodePtr node, const char *base, GPtrArray *addresses)
{
	g_autofree char *rel = property(node, "rel");
	g_autofree char *type = property(node, "type");
	g_autofree char *href = property(node, "href");

	if (!has_word(rel, "alternate") || !is_feed_type(type) || addresses->len >= ALTERNATES_MAX)
		return;
	g_autofree char *address = feed_resolve(base, href);
	if (address && !contains(addresses, address))
		g_ptr_array_add(addresses, g_steal_pointer(&address));
}

// The node after NODE in document order.
static xmlNodePtr
next_node(xmlNodePtr node)
{
	if (node->children && node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node && !node->next)
		node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
	return node ? node->next : NULL;
}

GPtrArray *
feed_page_alternates(const char *bytes, size_t len, const char *base)
{
	GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
	htmlDocPtr page = htmlReadMemory(bytes, (int)len, NULL, NULL,
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
	g_autofree char *page_base = g_strdup(base);

	xmlNodePtr node = page ? xmlDocGetRootElement(page) : NULL;
	for (; node; node = next_node(node)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (xmlStrcasecmp(node->name, (const xmlChar *)"base") == 0) {
			g_autofree char *href = property(node, "href");
			g_autofree char *resolved = feed_resolve(base, href);
			if (resolved) {
				g_free(page_base);
				page_base = g_steal_pointer(&resolved);
			}
		}
		if (xmlStrcasecmp(node->name, (const xmlChar *)"link") == 0)
			take_link(node, page_base, addresses);
	}
	if (page)
		xmlFreeDoc(page);
	return addresses;
}
