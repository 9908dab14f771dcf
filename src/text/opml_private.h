// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the readers of lists of subscriptions share.
#ifndef HARK_TEXT_OPML_PRIVATE_H
#define HARK_TEXT_OPML_PRIVATE_H

#include "text/opml.h"

enum { SUBSCRIPTIONS_MAX = 100000, SUBSCRIPTION_TAGS_MAX = 64 };

// One tag more, cleaned and trimmed; none for what is empty or there.
void subscription_tag(struct subscription *subscription, const char *tag);

// Appends what an OPML document names; false where it is none.
bool opml_read(const char *bytes, size_t len, GPtrArray *list);

#endif
