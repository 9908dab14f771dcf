// SPDX-License-Identifier: GPL-3.0-or-later
//
// The signs of rows, each one cell wide, and their ASCII forms.
#ifndef HARK_APP_MARKS_H
#define HARK_APP_MARKS_H

#include "store/episodes.h"
#include "ui/draw.h"

struct marks {
	const char *new, *begun, *played, *here, *coming, *playing, *failed, *spoken, *estimated;
	const char *cursor, *cursor_other; // with focus, without
	const char *bullet, *refresh, *marked, *dots;
	const struct glyphs *glyphs;
};

extern const struct marks marks_utf8, marks_ascii;

// The first mark of EPISODE (PLAYING: it is what plays) and its style; "" where it has none.
const char *mark_state(
    const struct marks *marks, const struct episode *episode, bool playing, unsigned *style);

// The second: its file.
const char *mark_file(const struct marks *marks, const struct episode *episode, unsigned *style);

#endif
