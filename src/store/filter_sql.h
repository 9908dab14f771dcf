// SPDX-License-Identifier: GPL-3.0-or-later
//
// A filter as SQL. Private to this folder.
#ifndef HARK_STORE_FILTER_SQL_H
#define HARK_STORE_FILTER_SQL_H

#include <sqlite3.h>

#include "store/episodes.h"
#include "store/filter.h"

// Appends " AND ..." for each term (FILTER may be NULL): conditions on the table named e.
void filter_append(const struct filter *filter, GString *sql);

// Binds what filter_append left open. NOW_S for ages.
void filter_bind(const struct filter *filter, sqlite3_stmt *statement, gint64 now_s);

// The whole statement of a list (episodes.c), for the test that guards its plan.
char *episodes_sql(const struct filter *filter, enum episode_order order);

#endif
