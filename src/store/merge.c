// SPDX-License-Identifier: GPL-3.0-or-later
//
// Batches of a feed's episodes into the library. Notes are read before the database is locked; an
// episode whose digest is the stored one is not written at all.
#include "config.h"

#include "store/merge.h"

#include "base/text.h"
#include "base/when.h"
#include "store/merge_item.h"
#include "store/merge_show.h"
#include "store/queue.h"
#include "store/shows.h"

// Episodes a transaction: about 10 ms, so that the player's word gets in between.
#define SLICE 200

struct merge {
	struct store *store;
	gint64 show_id, now_s;
	gint64 known_s; // what is dated later is new
	enum merge_new new_goes;
	enum merge_first first;
	bool is_first;	  // no refresh of this show came to its end yet
	int index;	  // of the next episode in the document
	GHashTable *seen; // gint64 *: rows that this document has
	GArray *queued;	  // gint64: new rows of this slice that go to the queue
	struct merge_counts counts;
};

void
merge_free(struct merge *merge)
{
	if (!merge)
		return;
	g_hash_table_destroy(merge->seen);
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
	struct merge *merge = g_new0(struct merge, 1);
	*merge = (struct merge){.store = store,
	    .show_id = show_id,
	    .now_s = now_s,
	    .known_s = known_s,
	    .new_goes = new_goes,
	    .first = first,
	    .is_first = show->last_success_s == WHEN_UNKNOWN};
	merge->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	merge->queued = g_array_new(FALSE, FALSE, sizeof(gint64));
	return merge;
}

static bool
is_seen(const struct merge *merge, gint64 id)
{
	return g_hash_table_contains(merge->seen, &id);
}

static void
see(struct merge *merge, gint64 id)
{
	g_hash_table_add(merge->seen, g_memdup2(&id, sizeof id));
}

// What the library has for an item.
struct found {
	gint64 id;  // 0: nothing
	bool exact; // the enclosure agrees as well
	bool same;  // nothing is to be written
};

static char *
claim_of(const struct merge_item *item, gint64 media_sum)
{
	return g_strdup_printf("%s\n%" G_GINT64_FORMAT, item->identity, media_sum);
}

