// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listview.h"

#include <glib.h>
#include <math.h>

static void
settle(struct listview *list)
{
	int context = list->fits >= 5 ? 1 : 0;

	list->cursor = CLAMP(list->cursor, 0, MAX(list->count - 1, 0));
	list->top = MIN(list->top, list->cursor - context);
	list->top = MAX(list->top, list->cursor + context - list->fits + 1);
	list->top = CLAMP(list->top, 0, MAX(list->count - list->fits, 0));
}

void
listview_resize(struct listview *list, int count, int fits)
{
	list->count = MAX(count, 0);
	list->fits = MAX(fits, 1);
	settle(list);
}

void
listview_go(struct listview *list, int index)
{
	list->cursor = index;
	settle(list);
}

bool
listview_move(struct listview *list, int delta)
{
	int before = list->cursor;
	listview_go(list, CLAMP((gint64)list->cursor + delta, 0, MAX(list->count - 1, 0)));
	return list->cursor != before;
}

void
listview_page(struct listview *list, double pages)
{
	int whole = fabs(pages) >= 1 ? MAX(list->fits - 1, 1) : MAX(list->fits, 2);
	int rows = (int)lround(pages * whole);

	list->top += rows;
	listview_move(list, rows);
}

void
listview_centre(struct listview *list)
{
	list->top = list->cursor - list->fits / 2;
	settle(list);
}

int
listview_shown(const struct listview *list)
{
	return MIN(list->fits, list->count - list->top);
}
