// SPDX-License-Identifier: GPL-3.0-or-later
//
// Private to text/: the ways in which highlights are found, one function each.
#ifndef HARK_TEXT_HIGHLIGHTS_FIND_H
#define HARK_TEXT_HIGHLIGHTS_FIND_H

#include <glib.h>
#include <stdbool.h>

#include "text/highlights.h"
#include "text/notes.h"

struct highlights_finder {
	const struct notes *notes;
	const GArray *sections; // struct section
	const GArray *times;	// struct found_time, in the order of the notes
	GPtrArray *items;	// char *: what is found goes here
	int tries;		// at prose that was announced: bounded
	guint most;		// items asked for: there is no use in more
};

// A code in the notes. Only LISTED ones stand in a list of times, with a title of their own.
struct found_time {
	double start_s;
	char *title; // "" where none
	bool listed;
	int block;
};

// The codes of NOTES outside of its transcript: struct found_time, freed with the array.
GArray *times_find(const struct notes *notes, const GArray *sections);

// The items that prose between BODY and END flattened: at lost line breaks, sentences, "//", ";".
// Gives the first MOST that it found, at least two, else nothing.
GPtrArray *seams_split(const char *body, const char *end, guint most);

// Highlights in a paragraph behind a wording that announces them.
bool seams_find(struct highlights_finder *finder);

// "A // B // C" paragraphs, and "1. ... 2. ..." within one.
bool seams_find_slashes(struct highlights_finder *finder);
bool seams_find_numbers(struct highlights_finder *finder);

// Where the sentence that begins at P ends.
const char *seams_sentence(const char *p, const char *end);

// TEXT as an item: one line, without bullet, code, "Name #3:" and trailing code. NULL: nothing is
// left, or it names no topic, or a sponsor.
char *highlight_item(const char *text, size_t len);

#endif
