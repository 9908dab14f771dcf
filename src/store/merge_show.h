// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a feed says about the show itself. Private to this folder.
#ifndef HARK_STORE_MERGE_SHOW_H
#define HARK_STORE_MERGE_SHOW_H

#include "store/store.h"
#include "text/feed.h"

// Inside a transaction: writes what differs. A feed without a title keeps the one there is.
bool merge_show_write(struct store *store, gint64 show_id, const struct feed *feed, GError **error);

#endif
