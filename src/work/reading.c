// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/reading_private.h"

#include <unistd.h>

#define PIECE_BYTES 65536
#define READY_BYTES (4 * 1024 * 1024)	 // so much is written at once, unless no more is coming
#define HELD_MAX_BYTES (8 * 1024 * 1024) // handed over and not yet written; more has to wait
#define HELD_WAIT_MS 5

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
		if (pthread_create(&reader->thread, NULL, reader_run, reader) == 0) {
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
		reader_post(&readers->reader[i], &(struct piece){0});
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
	reader_post(reading->reader, &piece);
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
