// SPDX-License-Identifier: GPL-3.0-or-later
//
// One transfer of net: its curl handle, its answer, its end. Nobody but net.c uses this.
#ifndef HARK_WORK_TRANSFER_H
#define HARK_WORK_TRANSFER_H

#include <curl/curl.h>

#include "work/net.h"

// What all transfers share.
struct transfer_rules {
	int connect_timeout_s, stall_timeout_s;
	struct curl_slist *feed_headers;
	bool has_bundle; // a file of certificates is known: no folder is searched
	char *proxy;	 // NULL: as the environment says; "" none
	char *ca_file;	 // NULL: the system's
	char *netrc;	 // a file; NULL: ~/.netrc
	bool no_netrc;
};

void transfer_rules_init(struct transfer_rules *rules);
void transfer_rules_set_ways(struct transfer_rules *rules, const struct net_ways *ways);
void transfer_rules_clear(struct transfer_rules *rules);

struct net_transfer *transfer_new(
    const struct net_request *request, const struct transfer_rules *rules);
void transfer_free(struct net_transfer *transfer);

const char *transfer_host(const struct net_transfer *transfer); // "" for a local file
CURL *transfer_easy(const struct net_transfer *transfer);

// Whose login is meant: an address; NULL where none would be right.
const char *transfer_account(const struct net_transfer *transfer);
// A remembered login, where the address has none. NAME NULL: the address's.
void transfer_set_login(struct net_transfer *transfer, const char *name, const char *password);

// Whether it ended because its own server wants a login that nobody was asked for yet.
bool transfer_wants_login(const struct net_transfer *transfer, CURLcode code);
// Back to its beginning, to wait for the answer; that: a login, or why there is none.
void transfer_wait(struct net_transfer *transfer);
bool transfer_waits_for(const struct net_transfer *transfer, const char *account); // NULL: for any
void transfer_answer(
    struct net_transfer *transfer, const char *name, const char *password, const GError *error);
void transfer_refuse(struct net_transfer *transfer, GError *taken);

// For how many seconds its server wants to be left alone (429, 503 with Retry-After; RFC 9110
// section 10.2.3); 0 it does not say so. After its end.
gint64 transfer_rest_s(const struct net_transfer *transfer);
// Whether a feed was asked for, which can wait: then it ends as one that has to.
bool transfer_put_off(struct net_transfer *transfer, gint64 rest_s);

// Nothing is to be transferred (any more): refused, unchanged or cancelled.
bool transfer_is_settled(const struct net_transfer *transfer);
void transfer_cancel(struct net_transfer *transfer);

// Sets the handle up; just before it is started.
void transfer_prepare(struct net_transfer *transfer, const struct transfer_rules *rules);

// Tells the owner how it ended; nothing where it was cancelled.
void transfer_finish(struct net_transfer *transfer, CURLcode code);

#endif
