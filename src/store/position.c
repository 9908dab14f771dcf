// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where episodes stand: the player's word.
#include "config.h"

#include "store/actions.h"
#include "store/sql.h"

static bool
write_position(struct store *store, gint64 id, double position_s, gint64 now_s, GError **error)
{
	if (!sql_run(store, error,
		"INSERT INTO position (episode_id, position_s, changed_at) VALUES (?, ?, ?)"
		" ON CONFLICT (episode_id) DO UPDATE SET position_s = excluded.position_s,"
		" changed_at = excluded.changed_at WHERE position_s IS NOT excluded.position_s",
		"idi", id, position_s, now_s))
		return false;
	if (sql_changes(store) > 0)
		sql_touch(store, STORE_POSITIONS);
	return true;
}

// A feed's length may be off by the advertisements; the player's is the file's.
static bool
write_length(struct store *store, gint64 id, double duration_s, GError **error)
{
	if (!sql_run(store, error,
		"UPDATE episode SET measured_s = ?1 WHERE id = ?2"
		" AND abs(coalesce(measured_s, duration_s, -10) - ?1) > 1",
		"di", duration_s, id))
		return false;
	if (sql_changes(store) > 0)
		sql_touch(store, STORE_EPISODES);
	return true;
}

static bool
write_played(struct store *store, gint64 id, gint64 now_s, GError **error)
{
	if (!sql_run(store, error,
		"UPDATE episode SET played_at = coalesce(played_at, ?1), inbox = 0, changed_at = ?1"
		" WHERE id = ?2 AND (played_at IS NULL OR inbox = 1)",
		"ii", now_s, id))
		return false;
	if (sql_changes(store) > 0)
		sql_touch(store, STORE_EPISODES);
	return true;
}

static bool
is_at_end(struct store *store, gint64 id, double position_s)
{
	g_autoptr(GError) failed = NULL;
	bool at_end = false;
	sqlite3_stmt *row = sql_query(store, &failed,
	    "SELECT coalesce(measured_s, duration_s) FROM episode WHERE id = ?", "i", id);

	if (row && sql_row(store, row, &failed)) {
		double length_s = sql_length(row, 0);
		at_end = length_s > 0 && position_s > 0 &&
			 position_s >= length_s - MIN(POSITION_END_S, length_s / 10);
		sql_done(row);
	}
	return at_end;
}

static bool
save(struct store *store, gint64 id, double position_s, double duration_s, gint64 now_s,
    GError **error)
{
	if (duration_s > 0 && !write_length(store, id, duration_s, error))
		return false;
	if (!is_at_end(store, id, position_s))
		return write_position(store, id, MAX(position_s, 0), now_s, error);
	return write_position(store, id, 0, now_s, error) && write_played(store, id, now_s, error);
}

bool
position_save(struct store *store, gint64 episode_id, double position_s, double duration_s,
    gint64 now_s, GError **error)
{
	if (!store_begin(store, STORE_USER, error))
		return false;
	return sql_end(store, save(store, episode_id, position_s, duration_s, now_s, error), error);
}
