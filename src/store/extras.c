// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/sql.h"
#include "store/texts.h"

static char *
read_extras(struct store *store, const char *text, gint64 id, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error, text, "i", id);
	char *extras = NULL;

	if (row && sql_row(store, row, error)) {
		extras = sql_text(row, 0);
		sql_done(row);
	}
	return extras;
}

char *
extras_of_show(struct store *store, gint64 show_id, GError **error)
{
	return read_extras(store, "SELECT extras FROM show WHERE id = ?", show_id, error);
}

char *
extras_of_episode(struct store *store, gint64 episode_id, GError **error)
{
	return read_extras(store, "SELECT extras FROM episode WHERE id = ?", episode_id, error);
}
