// SPDX-License-Identifier: GPL-3.0-or-later
//
// Batches of a feed's episodes into the library, written once they were compared. An episode whose
// digest is the stored one is not written at all.
#include "config.h"

#include "store/merge.h"

#include "base/text.h"
#include "base/when.h"
#include "store/merge_private.h"
#include "store/merge_show.h"
#include "store/queue.h"
#include "store/shows.h"
#include "store/unread.h"

void
merge_free(struct merge *merge)
{
	if (!merge)
		return;
	comparing_clear(&merge->comparing);
	g_array_unref(merge->queued);
	g_free(merge);
}

// Publishers date back by hours: newer than all that the show had is new, though it may be dated
// before the subscribing. What is older than that is an archive that comes late.
static bool
read_known(struct store *store, gint64 show_id, gint64 added_s, gint64 *known_s, GError **error)
{
	g_autoptr(GArray) newest = sql_numbers(store, error,
	    "SELECT published_s FROM episode WHERE show_id = ? AND published_s IS NOT NULL"
	    " ORDER BY sort_s DESC LIMIT 1",
	    "i", show_id);

	if (!newest)
		return false;
	*known_s = newest->len > 0 ? MIN(added_s, g_array_index(newest, gint64, 0)) : added_s;
	return true;
}

struct merge *
merge_new(struct store *store, gint64 show_id, gint64 now_s, enum merge_new new_goes,
    enum merge_first first, GError **error)
{
	OWNED(show) show = show_get(store, show_id, error);
	gint64 known_s;

	if (!show || !read_known(store, show_id, show->added_s, &known_s, error))
		return NULL;
	struct known *known = known_read(store, show_id, error);
	if (!known)
		return NULL;
	struct merge *merge = g_new0(struct merge, 1);
	*merge = (struct merge){.store = store,
	    .show_id = show_id,
	    .now_s = now_s,
	    .known_s = known_s,
	    .new_goes = new_goes,
	    .first = first,
	    .is_first = show->last_success_s == WHEN_UNKNOWN};
	comparing_init(&merge->comparing, known);
	merge->queued = g_array_new(FALSE, FALSE, sizeof(gint64));
	return merge;
}

void
merge_set_archive(struct merge *merge)
{
	merge->archive = true;
}

bool
merge_is_first(const struct merge *merge)
{
	return merge->is_first;
}

// What the notes were is let go of.
static bool
release_notes(struct store *store, gint64 id, GError **error)
{
	gint64 pack_id;

	return sql_number(store, 0, &pack_id, error,
		   "SELECT pack_id FROM notes WHERE episode_id = ?", "i", id) &&
	       (!pack_id || pack_release(store, pack_id, error));
}

static bool
write_notes(struct store *store, gint64 id, const struct merge_item *item, gint64 first_pack,
    bool is_new, GError **error)
{
	const struct pack_place *place = &item->place;
	bool packed = place->pack >= 0;

	if (!item->notes_sum)
		return true;
	if (!is_new && !release_notes(store, id, error))
		return false;
	return sql_run(store, error,
	    "INSERT INTO notes (episode_id, summary, sum, pack_id, at, length)"
	    " VALUES (?, ?, ?, nullif(?, 0), ?, ?) ON CONFLICT (episode_id) DO UPDATE SET"
	    " html = NULL, summary = excluded.summary, sum = excluded.sum,"
	    " pack_id = excluded.pack_id, at = excluded.at, length = excluded.length",
	    "isiinn", id, item->from->summary, (gint64)item->notes_sum,
	    packed ? first_pack + place->pack : 0, place->at_bytes, place->length_bytes);
}

// Missing, or ahead of the clock, which STANDARDS 4 takes for missing.
static bool
is_dateless(const struct merge *merge, const struct feed_episode *from)
{
	return from->published_s == WHEN_UNKNOWN || from->published_s > merge->now_s;
}

static int
unread_of(const struct merge_item *item)
{
	return UNREAD_WORDS | (item->has_gist ? 0 : UNREAD_GIST);
}

