// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mailbox: a queue, a lock around it, and an eventfd that is readable exactly while the queue
// holds something (it is written and emptied under the lock, so the two cannot disagree).
#include "base/mailbox.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct mailbox {
	pthread_mutex_t lock; // protects messages and the count inside fd
	GQueue messages;
	int fd;
	GDestroyNotify free_message;
	void (*wake)(void *data);
	void *wake_data;
};

struct mailbox *
mailbox_new(GDestroyNotify free_message, void (*wake)(void *data), void *wake_data)
{
	struct mailbox *box = g_new0(struct mailbox, 1);
	pthread_mutex_init(&box->lock, NULL);
	g_queue_init(&box->messages);
	box->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (box->fd < 0) // like memory: nothing works without
		g_error("eventfd: %s", g_strerror(errno));
	box->free_message = free_message;
	box->wake = wake;
	box->wake_data = wake_data;
	return box;
}

void
mailbox_free(struct mailbox *box)
{
	if (!box)
		return;
	for (gpointer message; (message = g_queue_pop_head(&box->messages));)
		if (box->free_message)
			box->free_message(message);
	close(box->fd);
	pthread_mutex_destroy(&box->lock);
	g_free(box);
}

void
mailbox_post(struct mailbox *box, gpointer message)
{
	g_assert(message);
	pthread_mutex_lock(&box->lock);
	if (g_queue_is_empty(&box->messages))
		eventfd_write(box->fd, 1);
	g_queue_push_tail(&box->messages, message);
	pthread_mutex_unlock(&box->lock);
	if (box->wake)
		box->wake(box->wake_data);
}

gpointer
mailbox_take(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	gpointer message = g_queue_pop_head(&box->messages);
	if (message && g_queue_is_empty(&box->messages)) {
		eventfd_t count;
		eventfd_read(box->fd, &count);
	}
	pthread_mutex_unlock(&box->lock);
	return message;
}

gpointer
mailbox_wait(struct mailbox *box, int timeout_ms)
{
	gint64 end_us = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
	for (;;) {
		gpointer message = mailbox_take(box);
		if (message)
			return message;
		int left_ms = -1;
		if (timeout_ms >= 0) {
			gint64 left_us = end_us - g_get_monotonic_time();
			if (left_us <= 0)
				return NULL;
			left_ms = (int)((left_us + 999) / 1000);
		}
		struct pollfd wait = {.fd = box->fd, .events = POLLIN};
		poll(&wait, 1, left_ms); // a signal or a time-out: the loop asks again
	}
}

int
mailbox_fd(const struct mailbox *box)
{
	return box->fd;
}
