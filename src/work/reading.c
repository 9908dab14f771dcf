// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/reading.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/mailbox.h"
#include "work/address.h"
#include "work/unpack.h"

#define THREADS_MAX 4
#define PIECE_BYTES 65536
#define READY_BYTES (4 * 1024 * 1024)	 // so much is written at once, unless no more is coming
#define HELD_MAX_BYTES (8 * 1024 * 1024) // handed over and not yet written; more has to wait
#define HELD_WAIT_MS 5
#define NICENESS 5

struct reader {
	pthread_t thread;
	struct mailbox *inbox; // struct piece *
	atomic_int pending;    // pieces in there, and the one in hand
	struct packer *packer;
	struct readers *readers;
	int feeds; // the worker's: how many it has
};

struct readers {
	struct reader reader[THREADS_MAX];
	int count;		// 0 until the first feed
	GHashTable *readings;	// set of struct reading *
	struct mailbox *outbox; // struct outcome *
	GQueue ready;		// of outcomes, taken out of the outbox
	long ready_bytes;
	atomic_long held_bytes;
	atomic_bool stopping;
	void (*wake)(void *net);
	void *net;
	void (*rest)(void *work);
	void *work;
};

// What a thread is told: bytes, a batch to be packed, or (neither) the end.
struct piece {
	struct reading *reading;
	GString *bytes;
	struct merge_batch *batch;
	bool read_notes;
	long batch_bytes; // of the feed, that it was read from
	bool cancel;
};

enum outcome_kind { OUTCOME_BATCH, OUTCOME_STOP, OUTCOME_END };

// What a thread tells the worker.
struct outcome {
	struct reading *reading;
	enum outcome_kind kind;
	struct merge_batch *batch;
	int batches; // of an end: how many there are in all
	long bytes;  // of the feed, that the batch was read from
	struct feed *feed;
	GError *error;
};

struct reading {
	// The worker's.
	struct readers *readers;
	struct reader *reader;
	const struct reading_calls *calls;
	void *user;
	GString *bytes; // not yet handed over
	bool ended, cancelled;
	int settled;	      // batches
	struct outcome *last; // its end, while batches are missing
	// The thread's, until the end.
	struct unpack *unpack;
	struct feed_parser *parser;
	struct merge *merge;
	char *feed_url;
	bool read_notes;
	GPtrArray *waiting; // struct feed_episode *, less than a batch
	long read_bytes;    // since the last batch
	int batches;
	GError *error;
};

static void
outcome_free(gpointer data)
{
	struct outcome *outcome = data;

	merge_batch_free(outcome->batch);
	if (outcome->feed)
		feed_free(outcome->feed);
	g_clear_error(&outcome->error);
	g_free(outcome);
}

static void
reading_free(struct reading *reading)
{
	g_clear_pointer(&reading->last, outcome_free);
	if (reading->bytes)
		g_string_free(reading->bytes, TRUE);
	feed_parser_free(reading->parser);
	unpack_free(reading->unpack);
	g_ptr_array_unref(reading->waiting);
	g_free(reading->feed_url);
	g_clear_error(&reading->error);
	g_free(reading);
}

static void
piece_free(gpointer data)
{
	struct piece *piece = data;

	if (piece->bytes)
		g_string_free(piece->bytes, TRUE);
	merge_batch_free(piece->batch);
	g_free(piece);
}

// --- a reader's thread ---------------------------------------------------------------------------

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

static void
post_piece(struct reader *reader, const struct piece *filled)
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
		post_piece(idle, &piece);
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

static void *
run(void *data)
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

// --- the worker's side ---------------------------------------------------------------------------

struct readers *
readers_new(void (*wake)(void *net), void *net, void (*rest)(void *work), void *work)
{
	struct readers *readers = g_new0(struct readers, 1);

	readers->readings = g_hash_table_new_full(NULL, NULL, (GDestroyNotify)reading_free, NULL);
	readers->wake = wake;
	readers->net = net;
	readers->rest = rest;
	readers->work = work;
	return readers;
}

static void
start_threads(struct readers *readers)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int wanted = (int)CLAMP(cores, 1, THREADS_MAX);

	if (readers->count)
		return;
	readers->outbox = mailbox_new(outcome_free, readers->wake, readers->net);
	for (int i = 0; i < wanted; i++) {
		struct reader *reader = &readers->reader[i];
		reader->readers = readers;
		reader->inbox = mailbox_new(piece_free, NULL, NULL);
		if (pthread_create(&reader->thread, NULL, run, reader) == 0) {
			readers->count++;
			continue;
		}
		mailbox_free(reader->inbox);
		break;
	}
	if (!readers->count) // like memory: nothing works without
		g_error("no thread can be started");
}

void
readers_free(struct readers *readers)
{
	atomic_store(&readers->stopping, true);
	for (int i = 0; i < readers->count; i++)
		post_piece(&readers->reader[i], &(struct piece){0});
	for (int i = 0; i < readers->count; i++) {
		pthread_join(readers->reader[i].thread, NULL);
		mailbox_free(readers->reader[i].inbox);
		merge_packer_free(readers->reader[i].packer);
	}
	if (readers->count)
		mailbox_free(readers->outbox);
	g_queue_clear_full(&readers->ready, outcome_free);
	g_hash_table_unref(readers->readings);
	g_free(readers);
}

