// SPDX-License-Identifier: GPL-3.0-or-later
//
// Addresses of shows as they are compared (STANDARDS 17.3). Private to this folder.
#ifndef HARK_STORE_ADDRESS_H
#define HARK_STORE_ADDRESS_H

// Two addresses with one key are one subscription: scheme, password, default port, fragment, case
// of host and path and empty segments do not count; user and query do. A local file's case counts.
char *address_key(const char *url);

#endif
