// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/draw.h"

#include <string.h>

#include "base/text.h"

const struct glyphs glyphs_utf8 = {.ellipsis = "…",
    .dot = "·",
    .line = "│",
    .rule = "─",
    .more = "›",
    .bar = "━",
    .bar_tick = "┿",
    .bar_knob = "●",
    .rest = "─",
    .rest_tick = "┼"};
const struct glyphs glyphs_ascii = {.ellipsis = "~",
    .dot = "-",
    .line = "|",
    .rule = "-",
    .more = ">",
    .bar = "=",
    .bar_tick = "|",
    .bar_knob = "#",
    .rest = "-",
    .rest_tick = "|"};

struct grid *
grid_new(int rows, int cols, const struct glyphs *glyphs)
{
	struct grid *grid = g_new0(struct grid, 1);
	grid->glyphs = glyphs;
	grid_resize(grid, rows, cols);
	return grid;
}

void
grid_free(struct grid *grid)
{
	if (!grid)
		return;
	g_free(grid->cells);
	g_free(grid);
}

void
grid_resize(struct grid *grid, int rows, int cols)
{
	grid->rows = MAX(rows, 1);
	grid->cols = MAX(cols, 1);
	g_free(grid->cells);
	grid->cells = g_new0(struct cell, (size_t)grid->rows * (size_t)grid->cols);
	grid_clear(grid);
}

void
grid_clear(struct grid *grid)
{
	size_t count = (size_t)grid->rows * (size_t)grid->cols;
	for (size_t i = 0; i < count; i++)
		grid->cells[i] = (struct cell){.chars = {' '}};
	grid->cursor_row = grid->rows - 1;
	grid->cursor_col = 0;
	grid->cursor_visible = false;
}

char *
grid_row_text(const struct grid *grid, int row)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct cell *cells = grid->cells + (size_t)row * (size_t)grid->cols;

	for (int col = 0; col < grid->cols; col++)
		for (int i = 0; i < CELL_CHARS && cells[col].chars[i]; i++)
			g_string_append_unichar(text, cells[col].chars[i]);
	return g_strchomp(g_string_free(g_steal_pointer(&text), FALSE));
}

struct area
area_all(struct grid *grid)
{
	return (struct area){grid, 0, 0, grid->rows, grid->cols};
}

struct area
area_part(struct area area, int row, int col, int rows, int cols)
{
	row = CLAMP(row, 0, area.rows);
	col = CLAMP(col, 0, area.cols);
	return (struct area){area.grid, area.row + row, area.col + col,
	    CLAMP(rows, 0, area.rows - row), CLAMP(cols, 0, area.cols - col)};
}

static struct cell *
cell_at(struct area area, int row, int col)
{
	return &area.grid->cells[(size_t)(area.row + row) * (size_t)area.grid->cols +
				 (size_t)(area.col + col)];
}

// A wide character loses one of its halves: the other becomes a blank.
static void
release_halves(struct area area, int row, int col, int width)
{
	struct cell *first = cell_at(area, row, col);
	int absolute = area.col + col;

	if (first->chars[0] == 0 && absolute > 0)
		first[-1] = (struct cell){.chars = {' '}, .style = first[-1].style};
	if (absolute + width < area.grid->cols && first[width].chars[0] == 0)
		first[width] = (struct cell){.chars = {' '}, .style = first[width].style};
}

// A cluster is one cell, or two: a wide character, or two letters that stand for a flag.
static void
put_cluster(struct area area, int row, int col, unsigned style, const struct text_cluster *cluster)
{
	struct cell cells[2] = {{.style = (guint16)style}, {.style = (guint16)style}};
	int at = 0, used = 0;

	for (const char *p = cluster->paint; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (used > 0 && cluster->width == 2 && at == 0 && !g_unichar_iszerowidth(c)) {
			at = 1;
			used = 0;
		}
		if (used < CELL_CHARS)
			cells[at].chars[used++] = c;
	}
	release_halves(area, row, col, cluster->width);
	memcpy(cell_at(area, row, col), cells, sizeof cells[0] * (size_t)cluster->width);
}

int
draw_text(struct area area, int row, int col, int max, unsigned style, const char *text, gssize len)
{
	const char *end = text + (len < 0 ? strlen(text) : (size_t)len);
	int room = max < 0 ? area.cols - col : MIN(max, area.cols - col), used = 0;

	if (row < 0 || row >= area.rows || col < 0)
		return 0;
	while (text < end) {
		struct text_cluster cluster;
		gunichar first = g_utf8_get_char_validated(text, end - text);
		text = text_cluster_next(text, end, &cluster);
		if (first < 0x20 || (first >= 0x7f && first < 0xa0) || cluster.width == 0)
			continue;
		if (used + cluster.width > room)
			break;
		put_cluster(area, row, col + used, style, &cluster);
		used += cluster.width;
	}
	return used;
}

int
draw_fit(struct area area, int row, int col, int max, unsigned style, const char *text)
{
	int room = max < 0 ? area.cols - col : MIN(max, area.cols - col);

	if (room <= 0)
		return 0;
	size_t len = strlen(text), fits = text_prefix(text, (gssize)len, room);
	if (fits == len)
		return draw_text(area, row, col, room, style, text, (gssize)len);
	fits = text_prefix(text, (gssize)len, room - 1);
	while (fits > 0 && text[fits - 1] == ' ')
		fits--;
	int used = draw_text(area, row, col, room - 1, style, text, (gssize)fits);
	return used + draw_text(area, row, col + used, 1, style, area.grid->glyphs->ellipsis, -1);
}

int
draw_right(struct area area, int row, int end, unsigned style, const char *text)
{
	int col = MAX(end - text_width(text, -1), 0);
	draw_text(area, row, col, end - col, style, text, -1);
	return col;
}

void
draw_repeat(struct area area, int row, int col, int count, unsigned style, const char *sign)
{
	for (int i = 0; i < count; i++)
		draw_text(area, row, col + i, 1, style, sign, -1);
}

void
draw_style(struct area area, int row, int col, int count, unsigned style, bool bits)
{
	if (row < 0 || row >= area.rows || col < 0)
		return;
	for (int i = col; i < MIN(col + count, area.cols); i++) {
		struct cell *cell = cell_at(area, row, i);
		cell->style = (guint16)(bits ? cell->style | style : style);
	}
}

void
draw_current(struct area area, int row, int col, int count)
{
	if (row < 0 || row >= area.rows || col < 0)
		return;
	for (int i = col; i < MIN(col + count, area.cols); i++) {
		struct cell *cell = cell_at(area, row, i);
		unsigned number = cell->style & STYLE_NUMBER;
		if (number != STYLE_STRONG && number != STYLE_MATCH)
			cell->style = STYLE_TEXT;
		cell->style |= STYLE_CURSOR;
	}
}

void
draw_cursor(struct area area, int row, int col, bool visible)
{
	area.grid->cursor_row = CLAMP(area.row + row, 0, area.grid->rows - 1);
	area.grid->cursor_col = CLAMP(area.col + col, 0, area.grid->cols - 1);
	area.grid->cursor_visible = visible;
}
