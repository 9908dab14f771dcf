// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a feed says beside what every program shows, kept as it came: trailers, other shows to hear,
// places, licences, other forms of the audio, live streams, payments (STANDARDS section 10). A JSON
// list of objects: "element" (its name in lower case), its attributes (addresses absolute), "text",
// and "children", which are such objects.
#ifndef HARK_TEXT_EXTRAS_H
#define HARK_TEXT_EXTRAS_H

#include <glib.h>

struct extra_fact {
	const char *element; // "trailer", "podroll", "location", "license"; static
	char *text;	     // one line: what it says, and its address
};

// What of EXTRAS (may be NULL, or no JSON: then there is nothing) a listener looks for: struct
// extra_fact *, in this order of elements, and in the feed's order within. Never NULL.
GPtrArray *extras_facts(const char *extras);

#endif
