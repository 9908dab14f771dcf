// SPDX-License-Identifier: GPL-3.0-or-later
//
// The number of the store's schema. The store makes it; the player says it in its hello, and one
// that is older than its client has to leave, for it could not write any more.
#ifndef HARK_BASE_SCHEMA_H
#define HARK_BASE_SCHEMA_H

#define STORE_SCHEMA 3

#endif
