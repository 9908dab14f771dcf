// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where words stand in a text, blind to case and accents.
#ifndef HARK_UI_FIND_H
#define HARK_UI_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"

// The first place at or after byte FROM of TEXT where FOLDED (by text_fold, not empty) stands.
bool find_in(const char *text, const char *folded, size_t from, size_t *start, size_t *len);

// Paints STYLE_MATCH over what was found in TEXT, which draw_text painted at ROW, COL of AREA
// within MAX cells.
void find_mark(struct area area, int row, int col, int max, const char *text, const char *folded);

#endif
