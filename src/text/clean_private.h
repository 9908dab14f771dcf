// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cleaner's two halves: clean_decode.c makes valid UTF-8 of bytes, clean_markup.c makes markup
// of it that an XML parser reads to its end. Between them stands `pending`: what was decoded but
// cannot be judged before more arrives (half a tag, half a reference).
#ifndef HARK_TEXT_CLEAN_PRIVATE_H
#define HARK_TEXT_CLEAN_PRIVATE_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "text/clean.h"
#include "text/warning.h"

enum clean_warning {
	CLEAN_BYTES,
	CLEAN_DECLARED,
	CLEAN_CHARSET,
	CLEAN_GUESSED,
	CLEAN_CONTROL,
	CLEAN_AMPERSAND,
	CLEAN_ENTITY,
	CLEAN_LESS,
	CLEAN_TAG,
	CLEAN_UNCLOSED,
	CLEAN_STRAY_END,
	CLEAN_DEPTH,
	CLEAN_SECTION,
	CLEAN_BEFORE,
	CLEAN_BEHIND,
	CLEAN_CUT,
	CLEAN_COUNT
};

enum clean_state { CLEAN_IN_TEXT, CLEAN_IN_CDATA, CLEAN_IN_COMMENT, CLEAN_IN_PI, CLEAN_IN_DTD };

struct tag_search { // where the search for a tag's end has got to; all zero: not begun
	size_t at;	  // offset from the "<"
	size_t first_gt;  // offset behind the first ">" inside the open quotes; 0 none
	char quote;	  // open quote, 0 none
	bool less_inside; // a "<" behind first_gt
};

struct cleaner {
	// Bytes to UTF-8.
	char *content_type;
	GString *head;	// the first bytes, until the encoding is known
	bool decided;
	char *encoding;
	const char *said; // a narrower name for it, static; NULL none
	bool found_utf8, found_single, found_c1; // beyond ASCII; the first only if it matters
	GIConv iconv;	// (GIConv)-1: UTF-8, or windows-1252 byte by byte
	bool western;	// bytes that are no UTF-8 are what was declared
	GString *raw;	// bytes of a character that was cut
	GString *decoded;
	// UTF-8 to markup.
	GString *pending;
	GString *text; // of this push
	size_t marked;	 // of it: what the markup tells about
	gint64 text_at; // of all text: where the next mark's begins
	GString *tag_out; // scratch
	bool after_cr; // the text so far ends with half a line end
	enum clean_state state;
	struct tag_search tag;
	gint64 block_at;   // offset of the block in the whole text
	gint64 barren_end; // before this offset no ">" is left
	size_t dtd_bytes;
	int dtd_brackets;
	GString *names;	// of the open elements, each with its NUL
	GArray *opened;	// guint: where each begins in names
	bool root_closed; // what is behind it does not tell of a cut
	// What was mended.
	unsigned line;	// of the first byte that is not yet consumed
	const char *block; // what clean_markup was given: line is its first byte's
	unsigned warned; // bits of enum clean_warning
	GPtrArray *warnings; // struct warning *
};

// Appends to cleaner->decoded, or gives *OUT and *OUT_LEN inside BYTES where nothing is to be
// changed.
void clean_decode(struct cleaner *cleaner, const char *bytes, size_t len, bool last,
    const char **out, size_t *out_len);

// The encoding that HEAD, which is no UTF-8, is written in; NULL where that is nothing that can be
// told. *SAID: what to call it, NULL by its name. Both static.
const char *clean_guess(const GString *head, const char **said);

// g_string_append_len without its checks: it is called for every stretch and tag.
static inline void
clean_put(GString *out, const char *p, size_t len)
{
	if (out->len + len < out->allocated_len) {
		memcpy(out->str + out->len, p, len);
		out->len += len;
		out->str[out->len] = '\0';
	} else {
		g_string_append_len(out, p, (gssize)len);
	}
}

// The length of one of XML's own references at P ("&amp;"), and *WHICH of them; 0 none.
size_t clean_known_reference(const char *p, const char *end, int *which);

// Consumes what it can of UTF-8 text from P to END; gives how many bytes.
size_t clean_markup(struct cleaner *cleaner, const char *p, const char *end, bool last,
    GString *out);

// Ends what is still open.
void clean_markup_end(struct cleaner *cleaner, GString *out);

// Notes KIND once, for AT in a block that begins at FROM, where cleaner->line is.
void clean_warn(struct cleaner *cleaner, enum clean_warning kind, const char *from,
    const char *at);

unsigned clean_count_lines(const char *p, const char *end);

#endif
