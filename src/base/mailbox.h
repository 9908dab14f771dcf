// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only thing that threads share. A message belongs to whoever holds it: posting gives it away.
// The lock inside is a pthread mutex, so that ThreadSanitizer can see it.
#ifndef HARK_BASE_MAILBOX_H
#define HARK_BASE_MAILBOX_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct mailbox;

// FREE_MESSAGE frees what is still inside when the mailbox is freed. WAKE (may be NULL) is called
// after each post, from the posting thread, and may do nothing but unblock the reader
// (curl_multi_wakeup).
struct mailbox *mailbox_new(GDestroyNotify free_message, void (*wake)(void *data), void *wake_data);
void mailbox_free(struct mailbox *box);
OWNED_DEFINE(mailbox, mailbox_free)

// Gives MESSAGE (not NULL) away. Any thread. Order is kept per poster.
void mailbox_post(struct mailbox *box, gpointer message);

// The oldest message or NULL at once. The reader's thread only.
gpointer mailbox_take(struct mailbox *box);

// The oldest message; waits up to TIMEOUT_MS (-1: without end). NULL at the time-out.
gpointer mailbox_wait(struct mailbox *box, int timeout_ms);

// A descriptor that is readable while messages wait (eventfd): for poll. Owned by the mailbox.
int mailbox_fd(const struct mailbox *box);

#endif
