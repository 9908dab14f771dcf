// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/library.h"

#include <sqlite3.h>
#include <zstd.h>

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

static char *
zstd_compiled(void)
{
	return g_strdup(ZSTD_VERSION_STRING);
}

static char *
zstd_running(void)
{
	return g_strdup(ZSTD_versionString());
}

const struct library store_libraries[] = {
    {"SQLite", sqlite_compiled, sqlite_running, sqlite_features},
    {"zstd", zstd_compiled, zstd_running, NULL},
    {NULL},
};
