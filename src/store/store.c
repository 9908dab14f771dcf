// SPDX-License-Identifier: GPL-3.0-or-later
//
// The connection: opening, transactions, generations, small values.
#include "config.h"

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "store/migrate.h"
#include "store/sql.h"
#include "store/tokens.h"

#define PAGE_BYTES 16384
#define CACHE_KIB 16384
#define LOG_PAGES_MAX (256 * 1024 * 1024 / PAGE_BYTES)

// Without end: what was decided is written, however long another process holds the lock. Who is in
// a hurry has so much patience left, counted from the first time that it waits in vain.
static int
wait_for_lock(void *data, int tries)
{
	struct store *store = data;
	int patience_ms = store->weight == STORE_USER ? STORE_HURRY_USER_MS : STORE_HURRY_FEED_MS;

	if (store->hurry && atomic_load(store->hurry)) {
		gint64 now_us = g_get_monotonic_time();
		if (!store->hurry_us)
			store->hurry_us = now_us;
		if (now_us - store->hurry_us >= patience_ms * (gint64)1000)
			return 0;
	}
	g_usleep(tries < 20 ? 500 : 5000);
	return 1;
}

void
store_hurry(struct store *store, const atomic_bool *hurry)
{
	store->hurry = hurry;
}

static bool
script(struct store *store, const char *text, GError **error)
{
	int code;

	// A change of the journal's mode does not ask the busy handler.
	while ((code = sqlite3_exec(store->db, text, NULL, NULL, NULL)) == SQLITE_BUSY)
		g_usleep(5000);
	if (code == SQLITE_OK)
		return true;
	sql_fail(store->db, error);
	return false;
}

// Made before SQLite sees it, so that it (and its log, which takes the same mode) is never readable
// by others.
static bool
make_file(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	if (!paths_ensure_dir(folder, error))
		return false;
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_STORE,
		    _("the database %s cannot be opened: %s"), path, g_strerror(errno));
		return false;
	}
	close(fd);
	return true;
}

static int
note_log(void *data, sqlite3 *db, const char *name, int pages)
{
	struct store *store = data;

	store->log_pages = pages;
	return SQLITE_OK;
}

static bool
set_up(struct store *store, const char *path, bool in_memory, GError **error)
{
	g_autofree char *first = g_strdup_printf("PRAGMA page_size = %d;"
						 "PRAGMA journal_mode = WAL;",
	    PAGE_BYTES);
	g_autofree char *rest = g_strdup_printf("PRAGMA foreign_keys = ON;"
						"PRAGMA wal_autocheckpoint = 0;"
						"PRAGMA temp_store = MEMORY;"
						"PRAGMA cache_size = -%d;",
	    CACHE_KIB);

	sqlite3_busy_handler(store->db, wait_for_lock, store);
	// A reader that leaves last shall not pay for what others wrote.
	if (store->mode == STORE_READ)
		sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	if (store->mode == STORE_WRITE) {
		int version = migrate_version(store->db, error);
		if (version < 0 || (version == 0 && !script(store, first, error)))
			return false;
		if (!migrate(store->db, in_memory ? NULL : path, schema_steps, STORE_SCHEMA, error))
			return false;
	}
	if (!script(store, rest, error))
		return false;
	sqlite3_wal_hook(store->db, note_log, store); // instead of automatic checkpoints
	return (store->mode == STORE_WRITE || script(store, "PRAGMA query_only = ON", error));
}

static void
finalize(gpointer statement)
{
	sqlite3_finalize(statement);
}

static struct store *
open_connection(const char *path, enum store_mode mode, GError **error)
{
	struct store *store = g_new0(struct store, 1);
	bool in_memory = strcmp(path, ":memory:") == 0;

	store->mode = mode;
	store->weight = -1;
	store->statements = g_hash_table_new_full(NULL, NULL, NULL, finalize);
	int code = sqlite3_open_v2(path, &store->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (in_memory ? SQLITE_OPEN_MEMORY : 0),
	    NULL);
	if (code != SQLITE_OK) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_STORE,
		    _("the database %s cannot be opened: %s"), path,
		    store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
	} else if (tokens_register(store->db, error) && set_up(store, path, in_memory, error)) {
		return store;
	}
	store_close(store);
	return NULL;
}

static struct store *
open_reader(const char *path, bool *too_old, GError **error)
{
	OWNED(store) store = open_connection(path, STORE_READ, error);
	int version = store ? migrate_version(store->db, error) : -1;

	*too_old = version >= 0 && version < STORE_SCHEMA;
	// There are no steps to take any more, but a newer schema is refused here too.
	if (version < 0 || *too_old || !migrate(store->db, NULL, schema_steps, STORE_SCHEMA, error))
		return NULL;
	return g_steal_pointer(&store);
}

struct store *
store_open(const char *path, enum store_mode mode, GError **error)
{
	bool too_old = true;

	if (strcmp(path, ":memory:") == 0)
		return open_connection(path, STORE_WRITE, error);
	if (mode == STORE_WRITE)
		return make_file(path, error) ? open_connection(path, mode, error) : NULL;

	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		struct store *store = open_reader(path, &too_old, error);
		if (store || !too_old)
			return store;
	}
	OWNED(store) made = store_open(path, STORE_WRITE, error);
	return made ? open_reader(path, &too_old, error) : NULL;
}

