// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/journal.h"

#include <string.h>

#include "store/episodes.h"
#include "store/sql.h"

struct place_row {
	const char *name;
	const char *make;   // makes sure that there is a row, NULL: not needed
	const char *record; // journal, new value, row
	const char *update; // new value, now, row
	enum store_kind kind;
};

#define PLACE(table, key, column) PLACE_WHERE(table, key, column, "")
#define PLACE_WHERE(table, key, column, where)                                                     \
	.name = #table "." #column,                                                                \
	.record = "INSERT INTO journal_change (journal_id, place, row_id, old, new)"               \
		  " SELECT ?1, '" #table "." #column "', " #key ", " #column ", ?2 FROM " #table   \
		  " WHERE " #key " = ?3 AND " #column " IS NOT ?2" where,                          \
	.update = "UPDATE " #table " SET " #column " = ?1, changed_at = ?2"                        \
		  " WHERE " #key " = ?3 AND " #column " IS NOT ?1" where

G_STATIC_ASSERT(FILE_HERE == 5 && FILE_NONE == 0);

static const struct place_row places[] = {
    [PLACE_INBOX] = {PLACE(episode, id, inbox), .kind = STORE_EPISODES},
    [PLACE_PLAYED] = {PLACE(episode, id, played_at), .kind = STORE_EPISODES},
    [PLACE_ARCHIVED] = {PLACE(episode, id, archived_at), .kind = STORE_EPISODES},
    [PLACE_RANK] = {PLACE(queue, episode_id, rank), .kind = STORE_QUEUE,
	.make = "INSERT OR IGNORE INTO queue (episode_id) VALUES (?)"},
    [PLACE_POSITION] = {PLACE(position, episode_id, position_s), .kind = STORE_POSITIONS},
    [PLACE_SHOW_REMOVED] = {PLACE(show, id, removed_at), .kind = STORE_SHOWS},
    [PLACE_FILE] = {PLACE_WHERE(file, episode_id, state, " AND state <> 5"), .kind = STORE_FILES,
	.make = "INSERT OR IGNORE INTO file (episode_id, url, type, state, total)"
		" SELECT episode_id, url, type, 0, bytes FROM enclosure"
		" WHERE episode_id = ? AND n = 0 AND url <> ''"},
};

bool
journal_open(
    struct journal *journal, struct store *store, const char *kind, gint64 now_s, GError **error)
{
	*journal = (struct journal){.store = store, .now_s = now_s};
	journal->changed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	if (!kind)
		return true;
	if (!sql_run(
		store, error, "INSERT INTO journal (at, kind) VALUES (?, ?)", "is", now_s, kind))
		return false;
	journal->id = sqlite3_last_insert_rowid(store->db);
	return true;
}

void
journal_close(struct journal *journal)
{
	g_clear_pointer(&journal->changed, g_hash_table_destroy);
}

static void
touch(struct store *store, enum journal_place place)
{
	sql_touch(store, places[place].kind);
	// The queue's rows come and go with their show; so does everything else it has.
	if (place == PLACE_SHOW_REMOVED) {
		sql_touch(store, STORE_EPISODES);
		sql_touch(store, STORE_QUEUE);
		sql_touch(store, STORE_FILES);
	}
}

bool
journal_set(struct journal *journal, enum journal_place place, gint64 id, const gint64 *value,
    GError **error)
{
	const struct place_row *row = &places[place];
	struct store *store = journal->store;
	const char *format = value ? "iii" : "isi";

	if (row->make && value && !sql_run(store, error, row->make, "i", id))
		return false;
	if (journal->id) {
		bool ok = value
			      ? sql_run(store, error, row->record, format, journal->id, *value, id)
			      : sql_run(store, error, row->record, format, journal->id, NULL, id);
		if (!ok || sql_changes(store) == 0)
			return ok;
	}
	bool ok = value ? sql_run(store, error, row->update, "iii", *value, journal->now_s, id)
			: sql_run(store, error, row->update, "sii", NULL, journal->now_s, id);
	if (!ok || sql_changes(store) == 0)
		return ok;
	touch(store, place);
	g_hash_table_add(journal->changed, g_memdup2(&id, sizeof id));
	return true;
}

static int
place_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		if (g_strcmp0(name, places[i].name) == 0)
			return i;
	return -1; // of a newer hark
}

bool
journal_replay(struct store *store, gint64 journal_id, bool redo, gint64 now_s, GError **error)
{
	g_autoptr(GError) failed = NULL;
	// Backwards for undo: a column may have changed twice in one action.
	sqlite3_stmt *change = sql_query(store, error,
	    redo ? "SELECT place, row_id, new FROM journal_change WHERE journal_id = ? ORDER BY id"
		 : "SELECT place, row_id, old FROM journal_change WHERE journal_id = ? ORDER BY id "
		   "DESC",
	    "i", journal_id);

	if (!change)
		return false;
	while (sql_row(store, change, &failed)) {
		int place = place_of((const char *)sqlite3_column_text(change, 0));
		if (place < 0)
			continue;
		if (!sql_run(store, &failed, places[place].update, "vii",
			sqlite3_column_value(change, 2), now_s, sqlite3_column_int64(change, 1))) {
			sql_done(change);
			break;
		}
		touch(store, place);
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return !failed;
}
