// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of episodes as numbers, rows for the ones on screen.
#include "config.h"

#include "store/episodes.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"
#include "store/filter_sql.h"
#include "store/gist.h"
#include "store/pack.h"
#include "store/sql.h"

void
episode_free(struct episode *episode)
{
	if (!episode)
		return;
	g_free(episode->show_title);
	g_free(episode->guid);
	g_free(episode->title);
	g_free(episode->link);
	g_free(episode->author);
	g_free(episode->image);
	g_free(episode->media_url);
	g_free(episode->media_type);
	g_free(episode->file);
	g_free(episode->file_error);
	g_free(episode->highlight);
	g_free(episode->number);
	g_free(episode->type);
	g_free(episode);
}

const char *
episode_state_name(enum episode_state state)
{
	static const char *const names[] = {
	    [EPISODE_PLAIN] = "unplayed",
	    [EPISODE_NEW] = "new",
	    [EPISODE_BEGUN] = "begun",
	    [EPISODE_PLAYED] = "played",
	    [EPISODE_ARCHIVED] = "archived",
	};
	return names[state];
}

// Shows that are removed take their episodes out of every list. Mostly there are none, which is
// asked once a list and halves its time.
#define LISTED                                                                                     \
	"e.removed_at IS NULL AND"                                                                 \
	" (NOT EXISTS (SELECT 1 FROM show WHERE removed_at IS NOT NULL)"                           \
	"  OR e.show_id NOT IN (SELECT id FROM show WHERE removed_at IS NOT NULL))"

struct order_row {
	const char *from, *order;
};

static const struct order_row orders[] = {
    [ORDER_NEWEST] = {"episode e WHERE " LISTED, "e.sort_s DESC, e.id DESC"},
    [ORDER_OLDEST] = {"episode e WHERE " LISTED, "e.sort_s, e.id"},
    // CROSS JOIN keeps the order of the tables: the queue is short.
    [ORDER_QUEUE] = {"queue q CROSS JOIN episode e WHERE e.id = q.episode_id"
		     " AND q.rank IS NOT NULL AND " LISTED,
	"q.rank, q.episode_id"},
    [ORDER_SHOW] = {"episode e JOIN show s ON s.id = e.show_id WHERE " LISTED,
	"s.folded, s.id, e.sort_s DESC, e.id DESC"},
};

char *
episodes_sql(const struct filter *filter, enum episode_order order)
{
	GString *sql = g_string_new("SELECT e.id FROM ");

	g_string_append(sql, orders[order].from);
	filter_append(filter, sql);
	g_string_append_printf(sql, " ORDER BY %s", orders[order].order);
	return g_string_free(sql, FALSE);
}

GArray *
episodes_ids(
    struct store *store, const struct filter *filter, enum episode_order order, GError **error)
{
	g_autofree char *sql = episodes_sql(filter, order);
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
		sql_fail(store->db, error);
		return NULL;
	}
	filter_bind(filter, statement, when_now());
	GArray *ids = sql_collect(store, statement, error);
	sqlite3_finalize(statement);
	return ids;
}

GArray *
episodes_latest(struct store *store, gint64 show_id, int count, GError **error)
{
	return sql_numbers(store, error,
	    "SELECT id FROM (SELECT id, sort_s FROM episode"
	    "  WHERE show_id = ? AND removed_at IS NULL ORDER BY id DESC LIMIT ?)"
	    " ORDER BY sort_s, id DESC",
	    "in", show_id, count);
}

static enum episode_state
state_of(bool in_inbox, double position_s, bool played, bool archived)
{
	if (in_inbox)
		return EPISODE_NEW;
	if (position_s > 0)
		return EPISODE_BEGUN;
	if (played)
		return EPISODE_PLAYED;
	return archived ? EPISODE_ARCHIVED : EPISODE_PLAIN;
}

static const char one_row[] =
    "SELECT e.id, e.show_id, coalesce(s.user_title, s.title), e.guid, e.title, e.link, e.author,"
    " e.image, coalesce(e.published_s, e.seen_s), coalesce(e.measured_s, e.duration_s),"
    " coalesce(p.position_s, 0), e.inbox, e.played_at IS NOT NULL, e.archived_at IS NOT NULL,"
    " iif(q.rank IS NULL, 0, (SELECT count(*) FROM queue o WHERE o.rank IS NOT NULL"
    "  AND (o.rank, o.episode_id) <= (q.rank, q.episode_id))),"
    " m.url, m.type, m.bytes, f.state, f.path, f.error,"
    " e.notes_transcript OR EXISTS (SELECT 1 FROM transcript t WHERE t.episode_id = e.id)"
    "  OR EXISTS (SELECT 1 FROM offer o WHERE o.episode_id = e.id AND o.kind = 't'),"
    " e.notes_chapters OR EXISTS (SELECT 1 FROM chapter c WHERE c.episode_id = e.id)"
    "  OR EXISTS (SELECT 1 FROM offer o WHERE o.episode_id = e.id AND o.kind = 'c'),"
    " e.highlight, e.season, e.number, e.type, e.left_feed, e.unread_notes & 1"
    " FROM episode e JOIN show s ON s.id = e.show_id"
    " LEFT JOIN position p ON p.episode_id = e.id"
    " LEFT JOIN queue q ON q.episode_id = e.id"
    " LEFT JOIN enclosure m ON m.episode_id = e.id AND m.n = 0"
    " LEFT JOIN file f ON f.episode_id = e.id"
    " WHERE e.id = ? AND e.removed_at IS NULL AND s.removed_at IS NULL";

