// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of subscriptions: OPML 1.0 to 2.0 (STANDARDS section 13), newsboat's urls file, and plain
// lists of addresses, told apart by what they hold. Bytes in any encoding, broken or not; bounded,
// linear.
#ifndef HARK_TEXT_OPML_H
#define HARK_TEXT_OPML_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct subscription {
	int line;	 // in the document, from 1
	char *address;	 // as it stands there, trimmed
	char *title;	 // what the list calls it; NULL none
	char *own_title; // what the user calls it; NULL none
	GPtrArray *tags; // char *: the groups that it stands in; never NULL
	char *wrong;	 // why it cannot be subscribed to, a sentence; NULL: it can
	char *link;	 // web page, for writing; may be NULL
};

struct subscription *subscription_new(const char *address, int line);
void subscription_free(struct subscription *subscription);

// All that BYTES name, in order (struct subscription *), at most 100,000; the caller's. NULL where
// they are no list at all: the message says what they look like.
GPtrArray *subscriptions_read(const char *bytes, size_t len, GError **error);

// The list (struct subscription *) as OPML 2.0, UTF-8; a show with tags stands in the group of its
// first one, all of them are in its category. The caller's.
char *opml_write(const GPtrArray *list);

#endif
