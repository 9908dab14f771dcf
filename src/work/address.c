// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/address.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"

static bool
has_prefix(const char *text, const char *prefix)
{
	return !g_ascii_strncasecmp(text, prefix, strlen(prefix));
}

bool
address_is_local(const char *address)
{
	return has_prefix(address, "file:");
}

bool
address_is_remote(const char *address)
{
	return has_prefix(address, "http://") || has_prefix(address, "https://");
}

char *
address_shown(const char *address)
{
	char *path = address_is_local(address) ? g_filename_from_uri(address, NULL, NULL) : NULL;

	return path ? path : log_url(address);
}

char *
address_normal(const char *address)
{
	CURLU *parts = curl_url();
	char *host = NULL, *query = NULL, *whole = NULL, *ours = NULL;

	if (!curl_url_set(parts, CURLUPART_URL, address, CURLU_URLENCODE) &&
	    !curl_url_get(parts, CURLUPART_HOST, &host, 0) && *host) {
		g_autofree char *lower = g_ascii_strdown(host, -1);
		curl_url_set(parts, CURLUPART_HOST, lower, 0);
		curl_url_set(parts, CURLUPART_FRAGMENT, NULL, 0);
		if (curl_url_get(parts, CURLUPART_QUERY, &query, 0) || !*query)
			curl_url_set(parts, CURLUPART_QUERY, NULL, 0);
		if (!curl_url_get(parts, CURLUPART_URL, &whole, 0))
			ours = g_strdup(whole);
	}
	curl_free(host);
	curl_free(query);
	curl_free(whole);
	curl_url_cleanup(parts);
	return ours;
}

static char *
part(CURLU *parts, CURLUPart what, unsigned flags)
{
	char *value = NULL, *ours = NULL;

	if (!curl_url_get(parts, what, &value, flags))
		ours = g_strdup(value);
	curl_free(value);
	return ours;
}

char *
address_split_login(const char *address, char **user, char **password)
{
	CURLU *parts = curl_url();
	char *bare = NULL;

	*user = *password = NULL;
	if (!curl_url_set(parts, CURLUPART_URL, address, 0)) {
		*user = part(parts, CURLUPART_USER, CURLU_URLDECODE);
		*password = part(parts, CURLUPART_PASSWORD, CURLU_URLDECODE);
		bare = url_without_login(address);
	}
	curl_url_cleanup(parts);
	return bare;
}

bool
address_shares_login(const char *feed, const char *address)
{
	bool remote;
	g_autofree char *from = address_host(feed, &remote);
	g_autofree char *to = address_host(address, &remote);

	return from && to && !strcmp(from, to) &&
	       (has_prefix(address, "https:") || !has_prefix(feed, "https:"));
}

char *
address_moved(const char *feed, const char *address)
{
	CURLU *from = curl_url(), *to = curl_url();
	char *whole = NULL;

	if (address_shares_login(feed, address) && !curl_url_set(from, CURLUPART_URL, feed, 0) &&
	    !curl_url_set(to, CURLUPART_URL, address, 0)) {
		g_autofree char *user = part(from, CURLUPART_USER, 0);
		g_autofree char *password = part(from, CURLUPART_PASSWORD, 0);
		g_autofree char *own = part(to, CURLUPART_USER, 0);
		if (user && !own && !curl_url_set(to, CURLUPART_USER, user, 0) &&
		    !curl_url_set(to, CURLUPART_PASSWORD, password, 0))
			whole = part(to, CURLUPART_URL, 0);
	}
	curl_url_cleanup(from);
	curl_url_cleanup(to);
	return whole ? whole : g_strdup(address);
}

static char *
local_path(const char *address)
{
	g_autofree char *path = g_filename_from_uri(address, NULL, NULL);

	return path ? realpath(path, NULL) : NULL;
}

bool
address_allowed(const char *feed, const char *address)
{
	if (address_is_remote(address))
		return true;
	if (!address_is_local(address) || !address_is_local(feed))
		return false;
	g_autofree char *from = local_path(feed);
	g_autofree char *to = local_path(address);
	if (!from || !to)
		return false;
	size_t folder = (size_t)(strrchr(from, '/') - from) + 1;
	return !strncmp(from, to, folder);
}

// No host ends like that.
static bool
is_file_name(const char *typed)
{
	return !strpbrk(typed, "/:?") &&
	       (g_str_has_suffix(typed, ".xml") || g_str_has_suffix(typed, ".opml") ||
		   g_str_has_suffix(typed, ".rss"));
}

// A path, or a word that is one because of its name or because such a file exists. NULL
// where it is none. An absolute one.
static char *
as_path(const char *typed)
{
	if (has_prefix(typed, "file://"))
		return g_filename_from_uri(typed, NULL, NULL);
	if (has_prefix(typed, "file:"))
		return g_canonicalize_filename(typed + strlen("file:"), NULL);
	if (has_prefix(typed, "~/"))
		return g_build_filename(g_get_home_dir(), typed + 2, NULL);
	if (*typed == '/' || *typed == '.' || is_file_name(typed) ||
	    (!strstr(typed, "://") && g_file_test(typed, G_FILE_TEST_EXISTS)))
		return g_canonicalize_filename(typed, NULL);
	return NULL;
}

