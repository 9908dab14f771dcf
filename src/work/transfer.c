// SPDX-License-Identifier: GPL-3.0-or-later
//
// The life of a transfer, its login, its end. What curl is told and what it says: transfer_curl.c.
#include "config.h"

#include "work/transfer_private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "work/address.h"
#include "work/neterror.h"

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
		transfer_fill_answer(transfer);
		transfer->answer.ms = (int)((g_get_monotonic_time() - transfer->begun_us) / 1000);
		if (code && !transfer->error)
			set_error(transfer, code);
		if (!transfer->error)
			transfer_is_good(transfer, &transfer->error);
	}
	g_autofree char *url = log_url(transfer->url);
	log_line(LOG_ALL, "%d %s, %" G_GINT64_FORMAT " bytes, %d ms", transfer->answer.status, url,
	    transfer->answer.bytes, transfer->answer.ms);
	transfer->done(transfer->user, &transfer->answer, transfer->error);
}
