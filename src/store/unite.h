// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two shows that turn out to live at one address become one, with nothing lost.
#ifndef HARK_STORE_UNITE_H
#define HARK_STORE_UNITE_H

#include "store/store.h"

// FROM becomes INTO, in one transaction. An episode that both have (its identity, merge_item.h) is
// INTO's: played, archived, where it was left (the later one), queued, its file come along; what
// only FROM had moves over with all of that. Tags and the user's title are united. FROM is removed,
// its number leads to INTO (shows_match).
bool show_unite(struct store *store, gint64 from, gint64 into, gint64 now_s, GError **error);

// Whether two shows have an episode in common.
bool shows_share_episodes(struct store *store, gint64 one, gint64 other);

// Remembers that a show moved: for `show SHOW`.
bool show_note_move(struct store *store, gint64 id, const char *from_url, const char *to_url,
    gint64 now_s, GError **error);

// "INSTANT ADDRESS" a line, oldest first: where the show (and those that became it) lived before;
// NULL nowhere else. The caller's.
char *show_moves(struct store *store, gint64 id);

#endif
