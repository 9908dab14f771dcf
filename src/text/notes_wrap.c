// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lays a block of notes out in cells: breaks by Unicode's rules, bullets and quotes at the side.
#include <string.h>

#include "base/text.h"
#include "text/notes.h"

enum { CELLS_MIN = 10, DEPTH_SHOWN = 4 };

struct layout {
	const struct note_block *block;
	int index;
	int indent;
	int cells; // for the text
	char first[16], later[16];
	GArray *lines;
	guint from; // lines before this one are another block's
};

static void
prepare(struct layout *layout, int cells)
{
	const struct note_block *block = layout->block;
	int depth = MIN(block->depth, DEPTH_SHOWN);
	int indent = 2 * depth;

	if (block->kind == NOTE_ITEM && block->number > 0)
		g_snprintf(layout->first, sizeof(layout->first), "%d. ", block->number);
	else if (block->kind == NOTE_ITEM)
		g_strlcpy(layout->first, "• ", sizeof(layout->first));
	if (block->kind == NOTE_QUOTE) {
		// "│ " is four bytes: three of them fit.
		for (int i = 0; i <= MIN(depth, 2); i++)
			g_strlcat(layout->first, "│ ", sizeof(layout->first));
		g_strlcpy(layout->later, layout->first, sizeof(layout->later));
		indent = 0;
	}
	int mark = text_width(layout->first, -1);

	if (block->kind == NOTE_ITEM)
		g_snprintf(layout->later, sizeof(layout->later), "%*s", mark, "");
	layout->indent = MIN(indent, cells / 3) + mark;
	layout->cells = MAX(1, cells - layout->indent);
}

static void
add_line(struct layout *layout, size_t start, size_t end)
{
	const char *text = layout->block->text;

	while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\n'))
		end--;
	struct note_line line = {
	    .block = layout->index, .start = start, .len = end - start, .indent = layout->indent};

	g_strlcpy(line.prefix, layout->lines->len == layout->from ? layout->first : layout->later,
	    sizeof(line.prefix));
	g_array_append_val(layout->lines, line);
}

// One line of the text, without a line feed, in as many as it takes.
static void
wrap_line(struct layout *layout, const char *breaks, size_t start, size_t end)
{
	const char *text = layout->block->text;
	size_t line = start, may = start; // where this line began; where it may end
	int used = 0, used_at_may = 0;

	if (start == end)
		add_line(layout, start, end);
	for (size_t at = start; at < end;) {
		struct text_cluster cluster;
		const char *next = text_cluster_next(text + at, text + end, &cluster);

		if (at > line && breaks[at] != TEXT_BREAK_NONE) {
			may = at;
			used_at_may = used;
		}
		// A blank may hang over the edge.
		if (used + cluster.width > layout->cells && at > line && text[at] != ' ') {
			size_t cut = may > line ? may : at;

			add_line(layout, line, cut);
			used = may > line ? used - used_at_may : 0;
			line = cut;
			while (line < at && text[line] == ' ') {
				line++;
				used--;
			}
			may = line;
			used_at_may = 0;
		}
		used += cluster.width;
		at = next - text;
	}
	if (line < end)
		add_line(layout, line, end);
}

void
notes_wrap(const struct notes *notes, int index, int cells, GArray *lines)
{
	const struct note_block *block = notes->blocks->pdata[index];
	struct layout layout = {.block = block, .index = index, .lines = lines, .from = lines->len};
	size_t len = strlen(block->text);

	prepare(&layout, MAX(cells, CELLS_MIN));
	if (block->kind == NOTE_RULE) {
		struct note_line line = {.block = index, .indent = 4, .prefix = "────"};

		g_array_append_val(lines, line);
		return;
	}
	if (len == 0)
		return;
	g_autofree char *breaks = g_malloc0(len);

	text_breaks(block->text, len, breaks);
	for (size_t start = 0; start < len;) {
		size_t end = start + strcspn(block->text + start, "\n");

		wrap_line(&layout, breaks, start, end);
		start = end + 1;
	}
}
