// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's actions: one row and one function each, undo and redo over all of them.
#include "config.h"

#include "store/actions.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/episodes.h"
#include "store/queue.h"
#include "store/sql.h"

struct action *
action_new(enum action_kind kind, const gint64 *ids, size_t count, int amount)
{
	struct action *action = g_new0(struct action, 1);

	action->kind = kind;
	action->amount = amount;
	action->ids = g_array_sized_new(FALSE, FALSE, sizeof(gint64), count);
	if (count > 0)
		g_array_append_vals(action->ids, ids, count);
	return action;
}

void
action_free(struct action *action)
{
	if (!action)
		return;
	g_array_free(action->ids, TRUE);
	g_free(action);
}

void
action_result_clear(struct action_result *result)
{
	g_clear_pointer(&result->title, g_free);
}

static const gint64 one = 1, none = 0;

static bool
mark_played(struct journal *journal, gint64 id, GError **error)
{
	return journal_set(journal, PLACE_PLAYED, id, &journal->now_s, error) &&
	       journal_set(journal, PLACE_POSITION, id, &none, error) &&
	       journal_set(journal, PLACE_INBOX, id, &none, error);
}

static bool
mark_unplayed(struct journal *journal, gint64 id, GError **error)
{
	return journal_set(journal, PLACE_PLAYED, id, NULL, error);
}

static bool
mark_archived(struct journal *journal, gint64 id, GError **error)
{
	return journal_set(journal, PLACE_ARCHIVED, id, &journal->now_s, error) &&
	       journal_set(journal, PLACE_INBOX, id, &none, error);
}

static bool
mark_inbox(struct journal *journal, gint64 id, GError **error)
{
	return journal_set(journal, PLACE_INBOX, id, &one, error) &&
	       journal_set(journal, PLACE_PLAYED, id, NULL, error) &&
	       journal_set(journal, PLACE_ARCHIVED, id, NULL, error);
}

static bool
mark_decided(struct journal *journal, gint64 id, GError **error)
{
	return journal_set(journal, PLACE_INBOX, id, &none, error);
}

// Wanted, running or here: as it is. Else from the feed's address, anew. What has no audio is left.
static bool
mark_fetch(struct journal *journal, gint64 id, GError **error)
{
	static const gint64 wanted = FILE_WANTED;
	struct store *store = journal->store;
	gint64 there = 0;

	if (!sql_number(store, 0, &there, error,
		"SELECT 1 FROM file WHERE episode_id = ? AND state IN (1, 2, 5)", "i", id))
		return false;
	if (there)
		return true;
	if (!sql_number(store, 0, &there, error,
		"SELECT 1 FROM enclosure WHERE episode_id = ? AND n = 0 AND url <> ''", "i", id))
		return false;
	if (!there)
		return true;
	return journal_set(journal, PLACE_FILE, id, &wanted, error) &&
	       sql_run(store, error,
		   "UPDATE file SET url = m.url, type = m.type, tries = 0"
		   " FROM enclosure m WHERE m.episode_id = file.episode_id AND m.n = 0"
		   " AND file.episode_id = ?",
		   "i", id);
}

// Where there is nothing to download it stays undecided.
static bool
mark_download(struct journal *journal, gint64 id, GError **error)
{
	gint64 wanted = 0;

	return mark_fetch(journal, id, error) &&
	       sql_run(journal->store, error,
		   "UPDATE file SET error = NULL WHERE episode_id = ? AND state = 1", "i", id) &&
	       sql_number(journal->store, 0, &wanted, error,
		   "SELECT 1 FROM file WHERE episode_id = ? AND state IN (1, 2, 5)", "i", id) &&
	       (!wanted || mark_decided(journal, id, error));
}

static bool
remove_show(struct journal *journal, gint64 id, GError **error)
{
	g_autoptr(GArray) queued = sql_numbers(journal->store, error,
	    "SELECT q.episode_id FROM queue q CROSS JOIN episode e WHERE q.rank IS NOT NULL"
	    " AND e.id = q.episode_id AND e.show_id = ?",
	    "i", id);

	for (guint i = 0; queued && i < queued->len; i++)
		if (!journal_set(
			journal, PLACE_RANK, g_array_index(queued, gint64, i), NULL, error))
			return false;
	return queued && journal_set(journal, PLACE_SHOW_REMOVED, id, &journal->now_s, error);
}

static void
put_last(struct store *store, GArray *rows, const struct action *action)
{
	queue_put(rows, -1, (const gint64 *)action->ids->data, action->ids->len);
}

static void
put_next(struct store *store, GArray *rows, const struct action *action)
{
	queue_put(
	    rows, queue_behind_playing(store), (const gint64 *)action->ids->data, action->ids->len);
}

