// SPDX-License-Identifier: GPL-3.0-or-later
//
// 256 KB of notes at zstd's level 1 become a third, in half the time that a dictionary for each
// show takes for less. One text is read again by unpacking its whole pack (0.2 ms).
#include "config.h"

#include "store/pack.h"

#include <string.h>
#include <zstd.h>

#include "base/error.h"
#include "base/i18n.h"

#define PACK_BYTES (256 * 1024)
#define PACK_MAX_BYTES (16 * 1024 * 1024) // a text is 4 MB at most
#define LEVEL 1

struct pack {
	GBytes *bytes;
	int texts;
};

// What is large and made once a thread.
struct packer {
	ZSTD_CCtx *zstd;
	GString *open; // texts not yet compressed
	GByteArray *room;
};

struct packs {
	struct packer *packer;
	int open_texts;
	GArray *done; // struct pack
};

static void
pack_clear(gpointer data)
{
	g_bytes_unref(((struct pack *)data)->bytes);
}

struct packer *
packer_new(void)
{
	struct packer *packer = g_new(struct packer, 1);

	packer->zstd = ZSTD_createCCtx();
	packer->open = g_string_sized_new(2 * PACK_BYTES);
	packer->room = g_byte_array_new();
	return packer;
}

void
packer_free(struct packer *packer)
{
	if (!packer)
		return;
	ZSTD_freeCCtx(packer->zstd);
	g_string_free(packer->open, TRUE);
	g_byte_array_unref(packer->room);
	g_free(packer);
}

struct packs *
packs_new(struct packer *packer)
{
	struct packs *packs = g_new0(struct packs, 1);

	g_string_truncate(packer->open, 0);
	packs->packer = packer;
	packs->done = g_array_new(FALSE, FALSE, sizeof(struct pack));
	g_array_set_clear_func(packs->done, pack_clear);
	return packs;
}

void
packs_free(struct packs *packs)
{
	if (!packs)
		return;
	g_array_unref(packs->done);
	g_free(packs);
}

struct pack_place
packs_add(struct packs *packs, const char *text)
{
	GString *open = packs->packer->open;
	size_t length = strlen(text);
	struct pack_place place = {
	    .pack = (int)packs->done->len,
	    .at_bytes = (int)open->len,
	    .length_bytes = (int)length,
	};

	g_string_append_len(open, text, (gssize)length);
	packs->open_texts++;
	if (open->len >= PACK_BYTES)
		packs_end(packs);
	return place;
}

void
packs_end(struct packs *packs)
{
	GString *open = packs->packer->open;
	GByteArray *room = packs->packer->room;
	struct pack pack = {.texts = packs->open_texts};

	if (!packs->open_texts)
		return;
	g_byte_array_set_size(room, (guint)ZSTD_compressBound(open->len));
	size_t size = ZSTD_compressCCtx(
	    packs->packer->zstd, room->data, room->len, open->str, open->len, LEVEL);
	g_assert(!ZSTD_isError(size)); // there was room: nothing else can fail
	pack.bytes = g_bytes_new(room->data, size);
	g_array_append_val(packs->done, pack);
	g_string_truncate(open, 0);
	packs->open_texts = 0;
}

bool
packs_write(struct store *store, const struct packs *packs, gint64 *first_id, GError **error)
{
	for (guint i = 0; i < packs->done->len; i++) {
		const struct pack *pack = &g_array_index(packs->done, struct pack, i);
		gsize size;
		const void *bytes = g_bytes_get_data(pack->bytes, &size);
		if (!sql_run(store, error, "INSERT INTO pack (live, bytes) VALUES (?, ?)", "nb",
			pack->texts, bytes, size))
			return false;
		if (i == 0)
			*first_id = sqlite3_last_insert_rowid(store->db);
	}
	return true;
}

bool
pack_release(struct store *store, gint64 pack_id, GError **error)
{
	return sql_run(
		   store, error, "UPDATE pack SET live = live - 1 WHERE id = ?", "i", pack_id) &&
	       sql_run(store, error, "DELETE FROM pack WHERE id = ? AND live <= 0", "i", pack_id);
}

static char *
damaged(GError **error)
{
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("the notes of this episode are damaged: a refresh with --force brings them again"));
	return NULL;
}

// A pack's texts; NULL where they are damaged.
static GBytes *
unpack(const void *bytes, size_t size)
{
	unsigned long long whole = ZSTD_getFrameContentSize(bytes, size);

	if (whole > PACK_MAX_BYTES) // or not known, or no frame
		return NULL;
	g_autofree char *texts = g_malloc(whole + 1);
	size_t read = ZSTD_decompress(texts, whole, bytes, size);
	return ZSTD_isError(read) || read != whole
		   ? NULL
		   : g_bytes_new_take(g_steal_pointer(&texts), read);
}

// The last one is kept: who reads one episode's notes reads its neighbours' next, and a pack never
// changes.
static GBytes *
read_pack(struct store *store, gint64 id, GError **error)
{
	if (store->pack && store->pack_id == id)
		return store->pack;
	sqlite3_stmt *row = sql_query(store, error, "SELECT bytes FROM pack WHERE id = ?", "i", id);
	if (!row || !sql_row(store, row, error))
		return NULL;
	g_clear_pointer(&store->pack, g_bytes_unref);
	store->pack = unpack(sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0));
	store->pack_id = id;
	sql_done(row);
	if (!store->pack)
		damaged(error);
	return store->pack;
}

char *
pack_notes(struct store *store, gint64 episode_id, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT html, pack_id, at, length FROM notes WHERE episode_id = ?", "i", episode_id);

	if (!row || !sql_row(store, row, error))
		return NULL;
	char *html = sql_text(row, 0);
	gint64 pack_id = sqlite3_column_int64(row, 1);
	gsize at = (gsize)sqlite3_column_int64(row, 2), len = (gsize)sqlite3_column_int64(row, 3);
	gsize whole = 0;
	sql_done(row);
	if (html || !pack_id)
		return html;
	GBytes *pack = read_pack(store, pack_id, error);
	const char *texts = pack ? g_bytes_get_data(pack, &whole) : NULL;
	if (!pack)
		return NULL;
	return at <= whole && len <= whole - at ? g_strndup(texts + at, len) : damaged(error);
}