void
store_close(struct store *store)
{
	if (!store)
		return;
	g_clear_pointer(&store->pack, g_bytes_unref);
	g_hash_table_destroy(store->statements);
	sqlite3_close(store->db);
	g_free(store);
}

static bool
begin_outermost(struct store *store, enum store_weight weight, GError **error)
{
	// Cannot be set inside a transaction.
	if (store->weight != (int)weight) {
		if (!sql_script(store,
			weight == STORE_USER ? "PRAGMA synchronous = FULL"
					     : "PRAGMA synchronous = NORMAL",
			error))
			return false;
		store->weight = weight;
	}
	store->stale = 0;
	return sql_run(store, error, "BEGIN IMMEDIATE", "");
}

// A full disk ends the outer transaction by itself: nothing may begin in its place.
static bool
begin_inner(struct store *store, GError **error)
{
	if (!sqlite3_get_autocommit(store->db))
		return sql_run(store, error, "SAVEPOINT inner", "");
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_STORE,
	    _("nothing was stored: the database took back what came before"));
	return false;
}

bool
store_begin(struct store *store, enum store_weight weight, GError **error)
{
	bool ok = store->depth ? begin_inner(store, error) : begin_outermost(store, weight, error);

	store->depth += ok;
	return ok;
}

static bool
bump_generations(struct store *store, GError **error)
{
	for (int kind = 0; kind < STORE_KINDS; kind++) {
		if ((store->stale & 1u << kind) == 0)
			continue;
		if (!sql_run(
			store, error, "UPDATE generation SET n = n + 1 WHERE kind = ?", "n", kind))
			return false;
	}
	store->stale = 0;
	return true;
}

bool
store_commit(struct store *store, GError **error)
{
	g_assert(store->depth > 0);
	if (store->depth > 1) {
		if (!sql_run(store, error, "RELEASE inner", "")) {
			store_rollback(store);
			return false;
		}
		store->depth--;
		return true;
	}
	if (bump_generations(store, error) && sql_run(store, error, "COMMIT", "")) {
		store->depth = 0;
		// Who never has time for it (a player for days) must not fill the disk.
		if (store->log_pages > LOG_PAGES_MAX)
			store_checkpoint(store, 0);
		return true;
	}
	store_rollback(store);
	return false;
}

void
store_rollback(struct store *store)
{
	g_assert(store->depth > 0);
	store->depth--;
	if (store->depth > 0) {
		sql_run(store, NULL, "ROLLBACK TO inner", "");
		sql_run(store, NULL, "RELEASE inner", "");
		return;
	}
	store->stale = 0;
	if (!sqlite3_get_autocommit(store->db))
		sql_run(store, NULL, "ROLLBACK", "");
}

void
store_checkpoint(struct store *store, gint64 min_bytes)
{
	const char *path = sqlite3_db_filename(store->db, "main");
	struct stat log;

	if (!path || !*path || store->depth > 0 || store->mode != STORE_WRITE)
		return;
	g_autofree char *log_path = g_strconcat(path, "-wal", NULL);
	if (stat(log_path, &log) != 0 || log.st_size < MAX(min_bytes, 1))
		return;
	// PASSIVE moves what no reader needs and waits for nobody. The log is then begun anew, and
	// a long one cut, where nobody reads: without our busy handler, which would wait.
	sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	sqlite3_busy_handler(store->db, NULL, NULL);
	sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_handler(store->db, wait_for_lock, store);
}

void
store_checkpoint_some(struct store *store)
{
	sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

gint64
store_log_bytes(const struct store *store)
{
	return (gint64)store->log_pages * PAGE_BYTES;
}

void
store_interrupt(struct store *store)
{
	sqlite3_interrupt(store->db);
}

bool
store_generations(struct store *store, gint64 generations[STORE_KINDS], GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, error, "SELECT kind, n FROM generation", "");

	if (!row)
		return false;
	memset(generations, 0, STORE_KINDS * sizeof *generations);
	while (sql_row(store, row, &failed)) {
		int kind = sqlite3_column_int(row, 0);
		if (kind >= 0 && kind < STORE_KINDS)
			generations[kind] = sqlite3_column_int64(row, 1);
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return !failed;
}

char *
store_get(struct store *store, const char *key)
{
	char *value = NULL;
	sqlite3_stmt *row =
	    sql_query(store, NULL, "SELECT value FROM setting WHERE key = ?", "s", key);

	if (row && sql_row(store, row, NULL)) {
		value = sql_text(row, 0);
		sql_done(row);
	}
	return value;
}

bool
store_set(struct store *store, const char *key, const char *value, GError **error)
{
	if (!store_begin(store, STORE_USER, error))
		return false;
	bool ok = sql_run(store, error,
	    "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
	    " SET value = excluded.value WHERE value IS NOT excluded.value",
	    "ss", key, value);
	return sql_end(store, ok, error);
}
