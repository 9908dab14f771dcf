// SPDX-License-Identifier: GPL-3.0-or-later
//
// Addresses: relative ones against their base, broken ones mended, those that nothing opens
// refused.
#include "text/feed.h"

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
