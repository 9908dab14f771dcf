// SPDX-License-Identifier: GPL-3.0-or-later
//
// A transfer's two sides: its life (transfer.c), and curl's handle (transfer_curl.c).
#ifndef HARK_WORK_TRANSFER_PRIVATE_H
#define HARK_WORK_TRANSFER_PRIVATE_H

#include "work/transfer.h"

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

// What headers tell, once; from the handle, when it knows them.
void transfer_fill_answer(struct net_transfer *transfer);

// Whether its status means that a body is what was asked for, or that nothing has changed.
bool transfer_is_good(const struct net_transfer *transfer, GError **error);

#endif
