// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shows: rows out, subscribing, what a refresh brought.
#include "config.h"

#include "store/shows.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "store/address.h"
#include "store/sql.h"
#include "store/unite.h"

#define SHOW_COLUMNS                                                                               \
	"s.id, s.url, coalesce(s.user_title, s.title), s.link, s.author, s.description,"           \
	" s.language, s.image, s.type, s.added_at, s.last_try_s, s.last_success_s, s.next_try_s,"  \
	" s.http_status, s.failures, s.error, s.etag, s.last_modified, s.body_hash, s.gone,"       \
	" s.complete, s.new_episodes, s.ttl_minutes"

void
show_free(struct show *show)
{
	if (!show)
		return;
	g_free(show->url);
	g_free(show->address);
	g_free(show->title);
	g_free(show->link);
	g_free(show->author);
	g_free(show->description);
	g_free(show->language);
	g_free(show->image);
	g_free(show->type);
	g_strfreev(show->tags);
	g_free(show->error);
	g_free(show->etag);
	g_free(show->last_modified);
	g_free(show->body_hash);
	g_free(show->new_episodes);
	g_free(show);
}

static struct show *
read_show(sqlite3_stmt *row)
{
	struct show *show = g_new0(struct show, 1);

	show->id = sqlite3_column_int64(row, 0);
	show->url = sql_text(row, 1);
	show->address = url_without_login(show->url);
	show->title = sql_text(row, 2);
	show->link = sql_text(row, 3);
	show->author = sql_text(row, 4);
	show->description = sql_text(row, 5);
	show->language = sql_text(row, 6);
	show->image = sql_text(row, 7);
	show->type = sql_text(row, 8);
	show->added_s = sql_instant(row, 9);
	show->last_try_s = sql_instant(row, 10);
	show->last_success_s = show->told_s = sql_instant(row, 11);
	show->next_try_s = sql_instant(row, 12);
	show->http_status = sqlite3_column_int(row, 13);
	show->failures = sqlite3_column_int(row, 14);
	show->error = sql_text(row, 15);
	show->etag = sql_text(row, 16);
	show->last_modified = sql_text(row, 17);
	show->body_hash = sql_text(row, 18);
	show->gone = sqlite3_column_int(row, 19) != 0;
	show->complete = sqlite3_column_int(row, 20) != 0;
	show->new_episodes = sql_text(row, 21);
	show->ttl_minutes = sqlite3_column_int(row, 22);
	show->episodes = sqlite3_column_int(row, 23);
	show->inbox = sqlite3_column_int(row, 24);
	show->tags = g_new0(char *, 1);
	return show;
}

// The tags of one show, or (0) of all at once: one small table, read in the order of its key.
static bool
read_tags(struct store *store, gint64 only, GHashTable *by_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row =
	    only ? sql_query(store, error,
		       "SELECT show_id, tag FROM show_tag WHERE show_id = ? ORDER BY folded", "i",
		       only)
		 : sql_query(store, error,
		       "SELECT show_id, tag FROM show_tag ORDER BY show_id, folded", "");

	if (!row)
		return false;
	while (sql_row(store, row, &failed)) {
		gint64 id = sqlite3_column_int64(row, 0);
		struct show *show = g_hash_table_lookup(by_id, &id);
		if (!show)
			continue;
		guint count = g_strv_length(show->tags);
		show->tags = g_renew(char *, show->tags, count + 2);
		show->tags[count] = sql_text(row, 1);
		show->tags[count + 1] = NULL;
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return !failed;
}

#define REFRESHED "refreshed" // the setting: "BEGUN_S ENDED_S"

// A show that was due then and has no row that tells more was asked, and had nothing new.
static void
apply_refresh(struct store *store, GPtrArray *shows)
{
	g_autofree char *value = shows->len ? store_get(store, REFRESHED) : NULL;
	gint64 begun_s, ended_s;

	if (!value ||
	    sscanf(value, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &begun_s, &ended_s) != 2)
		return;
	for (guint i = 0; i < shows->len; i++) {
		struct show *show = shows->pdata[i];
		bool due = show->next_try_s == WHEN_UNKNOWN || show->next_try_s <= begun_s;
		if (!due || show->failures || show->gone || show->last_success_s == WHEN_UNKNOWN ||
		    show->last_success_s > begun_s)
			continue;
		show->last_try_s = show->last_success_s = ended_s;
	}
}

bool
shows_note_refresh(struct store *store, gint64 begun_s, gint64 ended_s, GError **error)
{
	g_autofree char *value =
	    g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, begun_s, ended_s);

	if (!store_begin(store, STORE_FEED, error))
		return false;
	bool ok = sql_run(store, error,
	    "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
	    " SET value = excluded.value",
	    "ss", REFRESHED, value);
	return sql_end(store, ok, error);
}

