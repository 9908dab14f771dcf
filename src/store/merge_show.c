// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/merge_show.h"

#include <string.h>

#include "base/text.h"
#include "store/sql.h"

static char *
join_categories(const GPtrArray *categories)
{
	if (!categories || categories->len == 0)
		return NULL;
	GString *joined = g_string_new(NULL);
	for (guint i = 0; i < categories->len; i++)
		g_string_append_printf(
		    joined, "%s%s", i ? "\n" : "", (const char *)categories->pdata[i]);
	return g_string_free(joined, FALSE);
}

static bool
write_title(struct store *store, gint64 id, const char *title, GError **error)
{
	g_autofree char *folded = NULL;

	if (!title || !*title)
		return true;
	folded = text_fold(title);
	return sql_run(store, error,
	    "UPDATE show SET title = ?2, folded = iif(user_title IS NULL, ?3, folded)"
	    " WHERE id = ?1 AND title IS NOT ?2",
	    "iss", id, title, folded);
}

static bool
write_fields(struct store *store, gint64 id, const struct feed *feed, GError **error)
{
	g_autofree char *categories = join_categories(feed->categories);

	return sql_run(store, error,
	    "UPDATE show SET link = ?2, author = ?3, description = ?4, language = ?5, image = ?6,"
	    " type = ?7, guid = ?8, categories = ?9, feed_url = ?10, new_feed_url = ?11,"
	    " explicit = ?12, complete = ?13, ttl_minutes = ?14, extras = ?15 WHERE id = ?1 AND"
	    " (link, author, description, language, image, type, guid, categories, feed_url,"
	    "  new_feed_url, explicit, complete, ttl_minutes, extras) IS NOT"
	    " (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
	    "issssssssssnnns", id, feed->link, feed->author, feed->description, feed->language,
	    feed->image, feed->type, feed->guid, categories, feed->feed_url, feed->new_feed_url,
	    (int)feed->explicit_, feed->complete, feed->ttl_minutes, feed->extras);
}

static bool
write_funding(struct store *store, gint64 id, const GPtrArray *funding, GError **error)
{
	guint count = funding ? funding->len : 0;

	for (guint i = 0; i < count; i++) {
		const struct feed_funding *one = funding->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO show_funding (show_id, n, url, text) VALUES (?, ?, ?, ?)"
			" ON CONFLICT (show_id, n) DO UPDATE SET url = excluded.url,"
			" text = excluded.text WHERE (url, text) IS NOT (excluded.url, "
			"excluded.text)",
			"inss", id, (int)i, one->url, one->text))
			return false;
	}
	return sql_run(store, error, "DELETE FROM show_funding WHERE show_id = ? AND n >= ?", "in",
	    id, (int)count);
}

static bool
write_persons(struct store *store, gint64 id, const GPtrArray *persons, GError **error)
{
	guint count = persons ? persons->len : 0;

	for (guint i = 0; i < count; i++) {
		const struct feed_person *one = persons->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO show_person (show_id, n, name, role, team, image, url)"
			" VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (show_id, n) DO UPDATE"
			" SET name = excluded.name, role = excluded.role, team = excluded.team,"
			" image = excluded.image, url = excluded.url"
			" WHERE (name, role, team, image, url) IS NOT (excluded.name,"
			" excluded.role, excluded.team, excluded.image, excluded.url)",
			"insssss", id, (int)i, one->name, one->role, one->group, one->image,
			one->url))
			return false;
	}
	return sql_run(store, error, "DELETE FROM show_person WHERE show_id = ? AND n >= ?", "in",
	    id, (int)count);
}

bool
merge_show_write(struct store *store, gint64 show_id, const struct feed *feed, GError **error)
{
	return write_title(store, show_id, feed->title, error) &&
	       write_fields(store, show_id, feed, error) &&
	       write_funding(store, show_id, feed->funding, error) &&
	       write_persons(store, show_id, feed->persons, error);
}
