// SPDX-License-Identifier: GPL-3.0-or-later
//
// The queue and the turn of the loop: which transfer may start, which has ended. What one transfer
// is like stands in transfer.c.
#include "config.h"

#include "work/net.h"

#include <curl/curl.h>
#include <string.h>

#include "base/log.h"
#include "work/transfer.h"

#define REST_MAX_S 86400

// One server: what waits for it, and how many transfers run.
struct host {
	GQueue waiting; // struct net_transfer *
	int running;
	bool ready;	       // it is in net's queue of those that something may start for
	gint64 rests_until_us; // it wants no feeds to be asked for; 0 nothing of that
};

struct net {
	CURLM *multi;
	struct net_limits limits;
	GHashTable *hosts;  // name -> struct host *
	GQueue ready;	    // struct host *, by turns
	GQueue settled;	    // struct net_transfer *: nothing is to be transferred
	GQueue asked;	    // struct net_transfer *: wait for a login
	GPtrArray *running; // struct net_transfer *
	struct transfer_rules rules;
	GHashTable *logins; // account -> struct login *
	GHashTable *asking; // set of accounts whose login is asked for
	bool (*ask)(void *user, const char *account, GError **error);
	void *ask_user;
};

struct net_answer *
net_answer_copy(const struct net_answer *answer)
{
	struct net_answer *copy = g_memdup2(answer, sizeof *answer);

	copy->url = g_strdup(answer->url);
	copy->moved_to = g_strdup(answer->moved_to);
	copy->etag = g_strdup(answer->etag);
	copy->last_modified = g_strdup(answer->last_modified);
	copy->content_type = g_strdup(answer->content_type);
	copy->encoding = g_strdup(answer->encoding);
	return copy;
}

void
net_answer_free(struct net_answer *answer)
{
	if (!answer)
		return;
	g_free((char *)answer->url);
	g_free((char *)answer->moved_to);
	g_free((char *)answer->etag);
	g_free((char *)answer->last_modified);
	g_free((char *)answer->content_type);
	g_free((char *)answer->encoding);
	g_free(answer);
}

struct login {
	char *name, *password;
};

static void
login_free(gpointer data)
{
	struct login *login = data;

	g_free(login->name);
	g_free(login->password);
	g_free(login);
}

static void
host_free(gpointer data)
{
	struct host *host = data;

	g_queue_clear_full(&host->waiting, (GDestroyNotify)transfer_free);
	g_free(host);
}

void
net_init(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct net *
net_new(const struct net_limits *limits)
{
	struct net *net = g_new0(struct net, 1);

	net->multi = curl_multi_init();
	net->running = g_ptr_array_new();
	net->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, host_free);
	net->logins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, login_free);
	net->asking = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_queue_init(&net->ready);
	g_queue_init(&net->settled);
	g_queue_init(&net->asked);
	transfer_rules_init(&net->rules);
	net_set_limits(net, limits);
	return net;
}

static struct host *
host_of(struct net *net, const struct net_transfer *transfer)
{
	const char *name = transfer_host(transfer);
	struct host *host = g_hash_table_lookup(net->hosts, name);

	if (!host) {
		host = g_new0(struct host, 1);
		g_queue_init(&host->waiting);
		g_hash_table_insert(net->hosts, g_strdup(name), host);
	}
	return host;
}

static void
note_ready(struct net *net, struct host *host, bool first)
{
	if (host->ready || g_queue_is_empty(&host->waiting) ||
	    host->running >= net->limits.per_host)
		return;
	host->ready = true;
	if (first)
		g_queue_push_head(&net->ready, host);
	else
		g_queue_push_tail(&net->ready, host);
}

static bool
rests(const struct host *host, struct net_transfer *transfer)
{
	gint64 left_us = host->rests_until_us - g_get_monotonic_time();

	return left_us > 0 && transfer_put_off(transfer, left_us / G_USEC_PER_SEC + 1);
}

static void
enqueue(struct net *net, struct net_transfer *transfer, bool first)
{
	struct host *host = host_of(net, transfer);

	// Who waits for it means it.
	if (transfer_is_settled(transfer) || (!first && rests(host, transfer))) {
		g_queue_push_tail(&net->settled, transfer);
		return;
	}
	if (first)
		g_queue_push_head(&host->waiting, transfer);
	else
		g_queue_push_tail(&host->waiting, transfer);
	if (first && host->ready) {
		g_queue_remove(&net->ready, host);
		host->ready = false;
	}
	note_ready(net, host, first);
}

void
net_set_limits(struct net *net, const struct net_limits *limits)
{
	GHashTableIter iter;
	gpointer host;

	net->limits = *limits;
	net->rules.connect_timeout_s = limits->connect_timeout_s;
	net->rules.stall_timeout_s = limits->stall_timeout_s;
	g_hash_table_iter_init(&iter, net->hosts);
	while (g_hash_table_iter_next(&iter, NULL, &host))
		note_ready(net, host, false);
}

void
net_set_ways(struct net *net, const struct net_ways *ways)
{
	transfer_rules_set_ways(&net->rules, ways);
}

void
net_set_ask(
    struct net *net, bool (*ask)(void *user, const char *account, GError **error), void *user)
{
	net->ask = ask;
	net->ask_user = user;
}

static void
drop_running(struct net *net, struct net_transfer *transfer)
{
	struct host *host = host_of(net, transfer);

	host->running--;
	note_ready(net, host, false);
	curl_multi_remove_handle(net->multi, transfer_easy(transfer));
	g_ptr_array_remove_fast(net->running, transfer);
}

