// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/library.h"

#include <sqlite3.h>

static char *
sqlite_compiled(void)
{
	return g_strdup(SQLITE_VERSION);
}

static char *
sqlite_running(void)
{
	return g_strdup(sqlite3_libversion());
}

static char *
sqlite_features(void)
{
	return g_strdup_printf(
	    "%s", sqlite3_compileoption_used("ENABLE_FTS5") ? "fts5" : "no fts5");
}

const struct library store_libraries[] = {
    {"SQLite", sqlite_compiled, sqlite_running, sqlite_features},
    {NULL},
};
