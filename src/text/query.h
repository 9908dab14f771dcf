// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is searched for: words, "phrases", and beginnings*; and where they stand in a text. Words
// are found whole, without case and accents (text_fold); Chinese and Japanese by characters
// (text_stands_alone). The search index cuts texts the same way (store/tokens.h).
#ifndef HARK_TEXT_QUERY_H
#define HARK_TEXT_QUERY_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct query_term {
	GPtrArray *tokens; // char *, folded: one behind the other; never empty
	bool prefix;	   // the last one is a beginning
};

struct query {
	GPtrArray *terms; // struct query_term *, at most QUERY_TERMS_MAX: all must be there
};

enum { QUERY_TERMS_MAX = 32, QUERY_PREFIX_MIN = 3 };

// WORDS (NULL-terminated), each a word, a phrase (with blanks, or in quotes over several), or a
// beginning ("wait*"). Fails (HARK_ERROR_USAGE) without anything to look for, and on beginnings of
// less than QUERY_PREFIX_MIN letters.
struct query *query_parse(const char *const *words, GError **error);
void query_free(struct query *query);
OWNED_DEFINE(query, query_free)

// A match in a text.
struct query_span {
	gsize at, len; // bytes
	guint term;
};

// Appends the matches in TEXT to SPANS (struct query_span, may be NULL), by where they begin: of
// those at one place the longest, and one may begin inside another. Gives how many different terms
// are there. Linear.
guint query_find(const struct query *query, const char *text, GArray *spans);

// TEXT around its first match, at most CHARS long, "…" where it was cut; one line. What was found
// is between OPEN and CLOSE (may be ""). The caller's.
char *query_excerpt(
    const struct query *query, const char *text, size_t chars, const char *open, const char *close);

#endif
