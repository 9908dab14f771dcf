// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view.h"

#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/text.h"
#include "ui/textview.h"

#define FIND_SLICE_US 5000

struct view *
view_new(const struct view_ops *ops, struct app *app)
{
	struct view *view = g_malloc0(ops->size);

	view->ops = ops;
	view->app = app;
	view->list = &view->rows;
	view->stale = ~0U;
	if (ops->open)
		ops->open(view);
	return view;
}

void
view_free(struct view *view)
{
	if (!view)
		return;
	if (view->ops->close)
		view->ops->close(view);
	g_free(view->find);
	g_free(view);
}

bool
view_move(struct view *view, char **words)
{
	const char *command = words[0];
	double amount = words[1] ? g_ascii_strtod(words[1], NULL) : 1;
	struct listview *list = view->list;

	if (strcmp(command, "down") == 0)
		listview_move(list, 1);
	else if (strcmp(command, "up") == 0)
		listview_move(list, -1);
	else if (strcmp(command, "top") == 0)
		listview_go(list, 0);
	else if (strcmp(command, "bottom") == 0)
		listview_go(list, list->count - 1);
	else if (strcmp(command, "page") == 0)
		listview_page(list, CLAMP(amount, -1000, 1000));
	else if (strcmp(command, "half-page") == 0)
		listview_page(list, CLAMP(amount, -1000, 1000) / 2);
	else if (strcmp(command, "centre") == 0)
		listview_centre(list);
	else
		return false;
	if (view->ops->moved)
		view->ops->moved(view);
	app_changed(view->app);
	return true;
}

void
finding_stop(struct app *app)
{
	app->finding.view = NULL;
	g_clear_pointer(&app->finding.none, g_free);
}

void
finding_go_on(struct app *app)
{
	struct finding *finding = &app->finding;
	struct view *view = finding->view;
	gint64 until_us = g_get_monotonic_time() + FIND_SLICE_US;

	if (!view->find) // another list has come there
		finding->tried = finding->count + 1;
	while (finding->tried <= finding->count && g_get_monotonic_time() < until_us) {
		int count = finding->count;
		int away = finding->step * finding->tried++;
		int index = ((finding->from + away) % count + count) % count;
		if (index >= view->list->count || !view->ops->search(view, index, view->find))
			continue;
		listview_go(view->list, index);
		if (view->ops->moved)
			view->ops->moved(view);
		finding_stop(app);
		app_changed(app);
		return;
	}
	if (finding->tried <= finding->count)
		return;
	if (finding->none)
		app_say(app, g_steal_pointer(&finding->none));
	finding_stop(app);
}

void
view_find(struct view *view, int step, bool included, char *none)
{
	struct app *app = view->app;

	finding_stop(app);
	app->finding = (struct finding){.view = view,
	    .step = step,
	    .from = view->list->cursor,
	    .tried = included ? 0 : 1,
	    .count = view->list->count,
	    .none = none};
	if (!view->find || !view->ops->search || view->list->count == 0)
		app->finding.tried = app->finding.count + 1;
	finding_go_on(app);
}

int
view_head_rows(const struct view *view)
{
	if (view->ops->reading) // over the full width with a blank line below
		return view->area.cols == view->app->grid->cols && view->app->grid->rows >= 20 ? 2
											       : 1;
	return view->app->grid->rows < 12 ? 0 : 1;
}

void
view_draw_head(struct view *view, const char *title, const char *right)
{
	int end = view->area.cols;

	if (view_head_rows(view) == 0)
		return;
	if (right && *right)
		end = draw_right(view->area, 0, end, STYLE_DIM, right) - 1;
	draw_fit(view->area, 0, view->area.col > 0 ? 1 : 0, end - (view->area.col > 0 ? 1 : 0),
	    STYLE_HEAD, title);
}

void
view_draw_empty(struct view *view, int row, const char *text)
{
	int cells = MIN(view->area.cols - 4, options_int(view->app->options, 0, OPT_TEXT_WIDTH));
	g_autoptr(GArray) pieces = text_pieces(text, cells);

	for (guint i = 0; i < pieces->len; i++) {
		const struct text_piece *piece = &g_array_index(pieces, struct text_piece, i);
		draw_text(view->area, row + (int)i, 2, cells, STYLE_DIM, text + piece->start,
		    (gssize)piece->len);
	}
	if (view->focused)
		draw_cursor(view->area, row, 0, false);
}

void
view_draw_cursor(struct view *view, int row, int col, int lines, int cells)
{
	const struct marks *marks = view->app->marks;

	if (!view->focused) {
		draw_text(view->area, row, col, 1, STYLE_MARK, marks->cursor_other, -1);
		return;
	}
	draw_text(view->area, row, col, 1, STYLE_MARK, marks->cursor, -1);
	for (int i = 0; i < lines; i++)
		draw_current(view->area, row + i, col, cells);
	draw_cursor(view->area, row, col, false);
}
