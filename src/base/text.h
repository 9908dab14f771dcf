// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text from outside becomes text of ours here, and text of ours becomes cells. A string that went
// through text_clean_* is valid UTF-8 without control, bidi-override or invisible characters.
// Widths are what ncurses believes: wcwidth of the base character of a grapheme cluster (UAX 29).
#ifndef HARK_BASE_TEXT_H
#define HARK_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

// One line: invalid bytes become U+FFFD, every control character and line end a blank, runs of
// blanks one, ends trimmed; U+00AD U+200B U+FEFF and bidi controls (U+202A-E, U+2066-9, U+200E/F,
// U+061C) and the rest that Unicode calls ignorable (not joiners and variation selectors) dropped;
// cut after MAX_CHARS characters at a cluster's border (0: no limit). LEN -1: NUL
// ends it. NULL gives "". Never fails; linear.
char *text_clean_line(const char *bytes, gssize len, size_t max_chars);

// The same for text of several lines: LF kept (CRLF, CR, NEL, U+2028/9 become LF), TAB becomes a
// blank, runs of blanks and blanks at the ends kept.
char *text_clean_block(const char *bytes, gssize len);

// A grapheme cluster as it is painted: only what all terminals agree on (base emoji without its
// joined tail, flags as letters). BYTES points into the text asked about; PAINT is what to write.
struct text_cluster {
	const char *bytes;
	size_t len;	   // bytes of the whole cluster in the text
	char paint[32];	   // NUL-terminated UTF-8 to write to the cell
	int width;	   // cells: 0, 1 or 2
};

// Reads the cluster at P (which lies before END) into OUT; gives the start of the next one.
const char *text_cluster_next(const char *p, const char *end, struct text_cluster *out);

// Cells that TEXT takes (LEN -1: to its NUL).
int text_width(const char *text, gssize len);

// TEXT cut to CELLS with ELLIPSIS at the end where something was cut; never wider, may be one
// cell narrower (a wide character does not fit). ELLIPSIS may be "".
char *text_fit(const char *text, int cells, const char *ellipsis);

// Bytes of TEXT's longest prefix that fits CELLS; at a cluster's border.
size_t text_prefix(const char *text, gssize len, int cells);

// Line breaking (UAX 14). BREAKS holds one byte per byte of TEXT: TEXT_BREAK_MAY or
// TEXT_BREAK_MUST before that byte, else 0. The caller allocates LEN bytes.
enum { TEXT_BREAK_NONE = 0, TEXT_BREAK_MAY = 1, TEXT_BREAK_MUST = 2 };
void text_breaks(const char *text, size_t len, char *breaks);

// Case- and accent-blind form for comparing and finding (Unicode case folding, NFD without accents;
// kana keep their voicing marks).
char *text_fold(const char *text);

// Whether C is a character of Chinese or Japanese: a word by itself where words are looked for,
// since no blanks tell them apart.
bool text_stands_alone(gunichar c);

// A sort key by the locale, without a leading article ("The", "A", "Der", "Le", ...).
char *text_sort_key(const char *title);

#endif
