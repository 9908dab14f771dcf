// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/reading_private.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "work/address.h"

#define NICENESS 5

void
piece_free(gpointer data)
{
	struct piece *piece = data;

	if (piece->bytes)
		g_string_free(piece->bytes, TRUE);
	merge_batch_free(piece->batch);
	g_free(piece);
}

// Other schemes are nobody's: they stay as they are.
void
reading_guard(const char *feed_url, struct feed_episode *episode)
{
	for (guint i = episode->enclosures->len; i-- > 0;) {
		const struct feed_enclosure *enclosure = episode->enclosures->pdata[i];
		if (!address_allowed(feed_url, enclosure->url))
			g_ptr_array_remove_index(episode->enclosures, i);
	}
	for (guint i = episode->transcripts->len; i-- > 0;) {
		const struct feed_transcript *transcript = episode->transcripts->pdata[i];
		if (!address_allowed(feed_url, transcript->url))
			g_ptr_array_remove_index(episode->transcripts, i);
	}
	if (episode->chapters_url && !address_allowed(feed_url, episode->chapters_url))
		g_clear_pointer(&episode->chapters_url, g_free);
}

static void
tell(struct reading *reading, enum outcome_kind kind, const struct outcome *filled)
{
	struct outcome *outcome = g_memdup2(filled, sizeof *filled);

	outcome->reading = reading;
	outcome->kind = kind;
	mailbox_post(reading->readers->outbox, outcome);
}

void
reader_post(struct reader *reader, const struct piece *filled)
{
	atomic_fetch_add(&reader->pending, 1);
	mailbox_post(reader->inbox, g_memdup2(filled, sizeof *filled));
}

// PIECE's batch is taken.
static void
pack_batch(struct reader *reader, struct piece *piece)
{
	struct outcome outcome = {
	    .batch = g_steal_pointer(&piece->batch), .bytes = piece->batch_bytes};

	if (!reader->packer)
		reader->packer = merge_packer_new();
	merge_pack(outcome.batch, reader->packer, piece->read_notes);
	merge_batch_drop_notes(outcome.batch);
	tell(piece->reading, OUTCOME_BATCH, &outcome);
}

static struct reader *
idle_reader(struct readers *readers)
{
	for (int i = 0; i < readers->count; i++)
		if (!atomic_load(&readers->reader[i].pending))
			return &readers->reader[i];
	return NULL;
}

// One feed has one thread; where another one has nothing to do, it packs.
static void
tell_batch(struct reading *reading, struct merge_batch *batch)
{
	struct reader *idle = idle_reader(reading->readers);
	struct piece piece = {.reading = reading,
	    .batch = batch,
	    .read_notes = reading->read_notes,
	    .batch_bytes = reading->read_bytes};

	reading->read_bytes = 0;
	reading->batches++;
	atomic_fetch_add(&reading->readers->held_bytes, piece.batch_bytes);
	if (idle)
		reader_post(idle, &piece);
	else
		pack_batch(reading->reader, &piece);
}

static void
compare_waiting(struct reading *reading)
{
	tell_batch(reading, merge_compare(reading->merge, reading->waiting));
	g_ptr_array_unref(reading->waiting);
	reading->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
}

static void
take_episodes(struct reading *reading, GPtrArray *taken)
{
	g_ptr_array_set_free_func(taken, NULL);
	for (guint i = 0; i < taken->len; i++) {
		reading_guard(reading->feed_url, taken->pdata[i]);
		g_ptr_array_add(reading->waiting, taken->pdata[i]);
		if (reading->waiting->len == MERGE_BATCH)
			compare_waiting(reading);
	}
	g_ptr_array_unref(taken);
}

static bool
read_block(void *user, const char *bytes, size_t len, GError **error)
{
	struct reading *reading = user;

	if (atomic_load(&reading->readers->stopping))
		return true;
	reading->read_bytes += (long)len;
	if (!feed_parser_push(reading->parser, bytes, len, error))
		return false;
	take_episodes(reading, feed_parser_steal_episodes(reading->parser));
	return true;
}

static void
read_bytes(struct reading *reading, const GString *bytes)
{
	if (reading->error)
		return;
	if (!unpack_push(
		reading->unpack, bytes->str, bytes->len, read_block, reading, &reading->error))
		tell(reading, OUTCOME_STOP, &(struct outcome){0});
}

static void
read_end(struct reading *reading, bool cancel)
{
	struct outcome outcome = {0};

	if (!cancel && !reading->error && unpack_end(reading->unpack, &reading->error))
		outcome.feed = feed_parser_finish(reading->parser, NULL, &reading->error);
	if (outcome.feed) {
		GPtrArray *left = g_steal_pointer(&outcome.feed->episodes);
		outcome.feed->episodes = g_ptr_array_new();
		take_episodes(reading, left);
		if (reading->waiting->len)
			compare_waiting(reading);
		for (struct merge_batch *rest; (rest = merge_compare_rest(reading->merge));)
			tell_batch(reading, rest);
	}
	outcome.error = g_steal_pointer(&reading->error);
	outcome.batches = reading->batches;
	tell(reading, OUTCOME_END, &outcome);
}

static void
read_piece(struct reader *reader, struct piece *piece)
{
	if (piece->batch)
		pack_batch(reader, piece);
	else if (piece->bytes)
		read_bytes(piece->reading, piece->bytes);
	else
		read_end(piece->reading, piece->cancel);
}

void *
reader_run(void *data)
{
	struct reader *reader = data;
	struct readers *readers = reader->readers;

	// Keys and writing go first. (Linux has this per thread; elsewhere it may be refused.)
	setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICENESS);
	for (;;) {
		struct piece *piece = mailbox_wait(reader->inbox, -1);
		bool last = !piece->reading;
		if (!last && !atomic_load(&readers->stopping))
			read_piece(reader, piece);
		if (piece->bytes)
			atomic_fetch_sub(&readers->held_bytes, (long)piece->bytes->len);
		piece_free(piece);
		if (atomic_fetch_sub(&reader->pending, 1) == 1 && !last)
			readers->wake(readers->net); // what is ready waits for nobody any more
		if (last)
			return NULL;
	}
}
