// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line that shows how far something is, with ticks: ━━┿━━━━●──┼────
#ifndef HARK_UI_BAR_H
#define HARK_UI_BAR_H

#include "ui/draw.h"

// Paints CELLS cells at ROW, COL. FRACTION is 0 to 1; TICKS (COUNT of them, fractions too) may be
// NULL. KNOB: with a sign where it stands. A tick at the very beginning is no news and left out.
void bar_draw(struct area area, int row, int col, int cells, double fraction, const double *ticks,
    int count, bool knob);

#endif