static struct reader *
least_busy(struct readers *readers)
{
	struct reader *least = &readers->reader[0];

	for (int i = 1; i < readers->count; i++)
		if (readers->reader[i].feeds < least->feeds)
			least = &readers->reader[i];
	return least;
}

struct reading *
reading_new(struct readers *readers, const struct net_answer *answer, struct merge *merge,
    bool read_notes, const struct reading_calls *calls, void *user)
{
	struct reading *reading = g_new0(struct reading, 1);

	start_threads(readers);
	reading->readers = readers;
	reading->reader = least_busy(readers);
	reading->reader->feeds++;
	reading->calls = calls;
	reading->user = user;
	reading->unpack = unpack_new(answer->encoding);
	reading->parser = feed_parser_new(answer->url, answer->content_type);
	reading->merge = merge;
	reading->feed_url = g_strdup(answer->url);
	reading->read_notes = read_notes;
	reading->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	g_hash_table_add(readers->readings, reading);
	return reading;
}

static void
hand_over(struct reading *reading, GString *bytes, bool cancel)
{
	struct piece piece = {.reading = reading, .bytes = bytes, .cancel = cancel};

	if (bytes)
		atomic_fetch_add(&reading->readers->held_bytes, (long)bytes->len);
	post_piece(reading->reader, &piece);
}

// TAKEN is the end, and no batch is missing.
static void
settle_end(struct outcome *taken)
{
	struct reading *reading = taken->reading;

	reading->reader->feeds--;
	reading->calls->end(reading->user, g_steal_pointer(&taken->feed), taken->error);
	outcome_free(taken);
	g_hash_table_remove(reading->readers->readings, reading);
}

static void
settle(struct outcome *taken)
{
	struct reading *reading = taken->reading;
	struct readers *readers = reading->readers;

	if (taken->kind == OUTCOME_END) {
		reading->last = taken;
	} else {
		if (taken->kind == OUTCOME_BATCH && !reading->cancelled)
			reading->calls->batch(reading->user, taken->batch);
		else if (taken->kind == OUTCOME_STOP && !reading->ended)
			reading->calls->stop(reading->user);
		reading->settled += taken->kind == OUTCOME_BATCH;
		atomic_fetch_sub(&readers->held_bytes, taken->bytes);
		outcome_free(taken);
	}
	// A batch that another thread packs may come behind the end.
	if (reading->last && reading->settled == reading->last->batches)
		settle_end(g_steal_pointer(&reading->last));
}

static void
note_ready(struct readers *readers, struct outcome *outcome)
{
	g_queue_push_tail(&readers->ready, outcome);
	readers->ready_bytes += outcome->bytes;
}

// Each commit writes every page anew that it touched, and episodes of any feed touch the pages of
// all dates: few large ones cost half.
static bool
worth_writing(struct readers *readers)
{
	bool busy = false;

	for (int i = 0; i < readers->count; i++)
		busy |= atomic_load(&readers->reader[i].pending) > 0;
	return !busy || readers->ready_bytes >= READY_BYTES;
}

static void
write_ready(struct readers *readers)
{
	struct outcome *outcome;

	readers->ready_bytes = 0;
	while ((outcome = g_queue_pop_head(&readers->ready)))
		settle(outcome);
	readers->rest(readers->work);
}

void
readers_settle(struct readers *readers)
{
	struct outcome *outcome;

	if (!readers->count)
		return;
	while ((outcome = mailbox_take(readers->outbox)))
		note_ready(readers, outcome);
	if (worth_writing(readers))
		write_ready(readers);
}

// The worker writes what is ready until the threads have caught up.
static void
wait_for_room(struct readers *readers)
{
	while (atomic_load(&readers->held_bytes) > HELD_MAX_BYTES) {
		struct outcome *outcome = mailbox_wait(readers->outbox, HELD_WAIT_MS);
		if (outcome)
			note_ready(readers, outcome);
		if (worth_writing(readers))
			write_ready(readers);
	}
}

void
reading_push(struct reading *reading, const char *bytes, size_t len)
{
	if (!reading->bytes)
		reading->bytes = g_string_sized_new(PIECE_BYTES + len);
	g_string_append_len(reading->bytes, bytes, (gssize)len);
	if (reading->bytes->len < PIECE_BYTES)
		return;
	hand_over(reading, g_steal_pointer(&reading->bytes), false);
	wait_for_room(reading->readers);
}

void
reading_end(struct reading *reading, bool cancel)
{
	if (reading->ended)
		return;
	reading->ended = true;
	reading->cancelled = cancel;
	if (reading->bytes && !cancel)
		hand_over(reading, g_steal_pointer(&reading->bytes), false);
	hand_over(reading, NULL, cancel);
}