static bool
write_update(struct merge *merge, const struct merge_item *item, gint64 id, GError **error)
{
	const struct feed_episode *from = item->from;
	gint64 dated_s = is_dateless(merge, from) ? WHEN_UNKNOWN : from->published_s;
	char digest[DIGEST_BYTES];

	merge_item_digest_print(item->digest, digest);
	// Where another process was faster, its row has the new place: this one leaves the feed.
	return sql_run(merge->store, error,
	    "UPDATE OR IGNORE episode SET digest = ?2, title = ?3, folded = ?4, guid = ?5,"
	    " link = ?6, author = ?7, image = ?8, published_s = ?9, sort_s = coalesce(?9, seen_s),"
	    " duration_s = ?10, season = nullif(?11, 0), number = ?12, type = ?13, explicit = ?14,"
	    " media_sum = ?15, identity = ?16, extras = ?17, left_feed = 0,"
	    " " UNREAD_EDITED " WHERE id = ?1",
	    "isssssss"
	    "tlnssniss",
	    id, digest, from->title, item->folded, from->guid, from->link, from->author,
	    from->image, dated_s, from->duration_s, from->season, from->episode, from->episode_type,
	    (int)from->explicit_, item->media_sum, item->identity, from->extras);
}

static bool
write_gist(struct store *store, const struct merge_item *item, gint64 id, GError **error)
{
	const struct gist *gist = &item->gist;

	if (!item->notes_sum)
		return true;
	return sql_run(store, error,
	    "UPDATE episode SET highlight = coalesce(?2, ''), notes_transcript = ?3,"
	    " notes_chapters = ?4, unread_notes = (unread_notes & ~1) | ?5 WHERE id = ?1",
	    "isnnn", id, gist->highlight, gist->transcript, gist->chapters, unread_of(item));
}

// 0 where there is one already (*ERROR unset): another process was faster.
static gint64
write_new(struct merge *merge, const struct merge_item *item, GError **error)
{
	const struct feed_episode *from = item->from;
	const struct gist *gist = &item->gist;
	bool dateless = is_dateless(merge, from);
	bool is_new =
	    !merge->is_first && !merge->archive && (dateless || from->published_s > merge->known_s);
	// Without dates the feed's own order stands, which is newest first.
	gint64 seen_s = merge->now_s - (dateless ? item->index : 0);
	bool archived = is_new && merge->new_goes == MERGE_TO_ARCHIVE;
	char digest[DIGEST_BYTES];

	merge_item_digest_print(item->digest, digest);
	if (!sql_run(merge->store, error,
		"INSERT INTO episode (show_id, identity, media_sum, digest, seen_s, sort_s,"
		" published_s, inbox, archived_at, title, folded, guid, link, author, image,"
		" duration_s, season, number, type, explicit, highlight, notes_transcript,"
		" notes_chapters, unread_notes, extras) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
		" ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, coalesce(?, ''), ?, ?, ?, ?)"
		" ON CONFLICT (show_id, identity, media_sum) DO NOTHING",
		"isisiitntssssssl"
		"nssnsnnns",
		merge->show_id, item->identity, item->media_sum, digest, seen_s,
		dateless ? seen_s : from->published_s, dateless ? WHEN_UNKNOWN : from->published_s,
		is_new && merge->new_goes == MERGE_TO_INBOX, archived ? merge->now_s : WHEN_UNKNOWN,
		from->title, item->folded, from->guid, from->link, from->author, from->image,
		from->duration_s, from->season, from->episode, from->episode_type,
		(int)from->explicit_, gist->highlight, gist->transcript, gist->chapters,
		unread_of(item), from->extras) ||
	    !sql_changes(merge->store))
		return 0;
	gint64 id = sqlite3_last_insert_rowid(merge->store->db);
	if (is_new && merge->new_goes == MERGE_TO_QUEUE)
		g_array_append_val(merge->queued, id);
	else if (is_new && merge->new_goes == MERGE_TO_QUEUE_NEXT) // the oldest is heard first
		g_array_prepend_val(merge->queued, id);
	return id;
}

static bool
find_raced(struct merge *merge, const struct merge_item *item, gint64 *id, GError **error)
{
	return sql_number(merge->store, 0, id, error,
	    "SELECT id FROM episode WHERE show_id = ? AND identity = ? AND media_sum = ?", "isi",
	    merge->show_id, item->identity, item->media_sum);
}

static bool
write_item(struct merge *merge, const struct merge_item *item, gint64 first_pack, GError **error)
{
	struct store *store = merge->store;
	g_autoptr(GError) failed = NULL;
	gint64 id = item->id ? 0 : write_new(merge, item, &failed);
	bool is_new = id != 0;

	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (!is_new) {
		id = item->id;
		if ((!id && !find_raced(merge, item, &id, error)) ||
		    !write_update(merge, item, id, error) || !write_gist(store, item, id, error))
			return false;
	}
	*(is_new ? &merge->counts.added : &merge->counts.updated) += 1;
	return write_notes(store, id, item, first_pack, is_new, error) &&
	       merge_item_write_lists(store, item, id, is_new, error);
}

