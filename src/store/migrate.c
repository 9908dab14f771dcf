// SPDX-License-Identifier: GPL-3.0-or-later
//
// From an older schema to ours, with a copy kept.
#include "config.h"

#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/sql.h"

int
migrate_version(sqlite3 *db, GError **error)
{
	sqlite3_stmt *statement = NULL;
	int version = -1;

	if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		version = sqlite3_column_int(statement, 0);
	else
		sql_fail(db, error);
	sqlite3_finalize(statement);
	return version;
}

static bool
exec(sqlite3 *db, const char *text, GError **error)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	sql_fail(db, error);
	return false;
}

// A second connection reads what DB, which holds the write lock, has not changed yet: SQLite
// refuses a backup from inside a writing transaction.
static bool
copy_pages(const char *path, const char *to, GError **error)
{
	sqlite3 *from_db = NULL, *to_db = NULL;
	bool ok = false;

	if (sqlite3_open_v2(path, &from_db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
		sql_fail(from_db, error);
	} else if (sqlite3_open_v2(to, &to_db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
		sql_fail(to_db, error);
	} else {
		sqlite3_backup *backup = sqlite3_backup_init(to_db, "main", from_db, "main");
		if (backup) {
			sqlite3_backup_step(backup, -1);
			sqlite3_backup_finish(backup);
		}
		ok = sqlite3_errcode(to_db) == SQLITE_OK;
		if (!ok)
			sql_fail(to_db, error);
	}
	sqlite3_close(to_db);
	sqlite3_close(from_db);
	return ok;
}

static bool
keep_copy(const char *path, int version, GError **error)
{
	g_autofree char *kept = g_strdup_printf("%s.v%d.bak", path, version);
	g_autofree char *half = g_strconcat(kept, ".part", NULL);
	int fd = open(half, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0 || close(fd) != 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_STORE,
		    _("the database cannot be copied to %s before it changes: %s"), half,
		    g_strerror(errno));
		return false;
	}
	if (!copy_pages(path, half, error)) {
		g_prefix_error(error, _("no copy before the database changes: "));
		unlink(half);
		return false;
	}
	if (rename(half, kept) != 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_STORE,
		    _("the copy of the database cannot be named %s: %s"), kept, g_strerror(errno));
		return false;
	}
	return true;
}

static bool
run_steps(sqlite3 *db, const char *path, const char *const *steps, int count, GError **error)
{
	// Asked again inside the transaction: another process may have been faster.
	int version = migrate_version(db, error);

	if (version < 0)
		return false;
	if (version > 0 && version < count && path && !keep_copy(path, version, error))
		return false;
	for (int i = version; i < count; i++) {
		if (!exec(db, steps[i], error)) {
			g_prefix_error(error, _("the step from schema %d to %d: "), i, i + 1);
			return false;
		}
	}
	g_autofree char *mark = g_strdup_printf("PRAGMA user_version = %d", count);
	return version >= count || exec(db, mark, error);
}

bool
migrate(sqlite3 *db, const char *path, const char *const *steps, int count, GError **error)
{
	int version = migrate_version(db, error);

	if (version < 0)
		return false;
	if (version > count) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_STORE,
		    _("the database %s was written by a newer hark: its schema is %d, "
		      "this hark knows up to %d"),
		    sqlite3_db_filename(db, "main"), version, count);
		return false;
	}
	if (version == count)
		return true;
	if (!exec(db, "BEGIN IMMEDIATE", error))
		return false;
	if (run_steps(db, path, steps, count, error) && exec(db, "COMMIT", error))
		return true;
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}
