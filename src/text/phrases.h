// SPDX-License-Identifier: GPL-3.0-or-later
//
// Private to text/: what publishers write over and around the parts of their notes, as data. A new
// wording is a new row in phrases.c.
#ifndef HARK_TEXT_PHRASES_H
#define HARK_TEXT_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/highlights.h"

enum phrase_where {
	PHRASE_IS,     // the whole heading; such a one needs no other sign of being a heading
	PHRASE_BEGINS, // the heading begins with it
	PHRASE_HOLDS,  // it stands in the heading, at the border of a word on its left
};

// A heading's wording. The first row that fits decides, so the special stand above the general.
struct phrase {
	const char *text; // as phrases_fold writes it
	enum section_kind kind;
	enum phrase_where where;
	const char *language;
};

// A wording that announces highlights at the end of a clause of prose, before a colon (or before a
// full stop where SENTENCE).
struct cue_phrase {
	const char *text;
	int tail; // as many words may follow before the colon
	bool sentence;
	const char *language;
};

enum phrase_list {
	PHRASES_CLOSING,  // a sentence with it ends the highlights: thanks, calls, ads
	PHRASES_GO_ON,	  // a sentence that begins so belongs to the one before
	PHRASES_EXAMPLE,  // a clause that leans on the sentence before it: "for example:"
	PHRASES_OPENERS,  // words that begin an item where a line break was lost
	PHRASES_NO_TOPIC, // rows that name no topic: intro, outro
	PHRASES_EMPTY,	  // sentences of the notes that say nothing: greetings, ads, boilerplate
	PHRASES_SHORT,	  // words whose full stop ends no sentence
	PHRASES_AD,	  // rows of a list that are a sponsor's, or a credit
	PHRASES_FOOTER,	  // what hosts put under everything
};

// TEXT (LEN bytes) as the tables are written: lower case, plain quotes, blanks joined, without
// ornaments, signs, bullets and codes at its ends. Gives the length; OUT is cut to SIZE.
size_t phrases_fold(const char *text, size_t len, char *out, size_t size);

// The kind of the heading whose folded text is FOLDED; EXACT tells that a PHRASE_IS row fitted.
enum section_kind phrases_heading(const char *folded, bool *exact);

// Whether the folded CLAUSE announces highlights. SENTENCE: it ends with a full stop.
bool phrases_cue(const char *clause, bool sentence);

// Whether the folded text begins with (or, with ANYWHERE, holds) a row of LIST.
bool phrases_match(enum phrase_list list, const char *folded, bool anywhere);

// Whether the folded text is a row of LIST.
bool phrases_is(enum phrase_list list, const char *folded);

#endif
