// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/queue.h"

#include "base/when.h"
#include "store/actions.h"
#include "store/sql.h"

#define RANK_STEP ((gint64)1 << 20)

#define ROW(rows, i) g_array_index(rows, struct queue_row, i)

GArray *
queue_load(struct store *store, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct queue_row));
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT q.episode_id, q.rank FROM queue q CROSS JOIN episode e CROSS JOIN show s"
	    " WHERE q.rank IS NOT NULL AND e.id = q.episode_id AND e.removed_at IS NULL"
	    " AND s.id = e.show_id AND s.removed_at IS NULL ORDER BY q.rank, q.episode_id",
	    "");

	if (!row)
		return NULL;
	while (sql_row(store, row, &failed)) {
		struct queue_row one = {
		    .id = sqlite3_column_int64(row, 0), .rank = sqlite3_column_int64(row, 1)};
		g_array_append_val(rows, one);
	}
	if (!failed)
		return g_steal_pointer(&rows);
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

GArray *
queue_ids(struct store *store, GError **error)
{
	g_autoptr(GArray) rows = queue_load(store, error);

	if (!rows)
		return NULL;
	GArray *ids = g_array_sized_new(FALSE, FALSE, sizeof(gint64), rows->len);
	for (guint i = 0; i < rows->len; i++)
		g_array_append_val(ids, ROW(rows, i).id);
	return ids;
}

int
queue_find(const GArray *rows, gint64 id)
{
	for (guint i = 0; i < rows->len; i++)
		if (ROW(rows, i).id == id)
			return i;
	return -1;
}

static GHashTable *
set_of(const gint64 *ids, size_t count)
{
	GHashTable *set = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (size_t i = 0; i < count; i++)
		g_hash_table_add(set, (gpointer)&ids[i]);
	return set;
}

// The IDS that are still in SET, which they leave, go to the end of OUT.
static void
append_moved(GArray *out, const gint64 *ids, size_t count, GHashTable *set)
{
	for (size_t i = 0; i < count; i++) {
		struct queue_row row = {.id = ids[i], .moved = true};
		if (g_hash_table_remove(set, &ids[i]))
			g_array_append_val(out, row);
	}
}

void
queue_put(GArray *rows, gint64 after, const gint64 *ids, size_t count)
{
	g_autoptr(GHashTable) moving = set_of(ids, count);
	g_autoptr(GArray) out =
	    g_array_sized_new(FALSE, FALSE, sizeof(struct queue_row), rows->len);
	g_autoptr(GHashTable) staying = g_hash_table_new(g_int64_hash, g_int64_equal);

	g_hash_table_remove(moving, &after); // behind itself: where it is
	for (guint i = 0; i < rows->len; i++)
		if (!g_hash_table_contains(moving, &ROW(rows, i).id))
			g_hash_table_add(staying, &ROW(rows, i).id);
	if (after >= 0 && !g_hash_table_contains(staying, &after))
		append_moved(out, ids, count, moving);
	for (guint i = 0; i < rows->len; i++) {
		if (!g_hash_table_contains(staying, &ROW(rows, i).id))
			continue;
		g_array_append_val(out, ROW(rows, i));
		if (ROW(rows, i).id == after)
			append_moved(out, ids, count, moving);
	}
	append_moved(out, ids, count, moving);
	g_hash_table_remove_all(staying); // its keys lie in the rows
	g_array_set_size(rows, 0);
	g_array_append_vals(rows, out->data, out->len);
}

void
queue_shift(GArray *rows, const gint64 *ids, size_t count, int amount)
{
	g_autoptr(GHashTable) wanted = set_of(ids, count);
	int step = amount < 0 ? -1 : 1, len = rows->len;

	// From the end they move to, so that none of them stands in another's way.
	int limit = step < 0 ? 0 : len - 1;
	for (int i = limit; i >= 0 && i < len; i -= step) {
		struct queue_row row = ROW(rows, i);
		if (!g_hash_table_contains(wanted, &row.id))
			continue;
		gint64 to = i + (gint64)amount;
		to = step < 0 ? MAX(to, limit) : MIN(to, limit);
		if (to != i) {
			row.moved = true;
			g_array_remove_index(rows, i);
			g_array_insert_val(rows, to, row);
		}
		limit = to + (step < 0 ? 1 : -1);
	}
}

