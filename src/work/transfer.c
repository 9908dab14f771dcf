// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/transfer.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/i18n.h"
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

struct net_transfer {
	CURL *easy;		    // NULL until prepared
	struct curl_slist *headers; // its own; NULL: those of the rules
	char *url, *host;	    // without login
	char *name, *password;	    // NULL none; for that host alone
	char *account;		    // the address whose login that is or would be; NULL none
	bool own_login;		    // the address holds all of it
	bool asked, waits;	    // for a login
	char *etag, *last_modified; // conditions
	enum net_accept accept;
	gint64 max_bytes;
	bool packed;
	bool local;
	bool (*data)(void *user, const struct net_answer *answer, const char *bytes, size_t len,
	    GError **error);
	void (*done)(void *user, const struct net_answer *answer, const GError *error);
	void *user;

	struct net_answer answer; // its strings belong to the handle or to the fields below
	// Copies: a trailer may move what the handle keeps, and libcurl puts logins into the URL.
	char *answer_url, *answer_etag, *answer_modified, *answer_type, *answer_encoding;
	char *chain;	// where the redirects have led so far
	char *moved_to; // the same while all were permanent
	char *location; // the last Location as it came
	bool temporary; // a redirect that is not permanent was met
	bool answered;	// the answer is filled
	bool cancelled;
	int stall_timeout_s, connect_timeout_s;
	gint64 begun_us;
	GError *error;
};

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

// A local file is looked at before curl opens it: a pipe would hang, a folder says little.
static void
settle_local(struct net_transfer *transfer)
{
	g_autofree char *path = g_filename_from_uri(transfer->url, NULL, NULL);
	struct stat st;
	const char *sentence = NULL;

	if (!path)
		sentence = _("%s is no address of a file on this machine.");
	else if (stat(path, &st) < 0)
		sentence = errno == ENOENT ? _("%s: there is no such file.")
					   : _("%s: the file cannot be read.");
	else if (S_ISDIR(st.st_mode))
		sentence = _("%s is a folder, not a file.");
	else if (!S_ISREG(st.st_mode))
		sentence = _("%s is no ordinary file.");
	if (sentence) {
		GString *filled = g_string_new(sentence);
		g_string_replace(filled, "%s", path ? path : transfer->url, 1);
		g_set_error_literal(&transfer->error, HARK_ERROR, HARK_ERROR_FAILED, filled->str);
		g_string_free(filled, TRUE);
		return;
	}
	char *canonical = g_filename_to_uri(path, NULL, NULL);
	if (canonical) {
		g_free(transfer->url);
		transfer->url = canonical;
	}
	transfer->answer_etag = g_strdup_printf("file %" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT,
	    (gint64)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (gint64)st.st_size);
	transfer->answer.etag = transfer->answer_etag;
	transfer->answer.length_bytes = st.st_size;
	transfer->answer.status = g_strcmp0(transfer->etag, transfer->answer_etag) ? 200 : 304;
	transfer->answered = true;
}

// Takes the login out of the address: it goes to that server alone, and into no answer, no message
// and no address that is made from this one. What hangs on a feed has that one's.
static void
take_login(struct net_transfer *transfer, const char *account)
{
	g_autofree char *whole = g_strdup(transfer->url);

	if (strchr(whole, '@')) { // most have none: they are not taken apart for it
		char *bare = address_split_login(whole, &transfer->name, &transfer->password);
		if (!bare)
			return;
		g_free(transfer->url);
		transfer->url = bare;
	}
	if (transfer->name || transfer->password || !account || !strcmp(account, whole))
		account = whole;
	else if (!address_shares_login(account, whole))
		return;
	transfer->account = g_strdup(account);
	if (account != whole)
		g_free(address_split_login(account, &transfer->name, &transfer->password));
	transfer->own_login = transfer->password != NULL;
}

