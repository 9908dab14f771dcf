// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was broken in a document and how it was read all the same: each kind once, where it was met
// first, by line.
#ifndef HARK_TEXT_WARNING_H
#define HARK_TEXT_WARNING_H

#include <glib.h>

struct warning {
	unsigned line; // from 1
	char *text;    // a clause without its line
};

// Holds struct warning *.
GPtrArray *warnings_new(void);

// Keeps a copy of TEXT at its place; a text that is there already is dropped.
void warnings_add(GPtrArray *warnings, unsigned line, const char *text);

// "line 3: ...", for people. Owned by the caller.
char *warning_line(const struct warning *warning);

#endif
