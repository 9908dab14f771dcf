// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an address means: the forms that people paste (STANDARDS 17.3), and which of them a feed may
// lead to.
#ifndef HARK_WORK_ADDRESS_H
#define HARK_WORK_ADDRESS_H

#include <glib.h>
#include <stdbool.h>

// The addresses to try for what was typed, best first (char *): http and https, or one file:
// address for a path or a file: address, made absolute. Fails (HARK_ERROR_USAGE) where it means
// nothing here.
GPtrArray *address_candidates(const char *typed, GError **error);

// ADDRESS with host in lower case, a path, no fragment, no empty query; NULL where it is none.
char *address_normal(const char *address);

// RELATIVE against BASE; NULL where one of them is no address. The caller's.
char *address_join(const char *base, const char *relative);

// "host:port" of an http or https address, lower case; NULL where it is none, with *REMOTE false
// where that is for its scheme. The caller's.
char *address_host(const char *address, bool *remote);

// ADDRESS as messages show it: a path, or without password and query. The caller's.
char *address_shown(const char *address);

// ADDRESS without the name and the password that it may hold, which are given decoded in *USER and
// *PASSWORD, NULL where they are missing. NULL where it is none. All are the caller's.
char *address_split_login(const char *address, char **user, char **password);

// Whether the login that FEED holds is meant for ADDRESS too: the same server, and not in the clear
// where the feed is not.
bool address_shares_login(const char *feed, const char *address);

// Where a show at FEED lives once its server has said that it has moved to ADDRESS: there, with the
// login of FEED if that is meant for it. The caller's.
char *address_moved(const char *feed, const char *address);

bool address_is_local(const char *address);
bool address_is_remote(const char *address); // http, https

// Whether a feed that came from FEED may name ADDRESS: http and https always; a local file only
// where the feed is a local file itself and the other lies in its folder or below, links followed.
bool address_allowed(const char *feed, const char *address);

#endif
