// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/known.h"

#include <string.h>

#include "base/when.h"
#include "store/merge_item.h"
#include "store/sql.h"

struct known {
	GHashTable *rows;   // set of struct known_row *, by identity and medium
	GHashTable *firsts; // identity (inside the row) -> its first struct known_row *
	bool any;
	// Of rows that this document has not, made when it is asked for: media_sum, and title_sum
	// with the day -> struct known_row *, NULL where several have it.
	GHashTable *by_media, *by_title;
};

#define DAY_S 86400
#define LENGTH_SLACK_S 600

static guint
row_hash(gconstpointer data)
{
	const struct known_row *row = data;

	return g_str_hash(row->identity) ^ g_int64_hash(&row->media_sum);
}

static gboolean
row_equal(gconstpointer a, gconstpointer b)
{
	const struct known_row *one = a, *other = b;

	return one->media_sum == other->media_sum && !strcmp(one->identity, other->identity);
}

static struct known_row *
row_new(const char *identity, gint64 media_sum)
{
	size_t length = strlen(identity) + 1;
	struct known_row *row = g_malloc(sizeof *row + length);

	*row = (struct known_row){.media_sum = media_sum};
	memcpy(row->identity, identity, length);
	return row;
}

static struct known_row *
insert(struct known *known, const char *identity, gint64 media_sum)
{
	struct known_row *row = row_new(identity, media_sum);
	struct known_row *first = g_hash_table_lookup(known->firsts, identity);

	if (first)
		first->shared = true;
	else
		g_hash_table_insert(known->firsts, row->identity, row);
	g_hash_table_add(known->rows, row);
	return row;
}

struct known *
known_read(struct store *store, gint64 show_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *found = sql_query(store, error,
	    "SELECT e.id, e.identity, e.media_sum, e.digest, e.left_feed, n.sum, e.folded,"
	    " e.published_s, e.duration_s FROM episode e"
	    " LEFT JOIN notes n ON n.episode_id = e.id WHERE e.show_id = ? ORDER BY e.id",
	    "i", show_id);

	if (!found)
		return NULL;
	struct known *known = g_new0(struct known, 1);
	known->rows = g_hash_table_new_full(row_hash, row_equal, g_free, NULL);
	known->firsts = g_hash_table_new(g_str_hash, g_str_equal);
	while (sql_row(store, found, &failed)) {
		struct known_row *row = insert(known, (const char *)sqlite3_column_text(found, 1),
		    sqlite3_column_int64(found, 2));
		row->id = sqlite3_column_int64(found, 0);
		row->digest = merge_item_digest_parse((const char *)sqlite3_column_text(found, 3));
		row->left_feed = sqlite3_column_int(found, 4) != 0;
		row->notes_sum = (guint64)sqlite3_column_int64(found, 5);
		row->title_sum = merge_item_sum((const char *)sqlite3_column_text(found, 6));
		row->published_s = sql_instant(found, 7);
		row->duration_s = sql_length(found, 8);
		known->any = true;
	}
	if (!failed)
		return known;
	g_propagate_error(error, g_steal_pointer(&failed));
	known_free(known);
	return NULL;
}

void
known_free(struct known *known)
{
	if (!known)
		return;
	g_hash_table_unref(known->firsts);
	g_clear_pointer(&known->by_media, g_hash_table_unref);
	g_clear_pointer(&known->by_title, g_hash_table_unref);
	g_hash_table_unref(known->rows);
	g_free(known);
}

struct known_row *
known_exact(const struct known *known, const char *identity, gint64 media_sum)
{
	g_autofree struct known_row *key = row_new(identity, media_sum);

	return g_hash_table_lookup(known->rows, key);
}

struct known_row *
known_only(const struct known *known, const char *identity)
{
	struct known_row *first = g_hash_table_lookup(known->firsts, identity);

	return first && !first->shared ? first : NULL;
}

void
known_add(struct known *known, const char *identity, gint64 media_sum)
{
	insert(known, identity, media_sum)->seen = true;
}

bool
known_any(const struct known *known)
{
	return known->any;
}

static gint64
title_key(guint64 title_sum, gint64 published_s)
{
	return (gint64)(title_sum ^ (guint64)(published_s / DAY_S));
}

static void
note(GHashTable *table, gint64 key, struct known_row *row)
{
	bool several = g_hash_table_contains(table, &key);

	g_hash_table_replace(table, g_memdup2(&key, sizeof key), several ? NULL : row);
}

static void
index_unseen(struct known *known)
{
	GHashTableIter iter;
	gpointer key;

	known->by_media = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	known->by_title = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_hash_table_iter_init(&iter, known->rows);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		struct known_row *row = key;
		if (!row->id || row->seen)
			continue;
		if (row->media_sum)
			note(known->by_media, row->media_sum, row);
		if (row->published_s != WHEN_UNKNOWN && row->title_sum)
			note(known->by_title, title_key(row->title_sum, row->published_s), row);
	}
}

static bool
same_length(double one_s, double other_s)
{
	return one_s < 0 || other_s < 0 || ABS(one_s - other_s) <= LENGTH_SLACK_S;
}

struct known_row *
known_again(
    struct known *known, gint64 media_sum, guint64 title_sum, gint64 published_s, double duration_s)
{
	gint64 title = title_key(title_sum, published_s);
	struct known_row *row = NULL;

	if (!known->by_media)
		index_unseen(known);
	if (media_sum)
		row = g_hash_table_lookup(known->by_media, &media_sum);
	// One address for whatever is the latest is another episode each time.
	if (row && !row->seen &&
	    (row->title_sum == title_sum ||
		(row->published_s == published_s && published_s != WHEN_UNKNOWN)))
		return row;
	row = title_sum && published_s != WHEN_UNKNOWN
		  ? g_hash_table_lookup(known->by_title, &title)
		  : NULL;
	return row && !row->seen && same_length(row->duration_s, duration_s) ? row : NULL;
}

void
known_move(struct known *known, struct known_row *row, gint64 media_sum)
{
	if (known_exact(known, row->identity, media_sum)) // which stays what it was found by
		return;
	g_hash_table_steal(known->rows, row);
	row->media_sum = media_sum;
	g_hash_table_add(known->rows, row);
}

void
known_count(const struct known *known, guint *all, guint *seen)
{
	GHashTableIter iter;
	gpointer key;

	*all = *seen = 0;
	g_hash_table_iter_init(&iter, known->rows);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const struct known_row *row = key;
		*all += row->seen || !row->left_feed;
		*seen += row->seen;
	}
}

GArray *
known_left(const struct known *known)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, known->rows);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const struct known_row *row = key;
		if (row->id && !row->left_feed && !row->seen)
			g_array_append_val(ids, row->id);
	}
	return ids;
}
