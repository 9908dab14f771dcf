// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was said anywhere: words in titles, notes and transcripts, and the passages that hold them.
#ifndef HARK_STORE_SEARCH_H
#define HARK_STORE_SEARCH_H

#include "store/store.h"
#include "text/query.h"

enum search_in { SEARCH_TITLE, SEARCH_NOTES, SEARCH_TRANSCRIPT };

// As --json and in:PLACE have it.
const char *search_in_name(enum search_in in);

// What WORDS ask for, as query_parse reads them, besides the filter's words with a colon
// (store/filter.h) and in:title, in:notes, in:transcript, speaker:NAME.
struct search;
struct search *search_parse(const char *const *words, GError **error);
void search_free(struct search *search);
OWNED_DEFINE(search, search_free)

const struct query *search_query(const struct search *search);

struct search_hit {
	gint64 episode_id;
	char *show, *title; // the episode's
	gint64 published_s; // WHEN_UNKNOWN
	enum search_in in;
	double start_s; // of the passage; negative: not known, or none
	bool estimated; // from its share of the text, where the transcript has no times
	char *speaker;	// NULL: not said
	char *text;	// the whole passage
};

// The hits (struct search_hit *) in at most EPISODES of those that hold everything, newest first;
// of each a few passages, those with most of the words. Reads only.
GPtrArray *search_run(
    struct store *store, const struct search *search, int episodes, GError **error);

#endif
