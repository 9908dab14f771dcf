// SPDX-License-Identifier: GPL-3.0-or-later
//
// Show notes: HTML (by libxml2's HTML parser) or plain text becomes blocks of spans, with its links
// numbered and its timestamps found. Nothing is wrapped here: notes_wrap lays a block out in cells.
// All text is cleaned (text_clean_block's rules). Block ends are never lost.
#ifndef HARK_TEXT_NOTES_H
#define HARK_TEXT_NOTES_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

enum note_block_kind {
	NOTE_PARAGRAPH,
	NOTE_HEADING,
	NOTE_ITEM, // of a list
	NOTE_QUOTE,
	NOTE_CODE, // lines kept
	NOTE_RULE,
	NOTE_ROW,  // of a table
};

enum note_span_style {
	NOTE_PLAIN = 0,
	NOTE_BOLD = 1 << 0,
	NOTE_ITALIC = 1 << 1,
	NOTE_MONO = 1 << 2,
	NOTE_LINK = 1 << 3,	 // span.link is its number
	NOTE_TIMESTAMP = 1 << 4, // span.time_s is where it goes
};

struct note_span {
	size_t start, len; // bytes of the block's text
	unsigned style;
	int link;	   // 1-based index into notes->links; 0 none
	double time_s;	   // with NOTE_TIMESTAMP
};

struct note_block {
	enum note_block_kind kind;
	int depth;	   // of lists and quotes, 0 outermost
	int number;	   // of an ordered list's item; 0 a bullet
	int level;	   // of a heading, 1 to 6
	bool all_bold;	   // a paragraph wholly bold: often a heading
	char *text;	   // "\n" for <br>
	GArray *spans;	   // struct note_span, in order, disjoint; text outside of them is plain
};

struct note_link {
	char *url; // http, https or mailto only
	char *text; // one line
};

struct notes {
	GPtrArray *blocks; // struct note_block *
	GPtrArray *links;  // struct note_link *, each address once, in order
	bool was_html;
};

// LEN -1: to the NUL. NULL or empty SOURCE gives notes without blocks. DURATION_S decides which
// codes are timestamps (negative: unknown). BASE for relative links, may be NULL. Input over 4 MB
// is cut. Never fails.
struct notes *notes_parse(const char *source, gssize len, const char *base, double duration_s);
void notes_free(struct notes *notes);
OWNED_DEFINE(notes, notes_free)

// Plain text: a blank line between blocks, "• " before items. For pipes and "hark notes".
char *notes_text(const struct notes *notes);

// A line laid out: a stretch of one block's text. The first line of an item carries its bullet in
// PREFIX, later ones as many blanks.
struct note_line {
	int block;	   // index, -1: an empty line between blocks
	size_t start, len; // bytes of the block's text
	int indent;	   // cells before the text, PREFIX included
	char prefix[16];   // "• ", "12. ", "│ ", ""
};

// Appends the lines of block INDEX, wrapped to CELLS (at least 10), to LINES (struct note_line).
void notes_wrap(const struct notes *notes, int index, int cells, GArray *lines);

#endif