struct net_transfer *
transfer_new(const struct net_request *request, const struct transfer_rules *rules)
{
	struct net_transfer *transfer = g_new0(struct net_transfer, 1);
	bool remote = true;

	transfer->url = g_strdup(request->url);
	transfer->etag = g_strdup(request->etag);
	transfer->last_modified = g_strdup(request->last_modified);
	transfer->accept = request->accept;
	transfer->packed = request->packed;
	transfer->max_bytes = request->max_bytes;
	transfer->data = request->data;
	transfer->done = request->done;
	transfer->user = request->user;
	transfer->answer.length_bytes = -1;
	transfer->answer.max_age_s = -1;
	transfer->local = request->local && !g_ascii_strncasecmp(request->url, "file:", 5);
	if (transfer->local)
		settle_local(transfer);
	else
		take_login(transfer, request->account);
	if (!transfer->local)
		transfer->host = address_host(transfer->url, &remote);
	if (!transfer->local && !transfer->host)
		transfer->error =
		    neterror_new(remote ? CURLE_URL_MALFORMAT : CURLE_UNSUPPORTED_PROTOCOL,
			&(struct neterror){.url = transfer->url});
	transfer->chain = g_strdup(transfer->url);
	transfer->answer.url = transfer->url;
	return transfer;
}

void
transfer_free(struct net_transfer *transfer)
{
	if (transfer->easy)
		curl_easy_cleanup(transfer->easy);
	curl_slist_free_all(transfer->headers);
	g_free(transfer->url);
	g_free(transfer->host);
	g_free(transfer->name);
	g_free(transfer->password);
	g_free(transfer->account);
	g_free(transfer->etag);
	g_free(transfer->last_modified);
	g_free(transfer->answer_url);
	g_free(transfer->answer_etag);
	g_free(transfer->answer_modified);
	g_free(transfer->answer_type);
	g_free(transfer->answer_encoding);
	g_free(transfer->chain);
	g_free(transfer->moved_to);
	g_free(transfer->location);
	g_clear_error(&transfer->error);
	g_free(transfer);
}

const char *
transfer_host(const struct net_transfer *transfer)
{
	return transfer->host ? transfer->host : "";
}

CURL *
transfer_easy(const struct net_transfer *transfer)
{
	return transfer->easy;
}

const char *
transfer_account(const struct net_transfer *transfer)
{
	return transfer->account;
}

void
transfer_set_login(struct net_transfer *transfer, const char *name, const char *password)
{
	if (transfer->own_login)
		return;
	if (name) {
		g_free(transfer->name);
		transfer->name = g_strdup(name);
	}
	g_free(transfer->password);
	transfer->password = g_strdup(password);
}

bool
transfer_wants_login(const struct net_transfer *transfer, CURLcode code)
{
	long status = 0;
	bool remote;
	char *url = NULL;

	if (code != CURLE_HTTP_RETURNED_ERROR || !transfer->account || transfer->own_login ||
	    transfer->asked || transfer->cancelled)
		return false;
	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(transfer->easy, CURLINFO_EFFECTIVE_URL, &url);
	g_autofree char *host = url ? address_host(url, &remote) : NULL;
	return status == 401 && !g_strcmp0(host, transfer->host);
}

// Back to where transfer_new left it.
static void
rewind_all(struct net_transfer *transfer)
{
	g_clear_pointer(&transfer->easy, curl_easy_cleanup);
	g_clear_pointer(&transfer->headers, curl_slist_free_all);
	g_clear_pointer(&transfer->answer_url, g_free);
	g_clear_pointer(&transfer->answer_etag, g_free);
	g_clear_pointer(&transfer->answer_modified, g_free);
	g_clear_pointer(&transfer->answer_type, g_free);
	g_clear_pointer(&transfer->moved_to, g_free);
	g_clear_pointer(&transfer->location, g_free);
	g_free(transfer->chain);
	transfer->chain = g_strdup(transfer->url);
	transfer->temporary = transfer->answered = false;
	transfer->answer =
	    (struct net_answer){.url = transfer->url, .length_bytes = -1, .max_age_s = -1};
}

