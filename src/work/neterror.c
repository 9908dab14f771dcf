// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/neterror.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"

static const struct {
	int status;
	const char *words;
} statuses[] = {
    {400, N_("bad request")},
    {401, N_("unauthorized")},
    {402, N_("payment required")},
    {403, N_("forbidden")},
    {404, N_("not found")},
    {405, N_("method not allowed")},
    {406, N_("not acceptable")},
    {407, N_("proxy authentication required")},
    {408, N_("request timeout")},
    {410, N_("gone")},
    {429, N_("too many requests")},
    {451, N_("unavailable for legal reasons")},
    {500, N_("internal server error")},
    {502, N_("bad gateway")},
    {503, N_("service unavailable")},
    {504, N_("gateway timeout")},
};

// "" where nothing is known.
static const char *
status_words(int status)
{
	for (size_t i = 0; i < G_N_ELEMENTS(statuses); i++)
		if (statuses[i].status == status)
			return _(statuses[i].words);
	return "";
}

static char *
say_proxy(const char *url, int status)
{
	const char *words = status_words(status);

	if (!*words)
		return g_strdup_printf(_("%s: the proxy says %d."), url, status);
	return g_strdup_printf(_("%s: the proxy says %d %s."), url, status, words);
}

static char *
say_status(const char *url, const struct neterror *facts)
{
	const char *words = status_words(facts->status);

	if (facts->status == 407 || (!facts->status && facts->proxy_status))
		return say_proxy(url, facts->status ? facts->status : facts->proxy_status);
	if (facts->status == 401 && facts->login)
		return g_strdup_printf(_("%s: the server says 401: it does not take the name and "
					 "the password that it got."),
		    url);
	if (facts->status == 401)
		return g_strdup_printf(_("%s: the server says 401: it wants a name and a password; "
					 "hark.conf(5) says where to put them."),
		    url);
	if (!*words)
		return g_strdup_printf(_("%s: the server says %d."), url, facts->status);
	return g_strdup_printf(_("%s: the server says %d %s."), url, facts->status, words);
}

static char *
say_timeout(const char *url, const struct neterror *facts)
{
	int span_s = facts->timeout_s;

	if (!facts->connected)
		return g_strdup_printf(ngettext("%s: no connection within %d second.",
					   "%s: no connection within %d seconds.", span_s),
		    url, span_s);
	return g_strdup_printf(ngettext("%s: next to nothing came for %d second; given up.",
				   "%s: next to nothing came for %d seconds; given up.", span_s),
	    url, span_s);
}

static char *
say_scheme(const char *url, const struct neterror *facts)
{
	g_autofree char *location = facts->location ? log_url(facts->location) : NULL;

	if (!location)
		return g_strdup_printf(_("%s: only http and https addresses are asked."), url);
	return g_strdup_printf(
	    _("%s leads to %s, which is not followed: neither http nor https."), url, location);
}

static char *
say_connect(const char *url, const struct neterror *facts)
{
	if (!facts->os_error)
		return g_strdup_printf(_("%s: no connection."), url);
	return g_strdup_printf(_("%s: no connection (%s)."), url, g_strerror((int)facts->os_error));
}

static char *
say_size(const char *url, const struct neterror *facts)
{
	return g_strdup_printf(
	    _("%s: more than %d MB came; given up."), url, (int)(facts->max_bytes / 1000000));
}

static const struct {
	CURLcode code;
	const char *sentence; // with the address, or
	char *(*say)(const char *url, const struct neterror *facts);
} rows[] = {
    {CURLE_HTTP_RETURNED_ERROR, NULL, say_status},
    {CURLE_OPERATION_TIMEDOUT, NULL, say_timeout},
    {CURLE_UNSUPPORTED_PROTOCOL, NULL, say_scheme},
    {CURLE_COULDNT_CONNECT, NULL, say_connect},
    {CURLE_FILESIZE_EXCEEDED, NULL, say_size},
    {CURLE_URL_MALFORMAT, N_("%s is no address.")},
    {CURLE_COULDNT_RESOLVE_HOST, N_("%s: no host of that name was found.")},
    {CURLE_COULDNT_RESOLVE_PROXY, N_("%s: the proxy was not found.")},
    {CURLE_GOT_NOTHING, N_("%s: the server closed the connection without an answer.")},
    {CURLE_PARTIAL_FILE, N_("%s: the connection broke before everything had come.")},
    {CURLE_RECV_ERROR, N_("%s: the connection broke.")},
    {CURLE_SEND_ERROR, N_("%s: the connection broke.")},
    {CURLE_TOO_MANY_REDIRECTS, N_("%s leads on and on and never arrives.")},
    {CURLE_PEER_FAILED_VERIFICATION,
	N_("%s: the server's certificate is not trusted, so nothing was read.")},
    {CURLE_SSL_CACERT_BADFILE,
	N_("%s: the file of certificates (option ca-file) cannot be read.")},
    {CURLE_SSL_CONNECT_ERROR, N_("%s: no secure connection came about.")},
    {CURLE_BAD_CONTENT_ENCODING, N_("%s: what came is packed in a broken way.")},
    {CURLE_FILE_COULDNT_READ_FILE, N_("%s: the file cannot be read.")},
};

static char *
fill(const char *sentence, const char *url)
{
	GString *filled = g_string_new(sentence);

	g_string_replace(filled, "%s", url, 1);
	return g_string_free(filled, FALSE);
}

GError *
neterror_new(CURLcode code, const struct neterror *facts)
{
	g_autofree char *url = log_url(facts->url);
	g_autofree char *sentence = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(rows) && !sentence; i++) {
		if (rows[i].code != code)
			continue;
		sentence = rows[i].say ? rows[i].say(url, facts) : fill(_(rows[i].sentence), url);
	}
	if (!sentence)
		sentence = g_strdup_printf(_("%s: %s."), url, curl_easy_strerror(code));
	return g_error_new_literal(HARK_ERROR, HARK_ERROR_FAILED, sentence);
}
