// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mailbox, alone and with four threads that post (also run under ThreadSanitizer).
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/mailbox.h"

enum { POSTERS = 4, LETTERS = 5000 };

struct letter {
	int poster, number;
};

static atomic_int freed, woken;

static void
free_letter(gpointer letter)
{
	atomic_fetch_add(&freed, 1);
	g_free(letter);
}

static void
wake(void *data)
{
	atomic_fetch_add((atomic_int *)data, 1);
}

static struct letter *
letter_new(int poster, int number)
{
	struct letter *letter = g_new(struct letter, 1);
	*letter = (struct letter){poster, number};
	return letter;
}

static bool
is_readable(struct mailbox *box)
{
	struct pollfd wait = {.fd = mailbox_fd(box), .events = POLLIN};
	return poll(&wait, 1, 0) == 1;
}

static void
test_order(void)
{
	OWNED(mailbox) box = mailbox_new(free_letter, NULL, NULL);
	g_assert_null(mailbox_take(box));
	g_assert_false(is_readable(box));
	for (int i = 0; i < 3; i++)
		mailbox_post(box, letter_new(0, i));
	for (int i = 0; i < 3; i++) {
		g_assert_true(is_readable(box));
		g_autofree struct letter *letter = mailbox_take(box);
		g_assert_cmpint(letter->number, ==, i);
	}
	g_assert_false(is_readable(box));
	g_assert_null(mailbox_take(box));
}

static void
test_wait(void)
{
	OWNED(mailbox) box = mailbox_new(g_free, NULL, NULL);
	g_assert_null(mailbox_wait(box, 0));
	gint64 start_us = g_get_monotonic_time();
	g_assert_null(mailbox_wait(box, 20));
	g_assert_cmpint(g_get_monotonic_time() - start_us, >=, 20000);
	mailbox_post(box, letter_new(0, 1));
	g_autofree struct letter *letter = mailbox_wait(box, -1);
	g_assert_nonnull(letter);
}

static void
test_free(void)
{
	freed = woken = 0;
	struct mailbox *box = mailbox_new(free_letter, wake, &woken);
	mailbox_post(box, letter_new(0, 0));
	mailbox_post(box, letter_new(0, 1));
	mailbox_free(box);
	g_assert_cmpint(freed, ==, 2);
	g_assert_cmpint(woken, ==, 2);
	mailbox_free(NULL);
}

struct poster {
	struct mailbox *box;
	int number;
};

static void *
post_letters(void *data)
{
	struct poster *poster = data;
	for (int i = 0; i < LETTERS; i++)
		mailbox_post(poster->box, letter_new(poster->number, i));
	return NULL;
}

static void
test_threads(void)
{
	freed = woken = 0;
	pthread_t threads[POSTERS];
	struct poster posters[POSTERS];
	int next[POSTERS] = {0};
	OWNED(mailbox) box = mailbox_new(free_letter, wake, &woken);
	for (int i = 0; i < POSTERS; i++) {
		posters[i] = (struct poster){box, i};
		g_assert_cmpint(
		    pthread_create(&threads[i], NULL, post_letters, &posters[i]), ==, 0);
	}
	for (int i = 0; i < POSTERS * LETTERS; i++) {
		g_autofree struct letter *letter = mailbox_wait(box, -1);
		g_assert_cmpint(letter->number, ==, next[letter->poster]++);
	}
	for (int i = 0; i < POSTERS; i++)
		pthread_join(threads[i], NULL);
	g_assert_null(mailbox_take(box));
	g_assert_false(is_readable(box));
	g_assert_cmpint(woken, ==, POSTERS * LETTERS);
	g_assert_cmpint(freed, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mailbox/order", test_order);
	g_test_add_func("/mailbox/wait", test_wait);
	g_test_add_func("/mailbox/free", test_free);
	g_test_add_func("/mailbox/threads", test_threads);
	return g_test_run();
}
