// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prepare, bind, step and read, with GError.
#include "config.h"

#include "store/sql.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"

void
sql_fail(sqlite3 *db, GError **error)
{
	int code = sqlite3_errcode(db);

	if (code == SQLITE_INTERRUPT)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_INTERRUPTED, _("interrupted"));
	else if (code == SQLITE_BUSY)
		g_set_error(error, HARK_ERROR, HARK_ERROR_AGAIN,
		    _("the database %s is held by another process: nothing was written"),
		    sqlite3_db_filename(db, "main"));
	else
		g_set_error(error, HARK_ERROR, HARK_ERROR_STORE, _("the database %s: %s"),
		    sqlite3_db_filename(db, "main"), sqlite3_errmsg(db));
}

static sqlite3_stmt *
prepared(struct store *store, const char *text, GError **error)
{
	sqlite3_stmt *statement = g_hash_table_lookup(store->statements, text);

	if (statement)
		return statement;
	if (sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)) {
		sql_fail(store->db, error);
		return NULL;
	}
	g_hash_table_insert(store->statements, (gpointer)text, statement);
	return statement;
}

static void
bind_all(sqlite3_stmt *statement, const char *format, va_list arguments)
{
	for (int i = 1; *format; i++, format++) {
		switch (*format) {
		case 'i':
			sqlite3_bind_int64(statement, i, va_arg(arguments, gint64));
			break;
		case 'n':
			sqlite3_bind_int(statement, i, va_arg(arguments, int));
			break;
		case 'd':
			sqlite3_bind_double(statement, i, va_arg(arguments, double));
			break;
		case 's':
			sqlite3_bind_text(
			    statement, i, va_arg(arguments, const char *), -1, SQLITE_STATIC);
			break;
		case 'b': {
			const void *bytes = va_arg(arguments, const void *);
			sqlite3_bind_blob64(
			    statement, i, bytes, va_arg(arguments, size_t), SQLITE_STATIC);
			break;
		}
		case 't': {
			gint64 instant_s = va_arg(arguments, gint64);
			if (instant_s != WHEN_UNKNOWN)
				sqlite3_bind_int64(statement, i, instant_s);
			break;
		}
		case 'l': {
			double length_s = va_arg(arguments, double);
			if (length_s >= 0)
				sqlite3_bind_double(statement, i, length_s);
			break;
		}
		case 'v':
			sqlite3_bind_value(statement, i, va_arg(arguments, sqlite3_value *));
			break;
		default:
			g_assert_not_reached();
		}
	}
}

static sqlite3_stmt *
start(struct store *store, GError **error, const char *text, const char *format, va_list arguments)
{
	sqlite3_stmt *statement = prepared(store, text, error);

	if (statement)
		bind_all(statement, format, arguments);
	return statement;
}

sqlite3_stmt *
sql_query(struct store *store, GError **error, const char *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	sqlite3_stmt *statement = start(store, error, text, format, arguments);
	va_end(arguments);
	return statement;
}

bool
sql_row(struct store *store, sqlite3_stmt *statement, GError **error)
{
	int code = sqlite3_step(statement);

	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		sql_fail(store->db, error);
	sql_done(statement);
	return false;
}

void
sql_done(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

bool
sql_run(struct store *store, GError **error, const char *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	sqlite3_stmt *statement = start(store, error, text, format, arguments);
	va_end(arguments);
	if (!statement)
		return false;

	bool ok = sqlite3_step(statement) == SQLITE_DONE;
	if (!ok)
		sql_fail(store->db, error);
	sql_done(statement);
	return ok;
}

bool
sql_number(struct store *store, gint64 fallback, gint64 *number, GError **error, const char *text,
    const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	sqlite3_stmt *statement = start(store, error, text, format, arguments);
	va_end(arguments);
	if (!statement)
		return false;

	*number = fallback;
	int code = sqlite3_step(statement);
	if (code == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
		*number = sqlite3_column_int64(statement, 0);
	bool ok = code == SQLITE_ROW || code == SQLITE_DONE;
	if (!ok)
		sql_fail(store->db, error);
	sql_done(statement);
	return ok;
}

GArray *
sql_collect(struct store *store, sqlite3_stmt *statement, GError **error)
{
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		gint64 number = sqlite3_column_int64(statement, 0);
		g_array_append_val(numbers, number);
	}
	if (code != SQLITE_DONE)
		sql_fail(store->db, error);
	sql_done(statement);
	return code == SQLITE_DONE ? g_steal_pointer(&numbers) : NULL;
}

GArray *
sql_numbers(struct store *store, GError **error, const char *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	sqlite3_stmt *statement = start(store, error, text, format, arguments);
	va_end(arguments);
	return statement ? sql_collect(store, statement, error) : NULL;
}

bool
sql_script(struct store *store, const char *text, GError **error)
{
	if (sqlite3_exec(store->db, text, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	sql_fail(store->db, error);
	return false;
}

char *
sql_text(sqlite3_stmt *statement, int column)
{
	return g_strdup((const char *)sqlite3_column_text(statement, column));
}

gint64
sql_instant(sqlite3_stmt *statement, int column)
{
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return WHEN_UNKNOWN;
	return sqlite3_column_int64(statement, column);
}

double
sql_length(sqlite3_stmt *statement, int column)
{
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return WHEN_NO_LENGTH;
	return sqlite3_column_double(statement, column);
}

int
sql_changes(struct store *store)
{
	return sqlite3_changes(store->db);
}

void
sql_touch(struct store *store, enum store_kind kind)
{
	store->stale |= 1u << kind;
}

bool
sql_end(struct store *store, bool ok, GError **error)
{
	if (ok)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
