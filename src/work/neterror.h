// SPDX-License-Identifier: GPL-3.0-or-later
//
// What went wrong on the network, as a sentence: the address that was tried, what came back.
#ifndef HARK_WORK_NETERROR_H
#define HARK_WORK_NETERROR_H

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

struct neterror {
	const char *url;      // that was asked
	const char *location; // the last place a redirect named, or NULL
	int status;	      // HTTP's
	int proxy_status;     // of a proxy that was asked for a way through; 0 none
	int timeout_s;	      // the one that may have passed
	bool connected;
	bool login; // a name and a password went with it
	long os_error;
	gint64 max_bytes;
};

GError *neterror_new(CURLcode code, const struct neterror *facts);

#endif
