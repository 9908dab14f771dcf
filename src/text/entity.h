// SPDX-License-Identifier: GPL-3.0-or-later
//
// References ("&eacute;", "&#8217;", "&#x2019;") and windows-1252 bytes as characters, as people
// wrote them: numbers 128 to 159 mean windows-1252, HTML's names are known everywhere.
#ifndef HARK_TEXT_ENTITY_H
#define HARK_TEXT_ENTITY_H

#include <glib.h>

// A reference is at most this long; a longer one is none.
enum { ENTITY_MAX_BYTES = 40 };

// The reference at P, which points at its "&". Gives its length and *CHARACTER (0: one that stands
// for nothing, such as "&#0;"); 0 where this is no reference, -1 where END comes too early to tell.
// A number may lack its ";", a name may not.
int entity_read(const char *p, const char *end, gunichar *character);

// TEXT (LEN bytes) with its references as characters; what is none stays as it is. Owned by the
// caller.
char *entity_decode(const char *text, size_t len);

// What a byte from 0x80 up means in windows-1252; U+FFFD for the five that mean nothing.
gunichar entity_cp1252(unsigned char byte);

#endif
