// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the notes say that the episode holds: the list under a phrase such as "Some of the
// highlights of the show include", the same flattened into prose with its seams, a phrase followed
// by lines, timestamped topic lists (SHOWNOTES.md). One table of phrases and kinds cuts the
// sections: data, not code (src/text/phrases.c). Notes without any give none: a wrong highlight is
// worse than none.
#ifndef HARK_TEXT_HIGHLIGHTS_H
#define HARK_TEXT_HIGHLIGHTS_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "text/notes.h"

enum section_kind {
	SECTION_NONE, // no heading: text as it comes
	SECTION_HIGHLIGHTS,
	SECTION_LINKS,
	SECTION_TIMESTAMPS,
	SECTION_TRANSCRIPT,
	SECTION_GUESTS,
	SECTION_SPONSORS,
	SECTION_SUPPORT,
	SECTION_CREDITS,
	SECTION_NOTES, // "Show Notes": neutral
};

struct section {
	enum section_kind kind;
	int heading;	 // block of the heading, -1 none
	int first, last; // blocks of its body, first > last: empty
};

// The sections of NOTES in order (struct section).
GArray *sections_find(const struct notes *notes);

struct highlight_time {
	double start_s;
	char *title;
};

struct highlights {
	GPtrArray *items; // char *, one line each, in order; may be empty
	GPtrArray *times; // struct highlight_time *: "12:47 Title" lines; title "" in a sentence
};

struct highlights *highlights_find(const struct notes *notes);
void highlights_free(struct highlights *highlights);
OWNED_DEFINE(highlights, highlights_free)

// What a list row shows under the title: the first highlight, else the first sentence of the notes
// that says something (no greeting, no sponsor), else SUMMARY, else "". One line. The caller's.
char *highlights_row(const struct notes *notes, const char *summary);

#endif
