// SPDX-License-Identifier: GPL-3.0-or-later
//
// From an element's name to its row. Namespaces are known by their address, whatever its case,
// scheme and last slash; an undeclared or unknown one by the prefix that everybody uses (STANDARDS
// 1.2).
#include "text/feed_private.h"

#include <string.h>

static const struct {
	const char *uri; // without scheme and last slash, lower case
	enum feed_ns ns;
} uris[] = {
	{ "www.w3.org/2005/atom", NS_ATOM },
	{ "purl.org/atom/ns#", NS_ATOM },
	{ "purl.org/atom/app#", NS_OTHER },
	{ "purl.org/rss/1.0/modules/content", NS_CONTENT },
	{ "purl.org/dc/elements/1.1", NS_DC },
	{ "purl.org/dc/terms", NS_DC },
	{ "www.google.com/schemas/play-podcasts/1.0", NS_GOOGLEPLAY },
	{ "www.itunes.com/dtds/podcast-1.0.dtd", NS_ITUNES },
	{ "www.itunes.com/dtds/podcast-1.0", NS_ITUNES },
	{ "search.yahoo.com/mrss", NS_MEDIA },
	{ "podcastindex.org/namespace/1.0", NS_PODCAST },
	{ "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", NS_PODCAST },
	{ "podlove.org/simple-chapters", NS_PSC },
	{ "www.w3.org/1999/02/22-rdf-syntax-ns#", NS_RDF },
	{ "purl.org/rss/1.0/modules/syndication", NS_SY },
	{ "www.w3.org/1999/xhtml", NS_XHTML },
	{ "purl.org/rss/1.0", NS_NONE },
	{ "backend.userland.com/rss2", NS_NONE },
};

static const struct {
	const char *prefix;
	enum feed_ns ns;
} prefixes[] = {
	{ "itunes", NS_ITUNES },   { "content", NS_CONTENT }, { "atom", NS_ATOM },
	{ "atom10", NS_ATOM },	   { "a10", NS_ATOM },	      { "media", NS_MEDIA },
	{ "podcast", NS_PODCAST }, { "psc", NS_PSC },	      { "dc", NS_DC },
	{ "rdf", NS_RDF },	   { "rss", NS_NONE },	      { "googleplay", NS_GOOGLEPLAY },
	{ "xhtml", NS_XHTML },	   { "sy", NS_SY },
};

static enum feed_ns
by_prefix(const char *prefix)
{
	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_ascii_strcasecmp(prefixes[i].prefix, prefix) == 0)
			return prefixes[i].ns;
	return NS_OTHER;
}

static enum feed_ns
namespace(const xmlChar *prefix, const xmlChar *uri)
{
	const char *address = (const char *)uri, *host = address ? strstr(address, "://") : NULL;

	if (host) {
		host += 3;
		size_t len = strlen(host);
		len -= len > 0 && host[len - 1] == '/';
		for (size_t i = 0; i < G_N_ELEMENTS(uris); i++)
			if (strlen(uris[i].uri) == len &&
			    g_ascii_strncasecmp(uris[i].uri, host, len) == 0)
				return uris[i].ns;
	}
	return prefix ? by_prefix((const char *)prefix) : NS_NONE;
}

static const struct feed_row *
first_row(enum feed_ns ns, const char *local)
{
	for (size_t i = 0; i < feed_rows_count; i++)
		if (feed_rows[i].ns == ns && g_ascii_strcasecmp(feed_rows[i].name, local) == 0)
			return &feed_rows[i];
	return NULL;
}

static const struct feed_row *
look_up(const struct feed_parser *parser, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
	enum feed_ns ns = namespace(prefix, uri);

	if (ns == NS_NONE && parser->plain_is_atom)
		ns = NS_ATOM;
	const struct feed_row *row = first_row(ns, (const char *)local);
	if (!row && !prefix && ns != NS_XHTML)
		row = first_row(NS_NONE, (const char *)local);
	return row;
}

bool
feed_row_same_name(const struct feed_row *a, const struct feed_row *b)
{
	return a->ns == b->ns && strcmp(a->name, b->name) == 0;
}

const struct feed_row *
feed_row_find(struct feed_parser *parser, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri, unsigned place)
{
	guintptr hash = (guintptr)local >> 3 ^ (guintptr)uri >> 5 ^ (guintptr)prefix >> 2;
	struct feed_name *name = &parser->names[(hash ^ hash >> 9) % FEED_NAME_SLOTS];

	if (name->local != local || name->prefix != prefix || name->uri != uri)
		*name = (struct feed_name){ local, prefix, uri,
			look_up(parser, local, prefix, uri) };
	if (!name->row)
		return NULL;
	const struct feed_row *end = feed_rows + feed_rows_count;
	for (const struct feed_row *row = name->row; row < end; row++) {
		if (!feed_row_same_name(row, name->row))
			return NULL;
		if (row->where & place)
			return row;
	}
	return NULL;
}
