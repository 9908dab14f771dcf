// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/find.h"

#include <string.h>

#include "base/text.h"

// TEXT folded character by character, with the byte of TEXT that each folded byte comes from (and
// the end of TEXT behind them).
static char *
fold_with_map(const char *text, GArray *map)
{
	g_autoptr(GString) folded = g_string_new(NULL);

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		char one[8] = {0};
		size_t at = (size_t)(p - text);
		memcpy(one, p, (size_t)g_utf8_skip[(guchar)*p]);
		g_autofree char *part = text_fold(one);
		g_string_append(folded, part);
		for (size_t i = strlen(part); i > 0; i--)
			g_array_append_val(map, at);
	}
	size_t end = strlen(text);
	g_array_append_val(map, end);
	return g_string_free(g_steal_pointer(&folded), FALSE);
}

bool
find_in(const char *text, const char *folded, size_t from, size_t *start, size_t *len)
{
	g_autoptr(GArray) map = g_array_new(FALSE, FALSE, sizeof(size_t));
	g_autofree char *all = fold_with_map(text, map);

	for (const char *hit = strstr(all, folded); hit; hit = strstr(hit + 1, folded)) {
		size_t at = (size_t)(hit - all);
		*start = g_array_index(map, size_t, at);
		if (*start < from)
			continue;
		*len = g_array_index(map, size_t, at + strlen(folded)) - *start;
		return true;
	}
	return false;
}

void
find_mark(struct area area, int row, int col, int max, const char *text, const char *folded)
{
	size_t from = 0, start, len;

	while (find_in(text, folded, from, &start, &len) && len > 0) {
		int before = text_width(text, (gssize)start);
		int width = text_width(text + start, (gssize)len);
		if (before >= max)
			break;
		draw_style(area, row, col + before, MIN(width, max - before), STYLE_MATCH, false);
		from = start + len;
	}
}
