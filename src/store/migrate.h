// SPDX-License-Identifier: GPL-3.0-or-later
//
// The schema and how an older file gets there. Private to this folder (and its tests).
#ifndef HARK_STORE_MIGRATE_H
#define HARK_STORE_MIGRATE_H

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

// Step N (0-based) brings a file of user_version N to N + 1. STORE_SCHEMA of them.
extern const char *const schema_steps[];

// Brings DB to COUNT steps in one transaction; a file that holds something is copied to PATH.vN.bak
// before (PATH NULL: no copy). Does nothing where it is there already; refuses a newer file.
bool migrate(sqlite3 *db, const char *path, const char *const *steps, int count, GError **error);

// user_version, -1 with ERROR.
int migrate_version(sqlite3 *db, GError **error);

#endif