static GPtrArray *
collect(struct store *store, sqlite3_stmt *row, gint64 only, GError **error)
{
	g_autoptr(GPtrArray) shows = g_ptr_array_new_with_free_func((GDestroyNotify)show_free);
	g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autoptr(GError) failed = NULL;

	while (row && sql_row(store, row, &failed)) {
		struct show *show = read_show(row);
		g_ptr_array_add(shows, show);
		g_hash_table_insert(by_id, &show->id, show);
	}
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return NULL;
	}
	if (!row || !read_tags(store, only, by_id, error))
		return NULL;
	apply_refresh(store, shows);
	return g_steal_pointer(&shows);
}

struct keyed {
	char *key;
	struct show *show;
};

static int
by_key(const void *a, const void *b)
{
	const struct keyed *left = a, *right = b;
	int order = strcmp(left->key, right->key);

	return order ? order
		     : (left->show->id > right->show->id) - (left->show->id < right->show->id);
}

// Sorted here and not by SQL: the order is the locale's, which may be another one tomorrow.
static void
sort_by_title(GPtrArray *shows)
{
	g_autofree struct keyed *keyed = g_new(struct keyed, shows->len + 1);

	for (guint i = 0; i < shows->len; i++) {
		keyed[i].show = shows->pdata[i];
		keyed[i].key = text_sort_key(keyed[i].show->title);
	}
	qsort(keyed, shows->len, sizeof *keyed, by_key);
	for (guint i = 0; i < shows->len; i++) {
		shows->pdata[i] = keyed[i].show;
		g_free(keyed[i].key);
	}
}

static GPtrArray *
collect_sorted(struct store *store, sqlite3_stmt *row, GError **error)
{
	GPtrArray *shows = collect(store, row, 0, error);

	if (shows)
		sort_by_title(shows);
	return shows;
}

GPtrArray *
shows_list(struct store *store, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT " SHOW_COLUMNS ", c.episodes, c.inbox FROM show s LEFT JOIN"
	    " (SELECT show_id, count(*) AS episodes, sum(inbox) AS inbox FROM episode"
	    "  WHERE removed_at IS NULL GROUP BY show_id) c ON c.show_id = s.id"
	    " WHERE s.removed_at IS NULL",
	    "");
	return collect_sorted(store, row, error);
}

GPtrArray *
shows_undecided(struct store *store, GError **error)
{
	// That index is as long as the inbox; without a word SQLite reads the one of all episodes.
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT " SHOW_COLUMNS ", 0, c.inbox FROM show s LEFT JOIN"
	    " (SELECT show_id, count(*) AS inbox FROM episode INDEXED BY episode_inbox"
	    "  WHERE inbox = 1 AND removed_at IS NULL GROUP BY show_id) c ON c.show_id = s.id"
	    " WHERE s.removed_at IS NULL",
	    "");
	return collect_sorted(store, row, error);
}

bool
shows_any(struct store *store)
{
	gint64 id = 0;

	sql_number(store, 0, &id, NULL, "SELECT id FROM show WHERE removed_at IS NULL LIMIT 1", "");
	return id != 0;
}

static struct show *
only_one(struct store *store, sqlite3_stmt *row, gint64 id, GError **error)
{
	g_autoptr(GPtrArray) shows = collect(store, row, id, error);

	if (!shows)
		return NULL;
	if (shows->len == 1)
		return g_ptr_array_steal_index(shows, 0);
	g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING,
	    _("There is no show with number %" G_GINT64_FORMAT "."), id);
	return NULL;
}

struct show *
show_get(struct store *store, gint64 id, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT " SHOW_COLUMNS ", 0, 0 FROM show s WHERE s.id = ?1 AND s.removed_at IS NULL",
	    "i", id);

	return only_one(store, row, id, error);
}

