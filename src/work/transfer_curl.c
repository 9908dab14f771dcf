// SPDX-License-Identifier: GPL-3.0-or-later
//
// What curl is told about a transfer, and what it says while that runs.
#include "config.h"

#include "work/transfer_private.h"

#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/paths.h"
#include "base/when.h"
#include "work/address.h"
#include "work/neterror.h"
#include "work/unpack.h"

#define MAX_REDIRECTS 20L
#define SLOW_BYTES_S 64 // slower for the whole stall timeout is no document's pace

static const char user_agent[] =
#ifdef HOME_PAGE
    PACKAGE "/" VERSION " (+" HOME_PAGE ")";
#else
    PACKAGE "/" VERSION;
#endif

void
transfer_rules_init(struct transfer_rules *rules)
{
	const char *bundle = curl_version_info(CURLVERSION_NOW)->cainfo;

	rules->feed_headers = curl_slist_append(NULL,
	    "Accept: application/rss+xml, application/atom+xml, application/xml;q=0.9, "
	    "text/xml;q=0.8, */*;q=0.1");
	rules->has_bundle = bundle && g_file_test(bundle, G_FILE_TEST_IS_REGULAR);
}

void
transfer_rules_set_ways(struct transfer_rules *rules, const struct net_ways *ways)
{
	bool named = strcmp(ways->netrc, "on") != 0 && strcmp(ways->netrc, "off") != 0;

	g_free(rules->proxy);
	g_free(rules->ca_file);
	g_free(rules->netrc);
	rules->proxy = *ways->proxy ? g_strdup(ways->proxy) : NULL;
	if (!strcmp(ways->proxy, "off"))
		*rules->proxy = '\0';
	rules->ca_file = *ways->ca_file ? paths_expand(ways->ca_file) : NULL;
	rules->netrc = named ? paths_expand(ways->netrc) : NULL;
	rules->no_netrc = !strcmp(ways->netrc, "off");
}

void
transfer_rules_clear(struct transfer_rules *rules)
{
	g_free(rules->proxy);
	g_free(rules->ca_file);
	g_free(rules->netrc);
	curl_slist_free_all(rules->feed_headers);
}

static const char *
answer_header(struct net_transfer *transfer, const char *name)
{
	struct curl_header *header;

	if (curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header))
		return NULL;
	return *header->value ? header->value : NULL;
}

// For how long the answer is fresh (RFC 9111 section 4.2.1); -1: nobody says.
static gint64
fresh_for(const char *control, const char *expires)
{
	const char *age = control ? strstr(control, "max-age=") : NULL;

	if (age)
		return g_ascii_strtoll(age + strlen("max-age="), NULL, 10);
	if (!expires || (control && (strstr(control, "no-cache") || strstr(control, "no-store"))))
		return -1;
	gint64 until_s = (gint64)curl_getdate(expires, NULL);
	return until_s > 0 ? MAX(until_s - when_now(), 0) : -1;
}

void
transfer_fill_answer(struct net_transfer *transfer)
{
	struct net_answer *answer = &transfer->answer;
	curl_off_t number = 0;
	long status = 0;
	char *text = NULL;

	if (transfer->answered)
		return;
	transfer->answered = true;
	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	answer->status = (int)status;
	if (!curl_easy_getinfo(transfer->easy, CURLINFO_EFFECTIVE_URL, &text) && text)
		answer->url = transfer->answer_url = url_without_login(text);
	if (!curl_easy_getinfo(transfer->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &number))
		answer->length_bytes = number;
	if (!curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &number))
		answer->retry_after_s = number;
	answer->moved_to = transfer->moved_to;
	answer->etag = transfer->answer_etag = g_strdup(answer_header(transfer, "ETag"));
	answer->last_modified = transfer->answer_modified =
	    g_strdup(answer_header(transfer, "Last-Modified"));
	answer->content_type = transfer->answer_type =
	    g_strdup(answer_header(transfer, "Content-Type"));
	if (transfer->packed)
		answer->encoding = transfer->answer_encoding =
		    g_strdup(answer_header(transfer, "Content-Encoding"));
	g_autofree char *control = g_strdup(answer_header(transfer, "Cache-Control"));
	answer->max_age_s = fresh_for(control, answer_header(transfer, "Expires"));
}

// https is not left for good without the user's word.
static bool
leaves_https(const char *from, const char *to)
{
	return g_str_has_prefix(from, "https:") && !g_str_has_prefix(to, "https:");
}

