// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a list shows of an episode's notes: the line of its row, and whether they hold a transcript
// or chapters. Reading it takes a tenth of a millisecond, so a feed that brings hundreds at once
// leaves it for later: whoever shows such a row reads it then, and store/unread.h writes them when
// there is time.
#ifndef HARK_STORE_GIST_H
#define HARK_STORE_GIST_H

#include <glib.h>
#include <stdbool.h>

#include "store/store.h"

struct gist {
	char *highlight; // the row's line, maybe ""; the caller's
	bool transcript, chapters;
};

// HTML, LINK and SUMMARY may be NULL; DURATION_S WHEN_NO_LENGTH. Any thread, no database.
struct gist gist_read(const char *html, const char *link, const char *summary, double duration_s);

// The same where the notes are parsed already.
struct notes;
struct gist gist_of(const struct notes *notes, const char *html, const char *summary);

// The same of an episode as it is stored; an empty gist without notes, and where they are damaged.
// *ERROR: the library could not be read this time.
struct gist gist_load(struct store *store, gint64 episode_id, GError **error);

#endif