struct show *
show_counted(struct store *store, gint64 id, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT " SHOW_COLUMNS ", c.episodes, c.inbox FROM show s LEFT JOIN"
	    " (SELECT count(*) AS episodes, sum(inbox) AS inbox FROM episode"
	    "  WHERE removed_at IS NULL AND show_id = ?1) c"
	    " WHERE s.id = ?1 AND s.removed_at IS NULL",
	    "i", id);

	return only_one(store, row, id, error);
}

GArray *
shows_due(struct store *store, gint64 now_s, GError **error)
{
	return sql_numbers(store, error,
	    "SELECT id FROM show WHERE removed_at IS NULL AND NOT gone"
	    " AND (?1 IS NULL OR next_try_s IS NULL OR next_try_s <= ?1)"
	    " ORDER BY last_try_s NULLS FIRST, id",
	    "t", now_s);
}

gint64
show_by_url(struct store *store, const char *url, GError **error)
{
	g_autofree char *key = address_key(url);
	gint64 id = 0;

	sql_number(store, 0, &id, error,
	    "SELECT id FROM show WHERE url_key = ? AND removed_at IS NULL", "s", key);
	return id;
}

// The row with this KEY, removed or not: as it was, but it begins anew (its next refresh is a first
// one), so that a year's absence does not fill the inbox.
static bool
come_back(struct store *store, gint64 id, const char *url, gint64 now_s, GError **error)
{
	return sql_run(store, error,
	    "UPDATE show SET url = ?1, removed_at = NULL, added_at = ?2, changed_at = ?2,"
	    " last_success_s = NULL, next_try_s = NULL, etag = NULL, last_modified = NULL,"
	    " body_hash = NULL, gone = 0, failures = 0, error = NULL WHERE id = ?3",
	    "sii", url, now_s, id);
}

static gint64
add_row(struct store *store, const char *url, const char *title, bool *known, GError **error)
{
	g_autofree char *key = address_key(url);
	g_autofree char *shown = url_without_login(url);
	const char *name = title && *title ? title : shown;
	g_autofree char *folded = text_fold(name);
	gint64 now_s = when_now(), live, id;

	*known = false;
	if (!sql_number(store, 0, &id, error, "SELECT id FROM show WHERE url_key = ?", "s", key))
		return 0;
	if (id) {
		if (!sql_number(store, 0, &live, error,
			"SELECT id FROM show WHERE id = ? AND removed_at IS NULL", "i", id))
			return 0;
		*known = live != 0;
		// The same show with another password is meant to have that one.
		if (*known && strcmp(shown, url) != 0 &&
		    !sql_run(store, error, "UPDATE show SET url = ?1 WHERE id = ?2 AND url <> ?1",
			"si", url, id))
			return 0;
		return *known || come_back(store, id, url, now_s, error) ? id : 0;
	}
	return sql_run(store, error,
		   "INSERT INTO show (url, url_key, title, folded, added_at, changed_at)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
		   "ssssi", url, key, name, folded, now_s)
		   ? sqlite3_last_insert_rowid(store->db)
		   : 0;
}

gint64
show_add(struct store *store, const char *url, const char *title, bool *known, GError **error)
{
	bool was_known = false;

	if (!store_begin(store, STORE_USER, error))
		return 0;
	gint64 id = add_row(store, url, title, &was_known, error);
	if (id && !was_known) {
		sql_touch(store, STORE_SHOWS);
		sql_touch(store, STORE_EPISODES);
	}
	if (!sql_end(store, id != 0, error))
		return 0;
	if (known)
		*known = was_known;
	return id;
}

static bool
add_tag(struct store *store, gint64 id, const char *tag, GError **error)
{
	g_autofree char *folded = text_fold(tag);

	return sql_run(store, error,
	    "INSERT INTO show_tag (show_id, tag, folded) VALUES (?, ?, ?)"
	    " ON CONFLICT (show_id, folded) DO NOTHING",
	    "iss", id, tag, folded);
}

static bool
write_label(
    struct store *store, gint64 id, const char *own_title, const GPtrArray *tags, GError **error)
{
	g_autofree char *folded = own_title ? text_fold(own_title) : NULL;

