// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands before libxml2's XML parser, since 2.9.14 with XML_PARSE_RECOVER loses text in
// silence (DESIGN section 2). Bytes in any encoding and in any cuts become well-formed-enough
// UTF-8: decoded (BOM, CONTENT_TYPE's charset, declaration, else guess; bad bytes one by one as
// windows-1252), NUL and forbidden controls dropped, stray "&" and "<" that begin no tag made text,
// HTML's entities as characters, CP1252 references mended; blanks before the declaration dropped; a
// DTD dropped. Line ends kept, so that lines can be named. Linear; keeps at most 64 KB (a tag)
// between calls.
//
// Text goes past the parser, which would look at each of its bytes once more (a quarter of all that
// reading a feed takes): the markup has an instruction in its place, <?t AT LENGTH?> (in bytes, of
// all that went past so far), and no others. What stands between "<![CDATA[" and "]]>" is text like
// any other.
#ifndef HARK_TEXT_CLEAN_H
#define HARK_TEXT_CLEAN_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct cleaner;

struct cleaner *cleaner_new(const char *content_type);
void cleaner_free(struct cleaner *cleaner);
OWNED_DEFINE(cleaner, cleaner_free)

#define CLEAN_TEXT_MARK "t"

// Appends to OUT the markup that LEN bytes give (with LAST also what was held back), and to TEXT
// its text, in order; blanks between tags stay in the markup.
void cleaner_push(struct cleaner *cleaner, const char *bytes, size_t len, bool last, GString *out,
    GString *text);

// What the bytes are read as ("utf-8", "windows-1252", ...); "us-ascii" or "iso-8859-1" where that
// is declared and true. Borrowed; settled after the last push.
const char *cleaner_encoding(const struct cleaner *cleaner);

// What was mended: struct warning * (text/warning.h). Borrowed.
const GPtrArray *cleaner_warnings(const struct cleaner *cleaner);

// Whether the bytes ended within an element or a section. After the last push.
bool cleaner_is_cut(const struct cleaner *cleaner);

#endif