void
net_free(struct net *net)
{
	while (net->running->len) {
		struct net_transfer *transfer = net->running->pdata[0];
		drop_running(net, transfer);
		transfer_free(transfer);
	}
	g_queue_clear_full(&net->settled, (GDestroyNotify)transfer_free);
	g_queue_clear_full(&net->asked, (GDestroyNotify)transfer_free);
	g_queue_clear(&net->ready);
	g_ptr_array_unref(net->running);
	g_hash_table_unref(net->hosts);
	g_hash_table_unref(net->logins);
	g_hash_table_unref(net->asking);
	curl_multi_cleanup(net->multi);
	transfer_rules_clear(&net->rules);
	g_free(net);
}

struct net_transfer *
net_start(struct net *net, const struct net_request *request)
{
	struct net_transfer *transfer = transfer_new(request, &net->rules);

	enqueue(net, transfer, request->urgent);
	return transfer;
}

void
net_cancel(struct net_transfer *transfer)
{
	transfer_cancel(transfer);
}

void
net_give_login(struct net *net, const char *account, const char *name, const char *password,
    const GError *error)
{
	if (!error) {
		struct login *login = g_new0(struct login, 1);
		login->name = g_strdup(name);
		login->password = g_strdup(password);
		g_hash_table_replace(net->logins, g_strdup(account), login);
	}
	for (GList *link = net->asked.head, *next; link; link = next) {
		struct net_transfer *transfer = link->data;
		next = link->next;
		if (!transfer_waits_for(transfer, account))
			continue;
		g_queue_delete_link(&net->asked, link);
		transfer_answer(transfer, name, password, error);
		enqueue(net, transfer, true);
	}
	g_hash_table_remove(net->asking, account);
}

void
net_wakeup(struct net *net)
{
	curl_multi_wakeup(net->multi);
}

static void
start(struct net *net, struct net_transfer *transfer)
{
	const char *account = transfer_account(transfer);
	const struct login *login = account ? g_hash_table_lookup(net->logins, account) : NULL;

	g_ptr_array_add(net->running, transfer);
	if (login)
		transfer_set_login(transfer, login->name, login->password);
	transfer_prepare(transfer, &net->rules);
	curl_multi_add_handle(net->multi, transfer_easy(transfer));
}

static void
finish(struct net_transfer *transfer, CURLcode code)
{
	transfer_finish(transfer, code);
	transfer_free(transfer);
}

// What needs no transfer (refused, or a file that has not changed) ends here; what has room starts.
static bool
pump(struct net *net)
{
	struct net_transfer *transfer;
	bool ended = false;

	while ((transfer = g_queue_pop_head(&net->settled))) {
		finish(transfer, CURLE_OK);
		ended = true; // the callback may have queued more
	}
	while ((int)net->running->len < net->limits.total && !g_queue_is_empty(&net->ready)) {
		struct host *host = g_queue_pop_head(&net->ready);
		host->ready = false;
		transfer = g_queue_pop_head(&host->waiting);
		if (transfer_is_settled(transfer)) { // cancelled meanwhile: nobody hears of it
			finish(transfer, CURLE_OK);
		} else {
			host->running++;
			start(net, transfer);
		}
		note_ready(net, host, false);
	}
	return ended;
}

static void
drop_cancelled(struct net *net)
{
	for (guint i = net->running->len; i-- > 0;) {
		struct net_transfer *transfer = net->running->pdata[i];
		if (transfer_is_settled(transfer)) {
			drop_running(net, transfer);
			finish(transfer, CURLE_OK);
		}
	}
}

// Whether the transfer goes on: its server wants a login, and somebody may know it. Once.
static bool
asks(struct net *net, struct net_transfer *transfer, CURLcode code)
{
	GError *error = NULL;

	if (!net->ask || !transfer_wants_login(transfer, code))
		return false;
	const char *account = transfer_account(transfer);
	g_hash_table_remove(net->logins, account);
	if (!g_hash_table_contains(net->asking, account)) {
		if (!net->ask(net->ask_user, account, &error)) {
			if (error)
				transfer_refuse(transfer, error);
			return false;
		}
		g_hash_table_add(net->asking, g_strdup(account));
	}
	transfer_wait(transfer);
	g_queue_push_tail(&net->asked, transfer);
	return true;
}

// A server that wants to be left alone means all of its feeds.
static void
note_rest(struct net *net, const struct net_transfer *transfer)
{
	struct host *host = host_of(net, transfer);
	gint64 rest_s = MIN(transfer_rest_s(transfer), REST_MAX_S);
	GQueue kept = G_QUEUE_INIT;
	struct net_transfer *waiting;

	if (rest_s <= 0)
		return;
	host->rests_until_us = g_get_monotonic_time() + rest_s * G_USEC_PER_SEC;
	while ((waiting = g_queue_pop_head(&host->waiting)))
		g_queue_push_tail(rests(host, waiting) ? &net->settled : &kept, waiting);
	host->waiting = kept;
	if (host->ready && g_queue_is_empty(&kept)) {
		g_queue_remove(&net->ready, host);
		host->ready = false;
	}
}

static bool
take_finished(struct net *net)
{
	bool ended = false;
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(net->multi, &left))) {
		struct net_transfer *transfer = NULL;
		CURLcode code = message->data.result;
		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
		drop_running(net, transfer);
		note_rest(net, transfer);
		if (!asks(net, transfer, code))
			finish(transfer, code);
		ended = true;
	}
	return ended;
}

void
net_run(struct net *net, int timeout_ms)
{
	int alive;

	drop_cancelled(net);
	bool ended = pump(net);
	curl_multi_perform(net->multi, &alive);
	ended |= take_finished(net);
	// What ended made room, and its callback may have queued more.
	curl_multi_poll(net->multi, NULL, 0, ended ? 0 : timeout_ms, NULL);
}