	if (own_title && *own_title &&
	    !sql_run(store, error,
		"UPDATE show SET user_title = ?2, folded = ?3 WHERE id = ?1"
		" AND user_title IS NULL",
		"iss", id, own_title, folded))
		return false;
	for (guint i = 0; i < tags->len; i++)
		if (!add_tag(store, id, tags->pdata[i], error))
			return false;
	return true;
}

bool
show_label(
    struct store *store, gint64 id, const char *own_title, const GPtrArray *tags, GError **error)
{
	if (!own_title && !tags->len)
		return true;
	if (!store_begin(store, STORE_USER, error))
		return false;
	sql_touch(store, STORE_SHOWS);
	return sql_end(store, write_label(store, id, own_title, tags, error), error);
}

char *
show_own_title(struct store *store, gint64 id)
{
	char *title = NULL;
	sqlite3_stmt *row =
	    sql_query(store, NULL, "SELECT user_title FROM show WHERE id = ?", "i", id);

	if (row && sql_row(store, row, NULL)) {
		title = sql_text(row, 0);
		sql_done(row);
	}
	return title;
}

// A move is kept only where no other show has that address; one that was removed gives it up.
static bool
move(struct store *store, gint64 id, const char *to, gint64 now_s, GError **error)
{
	g_autofree char *key = address_key(to);
	OWNED(show) before = show_get(store, id, error);

	return before &&
	       sql_run(store, error,
		   "UPDATE show SET url_key = url_key || ' ' || id WHERE url_key = ?1"
		   " AND id <> ?2 AND removed_at IS NOT NULL",
		   "si", key, id) &&
	       sql_run(store, error,
		   "UPDATE show SET url = ?1, url_key = ?2 WHERE id = ?3 AND url IS NOT ?1"
		   " AND NOT EXISTS (SELECT 1 FROM show WHERE url_key = ?2 AND id <> ?3)",
		   "ssi", to, key, id) &&
	       (!sql_changes(store) || show_note_move(store, id, before->url, to, now_s, error));
}

static bool
write_outcome(struct store *store, gint64 id, const struct show_outcome *outcome, GError **error)
{
	if (outcome->moved_to && !move(store, id, outcome->moved_to, outcome->tried_s, error))
		return false;
	if (!sql_run(store, error,
		"UPDATE show SET last_try_s = ?2, next_try_s = ?3, http_status = ?4, error = ?5,"
		" gone = ?6, failures = iif(?7, 0, iif(?8, max(failures, 1), failures + 1))"
		" WHERE id = ?1",
		"ittnsnnn", id, outcome->tried_s, outcome->next_try_s, outcome->http_status,
		outcome->success ? NULL : outcome->error, outcome->gone, outcome->success,
		outcome->unreachable))
		return false;
	return !outcome->success ||
	       sql_run(store, error,
		   "UPDATE show SET last_success_s = ?2, etag = ?3, last_modified = ?4,"
		   " body_hash = ?5 WHERE id = ?1",
		   "itsss", id, outcome->tried_s, outcome->etag, outcome->last_modified,
		   outcome->body_hash);
}

bool
show_set_outcome(struct store *store, gint64 id, const struct show_outcome *outcome, GError **error)
{
	if (!store_begin(store, STORE_FEED, error))
		return false;
	sql_touch(store, STORE_SHOWS);
	return sql_end(store, write_outcome(store, id, outcome, error), error);
}

bool
show_put_off(struct store *store, gint64 id, gint64 next_try_s, GError **error)
{
	if (!store_begin(store, STORE_FEED, error))
		return false;
	sql_touch(store, STORE_SHOWS);
	bool done = sql_run(
	    store, error, "UPDATE show SET next_try_s = ?1 WHERE id = ?2", "ti", next_try_s, id);
	return sql_end(store, done, error);
}

bool
show_set_new_episodes(struct store *store, gint64 id, const char *word, GError **error)
{
	if (!store_begin(store, STORE_USER, error))
		return false;
	sql_touch(store, STORE_SHOWS);
	bool done = sql_run(
	    store, error, "UPDATE show SET new_episodes = ?1 WHERE id = ?2", "si", word, id);
	return sql_end(store, done, error);
}
