// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/textview.h"

#include <string.h>

#include "base/text.h"
#include "ui/find.h"

static void
text_line_free(struct text_line *line)
{
	if (line->spans)
		g_array_unref(line->spans);
	g_free(line->text);
	g_free(line);
}

void
textview_init(struct textview *view)
{
	*view = (struct textview){
	    .lines = g_ptr_array_new_with_free_func((GDestroyNotify)text_line_free)};
}

void
textview_clear(struct textview *view)
{
	g_clear_pointer(&view->lines, g_ptr_array_unref);
}

void
textview_empty(struct textview *view)
{
	g_ptr_array_set_size(view->lines, 0);
}

struct text_line *
textview_add(
    struct textview *view, int item, int indent, unsigned style, const char *text, gssize len)
{
	struct text_line *line = g_new0(struct text_line, 1);

	line->text = len < 0 ? g_strdup(text) : g_strndup(text, (gsize)len);
	line->item = item;
	line->indent = MAX(indent, 1);
	line->style = style;
	g_ptr_array_add(view->lines, line);
	return line;
}

void
text_line_span(struct text_line *line, size_t start, size_t len, unsigned style)
{
	struct text_span span = {start, len, style};
	if (len == 0)
		return;
	if (!line->spans)
		line->spans = g_array_new(FALSE, FALSE, sizeof(struct text_span));
	g_array_append_val(line->spans, span);
}

static void
add_piece(GArray *pieces, const char *text, size_t start, size_t end)
{
	while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\n'))
		end--;
	struct text_piece piece = {start, end - start};
	g_array_append_val(pieces, piece);
}

GArray *
text_pieces(const char *text, int cells)
{
	GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct text_piece));
	size_t len = strlen(text), start = 0, may = 0;
	g_autofree char *breaks = g_malloc0(len + 1);
	const char *end = text + len, *p = text;
	int width = 0, width_at_may = 0;

	cells = MAX(cells, 2);
	text_breaks(text, len, breaks);
	while (p < end) {
		struct text_cluster cluster;
		size_t at = (size_t)(p - text);
		if (at > start && breaks[at] == TEXT_BREAK_MUST) {
			add_piece(pieces, text, start, at);
			start = may = at;
			width = width_at_may = 0;
		} else if (at > start && breaks[at] == TEXT_BREAK_MAY) {
			may = at;
			width_at_may = width;
		}
		p = text_cluster_next(p, end, &cluster);
		bool blank = cluster.len == 1 && (*cluster.bytes == ' ' || *cluster.bytes == '\n');
		int cluster_width = *cluster.bytes == '\n' ? 0 : cluster.width;
		if (!blank && width + cluster_width > cells) {
			size_t cut = may > start ? may : at;
			width = may > start ? width - width_at_may : 0;
			add_piece(pieces, text, start, cut);
			start = may = cut;
			width_at_may = 0;
		}
		width += cluster_width;
	}
	if (start < len || pieces->len == 0)
		add_piece(pieces, text, start, len);
	return pieces;
}

int
textview_wrap(
    struct textview *view, int item, int indent, int cells, unsigned style, const char *text)
{
	g_autoptr(GArray) pieces = text_pieces(text, cells);

	for (guint i = 0; i < pieces->len; i++) {
		const struct text_piece *piece = &g_array_index(pieces, struct text_piece, i);
		textview_add(view, item, indent, style, text + piece->start, (gssize)piece->len);
	}
	return (int)pieces->len;
}

static void
draw_line(const struct text_line *line, struct area area, int row, const char *folded)
{
	size_t at = 0, len = strlen(line->text);
	int col = line->indent;

	draw_text(area, row, 1, line->indent - 1, line->margin_style, line->margin, -1);
	for (guint i = 0; line->spans && i < line->spans->len; i++) {
		const struct text_span *span = &g_array_index(line->spans, struct text_span, i);
		if (span->start < at || span->start + span->len > len)
			continue;
		col += draw_text(
		    area, row, col, -1, line->style, line->text + at, (gssize)(span->start - at));
		col += draw_text(
		    area, row, col, -1, span->style, line->text + span->start, (gssize)span->len);
		at = span->start + span->len;
	}
	draw_text(area, row, col, -1, line->style, line->text + at, (gssize)(len - at));
	if (folded)
		find_mark(area, row, line->indent, area.cols - line->indent, line->text, folded);
}

void
textview_draw(const struct textview *view, struct area area, const char *cursor, bool reverse,
    const char *folded)
{
	int shown = listview_shown(&view->list);

	for (int i = 0; i < shown; i++) {
		int index = view->list.top + i;
		draw_line(view->lines->pdata[index], area, i, folded);
		if (index != view->list.cursor)
			continue;
		draw_text(area, i, 0, 1, STYLE_MARK, cursor, -1);
		if (reverse) {
			draw_current(area, i, 0, area.cols);
			draw_cursor(area, i, 0, false);
		}
	}
}

int
textview_line_of(const struct textview *view, int item)
{
	for (guint i = 0; i < view->lines->len; i++)
		if (((struct text_line *)view->lines->pdata[i])->item == item)
			return (int)i;
	return -1;
}

struct text_line *
textview_current(const struct textview *view)
{
	if (view->list.cursor >= (int)view->lines->len)
		return NULL;
	return view->lines->pdata[view->list.cursor];
}