static bool
find_exact(struct merge *merge, const struct merge_item *item, struct found *found, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(merge->store, error,
	    "SELECT id, digest, left_feed FROM episode"
	    " WHERE show_id = ? AND identity = ? AND media_sum = ? ORDER BY id LIMIT 1",
	    "isi", merge->show_id, item->identity, item->media_sum);

	if (!row)
		return false;
	while (sql_row(merge->store, row, &failed)) {
		const char *digest = (const char *)sqlite3_column_text(row, 1);
		found->id = sqlite3_column_int64(row, 0);
		found->exact = true;
		found->same =
		    g_strcmp0(digest, item->digest) == 0 && sqlite3_column_int(row, 2) == 0;
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return !failed;
}

// The one row of that identity, its enclosure's address having been edited; unless it was another
// item's before, or is another one's of this batch. Where an identity has several rows, the feed
// gives it to several episodes, and one more enclosure is one more of them.
static bool
find_edited(struct merge *merge, const struct merge_item *item, GHashTable *claims,
    struct found *found, GError **error)
{
	g_autoptr(GError) failed = NULL;
	gint64 id = 0, media_sum = 0;
	int rows = 0;
	sqlite3_stmt *row = sql_query(merge->store, error,
	    "SELECT id, media_sum FROM episode WHERE show_id = ? AND identity = ? LIMIT 2", "is",
	    merge->show_id, item->identity);

	if (!row)
		return false;
	for (; sql_row(merge->store, row, &failed); rows++) {
		id = sqlite3_column_int64(row, 0);
		media_sum = sqlite3_column_int64(row, 1);
	}
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	g_autofree char *claim = claim_of(item, media_sum);
	if (rows == 1 && !is_seen(merge, id) && !g_hash_table_contains(claims, claim))
		found->id = id;
	return true;
}

static bool
find(struct merge *merge, const struct merge_item *item, GHashTable *claims, struct found *found,
    GError **error)
{
	*found = (struct found){0};
	return find_exact(merge, item, found, error) &&
	       (found->id || find_edited(merge, item, claims, found, error));
}

static bool
write_notes(struct store *store, gint64 id, const struct feed_episode *from, GError **error)
{
	if (!from->notes_html && !from->summary)
		return sql_run(store, error, "DELETE FROM notes WHERE episode_id = ?", "i", id);
	return sql_run(store, error,
	    "INSERT INTO notes (episode_id, html, summary) VALUES (?, ?, ?)"
	    " ON CONFLICT (episode_id) DO UPDATE SET html = excluded.html,"
	    " summary = excluded.summary"
	    " WHERE (html, summary) IS NOT (excluded.html, excluded.summary)",
	    "iss", id, from->notes_html, from->summary);
}

// Missing, or ahead of the clock, which STANDARDS 4 takes for missing.
static bool
is_dateless(const struct merge *merge, const struct feed_episode *from)
{
	return from->published_s == WHEN_UNKNOWN || from->published_s > merge->now_s;
}

static bool
write_update(struct merge *merge, const struct merge_item *item, gint64 id, GError **error)
{
	const struct feed_episode *from = item->from;
	gint64 dated_s = is_dateless(merge, from) ? WHEN_UNKNOWN : from->published_s;

	return sql_run(merge->store, error,
	    "UPDATE episode SET digest = ?2, title = ?3, folded = ?4, guid = ?5, link = ?6,"
	    " author = ?7, image = ?8, published_s = ?9, sort_s = coalesce(?9, seen_s),"
	    " duration_s = ?10, season = nullif(?11, 0), number = ?12, type = ?13, explicit = ?14,"
	    " highlight = ?15, notes_transcript = ?16, notes_chapters = ?17, media_sum = ?18,"
	    " left_feed = 0 WHERE id = ?1",
	    "isssssss"
	    "tlnssnsnni",
	    id, item->digest, from->title, item->folded, from->guid, from->link, from->author,
	    from->image, dated_s, from->duration_s, from->season, from->episode, from->episode_type,
	    (int)from->explicit_, item->highlight, item->notes_transcript, item->notes_chapters,
	    item->media_sum);
}

// The row with what is decided once and what its indexes hold; write_update fills in the rest.
static gint64
write_new(struct merge *merge, const struct merge_item *item, GError **error)
{
	const struct feed_episode *from = item->from;
	bool dateless = is_dateless(merge, from);
	bool is_new = !merge->is_first && (dateless || from->published_s > merge->known_s);
	// Without dates the feed's own order stands, which is newest first.
	gint64 seen_s = merge->now_s - (dateless ? item->index : 0);
	bool archived = is_new && merge->new_goes == MERGE_TO_ARCHIVE;

	if (!sql_run(merge->store, error,
		"INSERT INTO episode (show_id, identity, media_sum, seen_s, sort_s, inbox,"
		" archived_at, title, folded, duration_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"isiiintssl", merge->show_id, item->identity, item->media_sum, seen_s,
		dateless ? seen_s : from->published_s, is_new && merge->new_goes == MERGE_TO_INBOX,
		archived ? merge->now_s : WHEN_UNKNOWN, from->title, item->folded,
		from->duration_s))
		return 0;
	gint64 id = sqlite3_last_insert_rowid(merge->store->db);
	if (is_new && merge->new_goes == MERGE_TO_QUEUE)
		g_array_append_val(merge->queued, id);
	else if (is_new && merge->new_goes == MERGE_TO_QUEUE_NEXT) // the oldest is heard first
		g_array_prepend_val(merge->queued, id);
	return id;
}

static bool
write_item(struct merge *merge, struct merge_item *item, GHashTable *claims, GError **error)
{
	struct found found;

	if (!find(merge, item, claims, &found, error))
		return false;
	if (found.id && found.exact && is_seen(merge, found.id))
		return true; // twice in this batch
	if (found.same) {
		merge->counts.unchanged++;
	} else {
		bool is_new = found.id == 0;
		merge_item_derive(item);
		if (is_new)
			found.id = write_new(merge, item, error);
		if (!found.id || !write_update(merge, item, found.id, error) ||
		    !write_notes(merge->store, found.id, item->from, error) ||
		    !merge_item_write_lists(merge->store, item, found.id, error))
			return false;
		*(is_new ? &merge->counts.added : &merge->counts.updated) += 1;
		sql_touch(merge->store, STORE_EPISODES);
		sql_touch(merge->store, STORE_TEXTS);
	}
	see(merge, found.id);
	return true;
}

// Without the lock: who is unchanged is done with, the notes of the others are read. Gives the
// items that are to be written.
static bool
sift(struct merge *merge, struct merge_item *items, guint count, GHashTable *claims,
    GPtrArray *changed, GError **error)
{
	for (guint i = 0; i < count; i++) {
		struct found found;
		if (!find(merge, &items[i], claims, &found, error))
			return false;
		if (found.exact && is_seen(merge, found.id))
			continue; // twice in one document: the first one counts
		if (found.same) {
			merge->counts.unchanged++;
			see(merge, found.id);
		} else {
			merge_item_derive(&items[i]);
			g_ptr_array_add(changed, &items[i]);
		}
	}
	return true;
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
write_slice(
    struct merge *merge, struct merge_item **items, guint count, GHashTable *claims, GError **error)
{
	if (!store_begin(merge->store, STORE_FEED, error))
		return false;
	bool ok = true;
	g_array_set_size(merge->queued, 0);
	for (guint i = 0; i < count && ok; i++)
		ok = write_item(merge, items[i], claims, error);
	if (ok && merge->queued->len)
		ok = write_queue(merge, error);
	return sql_end(merge->store, ok, error);
}

static bool
merge_items(struct merge *merge, struct merge_item *items, guint count, GError **error)
{
	g_autoptr(GHashTable) claims = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) changed = g_ptr_array_new();

	for (guint i = 0; i < count; i++)
		g_hash_table_add(claims, claim_of(&items[i], items[i].media_sum));
	if (!sift(merge, items, count, claims, changed, error))
		return false;
	for (guint i = 0; i < changed->len; i += SLICE) {
		struct merge_item **slice = (struct merge_item **)changed->pdata + i;
		if (!write_slice(merge, slice, MIN(SLICE, changed->len - i), claims, error))
			return false;
	}
	return true;
}

bool
merge_episodes(struct merge *merge, const GPtrArray *episodes, GError **error)
{
	g_autofree struct merge_item *items = g_new(struct merge_item, episodes->len);

	for (guint i = 0; i < episodes->len; i++)
		merge_item_init(&items[i], episodes->pdata[i], merge->index++);
	bool ok = merge_items(merge, items, episodes->len, error);
	for (guint i = 0; i < episodes->len; i++)
		merge_item_clear(&items[i]);
	return ok;
}

// What the document no longer has is marked, unless that looks like an accident: it broke off, or
// half of the show and more is gone at once.
static bool
mark_left(struct merge *merge, const struct feed *feed, GError **error)
{
	g_autoptr(GArray) ids = sql_numbers(merge->store, error,
	    "SELECT id FROM episode WHERE show_id = ? AND left_feed = 0", "i", merge->show_id);

	if (!ids)
		return false;
	if (feed->truncated || g_hash_table_size(merge->seen) * 2 < ids->len)
		return true;
	for (guint i = 0; i < ids->len; i++) {
		gint64 id = g_array_index(ids, gint64, i);
		if (is_seen(merge, id))
			continue;
		if (!sql_run(merge->store, error, "UPDATE episode SET left_feed = 1 WHERE id = ?",
			"i", id))
			return false;
		sql_touch(merge->store, STORE_EPISODES);
	}
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
	// What is left in the feed and was never handed over in batches.
	if (feed->episodes && feed->episodes->len > 0 &&
	    !merge_episodes(merge, feed->episodes, error))
		return false;
	if (!store_begin(merge->store, STORE_FEED, error))
		return false;
	if (!sql_end(merge->store, write_end(merge, feed, outcome, error), error))
		return false;
	if (counts)
		*counts = merge->counts;
	return true;
}
