// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which episodes of a document the library has, and which of them differ. No database, any thread.
#include "config.h"

#include "base/text.h"
#include "store/merge_private.h"

// Held back until all of a document was compared.
struct held {
	GPtrArray *episodes; // a reference, for FROM's sake
	struct feed_episode *from;
	int index;
};

#define HELD_MAX 20000 // more are taken for new at once

static void
held_clear(gpointer data)
{
	g_ptr_array_unref(((struct held *)data)->episodes);
}

void
comparing_init(struct comparing *comparing, struct known *known)
{
	*comparing = (struct comparing){.known = known};
	comparing->held = g_array_new(FALSE, FALSE, sizeof(struct held));
	g_array_set_clear_func(comparing->held, held_clear);
}

void
comparing_clear(struct comparing *comparing)
{
	known_free(comparing->known);
	g_array_unref(comparing->held);
}

void
merge_batch_free(struct merge_batch *batch)
{
	if (!batch)
		return;
	for (guint i = 0; i < batch->count; i++)
		merge_item_clear(&batch->items[i]);
	g_free(batch->items);
	packs_free(batch->packs);
	g_ptr_array_unref(batch->episodes);
	g_free(batch);
}

static char *
claim_of(const char *identity, gint64 media_sum)
{
	return g_strdup_printf("%s\n%" G_GINT64_FORMAT, identity, media_sum);
}

// The one row of that identity, its enclosure's address having been edited; unless it was another
// item's before, or is another one's of this batch. Where an identity has several rows, the feed
// gives it to several episodes, and one more enclosure is one more of them.
static struct known_row *
find_edited(struct merge *merge, const struct merge_item *item, GHashTable *claims)
{
	struct known_row *row = known_only(merge->comparing.known, item->identity);
	g_autofree char *claim = row ? claim_of(row->identity, row->media_sum) : NULL;

	return row && !row->seen && !g_hash_table_contains(claims, claim) ? row : NULL;
}

// Whether ITEM, which is ROW, is to be written.
static bool
compare_row(struct merge *merge, struct merge_item *item, struct known_row *row, int *unchanged)
{
	bool moved = row->media_sum != item->media_sum;
	bool same = !moved && row->digest == item->digest && !row->left_feed;

	row->seen = true;
	if (moved)
		known_move(merge->comparing.known, row, item->media_sum);
	item->id = row->id;
	if (row->notes_sum == item->notes_sum)
		item->notes_sum = 0;
	*unchanged += same;
	return !same;
}

// Whether what is unknown is to be written now.
static bool
compare_unknown(struct merge *merge, const struct merge_item *item, GPtrArray *episodes)
{
	struct held held = {.episodes = episodes, .from = item->from, .index = item->index};

	known_add(merge->comparing.known, item->identity, item->media_sum);
	if (!known_any(merge->comparing.known) || merge->comparing.held->len >= HELD_MAX)
		return true;
	g_ptr_array_ref(episodes);
	g_array_append_val(merge->comparing.held, held);
	return false;
}

// Whether ITEM is to be written now.
static bool
compare(struct merge *merge, struct merge_item *item, GHashTable *claims, GPtrArray *episodes,
    int *unchanged)
{
	struct known_row *exact =
	    known_exact(merge->comparing.known, item->identity, item->media_sum);
	struct known_row *row = exact ? exact : find_edited(merge, item, claims);

	if (exact && exact->seen)
		return false; // twice in one document: the first one counts
	return row ? compare_row(merge, item, row, unchanged)
		   : compare_unknown(merge, item, episodes);
}

static struct merge_batch *
batch_new(struct merge *merge, GPtrArray *episodes, guint count)
{
	struct merge_batch *batch = g_new0(struct merge_batch, 1);

	batch->items = g_new(struct merge_item, count);
	batch->episodes = g_ptr_array_ref(episodes);
	return batch;
}

struct merge_batch *
merge_compare(struct merge *merge, GPtrArray *episodes)
{
	struct merge_batch *batch = batch_new(merge, episodes, episodes->len);
	g_autoptr(GHashTable) claims = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint count = episodes->len;

	for (guint i = 0; i < count; i++) {
		struct merge_item *item = &batch->items[i];
		merge_item_init(item, episodes->pdata[i], merge->comparing.index++);
		g_hash_table_add(claims, claim_of(item->identity, item->media_sum));
	}
	for (guint i = 0; i < count; i++) {
		struct merge_item item = batch->items[i];
		if (compare(merge, &item, claims, episodes, &batch->unchanged))
			batch->items[batch->count++] = item;
		else
			merge_item_clear(&item);
	}
	return batch;
}

// A show that moves house gives its episodes other guids: what the library has under the old one is
// the same episode, and keeps what the user made of it.
static void
compare_again(struct merge *merge, struct merge_item *item, int *unchanged)
{
	const struct feed_episode *from = item->from;

	item->folded = text_fold(from->title);
	struct known_row *row = known_again(merge->comparing.known, item->media_sum,
	    merge_item_sum(item->folded), from->published_s, from->duration_s);
	if (row) // its digest holds the guid: it differs
		compare_row(merge, item, row, unchanged);
}

struct merge_batch *
merge_compare_rest(struct merge *merge)
{
	guint first = merge->comparing.held_from,
	      end = MIN(first + MERGE_BATCH, merge->comparing.held->len);

	if (first == end)
		return NULL;
	g_autoptr(GPtrArray) none = g_ptr_array_new(); // merge->comparing.held keeps the episodes
	struct merge_batch *batch = batch_new(merge, none, end - first);
	for (guint i = first; i < end; i++) {
		const struct held *held = &g_array_index(merge->comparing.held, struct held, i);
		struct merge_item *item = &batch->items[batch->count++];
		merge_item_init(item, held->from, held->index);
		compare_again(merge, item, &batch->unchanged);
	}
	merge->comparing.held_from = end;
	return batch;
}

struct packer *
merge_packer_new(void)
{
	return packer_new();
}

void
merge_packer_free(struct packer *packer)
{
	packer_free(packer);
}

void
merge_pack(struct merge_batch *batch, struct packer *packer, bool read_notes)
{
	struct packer *own = packer ? NULL : packer_new();

	batch->packs = packs_new(packer ? packer : own);
	for (guint i = 0; i < batch->count; i++)
		merge_item_derive(&batch->items[i], batch->packs, read_notes);
	packs_end(batch->packs);
	packer_free(own);
}

void
merge_batch_drop_notes(struct merge_batch *batch)
{
	for (guint i = 0; i < batch->count; i++)
		g_clear_pointer(&batch->items[i].from->notes_html, g_free);
}