// Ranks for the rows FIRST to LAST, which moved, between their neighbours. False: no room.
static bool
spread(GArray *rows, guint first, guint last)
{
	guint count = last - first + 1;
	bool has_before = first > 0, has_behind = last + 1 < rows->len;
	gint64 before = has_before ? ROW(rows, first - 1).rank : 0;
	gint64 behind = has_behind ? ROW(rows, last + 1).rank : before + RANK_STEP * (count + 1);

	if (!has_before && has_behind)
		before = behind - RANK_STEP * (count + 1);
	gint64 step = (behind - before) / (count + 1);
	for (guint i = 0; i < count; i++)
		ROW(rows, first + i).rank = before + step * (i + 1);
	return step > 0;
}

static void
find_ranks(GArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		guint last = i;
		if (!ROW(rows, i).moved)
			continue;
		while (last + 1 < rows->len && ROW(rows, last + 1).moved)
			last++;
		if (!spread(rows, i, last)) {
			for (guint j = 0; j < rows->len; j++)
				ROW(rows, j).rank = RANK_STEP * (j + 1);
			return;
		}
		i = last;
	}
}

bool
queue_save(struct journal *journal, GArray *rows, GError **error)
{
	g_autoptr(GArray) before = queue_load(journal->store, error);

	if (!before)
		return false;
	bool same = before->len == rows->len;
	for (guint i = 0; same && i < rows->len; i++)
		same = ROW(before, i).id == ROW(rows, i).id;
	if (same)
		return true;
	find_ranks(rows);
	g_autoptr(GHashTable) ranks = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = 0; i < before->len; i++)
		g_hash_table_insert(ranks, &ROW(before, i).id, &ROW(before, i).rank);
	for (guint i = 0; i < rows->len; i++) {
		const struct queue_row *row = &ROW(rows, i);
		const gint64 *old = g_hash_table_lookup(ranks, &row->id);
		if ((!old || *old != row->rank) &&
		    !journal_set(journal, PLACE_RANK, row->id, &row->rank, error))
			return false;
		g_hash_table_remove(ranks, &row->id);
	}
	// Who is left is out of it.
	GHashTableIter iter;
	gpointer id;
	g_hash_table_iter_init(&iter, ranks);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		if (!journal_set(journal, PLACE_RANK, *(const gint64 *)id, NULL, error))
			return false;
	return true;
}

gint64
queue_behind_playing(struct store *store)
{
	g_autofree char *playing = store_get(store, "playing");
	gint64 id = playing ? g_ascii_strtoll(playing, NULL, 10) : 0;
	gint64 queued = 0;

	sql_number(store, 0, &queued, NULL,
	    "SELECT episode_id FROM queue WHERE episode_id = ? AND rank IS NOT NULL", "i", id);
	return queued;
}

static bool
insert(struct store *store, struct journal *journal, gint64 after, const gint64 *ids, size_t count,
    GError **error)
{
	g_autoptr(GArray) rows = queue_load(store, error);

	if (!rows)
		return false;
	queue_put(rows, after, ids, count);
	return queue_save(journal, rows, error);
}

bool
queue_insert(struct store *store, gint64 after, const gint64 *ids, size_t count, gint64 now_s,
    GError **error)
{
	struct journal silent;

	journal_open(&silent, store, NULL, now_s, NULL);
	bool ok = insert(store, &silent, after, ids, count, error);
	journal_close(&silent);
	return ok;
}

bool
queue_push_top(struct store *store, gint64 episode_id, GError **error)
{
	if (!store_begin(store, STORE_USER, error))
		return false;
	return sql_end(store, queue_insert(store, 0, &episode_id, 1, when_now(), error), error);
}

bool
queue_drop(struct store *store, gint64 episode_id, GError **error)
{
	struct journal silent;

	if (!store_begin(store, STORE_USER, error))
		return false;
	journal_open(&silent, store, NULL, when_now(), NULL);
	bool ok = journal_set(&silent, PLACE_RANK, episode_id, NULL, error);
	journal_close(&silent);
	return sql_end(store, ok, error);
}
