// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tags, for the cleaner: told from text, their attributes mended, kept in balance.
#ifndef HARK_TEXT_CLEAN_TAG_H
#define HARK_TEXT_CLEAN_TAG_H

#include "text/clean_private.h"

enum clean_tag_found {
	CLEAN_TAG_NONE, // text: the "<" stands for itself
	CLEAN_TAG_WAIT, // more is needed
	CLEAN_TAG_DONE,
};

// The tag whose "<" is at P. Gives how many bytes were consumed (0 unless CLEAN_TAG_DONE).
size_t clean_tag(struct cleaner *cleaner, const char *p, const char *end, bool last,
    enum clean_tag_found *found, GString *out);

// Closes the open elements down to DEPTH of them.
void clean_close_to(struct cleaner *cleaner, guint depth, GString *out);

// The reference whose "&" is at P, as text for markup. Gives what was consumed; 0: more is needed.
size_t clean_reference(struct cleaner *cleaner, const char *p, const char *end, bool last,
    GString *out);

#endif