static void
put_top(struct store *store, GArray *rows, const struct action *action)
{
	queue_put(rows, 0, (const gint64 *)action->ids->data, action->ids->len);
}

static void
take_out(struct store *store, GArray *rows, const struct action *action)
{
	for (guint i = 0; i < action->ids->len; i++) {
		int at = queue_find(rows, g_array_index(action->ids, gint64, i));
		if (at >= 0)
			g_array_remove_index(rows, at);
	}
}

static void
shift(struct store *store, GArray *rows, const struct action *action)
{
	queue_shift(rows, (const gint64 *)action->ids->data, action->ids->len, action->amount);
}

// name: in the journal, for good. mark: for each of the ids; order: once, on the queue.
struct action_row {
	const char *name;
	const char *guard; // finds who is there already as the action leaves it: no action then
	bool (*mark)(struct journal *journal, gint64 id, GError **error);
	void (*order)(struct store *store, GArray *rows, const struct action *action);
};

static const struct action_row rows[] = {
    [ACTION_PLAYED] = {"played",
	"SELECT 1 FROM episode WHERE id = ? AND inbox = 0 AND played_at IS NOT NULL AND id NOT IN"
	" (SELECT episode_id FROM position WHERE position_s > 0)",
	mark_played},
    [ACTION_UNPLAYED] = {"unplayed", NULL, mark_unplayed},
    [ACTION_ARCHIVE] = {"archive",
	"SELECT 1 FROM episode WHERE id = ? AND inbox = 0 AND archived_at IS NOT NULL",
	mark_archived},
    [ACTION_INBOX] = {"inbox", NULL, mark_inbox},
    [ACTION_DECIDED] = {"decided", NULL, mark_decided},
    [ACTION_QUEUE_LAST] = {"queue-last", NULL, mark_decided, put_last},
    [ACTION_QUEUE_NEXT] = {"queue-next", NULL, mark_decided, put_next},
    [ACTION_QUEUE_REMOVE] = {"queue-remove", NULL, NULL, take_out},
    [ACTION_QUEUE_MOVE] = {"queue-move", NULL, NULL, shift},
    [ACTION_QUEUE_TOP] = {"queue-top", NULL, mark_decided, put_top},
    [ACTION_DOWNLOAD] = {"download", NULL, mark_download},
    [ACTION_FETCH] = {"fetch", NULL, mark_fetch},
    [ACTION_SHOW_REMOVE] = {"show-remove", NULL, remove_show},
    [ACTION_UNDO] = {NULL},
    [ACTION_REDO] = {NULL},
};

static int
kind_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].name && strcmp(rows[i].name, name) == 0)
			return i;
	return -1;
}

// The title of an episode or a show. NULL: there is none, or its show is removed (LIVE).
static char *
title_of(struct store *store, enum action_kind kind, gint64 id, bool live, GError **error)
{
	sqlite3_stmt *row =
	    kind == ACTION_SHOW_REMOVE
		? sql_query(store, error,
		      "SELECT coalesce(user_title, title) FROM show"
		      " WHERE id = ? AND NOT (? AND removed_at IS NOT NULL)",
		      "in", id, live)
		: sql_query(store, error,
		      "SELECT e.title FROM episode e JOIN show s ON s.id = e.show_id WHERE e.id = ?"
		      " AND NOT (? AND (e.removed_at IS NOT NULL OR s.removed_at IS NOT NULL))",
		      "in", id, live);
	if (!row || !sql_row(store, row, error))
		return NULL;
	char *title = sql_text(row, 0);
	sql_done(row);
	return title;
}

// All must be there: half an action is none.
static bool
check_ids(struct store *store, const struct action *action, GError **error)
{
	for (guint i = 0; i < action->ids->len; i++) {
		g_autoptr(GError) failed = NULL;
		gint64 id = g_array_index(action->ids, gint64, i);
		g_autofree char *title = title_of(store, action->kind, id, true, &failed);
		if (title)
			continue;
		if (failed)
			g_propagate_error(error, g_steal_pointer(&failed));
		else
			g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING,
			    action->kind == ACTION_SHOW_REMOVE
				? _("There is no show with number %" G_GINT64_FORMAT ".")
				: _("There is no episode with number %" G_GINT64_FORMAT "."),
			    id);
		return false;
	}
	return true;
}

static bool
mark_all(struct journal *journal, const struct action_row *row, const struct action *action,
    GError **error)
{
	for (guint i = 0; i < action->ids->len; i++) {
		gint64 id = g_array_index(action->ids, gint64, i), guarded = 0;
		if (row->guard &&
		    !sql_number(journal->store, 0, &guarded, error, row->guard, "i", id))
			return false;
		if (!guarded && !row->mark(journal, id, error))
			return false;
	}
	return true;
}