// Follows the chain of redirects hop by hop, to know how far all of it was permanent.
static void
note_hop(struct net_transfer *transfer, long status, const char *location)
{
	char *next = address_join(transfer->chain, location);

	g_free(transfer->location);
	transfer->location = g_strdup(next ? next : location);
	if (!next)
		return;
	if (leaves_https(transfer->chain, next)) {
		g_autofree char *from = log_url(transfer->chain);
		log_line(LOG_STORY, "%s leads from https to http", from);
		transfer->temporary = true;
	}
	if (status != 301 && status != 308)
		transfer->temporary = true;
	if (!transfer->temporary) {
		g_free(transfer->moved_to);
		transfer->moved_to =
		    transfer->account ? address_moved(transfer->account, next) : g_strdup(next);
	}
	g_free(transfer->chain);
	transfer->chain = next;
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *user)
{
	static const char name[] = "location:";
	struct net_transfer *transfer = user;
	size_t len = size * count;
	long status = 0;

	if (transfer->answered) // a trailer tells nothing
		return len;
	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	if (len > strlen(name) && !g_ascii_strncasecmp(bytes, name, strlen(name)) &&
	    status >= 300 && status < 400) {
		g_autofree char *value = g_strndup(bytes + strlen(name), len - strlen(name));
		note_hop(transfer, status, g_strstrip(value));
	}
	return len;
}

// Whether a body with this status is what was asked for, and whole. curl has followed redirects and
// refused from 400 on; a redirect that leads nowhere and a part that nobody asked for are left.
bool
transfer_is_good(const struct net_transfer *transfer, GError **error)
{
	int status = transfer->answer.status;
	bool conditional = transfer->etag || transfer->last_modified;

	if (transfer->local || (status >= 200 && status < 300 && status != 206) ||
	    (status == 304 && conditional))
		return true;
	struct neterror facts = {.url = transfer->url, .status = status};
	g_propagate_error(error, neterror_new(CURLE_HTTP_RETURNED_ERROR, &facts));
	return false;
}

static size_t
on_data(char *bytes, size_t size, size_t count, void *user)
{
	struct net_transfer *transfer = user;
	size_t len = size * count;

	if (transfer->cancelled)
		return 0;
	transfer_fill_answer(transfer);
	if (!transfer->error && !transfer_is_good(transfer, &transfer->error))
		return 0;
	transfer->answer.bytes += (gint64)len;
	if (transfer->answer.bytes > transfer->max_bytes) {
		transfer->error = neterror_new(CURLE_FILESIZE_EXCEEDED,
		    &(struct neterror){.url = transfer->url, .max_bytes = transfer->max_bytes});
		return 0;
	}
	if (!transfer->data(transfer->user, &transfer->answer, bytes, len, &transfer->error))
		return 0;
	return len;
}

static void
set_conditions(struct net_transfer *transfer, const struct transfer_rules *rules)
{
	struct curl_slist *base = transfer->accept == NET_FEED ? rules->feed_headers : NULL;

	for (struct curl_slist *line = base; line; line = line->next)
		transfer->headers = curl_slist_append(transfer->headers, line->data);
	if (transfer->packed)
		transfer->headers =
		    curl_slist_append(transfer->headers, "Accept-Encoding: " UNPACK_ACCEPT);
	if (transfer->etag) {
		g_autofree char *line = g_strconcat("If-None-Match: ", transfer->etag, NULL);
		transfer->headers = curl_slist_append(transfer->headers, line);
	}
	if (transfer->last_modified) {
		g_autofree char *line =
		    g_strconcat("If-Modified-Since: ", transfer->last_modified, NULL);
		transfer->headers = curl_slist_append(transfer->headers, line);
	}
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
}

static void
set_safety(struct net_transfer *transfer, const struct transfer_rules *rules)
{
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, transfer->local ? "file" : "http,https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(easy, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
	curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)rules->connect_timeout_s);
	curl_easy_setopt(
	    easy, CURLOPT_LOW_SPEED_LIMIT, transfer->accept == NET_MEDIA ? 1L : (long)SLOW_BYTES_S);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)rules->stall_timeout_s);
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->max_bytes);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a resolver that hangs is not waited for
#endif
}

static void
set_ways(struct net_transfer *transfer, const struct transfer_rules *rules)
{
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_PROXY, rules->proxy);
	curl_easy_setopt(easy, CURLOPT_USERNAME, transfer->name);
	curl_easy_setopt(easy, CURLOPT_PASSWORD, transfer->password);
	bool netrc = !rules->no_netrc && !transfer->password;
	curl_easy_setopt(
	    easy, CURLOPT_NETRC, (long)(netrc ? CURL_NETRC_OPTIONAL : CURL_NETRC_IGNORED));
	if (rules->netrc)
		curl_easy_setopt(easy, CURLOPT_NETRC_FILE, rules->netrc);
	if (rules->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, rules->ca_file);
	// libcurl keeps the certificates between transfers only without a folder of them.
	if (rules->has_bundle || rules->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

void
transfer_prepare(struct net_transfer *transfer, const struct transfer_rules *rules)
{
	CURL *easy = curl_easy_init();

	transfer->easy = easy;
	transfer->connect_timeout_s = rules->connect_timeout_s;
	transfer->stall_timeout_s = rules->stall_timeout_s;
	transfer->begun_us = g_get_monotonic_time();
	curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
	curl_easy_setopt(easy, CURLOPT_URL, transfer->url);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	if (g_str_has_prefix(transfer->url, "https:"))
		curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
	if (transfer->accept != NET_MEDIA && !transfer->packed)
		curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	set_safety(transfer, rules);
	set_ways(transfer, rules);
	set_conditions(transfer, rules);
}
