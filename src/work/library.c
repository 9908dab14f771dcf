// SPDX-License-Identifier: GPL-3.0-or-later
#include "work/library.h"

#include <curl/curl.h>

static char *
curl_compiled(void)
{
	return g_strdup(LIBCURL_VERSION);
}

static char *
curl_running(void)
{
	return g_strdup(curl_version_info(CURLVERSION_NOW)->version);
}

static char *
curl_features(void)
{
	static const struct {
		int bit;
		const char *name;
	} bits[] = {
	    {CURL_VERSION_HTTP2, "http2"},
	    {CURL_VERSION_LIBZ, "gzip"},
	    {CURL_VERSION_BROTLI, "brotli"},
	    {CURL_VERSION_ZSTD, "zstd"},
	    {CURL_VERSION_IDN, "idn"},
	    {CURL_VERSION_ASYNCHDNS, "async-dns"},
	};
	const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
	GString *all = g_string_new(info->ssl_version ? info->ssl_version : "no TLS");

	for (size_t i = 0; i < G_N_ELEMENTS(bits); i++)
		if (info->features & bits[i].bit)
			g_string_append_printf(all, " %s", bits[i].name);
	return g_string_free(all, FALSE);
}

const struct library work_libraries[] = {
    {"libcurl", curl_compiled, curl_running, curl_features},
    {NULL},
};