static bool
order_queue(struct journal *journal, const struct action_row *row, const struct action *action,
    GError **error)
{
	g_autoptr(GArray) queue = queue_load(journal->store, error);

	if (!queue)
		return false;
	row->order(journal->store, queue, action);
	return queue_save(journal, queue, error);
}

// How many of the action's own rows changed, and the first of them.
static void
count_changed(
    const struct journal *journal, const struct action *action, struct action_result *result)
{
	g_autoptr(GHashTable) counted = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < action->ids->len; i++) {
		gint64 *id = &g_array_index(action->ids, gint64, i);
		if (!g_hash_table_contains(journal->changed, id) || !g_hash_table_add(counted, id))
			continue;
		if (result->changed++ == 0)
			result->first_id = *id;
	}
}

static bool
do_action(struct store *store, const struct action *action, gint64 now_s,
    struct action_result *result, GError **error)
{
	const struct action_row *row = &rows[action->kind];
	struct journal journal;

	if (!check_ids(store, action, error))
		return false;
	bool ok = journal_open(&journal, store, row->name, now_s, error) &&
		  (!row->mark || mark_all(&journal, row, action, error)) &&
		  (!row->order || order_queue(&journal, row, action, error));
	if (ok)
		count_changed(&journal, action, result);
	if (ok && result->changed == 0) {
		// Named all the same, so that it can be said of what nothing changed.
		if (action->ids->len > 0)
			result->first_id = g_array_index(action->ids, gint64, 0);
		ok = sql_run(store, error, "DELETE FROM journal WHERE id = ?", "i", journal.id);
	} else if (ok) {
		ok = sql_run(store, error, "UPDATE journal SET rows = ?, first_id = ? WHERE id = ?",
		    "nii", result->changed, result->first_id, journal.id);
	}
	journal_close(&journal);
	return ok;
}

// The newest that is done, or the oldest of those undone after it.
static gint64
find_entry(struct store *store, bool redo, struct action_result *result, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row =
	    redo
		? sql_query(store, error,
		      "SELECT id, kind, rows, first_id FROM journal WHERE undone_at IS NOT NULL"
		      " AND id > (SELECT coalesce(max(id), 0) FROM journal WHERE undone_at IS NULL)"
		      " ORDER BY id LIMIT 1",
		      "")
		: sql_query(store, error,
		      "SELECT id, kind, rows, first_id FROM journal WHERE undone_at IS NULL"
		      " ORDER BY id DESC LIMIT 1",
		      "");
	if (!row)
		return 0;
	if (!sql_row(store, row, &failed)) {
		if (failed)
			g_propagate_error(error, g_steal_pointer(&failed));
		else
			g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING,
			    redo ? _("There is nothing to do again.")
				 : _("There is nothing to take back."));
		return 0;
	}
	gint64 id = sqlite3_column_int64(row, 0);
	int kind = kind_of((const char *)sqlite3_column_text(row, 1));
	result->kind = kind >= 0 ? (enum action_kind)kind : ACTION_DECIDED;
	result->changed = sqlite3_column_int(row, 2);
	result->first_id = sqlite3_column_int64(row, 3);
	sql_done(row);
	return id;
}

static bool
replay(struct store *store, bool redo, gint64 now_s, struct action_result *result, GError **error)
{
	gint64 id = find_entry(store, redo, result, error);

	if (!id || !journal_replay(store, id, redo, now_s, error))
		return false;
	result->undone = !redo;
	result->redone = redo;
	return redo ? sql_run(
			  store, error, "UPDATE journal SET undone_at = NULL WHERE id = ?", "i", id)
		    : sql_run(store, error, "UPDATE journal SET undone_at = ? WHERE id = ?", "ii",
			  now_s, id);
}

bool
action_apply(struct store *store, const struct action *action, gint64 now_s,
    struct action_result *result, GError **error)
{
	bool again = action->kind == ACTION_UNDO || action->kind == ACTION_REDO;

	*result = (struct action_result){.kind = action->kind};
	if (!store_begin(store, STORE_USER, error))
		return false;
	bool ok = again ? replay(store, action->kind == ACTION_REDO, now_s, result, error)
			: do_action(store, action, now_s, result, error);
	if (ok && result->first_id)
		result->title = title_of(store, result->kind, result->first_id, false, NULL);
	if (!sql_end(store, ok, error)) {
		action_result_clear(result);
		return false;
	}
	return true;
}
