// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/files.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"
#include "store/sql.h"

void
download_free(struct download *download)
{
	if (!download)
		return;
	g_free(download->show_title);
	g_free(download->title);
	g_free(download->url);
	g_free(download->type);
	g_free(download->path);
	g_free(download->error);
	g_free(download);
}

// CROSS JOIN keeps the order of the tables: files are few.
#define DOWNLOAD_ROWS                                                                              \
	"SELECT f.id, f.episode_id, e.show_id, coalesce(s.user_title, s.title), e.title, f.url,"   \
	" f.type, f.state, f.path, f.bytes, f.total, f.error, f.tries,"                            \
	" coalesce(e.published_s, e.seen_s) FROM file f"                                           \
	" CROSS JOIN episode e ON e.id = f.episode_id CROSS JOIN show s ON s.id = e.show_id"       \
	" WHERE s.removed_at IS NULL AND e.removed_at IS NULL"

static struct download *
read_download(sqlite3_stmt *row)
{
	struct download *download = g_new0(struct download, 1);

	download->id = sqlite3_column_int64(row, 0);
	download->episode_id = sqlite3_column_int64(row, 1);
	download->show_id = sqlite3_column_int64(row, 2);
	download->show_title = sql_text(row, 3);
	download->title = sql_text(row, 4);
	download->url = sql_text(row, 5);
	download->type = sql_text(row, 6);
	download->state = sqlite3_column_int(row, 7);
	download->path = sql_text(row, 8);
	download->bytes = sqlite3_column_int64(row, 9);
	download->total =
	    sqlite3_column_type(row, 10) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, 10);
	download->error = sql_text(row, 11);
	download->tries = sqlite3_column_int(row, 12);
	download->published_s = sqlite3_column_int64(row, 13);
	return download;
}

GPtrArray *
downloads_list(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) downloads =
	    g_ptr_array_new_with_free_func((GDestroyNotify)download_free);
	g_autoptr(GError) failed = NULL;
	// Running, wanted, failed and held, then what is here, newest first.
	sqlite3_stmt *row = sql_query(store, error,
	    DOWNLOAD_ROWS " AND f.state <> 0 ORDER BY CASE f.state WHEN 2 THEN 0 WHEN 1 THEN 1"
			  " WHEN 4 THEN 2 WHEN 3 THEN 3 ELSE 4 END,"
			  " iif(f.state = 5, -f.changed_at, f.id), f.id",
	    "");

	if (!row)
		return NULL;
	while (sql_row(store, row, &failed))
		g_ptr_array_add(downloads, read_download(row));
	if (!failed)
		return g_steal_pointer(&downloads);
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

G_STATIC_ASSERT(FILE_NONE == 0 && FILE_WANTED == 1 && FILE_RUNNING == 2 && FILE_HELD == 3 &&
		FILE_FAILED == 4 && FILE_HERE == 5); // as they stand in the database

// NULL without an error: no row.
static struct download *
read_one(struct store *store, sqlite3_stmt *row, GError **error)
{
	if (!row || !sql_row(store, row, error))
		return NULL;
	struct download *download = read_download(row);
	sql_done(row);
	return download;
}

struct download *
download_get(struct store *store, gint64 id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, &failed, DOWNLOAD_ROWS " AND f.id = ?", "i", id);
	struct download *download = read_one(store, row, &failed);

	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (!download)
		g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING,
		    _("There is no download with number %" G_GINT64_FORMAT "."), id);
	return download;
}

struct download *
download_of(struct store *store, gint64 episode_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, &failed,
	    DOWNLOAD_ROWS " AND f.episode_id = ? AND f.state <> 0", "i", episode_id);
	struct download *download = read_one(store, row, &failed);

	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (!download)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING,
		    _("the episode has no audio to download"));
	return download;
}

static bool
set_state(struct store *store, gint64 id, enum file_state state, gint64 bytes, gint64 total,
    const char *path, const char *message, GError **error)
{
	if (!sql_run(store, error,
		"UPDATE file SET state = ?2, bytes = ?3, total = iif(?4 < 0, NULL, ?4),"
		" path = coalesce(?5, path), error = ?6, tries = tries + ?7, changed_at = ?8"
		" WHERE id = ?1",
		"iniissni", id, (int)state, bytes, total, path, message, state == FILE_FAILED,
		when_now()))
		return false;
	sql_touch(store, STORE_FILES);
	return true;
}

bool
download_set_state(struct store *store, gint64 id, enum file_state state, gint64 bytes,
    gint64 total, const char *path, const char *message, GError **error)
{
	// How far it is may be lost; that it is here, may not.
	if (!store_begin(store, state == FILE_RUNNING ? STORE_FEED : STORE_USER, error))
		return false;
	return sql_end(
	    store, set_state(store, id, state, bytes, total, path, message, error), error);
}

GArray *
downloads_waiting(struct store *store, GError **error)
{
	return sql_numbers(store, error,
	    "SELECT f.id FROM file f JOIN episode e ON e.id = f.episode_id"
	    " JOIN show s ON s.id = e.show_id WHERE f.state IN (1, 2)"
	    " AND s.removed_at IS NULL AND e.removed_at IS NULL ORDER BY f.changed_at, f.id",
	    "");
}

bool
file_forget(struct store *store, gint64 episode_id, GError **error)
{
	if (!store_begin(store, STORE_USER, error))
		return false;
	bool ok = sql_run(store, error,
	    "UPDATE file SET state = 0, path = NULL, bytes = 0, error = NULL, tries = 0,"
	    " changed_at = ? WHERE episode_id = ? AND state <> 0",
	    "ii", when_now(), episode_id);
	if (ok && sql_changes(store) > 0)
		sql_touch(store, STORE_FILES);
	return sql_end(store, ok, error);
}
