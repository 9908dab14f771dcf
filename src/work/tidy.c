// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/tidy.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "base/mailbox.h"
#include "store/store.h"

struct tidy {
	const char *path;
	pthread_t thread;
	bool started;
	struct mailbox *wishes; // a wish, or (the path) the end
	atomic_bool busy;
};

static char wish;

static void *
run(void *data)
{
	struct tidy *tidy = data;
	g_autoptr(GError) error = NULL;
	OWNED(store) store = store_open(tidy->path, STORE_WRITE, &error);

	if (error)
		log_line(LOG_STORY, "%s", error->message);
	while (mailbox_wait(tidy->wishes, -1) == &wish) {
		if (store)
			store_checkpoint_some(store);
		atomic_store(&tidy->busy, false);
	}
	return NULL;
}

struct tidy *
tidy_new(const char *path)
{
	struct tidy *tidy = g_new0(struct tidy, 1);

	tidy->path = path;
	tidy->wishes = mailbox_new(NULL, NULL, NULL);
	return tidy;
}

void
tidy_free(struct tidy *tidy)
{
	if (!tidy)
		return;
	if (tidy->started) {
		mailbox_post(tidy->wishes, tidy);
		pthread_join(tidy->thread, NULL);
	}
	mailbox_free(tidy->wishes);
	g_free(tidy);
}

void
tidy_wish(struct tidy *tidy)
{
	if (atomic_exchange(&tidy->busy, true))
		return;
	if (!tidy->started)
		tidy->started = pthread_create(&tidy->thread, NULL, run, tidy) == 0;
	mailbox_post(tidy->wishes, &wish);
}
