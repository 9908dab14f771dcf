// SPDX-License-Identifier: GPL-3.0-or-later
//
// One filter language for lists, subcommands and the "F" key (CLI.md): new begun played queued
// downloaded archived, not:WORD, show:NAME, tag:NAME, longer:30m (>30m), shorter:1h (<1h),
// newer:1w, older:1y, and words of the title (or show).
#ifndef HARK_STORE_FILTER_H
#define HARK_STORE_FILTER_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct filter_term {
	int row; // of the table in filter.c
	bool negated;
	char *word;    // folded text, for words, show: and tag:
	double value;  // seconds
	gint64 number; // show_id
};

struct filter {
	GArray *terms; // struct filter_term; all must hold
};

// NULL words or none: lets everything through. Fails (HARK_ERROR_USAGE) on a bad span, naming it.
struct filter *filter_parse(const char *const *words, GError **error);
// Whether WORD asks for something else than words to be found: it has an argument behind a colon.
bool filter_is_term(const char *word);
struct filter *filter_show(gint64 show_id); // one show's episodes
struct filter *filter_inbox(void);
struct filter *filter_queue(void);
// Adds what OTHER asks to FILTER; OTHER is taken.
void filter_take(struct filter *filter, struct filter *other);
void filter_free(struct filter *filter);
OWNED_DEFINE(filter, filter_free)

// The words of the language with a sentence each, for help and completion: {word, sentence} pairs,
// NULL-terminated.
extern const char *const filter_words[][2];

#endif
