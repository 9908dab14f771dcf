// SPDX-License-Identifier: GPL-3.0-or-later
//
// What hangs on an episode, written place by place: a place is updated where it differs, the places
// beyond the list's end are cleared.
#include "config.h"

#include "store/merge_item.h"
#include "store/texts.h"

static bool
trim(struct store *store, const char *text, gint64 episode_id, guint count, bool is_new,
    GError **error)
{
	return is_new || sql_run(store, error, text, "in", episode_id, (int)count);
}

static bool
write_enclosures(
    struct store *store, gint64 id, const GPtrArray *enclosures, bool is_new, GError **error)
{
	guint count = enclosures ? enclosures->len : 0;

	for (guint i = 0; i < count; i++) {
		const struct feed_enclosure *one = enclosures->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO enclosure (episode_id, n, url, type, bytes)"
			" VALUES (?, ?, ?, ?, nullif(?, -1)) ON CONFLICT (episode_id, n) DO UPDATE"
			" SET url = excluded.url, type = excluded.type, bytes = excluded.bytes"
			" WHERE (url, type, bytes) IS NOT (excluded.url, excluded.type, "
			"excluded.bytes)",
			"inssi", id, (int)i, one->url ? one->url : "", one->type,
			MAX(one->length_bytes, -1)))
			return false;
	}
	return trim(store, "DELETE FROM enclosure WHERE episode_id = ? AND n >= ?", id, count,
	    is_new, error);
}

static bool
write_offer(struct store *store, gint64 id, const char *kind, int n,
    const struct feed_transcript *one, GError **error)
{
	return sql_run(store, error,
	    "INSERT INTO offer (episode_id, kind, n, url, type, language, rel)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (episode_id, kind, n) DO UPDATE"
	    " SET url = excluded.url, type = excluded.type, language = excluded.language,"
	    " rel = excluded.rel WHERE (url, type, language, rel) IS NOT"
	    " (excluded.url, excluded.type, excluded.language, excluded.rel)",
	    "isnssss", id, kind, n, one->url, one->type, one->language, one->rel);
}

static bool
write_offers(
    struct store *store, gint64 id, const struct feed_episode *from, bool is_new, GError **error)
{
	guint count = from->transcripts ? from->transcripts->len : 0;
	int kept = 0;

	for (guint i = 0; i < count; i++) {
		const struct feed_transcript *one = from->transcripts->pdata[i];
		if (one->url && !write_offer(store, id, "t", kept++, one, error))
			return false;
	}
	if (!trim(store, "DELETE FROM offer WHERE episode_id = ? AND kind = 't' AND n >= ?", id,
		kept, is_new, error))
		return false;
	if (from->chapters_url) {
		struct feed_transcript chapters = {
		    .url = from->chapters_url, .type = from->chapters_type};
		if (!write_offer(store, id, "c", 0, &chapters, error))
			return false;
	}
	return trim(store, "DELETE FROM offer WHERE episode_id = ? AND kind = 'c' AND n >= ?", id,
	    from->chapters_url ? 1 : 0, is_new, error);
}

static bool
write_persons(struct store *store, gint64 id, const GPtrArray *persons, bool is_new, GError **error)
{
	guint count = persons ? persons->len : 0;

	for (guint i = 0; i < count; i++) {
		const struct feed_person *one = persons->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO person (episode_id, n, name, role, team, image, url)"
			" VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (episode_id, n) DO UPDATE"
			" SET name = excluded.name, role = excluded.role, team = excluded.team,"
			" image = excluded.image, url = excluded.url"
			" WHERE (name, role, team, image, url) IS NOT (excluded.name,"
			" excluded.role, excluded.team, excluded.image, excluded.url)",
			"insssss", id, (int)i, one->name, one->role, one->group, one->image,
			one->url))
			return false;
	}
	return trim(
	    store, "DELETE FROM person WHERE episode_id = ? AND n >= ?", id, count, is_new, error);
}

static bool
write_soundbites(
    struct store *store, gint64 id, const GPtrArray *soundbites, bool is_new, GError **error)
{
	guint count = soundbites ? soundbites->len : 0;

	for (guint i = 0; i < count; i++) {
		const struct feed_soundbite *one = soundbites->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO soundbite (episode_id, n, start_s, duration_s, title)"
			" VALUES (?, ?, ?, ?, ?) ON CONFLICT (episode_id, n) DO UPDATE"
			" SET start_s = excluded.start_s, duration_s = excluded.duration_s,"
			" title = excluded.title WHERE (start_s, duration_s, title) IS NOT"
			" (excluded.start_s, excluded.duration_s, excluded.title)",
			"indds", id, (int)i, one->start_s, one->duration_s, one->title))
			return false;
	}
	return trim(store, "DELETE FROM soundbite WHERE episode_id = ? AND n >= ?", id, count,
	    is_new, error);
}

static bool
write_chapters(
    struct store *store, gint64 id, const GPtrArray *chapters, bool is_new, GError **error)
{
	guint count = chapters ? chapters->len : 0;

	for (guint i = 0; i < count; i++) {
		const struct chapter *one = chapters->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO chapter (episode_id, source, n, start_s, end_s, title, url, "
			"image)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (episode_id, source, n) DO "
			"UPDATE"
			" SET start_s = excluded.start_s, end_s = excluded.end_s,"
			" title = excluded.title, url = excluded.url, image = excluded.image"
			" WHERE (start_s, end_s, title, url, image) IS NOT (excluded.start_s,"
			" excluded.end_s, excluded.title, excluded.url, excluded.image)",
			"inndlsss", id, CHAPTERS_PSC, (int)i, one->start_s, one->end_s, one->title,
			one->url, one->image))
			return false;
	}
	return is_new || sql_run(store, error,
			     "DELETE FROM chapter WHERE episode_id = ? AND source = ? AND n >= ?",
			     "inn", id, CHAPTERS_PSC, (int)count);
}

bool
merge_item_write_lists(struct store *store, const struct merge_item *item, gint64 episode_id,
    bool is_new, GError **error)
{
	const struct feed_episode *from = item->from;

	return write_enclosures(store, episode_id, from->enclosures, is_new, error) &&
	       write_offers(store, episode_id, from, is_new, error) &&
	       write_persons(store, episode_id, from->persons, is_new, error) &&
	       write_soundbites(store, episode_id, from->soundbites, is_new, error) &&
	       write_chapters(store, episode_id, from->chapters, is_new, error);
}
