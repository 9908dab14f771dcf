// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chapters from four sources, the best first.
#include "config.h"

#include "base/when.h"
#include "store/fetched.h"
#include "store/sql.h"
#include "text/highlights.h"

struct offer *
chapters_offer(struct store *store, gint64 episode_id, GError **error)
{
	g_autoptr(GPtrArray) offers = fetched_offers(store, episode_id, "c", error);

	return offers && offers->len > 0 ? g_ptr_array_steal_index(offers, 0) : NULL;
}

// Those of the best source that has any: the enum's order is the priority.
static GPtrArray *
read_stored(struct store *store, gint64 episode_id, enum chapters_source *source, GError **error)
{
	g_autoptr(GPtrArray) chapters =
	    g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT source, start_s, end_s, title, url, image FROM chapter WHERE episode_id = ?1"
	    " AND source = (SELECT min(source) FROM chapter WHERE episode_id = ?1) ORDER BY n",
	    "i", episode_id);

	if (!row)
		return NULL;
	while (sql_row(store, row, &failed)) {
		*source = sqlite3_column_int(row, 0);
		g_ptr_array_add(
		    chapters, chapter_new(sqlite3_column_double(row, 1), sql_length(row, 2),
				  (const char *)sqlite3_column_text(row, 3),
				  (const char *)sqlite3_column_text(row, 4),
				  (const char *)sqlite3_column_text(row, 5)));
	}
	if (!failed)
		return g_steal_pointer(&chapters);
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

static void
add_from_notes(const struct notes *notes, GPtrArray *chapters, enum chapters_source *source)
{
	OWNED(highlights) highlights = highlights_find(notes);

	for (guint i = 0; i < highlights->times->len; i++) {
		const struct highlight_time *one = highlights->times->pdata[i];
		g_ptr_array_add(
		    chapters, chapter_new(one->start_s, WHEN_NO_LENGTH, one->title, NULL, NULL));
		*source = CHAPTERS_NOTES;
	}
}

GPtrArray *
chapters_load(struct store *store, gint64 episode_id, enum chapters_source *source, GError **error)
{
	enum chapters_source found = CHAPTERS_NONE;
	g_autoptr(GPtrArray) chapters = read_stored(store, episode_id, &found, error);
	g_autoptr(GError) failed = NULL;
	double duration_s;

	if (!chapters)
		return NULL;
	OWNED(notes) notes = fetched_notes(store, episode_id, "c", &duration_s, &failed);
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return NULL;
	}
	if (notes && chapters->len == 0)
		add_from_notes(notes, chapters, &found);
	chapters_finish(chapters, duration_s);
	if (source)
		*source = found;
	return g_steal_pointer(&chapters);
}

static bool
write_chapters(struct store *store, gint64 id, enum chapters_source source,
    const GPtrArray *chapters, GError **error)
{
	if (!sql_run(store, error, "DELETE FROM chapter WHERE episode_id = ? AND source = ?", "in",
		id, (int)source))
		return false;
	for (guint i = 0; i < chapters->len; i++) {
		const struct chapter *one = chapters->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO chapter (episode_id, source, n, start_s, end_s, title, url, "
			"image)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			"inndlsss", id, (int)source, (int)i, one->start_s, one->end_s, one->title,
			one->url, one->image))
			return false;
	}
	return source != CHAPTERS_JSON || fetched_write(store, id, "c", NULL, error);
}

bool
chapters_save(struct store *store, gint64 episode_id, enum chapters_source source,
    const GPtrArray *chapters, GError **error)
{
	if (!store_begin(store, STORE_FEED, error))
		return false;
	sql_touch(store, STORE_TEXTS);
	return sql_end(store, write_chapters(store, episode_id, source, chapters, error), error);
}

bool
chapters_save_failure(struct store *store, gint64 episode_id, const char *message, GError **error)
{
	return fetched_fail(store, episode_id, "c", message, error);
}

bool
chapters_wanted(struct store *store, gint64 episode_id, GError **error)
{
	return fetched_wanted(store, episode_id, "c", error);
}