// At once: one by one, a feed that brings thousands would take hours.
static bool
write_queue(struct merge *merge, GError **error)
{
	gint64 after =
	    merge->new_goes == MERGE_TO_QUEUE_NEXT ? queue_behind_playing(merge->store) : -1;

	return queue_insert(merge->store, after, (const gint64 *)(void *)merge->queued->data,
	    merge->queued->len, merge->now_s, error);
}

static bool
write_items(struct merge *merge, const struct merge_batch *batch, GError **error)
{
	gint64 first_pack = 0;
	bool ok = packs_write(merge->store, batch->packs, &first_pack, error);

	g_array_set_size(merge->queued, 0);
	for (guint i = 0; i < batch->count && ok; i++)
		ok = write_item(merge, &batch->items[i], first_pack, error);
	sql_touch(merge->store, STORE_EPISODES);
	sql_touch(merge->store, STORE_TEXTS);
	return ok && (!merge->queued->len || write_queue(merge, error));
}

bool
merge_write(struct merge *merge, struct merge_batch *batch, GError **error)
{
	merge->counts.unchanged += batch->unchanged;
	if (!batch->count)
		return true;
	return store_begin(merge->store, STORE_FEED, error) &&
	       sql_end(merge->store, write_items(merge, batch, error), error);
}

static bool
write_rest(struct merge *merge, GError **error)
{
	struct merge_batch *batch;
	bool ok = true;

	while (ok && (batch = merge_compare_rest(merge))) {
		merge_pack(batch, NULL, true);
		ok = merge_write(merge, batch, error);
		merge_batch_free(batch);
	}
	return ok;
}

bool
merge_episodes(struct merge *merge, const GPtrArray *episodes, GError **error)
{
	bool ok = true;

	for (guint i = 0; i < episodes->len && ok; i += MERGE_BATCH) {
		g_autoptr(GPtrArray) some = g_ptr_array_new();
		for (guint k = i; k < MIN(i + MERGE_BATCH, episodes->len); k++)
			g_ptr_array_add(some, episodes->pdata[k]);
		OWNED(merge_batch) batch = merge_compare(merge, some);
		merge_pack(batch, NULL, true);
		ok = merge_write(merge, batch, error);
	}
	return ok;
}

// What the document no longer has is marked, unless that looks like an accident: it broke off, or
// half of the show and more is gone at once.
static bool
mark_left(struct merge *merge, const struct feed *feed, GError **error)
{
	guint all, seen;

	known_count(merge->comparing.known, &all, &seen);
	if (feed->truncated || seen * 2 < all || seen == all)
		return true;
	g_autoptr(GArray) ids = known_left(merge->comparing.known);
	for (guint i = 0; i < ids->len; i++)
		if (!sql_run(merge->store, error, "UPDATE episode SET left_feed = 1 WHERE id = ?",
			"i", g_array_index(ids, gint64, i)))
			return false;
	sql_touch(merge->store, STORE_EPISODES);
	return true;
}

// At subscribing: what nobody has decided about yet.
static bool
fill_inbox(struct merge *merge, GError **error)
{
	if (!merge->is_first || merge->first == MERGE_FIRST_NONE)
		return true;
	sql_touch(merge->store, STORE_EPISODES);
	return sql_run(merge->store, error,
	    "UPDATE episode SET inbox = 1 WHERE removed_at IS NULL AND show_id = ?1 AND inbox = 0"
	    " AND played_at IS NULL AND archived_at IS NULL AND changed_at IS NULL AND left_feed = "
	    "0"
	    " AND (?2 OR id = (SELECT id FROM episode WHERE show_id = ?1 AND removed_at IS NULL"
	    "  AND left_feed = 0 ORDER BY sort_s DESC, id DESC LIMIT 1))",
	    "in", merge->show_id, merge->first == MERGE_FIRST_ALL);
}

static bool
write_end(struct merge *merge, const struct feed *feed, const struct show_outcome *outcome,
    GError **error)
{
	return merge_show_write(merge->store, merge->show_id, feed, error) &&
	       mark_left(merge, feed, error) && fill_inbox(merge, error) &&
	       show_set_outcome(merge->store, merge->show_id, outcome, error);
}

bool
merge_finish(struct merge *merge, const struct feed *feed, const struct show_outcome *outcome,
    struct merge_counts *counts, GError **error)
{
	if (!write_rest(merge, error) || !store_begin(merge->store, STORE_FEED, error))
		return false;
	if (!sql_end(merge->store, write_end(merge, feed, outcome, error), error))
		return false;
	if (counts)
		*counts = merge->counts;
	return true;
}

bool
merge_finish_page(struct merge *merge, struct merge_counts *counts, GError **error)
{
	if (!write_rest(merge, error))
		return false;
	*counts = merge->counts;
	return true;
}
