// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the other files of this folder say SQL with; nothing outside includes it. Texts of
// statements are string literals: a connection prepares each once and finds it again by its
// address.
#ifndef HARK_STORE_SQL_H
#define HARK_STORE_SQL_H

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "store/store.h"

struct store {
	sqlite3 *db;
	GHashTable *statements; // text (by address) -> sqlite3_stmt *
	enum store_mode mode;
	int weight;		  // synchronous as it is set: an enum store_weight, -1 not yet
	const atomic_bool *hurry; // of store_hurry
	gint64 hurry_us;	  // when the hurry was first noticed, 0 not yet
	int depth;		  // of store_begin
	unsigned stale;		  // bits of enum store_kind that this transaction changed
	int log_pages;		  // in the write-ahead log after the last commit of ours
	GBytes *pack;		  // of notes that was read last, NULL none; its number
	gint64 pack_id;
};

// FORMAT has a letter an argument: i gint64, n int (bool too), d double, s text or NULL, t an
// instant (WHEN_UNKNOWN is NULL), l a length (negative is NULL), b bytes and their size_t,
// v sqlite3_value *. Texts and bytes are borrowed until the statement is done.

// Starts TEXT; rows come by sql_row. NULL on an error.
sqlite3_stmt *sql_query(
    struct store *store, GError **error, const char *text, const char *format, ...);

// The next row. False at the end and on an error (*ERROR set): the statement is done then.
bool sql_row(struct store *store, sqlite3_stmt *statement, GError **error);

// For who leaves before the end.
void sql_done(sqlite3_stmt *statement);

// Runs TEXT, which gives no rows.
bool sql_run(struct store *store, GError **error, const char *text, const char *format, ...);

// The first column of the first row; FALLBACK where there is none or it is NULL.
bool sql_number(struct store *store, gint64 fallback, gint64 *number, GError **error,
    const char *text, const char *format, ...);

// The first column of every row.
GArray *sql_numbers(struct store *store, GError **error, const char *text, const char *format, ...);

// The same for a statement that was put together and is prepared by the caller, who finalizes it.
GArray *sql_collect(struct store *store, sqlite3_stmt *statement, GError **error);

// Several statements in one text, none of them kept.
bool sql_script(struct store *store, const char *text, GError **error);

// Columns: NULL for NULL; WHEN_UNKNOWN; WHEN_NO_LENGTH.
char *sql_text(sqlite3_stmt *statement, int column);
gint64 sql_instant(sqlite3_stmt *statement, int column);
double sql_length(sqlite3_stmt *statement, int column);

// Rows that the last statement changed.
int sql_changes(struct store *store);

// This transaction makes lists of KIND stale.
void sql_touch(struct store *store, enum store_kind kind);

// Commits where OK, rolls back where not: the end of every writing function.
bool sql_end(struct store *store, bool ok, GError **error);

// What the database says, as an error.
void sql_fail(sqlite3 *db, GError **error);

#endif