void
transfer_wait(struct net_transfer *transfer)
{
	rewind_all(transfer);
	transfer->asked = transfer->waits = true;
}

bool
transfer_waits_for(const struct net_transfer *transfer, const char *account)
{
	return transfer->waits && (!account || !strcmp(account, transfer->account));
}

void
transfer_refuse(struct net_transfer *transfer, GError *taken)
{
	g_autofree char *url = log_url(transfer->url);

	transfer->answer.status = 401;
	transfer->error = g_error_new(HARK_ERROR, HARK_ERROR_FAILED,
	    _("%s: the server says 401: it wants a name and a password. %s"), url, taken->message);
	g_error_free(taken);
}

void
transfer_answer(
    struct net_transfer *transfer, const char *name, const char *password, const GError *error)
{
	transfer->waits = false;
	if (error)
		transfer_refuse(transfer, g_error_copy(error));
	else
		transfer_set_login(transfer, name, password);
}

gint64
transfer_rest_s(const struct net_transfer *transfer)
{
	curl_off_t rest_s = 0;
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &rest_s);
	return status == 429 || status == 503 ? rest_s : 0;
}

bool
transfer_put_off(struct net_transfer *transfer, gint64 rest_s)
{
	if (transfer->accept != NET_FEED || transfer_is_settled(transfer))
		return false;
	transfer->answer.put_off = true;
	transfer->answer.retry_after_s = rest_s;
	g_set_error(&transfer->error, HARK_ERROR, HARK_ERROR_AGAIN,
	    _("%s wants to be left alone for a while"), transfer->host);
	return true;
}

bool
transfer_is_settled(const struct net_transfer *transfer)
{
	return transfer->cancelled || transfer->error ||
	       (transfer->local && transfer->answer.status == 304);
}

void
transfer_cancel(struct net_transfer *transfer)
{
	transfer->cancelled = true;
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

static void
fill_answer(struct net_transfer *transfer)
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
static bool
is_good(const struct net_transfer *transfer, GError **error)
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
	fill_answer(transfer);
	if (!transfer->error && !is_good(transfer, &transfer->error))
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

static void
set_error(struct net_transfer *transfer, CURLcode code)
{
	struct neterror facts = {.url = transfer->url,
	    .location = transfer->location,
	    .status = transfer->answer.status,
	    .max_bytes = transfer->max_bytes,
	    .login = transfer->name != NULL};
	curl_off_t connected_us = 0;
	long proxy_status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
	facts.proxy_status = (int)proxy_status;
	curl_easy_getinfo(transfer->easy, CURLINFO_CONNECT_TIME_T, &connected_us);
	curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &facts.os_error);
	facts.connected = connected_us > 0;
	facts.timeout_s = facts.connected ? transfer->stall_timeout_s : transfer->connect_timeout_s;
	transfer->answer.unreachable = code == CURLE_COULDNT_RESOLVE_HOST ||
				       facts.os_error == ENETUNREACH ||
				       facts.os_error == EHOSTUNREACH;
	transfer->error = neterror_new(code, &facts);
}

void
transfer_finish(struct net_transfer *transfer, CURLcode code)
{
	if (transfer->cancelled)
		return;
	if (transfer->easy) {
		fill_answer(transfer);
		transfer->answer.ms = (int)((g_get_monotonic_time() - transfer->begun_us) / 1000);
		if (code && !transfer->error)
			set_error(transfer, code);
		if (!transfer->error)
			is_good(transfer, &transfer->error);
	}
	g_autofree char *url = log_url(transfer->url);
	log_line(LOG_ALL, "%d %s, %" G_GINT64_FORMAT " bytes, %d ms", transfer->answer.status, url,
	    transfer->answer.bytes, transfer->answer.ms);
	transfer->done(transfer->user, &transfer->answer, transfer->error);
}