// The address inside a link of a service that hands feeds on; NULL where it is none.
static char *
unwrap(const char *rest)
{
	static const char android[] = "subscribeonandroid.com/";
	static const char deeplink[] = "antennapod.org/deeplink/subscribe?url=";

	if (has_prefix(rest, "www."))
		rest += strlen("www.");
	if (has_prefix(rest, android))
		return g_strdup(rest + strlen(android));
	if (has_prefix(rest, deeplink)) {
		const char *url = rest + strlen(deeplink);
		return g_uri_unescape_segment(url, url + strcspn(url, "&"), NULL);
	}
	return NULL;
}

// What stands after a scheme of ours; *SECURE where it was https, *PLAIN where http. NULL: another
// scheme.
static const char *
skip_schemes(const char *typed, bool *secure, bool *plain)
{
	static const char *const ours[] = {"feed:", "itpc:", "pcast:", "podcast:", "itms:"};
	static const char *const lost_colons[] = {"https//", "http//"};

	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++) {
		if (!has_prefix(typed, ours[i]))
			continue;
		typed += strlen(ours[i]);
		if (has_prefix(typed, "//"))
			typed += 2;
		break;
	}
	*secure = has_prefix(typed, "https://") || has_prefix(typed, lost_colons[0]);
	*plain = has_prefix(typed, "http://") || has_prefix(typed, lost_colons[1]);
	if (*secure || *plain)
		return strstr(typed, "//") + 2;
	if (strstr(typed, "://") && strstr(typed, "://") < typed + strcspn(typed, "?#"))
		return NULL;
	return typed;
}

static bool
add_candidate(GPtrArray *candidates, const char *scheme, const char *rest)
{
	g_autofree char *whole = g_strconcat(scheme, rest, NULL);
	char *normal = address_normal(whole);

	if (normal)
		g_ptr_array_add(candidates, normal);
	return normal;
}

GPtrArray *
address_candidates(const char *typed, GError **error)
{
	g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *trimmed = g_strstrip(g_strdup(typed ? typed : ""));
	g_autofree char *path = as_path(trimmed);
	bool secure, plain;

	if (path) {
		g_ptr_array_add(candidates, g_filename_to_uri(path, NULL, NULL));
		return g_steal_pointer(&candidates);
	}
	const char *rest = skip_schemes(trimmed, &secure, &plain);
	g_autofree char *inner = rest ? unwrap(rest) : NULL;
	if (inner)
		rest = skip_schemes(inner, &secure, &plain);
	bool fits = rest && *rest && !address_is_local(rest) && strncmp(rest, "mailto:", 7);
	if (fits && !plain)
		fits = add_candidate(candidates, "https://", rest);
	// A password goes in the clear only where somebody wrote http.
	bool login = rest && memchr(rest, '@', strcspn(rest, "/?#"));
	if (fits && !secure && (plain || !login))
		fits = add_candidate(candidates, "http://", rest);
	if (!fits) {
		g_autofree char *shown = url_without_login(trimmed);
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("“%s” is no address of a feed: http and https addresses, pages and files are "
		      "read."),
		    shown);
		return NULL;
	}
	return g_steal_pointer(&candidates);
}

char *
address_join(const char *base, const char *relative)
{
	CURLU *parts = curl_url();
	char *joined = NULL, *ours = NULL;

	if (!curl_url_set(parts, CURLUPART_URL, base, CURLU_NON_SUPPORT_SCHEME) &&
	    !curl_url_set(parts, CURLUPART_URL, relative, CURLU_NON_SUPPORT_SCHEME) &&
	    !curl_url_get(parts, CURLUPART_URL, &joined, 0))
		ours = g_strdup(joined);
	curl_free(joined);
	curl_url_cleanup(parts);
	return ours;
}

char *
address_host(const char *address, bool *remote)
{
	CURLU *parts = curl_url();
	char *scheme = NULL, *host = NULL, *port = NULL, *ours = NULL;

	*remote = true;
	if (!curl_url_set(parts, CURLUPART_URL, address, CURLU_NON_SUPPORT_SCHEME) &&
	    !curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0)) {
		*remote =
		    !g_ascii_strcasecmp(scheme, "http") || !g_ascii_strcasecmp(scheme, "https");
		if (*remote && !curl_url_get(parts, CURLUPART_HOST, &host, 0) && *host &&
		    !curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT)) {
			g_autofree char *lower = g_ascii_strdown(host, -1);
			ours = g_strconcat(lower, ":", port, NULL);
		}
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(parts);
	return ours;
}