static struct episode *
read_episode(sqlite3_stmt *row)
{
	struct episode *episode = g_new0(struct episode, 1);

	episode->id = sqlite3_column_int64(row, 0);
	episode->show_id = sqlite3_column_int64(row, 1);
	episode->show_title = sql_text(row, 2);
	episode->guid = sql_text(row, 3);
	episode->title = sql_text(row, 4);
	episode->link = sql_text(row, 5);
	episode->author = sql_text(row, 6);
	episode->image = sql_text(row, 7);
	episode->published_s = sqlite3_column_int64(row, 8);
	episode->duration_s = sql_length(row, 9);
	episode->position_s = sqlite3_column_double(row, 10);
	episode->in_inbox = sqlite3_column_int(row, 11) != 0;
	episode->state = state_of(episode->in_inbox, episode->position_s,
	    sqlite3_column_int(row, 12) != 0, sqlite3_column_int(row, 13) != 0);
	episode->queue_place = sqlite3_column_int(row, 14);
	episode->media_url = sql_text(row, 15);
	episode->media_type = sql_text(row, 16);
	episode->media_bytes =
	    sqlite3_column_type(row, 17) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, 17);
	episode->file_state = sqlite3_column_int(row, 18);
	episode->file = episode->file_state == FILE_HERE ? sql_text(row, 19) : NULL;
	episode->file_error = sql_text(row, 20);
	episode->has_transcript = sqlite3_column_int(row, 21) != 0;
	episode->has_chapters = sqlite3_column_int(row, 22) != 0;
	episode->highlight = sql_text(row, 23);
	episode->season = sqlite3_column_int(row, 24);
	episode->number = sql_text(row, 25);
	episode->type = sql_text(row, 26);
	episode->left_feed = sqlite3_column_int(row, 27) != 0;
	return episode;
}

static void
take_gist(struct episode *episode, struct gist taken)
{
	g_free(episode->highlight);
	episode->highlight = taken.highlight;
	episode->has_transcript |= taken.transcript;
	episode->has_chapters |= taken.chapters;
}

// NULL without an error: there is none.
static struct episode *
find(struct store *store, gint64 id, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error, one_row, "i", id);

	if (!row || !sql_row(store, row, error))
		return NULL;
	struct episode *episode = read_episode(row);
	bool unread = sqlite3_column_int(row, 28) != 0;
	sql_done(row);
	if (unread)
		take_gist(episode, gist_load(store, id, NULL));
	return episode;
}

GPtrArray *
episodes_get(struct store *store, const gint64 *ids, size_t count, GError **error)
{
	g_autoptr(GPtrArray) episodes = g_ptr_array_new_full(count, (GDestroyNotify)episode_free);
	g_autoptr(GError) failed = NULL;

	for (size_t i = 0; i < count && !failed; i++)
		g_ptr_array_add(episodes, find(store, ids[i], &failed));
	if (!failed)
		return g_steal_pointer(&episodes);
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

struct episode *
episode_get(struct store *store, gint64 id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	struct episode *episode = find(store, id, &failed);

	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (!episode)
		g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING,
		    _("There is no episode with number %" G_GINT64_FORMAT "."), id);
	return episode;
}

char *
episode_notes(struct store *store, gint64 id, GError **error)
{
	return pack_notes(store, id, error);
}

gint64
episode_by_media(struct store *store, const char *url_or_path, GError **error)
{
	gint64 id = 0;

	sql_number(store, 0, &id, error,
	    "SELECT e.id FROM episode e JOIN show s ON s.id = e.show_id WHERE e.id IN"
	    " (SELECT episode_id FROM enclosure WHERE url = ?1"
	    "  UNION ALL SELECT episode_id FROM file WHERE path = ?1)"
	    " AND e.removed_at IS NULL AND s.removed_at IS NULL ORDER BY e.id DESC LIMIT 1",
	    "s", url_or_path);
	return id;
}
