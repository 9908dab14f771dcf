// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/unite.h"

#include "base/log.h"
#include "base/when.h"
#include "store/sql.h"

// What an episode of FROM (?1) leaves to the same one of INTO (?2), in this order.
static const char *const inherit[] = {
    // Decided in one is decided.
    "UPDATE episode SET"
    " inbox = iif(f.played_at IS NULL AND f.archived_at IS NULL AND f.changed_at IS NULL,"
    "  max(episode.inbox, f.inbox), min(episode.inbox, f.inbox)),"
    " played_at = coalesce(episode.played_at, f.played_at),"
    " archived_at = coalesce(episode.archived_at, f.archived_at),"
    " measured_s = coalesce(episode.measured_s, f.measured_s),"
    " changed_at = max(coalesce(episode.changed_at, f.changed_at),"
    "  coalesce(f.changed_at, episode.changed_at))"
    " FROM episode f WHERE f.id = ?1 AND episode.id = ?2",
    "INSERT INTO position (episode_id, position_s, changed_at)"
    " SELECT ?2, position_s, changed_at FROM position WHERE episode_id = ?1"
    " ON CONFLICT (episode_id) DO UPDATE SET position_s = excluded.position_s,"
    " changed_at = excluded.changed_at"
    " WHERE coalesce(excluded.changed_at, 0) > coalesce(position.changed_at, 0)",
    "INSERT INTO queue (episode_id, rank, changed_at)"
    " SELECT ?2, rank, changed_at FROM queue WHERE episode_id = ?1 AND rank IS NOT NULL"
    " ON CONFLICT (episode_id) DO UPDATE SET rank = excluded.rank WHERE queue.rank IS NULL",
    "UPDATE queue SET rank = NULL WHERE episode_id = ?1 AND ?2",
    "UPDATE OR IGNORE file SET episode_id = ?2 WHERE episode_id = ?1",
};

static bool
unite_episode(struct store *store, gint64 from, gint64 into, gint64 now_s, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(inherit); i++)
		if (!sql_run(store, error, inherit[i], "ii", from, into))
			return false;
	return sql_run(store, error, "UPDATE episode SET removed_at = ?2, inbox = 0 WHERE id = ?1",
	    "ii", from, now_s);
}

struct pair {
	gint64 from, into; // 0: there is none
};

static GArray *
find_pairs(struct store *store, gint64 from, gint64 into, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT f.id, coalesce("
	    " (SELECT i.id FROM episode i WHERE i.show_id = ?2 AND i.identity = f.identity"
	    "  AND i.media_sum = f.media_sum),"
	    " (SELECT min(i.id) FROM episode i WHERE i.show_id = ?2 AND i.identity = f.identity))"
	    " FROM episode f WHERE f.show_id = ?1",
	    "ii", from, into);

	while (row && sql_row(store, row, &failed)) {
		struct pair pair = {sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1)};
		g_array_append_val(pairs, pair);
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (row)
		return g_steal_pointer(&pairs);
	return NULL;
}

static bool
unite_episodes(struct store *store, gint64 from, gint64 into, gint64 now_s, GError **error)
{
	g_autoptr(GArray) pairs = find_pairs(store, from, into, error);

	for (guint i = 0; pairs && i < pairs->len; i++) {
		const struct pair *pair = &g_array_index(pairs, struct pair, i);
		bool ok = pair->into ? unite_episode(store, pair->from, pair->into, now_s, error)
				     : sql_run(store, error,
					   "UPDATE episode SET show_id = ?2 WHERE id = ?1", "ii",
					   pair->from, into);
		if (!ok)
			return false;
	}
	return pairs != NULL;
}

static bool
unite(struct store *store, gint64 from, gint64 into, gint64 now_s, GError **error)
{
	return unite_episodes(store, from, into, now_s, error) &&
	       sql_run(store, error,
		   "INSERT INTO show_tag (show_id, tag, folded)"
		   " SELECT ?2, tag, folded FROM show_tag WHERE show_id = ?1"
		   " ON CONFLICT (show_id, folded) DO NOTHING",
		   "ii", from, into) &&
	       sql_run(store, error,
		   "UPDATE show SET user_title = f.user_title, folded = f.folded FROM show f"
		   " WHERE f.id = ?1 AND show.id = ?2 AND show.user_title IS NULL"
		   " AND f.user_title IS NOT NULL",
		   "ii", from, into) &&
	       sql_run(store, error, "UPDATE show_move SET show_id = ?2 WHERE show_id = ?1", "ii",
		   from, into) &&
	       sql_run(store, error, "UPDATE show SET united_into = ?2 WHERE united_into = ?1",
		   "ii", from, into) &&
	       sql_run(store, error,
		   "UPDATE show SET removed_at = ?3, united_into = ?2 WHERE id = ?1", "iii", from,
		   into, now_s);
}

bool
shows_share_episodes(struct store *store, gint64 one, gint64 other)
{
	gint64 shared = 0;

	return sql_number(store, 0, &shared, NULL,
		   "SELECT EXISTS (SELECT 1 FROM episode a JOIN episode b ON b.show_id = ?2"
		   " AND b.identity = a.identity WHERE a.show_id = ?1)",
		   "ii", one, other) &&
	       shared;
}

bool
show_unite(struct store *store, gint64 from, gint64 into, gint64 now_s, GError **error)
{
	if (!store_begin(store, STORE_FEED, error))
		return false;
	for (int kind = 0; kind < STORE_KINDS; kind++)
		sql_touch(store, kind);
	return sql_end(store, unite(store, from, into, now_s, error), error);
}

bool
show_note_move(struct store *store, gint64 id, const char *from_url, const char *to_url,
    gint64 now_s, GError **error)
{
	return sql_run(store, error,
	    "INSERT INTO show_move (show_id, at, from_url, to_url) VALUES (?, ?, ?, ?)", "iiss", id,
	    now_s, from_url, to_url);
}

char *
show_moves(struct store *store, gint64 id)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	sqlite3_stmt *row = sql_query(store, NULL,
	    "SELECT at, from_url FROM show_move WHERE show_id = ? ORDER BY id", "i", id);

	while (row && sql_row(store, row, NULL)) {
		g_autofree char *at = when_iso(sqlite3_column_int64(row, 0));
		g_autofree char *from =
		    url_without_login((const char *)sqlite3_column_text(row, 1));
		g_string_append_printf(lines, "%s%s %s", lines->len ? "\n" : "", at, from);
	}
	return lines->len ? g_string_free(g_steal_pointer(&lines), FALSE) : NULL;
}
