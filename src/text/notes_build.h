// SPDX-License-Identifier: GPL-3.0-or-later
//
// Private to text/notes*: how a reader of HTML or plain text makes blocks, one after the other.
#ifndef HARK_TEXT_NOTES_BUILD_H
#define HARK_TEXT_NOTES_BUILD_H

#include <glib.h>
#include <stdbool.h>

#include "text/notes.h"

struct notes_builder {
	struct notes *notes;
	const char *base;   // for relative links, may be NULL
	GHashTable *by_url; // address -> index into notes->links, borrowed keys
	GString *text;	    // of the block under way
	GArray *spans;
	enum note_block_kind kind; // of the block under way
	int depth, number, level;
	unsigned style; // of the text that comes next
	int link;
	bool blank; // a blank is owed before the next character, in this style
	unsigned blank_style;
	int blank_link;
	bool lines; // line feeds are the author's: they break lines
	bool talk;  // a transcript's page: see notes_parse_talk
};

void build_init(struct notes_builder *build, struct notes *notes, const char *base);
void build_clear(struct notes_builder *build);

// Ends the block under way (kept where it holds text) and begins one of KIND. DEPTH, NUMBER and
// LEVEL as in struct note_block.
void build_block(
    struct notes_builder *build, enum note_block_kind kind, int depth, int number, int level);

// Whether the block under way holds no text yet.
bool build_is_empty(const struct notes_builder *build);

// Appends LEN bytes, cleaned; blanks are joined, but for NOTE_CODE. Where the author's line feeds
// count, one breaks the line; an empty line ends the paragraph in any case.
void build_text(struct notes_builder *build, const char *bytes, size_t len);

// A line break inside the block; a second one in a row ends it.
void build_break(struct notes_builder *build);

// A line of its own across the text.
void build_rule(struct notes_builder *build);

// The number of the link to URL, made where it is new; 0 where the address is none that can be
// opened.
int build_link(struct notes_builder *build, const char *url, size_t len);

// A stretch of a block to be styled over what it has: see notes_mark.
struct note_mark {
	size_t start, len;
	unsigned style; // added
	int link;	// 0: leaves the link as it is
	double time_s;
};

// Lays MARKS (struct note_mark, in order, disjoint) over BLOCK's spans.
void notes_mark(struct note_block *block, const GArray *marks);

// Lines that open with a bullet or a number become items, lines that look like headings stand
// alone.
void notes_split_lines(struct notes *notes);

// Bare addresses become links.
void notes_find_urls(struct notes_builder *build);

// Fills the texts of links from their spans.
void notes_name_links(struct notes *notes);

// Codes such as 12:47 become spans with NOTE_TIMESTAMP (STANDARDS 18, SHOWNOTES 3).
void notes_find_times(struct notes *notes, double duration_s);

struct note_block *note_block_new(enum note_block_kind kind);
void note_block_free(struct note_block *block);

void notes_read_html(struct notes_builder *build, const char *source, size_t len);
void notes_read_text(struct notes_builder *build, const char *source, size_t len);

// Whether SOURCE holds tags that make it HTML.
bool notes_is_html(const char *source, size_t len);

#endif
