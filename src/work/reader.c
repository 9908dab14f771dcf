// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/reader.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/i18n.h"

struct question {
	guint64 serial;
	struct filter *filter; // NULL with serial 0: the wish to end
	enum episode_order order;
};

struct reader {
	pthread_t thread;
	struct store *store;	   // used by the thread only, but for store_interrupt
	struct mailbox *questions; // struct question *
	struct mailbox *answers;   // struct reader_answer *
	atomic_ullong newest;	   // the serial of the last question
};

void
reader_answer_free(struct reader_answer *answer)
{
	if (answer->ids)
		g_array_unref(answer->ids);
	g_clear_error(&answer->error);
	g_free(answer);
}

static void
question_free(gpointer data)
{
	struct question *question = data;

	if (question->filter)
		filter_free(question->filter);
	g_free(question);
}

// An answer to a question that is still the newest one; others are not worth a word.
static void
answer(struct reader *reader, const struct question *question)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) ids = NULL;

	// The interruption was meant for the question before where this one is the newest.
	do {
		g_clear_error(&error);
		if (atomic_load(&reader->newest) != question->serial)
			return;
		ids = episodes_ids(reader->store, question->filter, question->order, &error);
	} while (g_error_matches(error, HARK_ERROR, HARK_ERROR_INTERRUPTED));
	if (atomic_load(&reader->newest) != question->serial)
		return;
	struct reader_answer *answer = g_new0(struct reader_answer, 1);
	answer->serial = question->serial;
	answer->ids = g_steal_pointer(&ids);
	answer->error = g_steal_pointer(&error);
	mailbox_post(reader->answers, answer);
}

static void *
run(void *data)
{
	struct reader *reader = data;

	for (;;) {
		struct question *question = mailbox_wait(reader->questions, -1);
		if (!question)
			continue;
		bool last = !question->serial;
		if (!last)
			answer(reader, question);
		question_free(question);
		if (last)
			return NULL;
	}
}

struct reader *
reader_start(const char *db, GError **error)
{
	struct store *store = store_open(db, STORE_READ, error);
	sigset_t all, before;

	if (!store)
		return NULL;
	(void)HARK_ERROR; // made before there are two threads to make it
	struct reader *reader = g_new0(struct reader, 1);
	reader->store = store;
	reader->questions = mailbox_new(question_free, NULL, NULL);
	reader->answers = mailbox_new((GDestroyNotify)reader_answer_free, NULL, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before); // signals are the first thread's
	int failed = pthread_create(&reader->thread, NULL, run, reader);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!failed)
		return reader;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("The reader cannot be started: %s."),
	    g_strerror(failed));
	mailbox_free(reader->questions);
	mailbox_free(reader->answers);
	store_close(reader->store);
	g_free(reader);
	return NULL;
}

static void
post(struct reader *reader, guint64 serial, struct filter *taken, enum episode_order order)
{
	struct question *question = g_new0(struct question, 1);

	question->serial = serial;
	question->filter = taken;
	question->order = order;
	atomic_store(&reader->newest, serial);
	mailbox_post(reader->questions, question);
	store_interrupt(reader->store);
}

void
reader_stop(struct reader *reader)
{
	post(reader, 0, NULL, ORDER_NEWEST);
	pthread_join(reader->thread, NULL);
	mailbox_free(reader->questions);
	mailbox_free(reader->answers);
	store_close(reader->store);
	g_free(reader);
}

guint64
reader_ask(struct reader *reader, struct filter *filter, enum episode_order order)
{
	guint64 serial = atomic_load(&reader->newest) + 1;

	post(reader, serial, filter, order);
	return serial;
}

struct mailbox *
reader_answers(struct reader *reader)
{
	return reader->answers;
}
