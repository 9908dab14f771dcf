// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/address.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

// The schemes that people subscribe with; "feed:https://..." wears two.
static const char *const schemes[] = {"http", "https", "feed", "itpc", "pcast", "podcast", "itms"};

// What follows a known scheme in REST; REST where it wears none.
static const char *
past_scheme(const char *rest)
{
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t len = strlen(schemes[i]);
		if (g_ascii_strncasecmp(rest, schemes[i], len) != 0)
			continue;
		if (strncmp(rest + len, "://", 3) == 0)
			return rest + len + 3;
		// "feed:https://...", "feed:h/x"; but "feed:8080/x" is a host with its port.
		if (rest[len] == ':' && g_ascii_isalpha(rest[len + 1]))
			return rest + len + 1;
		if (strncmp(rest + len, "//", 2) == 0) // "feed://https//h/x": the colon was lost
			return rest + len + 2;
	}
	return rest;
}

static void
append_host(GString *key, const char *authority, size_t len)
{
	const char *at = memrchr(authority, '@', len);

	if (at) {
		const char *colon = memchr(authority, ':', at - authority);
		g_string_append_len(key, authority, (colon ? colon : at) - authority);
		g_string_append_c(key, '@');
		len -= at + 1 - authority;
		authority = at + 1;
	}
	g_autofree char *host = g_ascii_strdown(authority, len);
	if (g_str_has_suffix(host, ":80"))
		host[strlen(host) - 3] = '\0';
	else if (g_str_has_suffix(host, ":443"))
		host[strlen(host) - 4] = '\0';
	g_string_append(key, host);
}

static void
append_path(GString *key, const char *path, size_t len)
{
	g_autofree char *lower = g_ascii_strdown(path, len);
	g_auto(GStrv) segments = g_strsplit(lower, "/", -1);

	for (char **segment = segments; *segment; segment++)
		if (**segment)
			g_string_append_printf(key, "/%s", *segment);
}

char *
address_key(const char *url)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(url));
	const char *rest = trimmed, *next;

	if (*rest == '/')
		return g_strconcat("file://", rest, NULL);
	if (g_ascii_strncasecmp(rest, "file:", 5) == 0)
		return g_strconcat("file", rest + 4, NULL);
	while ((next = past_scheme(rest)) != rest)
		rest = next;

	GString *key = g_string_new(NULL);
	size_t host = strcspn(rest, "/?#");
	append_host(key, rest, host);
	rest += host;
	size_t path = strcspn(rest, "?#");
	append_path(key, rest, path);
	rest += path;
	size_t query = strcspn(rest, "#");
	if (query > 1)
		g_string_append_len(key, rest, query);
	return g_string_free(key, FALSE);
}
