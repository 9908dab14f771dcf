// SPDX-License-Identifier: GPL-3.0-or-later
//
// The network: many transfers at once on one curl_multi, queued so that neither the whole nor any
// one host gets more than its share. Only http and https, also after redirects (at most 20); a
// local file only where the caller says that one is meant. Bounded in size; a connect and a stall
// timeout, never a total one. Everything happens inside net_run, in the thread that calls it; only
// net_wakeup may be called from others.
#ifndef HARK_WORK_NET_H
#define HARK_WORK_NET_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct net;
struct net_transfer;

struct net_limits {
	int total, per_host; // transfers at once
	int connect_timeout_s, stall_timeout_s;
};

// How servers are reached, in the words of the options: proxy ("" as the environment says, "off"),
// netrc ("on", "off", a file), ca_file ("" the system's).
struct net_ways {
	const char *proxy, *netrc, *ca_file;
};

enum net_accept {
	NET_FEED,     // compressed; feeds preferred
	NET_DOCUMENT, // compressed; anything
	NET_MEDIA,    // as it is stored: identity
};

// What is known of the answer. Borrowed, for the length of the callback.
struct net_answer {
	int status;	 // HTTP's; of a local file 200, or 304 where its validator fits; 0 none
	const char *url; // where the chain of redirects ended; never with a password
	// NULL, or how far the chain led by permanent redirects alone; on the same server with the
	// login that was asked with: to be kept, not to be shown.
	const char *moved_to;
	const char *etag;     // verbatim; of a local file made of time and size
	const char *last_modified;
	const char *content_type;
	const char *encoding; // how a body is packed that was asked for as it comes; NULL not
	gint64 length_bytes;  // promised; -1 unknown
	gint64 retry_after_s; // 0 none
	gint64 max_age_s;     // of Cache-Control or Expires; -1 none
	gint64 bytes;	      // of the body so far, as it is handed over
	int ms;		      // since it was started
	bool put_off;	      // not asked: another answer of its server said when it may be
	bool unreachable;     // no host found, no way there: perhaps there is no network
};

// A copy that outlives the callback.
struct net_answer *net_answer_copy(const struct net_answer *answer);
void net_answer_free(struct net_answer *answer);
OWNED_DEFINE(net_answer, net_answer_free)

struct net_request {
	const char *url;     // its login is sent to its own server alone, as Basic
	const char *account; // whose login is meant, NULL: URL's own. An address: the feed's, for
			     // what hangs on it; for nothing on another server
	const char *etag, *last_modified; // sent as conditions; NULL none
	enum net_accept accept;
	gint64 max_bytes; // of the body as it is handed over
	bool packed;	  // the body is wanted as it comes (work/unpack.h)
	bool local;	  // a file: address is meant; else it is refused
	bool urgent;	  // somebody is waiting: goes before what is queued

	// A block of a body with a good status (2xx, but no part); never of an error page. False
	// stops the transfer.
	bool (*data)(void *user, const struct net_answer *answer, const char *bytes, size_t len,
	    GError **error);
	// The end, once; never after net_cancel. ERROR (borrowed) is NULL for a good status and for
	// a 304 to conditions; its message names the address and what came back. The transfer is
	// gone afterwards.
	void (*done)(void *user, const struct net_answer *answer, const GError *error);
	void *user;
};

// For the process, before any thread.
void net_init(void);

struct net *net_new(const struct net_limits *limits);
void net_free(struct net *net); // drops what runs, without a callback
OWNED_DEFINE(net, net_free)

void net_set_limits(struct net *net, const struct net_limits *limits);
void net_set_ways(struct net *net, const struct net_ways *ways); // copied

// Queues a transfer; REQUEST's strings are copied. Never calls back from inside.
struct net_transfer *net_start(struct net *net, const struct net_request *request);
void net_cancel(struct net_transfer *transfer);

// Who is asked for the login of an account where its server wants one and none is known: ASK
// answers later, by net_give_login; the transfer waits for it, and holds back no other. It returns
// false where there is no way to know, with ERROR set where one was tried.
void net_set_ask(struct net *net,
    bool (*ask)(void *user, const char *account, GError **error), void *user);
// The answer, which is remembered until the server refuses it; or ERROR (borrowed), why there is
// none.
void net_give_login(struct net *net, const char *account, const char *name, const char *password,
    const GError *error);

// Moves everything on; waits up to TIMEOUT_MS for something to do.
void net_run(struct net *net, int timeout_ms);
void net_wakeup(struct net *net);

#endif
