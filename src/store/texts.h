// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is read beside the audio: transcripts, chapters, and the documents a feed offers for them;
// and what else it says, as JSON.
#ifndef HARK_STORE_TEXTS_H
#define HARK_STORE_TEXTS_H

#include "store/store.h"
#include "text/chapters.h"
#include "text/transcript.h"

struct offer { // a document that the feed names
	char *url, *type, *language, *rel;
};

void offer_free(struct offer *offer);

// The transcripts offered for an episode (struct offer *), best first by transcript_rank.
GPtrArray *transcript_offers(struct store *store, gint64 episode_id, GError **error);

// The chapters document offered, or NULL.
struct offer *chapters_offer(struct store *store, gint64 episode_id, GError **error);

// The stored transcript; where none is stored, the one inside the notes (not stored; untimed). NULL
// with no error set where there is none.
struct transcript *transcript_load(struct store *store, gint64 episode_id, GError **error);
// A number that is another one when the stored cues of an episode are; 0: there are none.
gint64 transcript_version(struct store *store, gint64 episode_id);

// Keeps TRANSCRIPT (with the address it came from) instead of what was there.
bool transcript_save(struct store *store, gint64 episode_id, const struct transcript *transcript,
    const char *url, GError **error);

// A failed fetch, so that it is said and not tried in a loop.
bool transcript_save_failure(
    struct store *store, gint64 episode_id, const char *message, GError **error);

// Whether a fetch is due: offered, not stored, not failed within a day.
bool transcript_wanted(struct store *store, gint64 episode_id, GError **error);
bool chapters_wanted(struct store *store, gint64 episode_id, GError **error);

enum chapters_source { CHAPTERS_NONE, CHAPTERS_JSON, CHAPTERS_PSC, CHAPTERS_FILE, CHAPTERS_NOTES };

// The chapters by priority JSON, psc, the file's own, timestamps in the notes. Never NULL without
// an error; may be empty.
GPtrArray *chapters_load(
    struct store *store, gint64 episode_id, enum chapters_source *source, GError **error);

// Keeps what was fetched (CHAPTERS_JSON) or found in the file (CHAPTERS_FILE).
bool chapters_save(struct store *store, gint64 episode_id, enum chapters_source source,
    const GPtrArray *chapters, GError **error);
bool chapters_save_failure(
    struct store *store, gint64 episode_id, const char *message, GError **error);

// What text/extras.h tells of; NULL with no error set where there is nothing. The caller's.
char *extras_of_show(struct store *store, gint64 show_id, GError **error);
char *extras_of_episode(struct store *store, gint64 episode_id, GError **error);

#endif
