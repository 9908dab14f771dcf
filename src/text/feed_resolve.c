// SPDX-License-Identifier: GPL-3.0-or-later
//
// Addresses: relative ones against their base, broken ones mended, those that nothing opens
// refused.
#include "text/feed_private.h"

#include <string.h>

enum { ADDRESS_MAX_BYTES = 16384 };

static size_t
scheme_len(const char *address)
{
	size_t len = 0;

	while (g_ascii_isalnum(address[len]) || (address[len] && strchr("+-.", address[len])))
		len++;
	return len > 0 && g_ascii_isalpha(*address) && address[len] == ':' ? len : 0;
}

static bool
has_scheme(const char *address, const char *scheme)
{
	size_t len = strlen(scheme);

	return scheme_len(address) == len && g_ascii_strncasecmp(address, scheme, len) == 0;
}

// A file may only be named by what is a file itself.
static bool
may_open(const char *address, const char *base)
{
	static const char *const schemes[] = { "http", "https", "mailto" };

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (has_scheme(address, schemes[i]))
			return true;
	return has_scheme(address, "file") && base && has_scheme(base, "file");
}

// Without what stands around it and line ends within it; blanks and control characters encoded.
static char *
mend(const char *address)
{
	while (g_ascii_isspace(*address))
		address++;
	size_t len = strlen(address);
	while (len > 0 && g_ascii_isspace(address[len - 1]))
		len--;
	bool clean = true;
	for (size_t i = 0; i < len && clean; i++)
		clean = (unsigned char)address[i] > 0x20 && address[i] != 0x7f;
	if (clean)
		return g_strndup(address, len);
	GString *mended = g_string_sized_new(len + 16);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)address[i];
		if (c == '\n' || c == '\r' || c == '\t')
			continue;
		if (c <= 0x20 || c == 0x7f)
			g_string_append_printf(mended, "%%%02X", c);
		else
			g_string_append_c(mended, (char)c);
	}
	return g_string_free(mended, FALSE);
}

char *
feed_resolve(const char *base, const char *relative)
{
	if (!relative)
		return NULL;
	g_autofree char *address = mend(relative);
	if (!*address || strlen(address) > ADDRESS_MAX_BYTES)
		return NULL;
	if (g_str_has_prefix(address, "https://") || g_str_has_prefix(address, "http://"))
		return g_steal_pointer(&address); // nearly all of them
	if (scheme_len(address) > 0)
		return may_open(address, base) ? g_steal_pointer(&address) : NULL;
	if (!base || scheme_len(base) == 0)
		return g_steal_pointer(&address);
	g_autofree char *absolute = g_uri_resolve_relative(base, address,
	    G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
	if (!absolute)
		return g_steal_pointer(&address);
	return may_open(absolute, base) ? g_steal_pointer(&absolute) : NULL;
}

// The value of an attribute that is an address, in the tag from P on: its beginning, *LEN its
// length. NULL: no more in this tag.
static const char *
next_address(const char *p, const char *end, size_t *len)
{
	for (; p < end && *p != '>' && *p != '<'; p++) {
		if (!g_ascii_isspace(*p))
			continue;
		size_t name = (size_t)(end - p) > 5 &&
			g_ascii_strncasecmp(p + 1, "href", 4) == 0 ? 4 :
		    (size_t)(end - p) > 4 && g_ascii_strncasecmp(p + 1, "src", 3) == 0 ? 3 : 0;
		const char *value = p + 1 + name;
		while (name && value < end && g_ascii_isspace(*value))
			value++;
		if (!name || value == end || *value != '=')
			continue;
		for (value++; value < end && g_ascii_isspace(*value);)
			value++;
		bool quoted = value < end && (*value == '"' || *value == '\'');
		const char *stop = value + strcspn(value, " \t\r\n>");
		if (quoted)
			stop = memchr(value + 1, *value,
			    MIN((size_t)(end - value - 1), (size_t)ADDRESS_MAX_BYTES));
		value += quoted;
		if (!stop)
			return NULL;
		*len = (size_t)(stop - value);
		return value;
	}
	return NULL;
}

void
feed_resolve_links(GString *html, const char *base)
{
	const char *end = html->str + html->len, *done = html->str, *p = done;
	g_autoptr(GString) out = g_string_sized_new(html->len + 256);

	while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
		size_t len;
		const char *value;
		for (p++; (value = next_address(p, end, &len)); p = value + len) {
			g_autofree char *relative = g_strndup(value, len);
			g_autofree char *address = *relative == '#'
			    ? NULL : feed_resolve(base, relative);
			if (!address || strpbrk(address, "\"'<>"))
				continue;
			g_string_append_len(out, done, value - done);
			g_string_append(out, address);
			done = value + len;
		}
	}
	g_string_append_len(out, done, end - done);
	g_string_truncate(html, 0);
	g_string_append_len(html, out->str, (gssize)out->len);
}
