// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bar.h"

#include <math.h>

// The cell in which FRACTION lies.
static int
bar_cell(int cells, double fraction)
{
	if (!isfinite(fraction) || cells < 2)
		return 0;
	return (int)(CLAMP(fraction, 0, 1) * (cells - 1) + 0.5);
}

void
bar_draw(struct area area, int row, int col, int cells, double fraction, const double *ticks,
    int count, bool knob)
{
	const struct glyphs *glyphs = area.grid->glyphs;
	int at = knob ? bar_cell(cells, fraction) : (int)(CLAMP(fraction, 0, 1) * cells + 0.5);

	if (cells <= 0)
		return;
	draw_repeat(area, row, col, at, STYLE_BAR, glyphs->bar);
	draw_repeat(area, row, col + at, cells - at, STYLE_BAR_REST, glyphs->rest);
	for (int i = 0; i < count; i++) {
		int cell = bar_cell(cells, ticks[i]);
		if (ticks[i] <= 0 || ticks[i] >= 1 || cell == 0)
			continue;
		draw_text(area, row, col + cell, 1, cell < at ? STYLE_BAR : STYLE_BAR_REST,
		    cell < at ? glyphs->bar_tick : glyphs->rest_tick, -1);
	}
	if (knob)
		draw_text(area, row, col + at, 1, STYLE_BAR, glyphs->bar_knob, -1);
}
