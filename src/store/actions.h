// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the user does to data. Every action is one transaction that also writes the journal: one row
// an action, and for each column that changed its old and new value, so that undo and redo work
// across processes and restarts, and sync will read it. A repeated action that changes nothing is
// no action.
#ifndef HARK_STORE_ACTIONS_H
#define HARK_STORE_ACTIONS_H

#include "base/owned.h"
#include "store/store.h"

enum action_kind {
	ACTION_PLAYED,
	ACTION_UNPLAYED,
	ACTION_ARCHIVE, // leaves the inbox undone
	ACTION_INBOX,	// back to the inbox
	ACTION_DECIDED, // leaves the inbox without being archived (played for 30 s)
	ACTION_QUEUE_LAST,
	ACTION_QUEUE_NEXT, // right after what plays
	ACTION_QUEUE_REMOVE,
	ACTION_QUEUE_MOVE, // AMOUNT rows up (<0) or down
	ACTION_QUEUE_TOP,
	ACTION_DOWNLOAD,    // wants the main enclosures (of those that have one): decided, too
	ACTION_FETCH,	    // the same for a machine, which decides nothing
	ACTION_SHOW_REMOVE, // ids are shows
	ACTION_UNDO,	    // the newest action not undone; no ids
	ACTION_REDO,
};

struct action {
	enum action_kind kind;
	GArray *ids; // gint64: episodes, or shows
	int amount;
};

struct action *action_new(enum action_kind kind, const gint64 *ids, size_t count, int amount);
void action_free(struct action *action);
OWNED_DEFINE(action, action_free)

struct action_result {
	enum action_kind kind; // what was done, undone or done again
	bool undone, redone;
	int changed; // how many episodes or shows
	char *title; // of the first of them
	gint64 first_id;
};

void action_result_clear(struct action_result *result);

// Does ACTION. HARK_ERROR_NOTHING where there is nothing to undo or no such id.
bool action_apply(struct store *store, const struct action *action, gint64 now_s,
    struct action_result *result, GError **error);

// Queue, in order: numbers of episodes.
GArray *queue_ids(struct store *store, GError **error);

// The player's hand on the queue, no action of the user and so not journalled: what begins to play
// leaves the queue; what played before goes to its top, where it stood.
bool queue_drop(struct store *store, gint64 episode_id, GError **error);
bool queue_push_top(struct store *store, gint64 episode_id, GError **error);

// Nearer to its end than this an episode counts as played (a short one: than a tenth of it).
#define POSITION_END_S 10.0

// The player's word: where an episode stands (not journalled; its own generation kind). DURATION_S
// > 0 replaces an unknown or wrong length. Within POSITION_END_S of the end it counts as played:
// its position is 0 again.
bool position_save(struct store *store, gint64 episode_id, double position_s, double duration_s,
    gint64 now_s, GError **error);

#endif
