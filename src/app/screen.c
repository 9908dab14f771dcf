// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the panes stand, the header above them, the bar and the last line below.
#include <string.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"

#define WIDE_COLS 110 // from here reading has a pane of its own
#define TWO_COLS 70

const char *const screen_names[SCREEN_COUNT] = {
    N_("Shows"), N_("Inbox"), N_("Queue"), N_("Downloads")};

static int
screen_counter(const struct app *app, int screen)
{
	const int counts[SCREEN_COUNT] = {
	    0, app->inbox_count, app->queue_count, app->downloads_count};
	return counts[screen];
}

static char *
tab_text(const struct app *app, int screen)
{
	int count = screen_counter(app, screen);
	if (count == 0)
		return g_strdup_printf("%d %s", screen + 1, _(screen_names[screen]));
	return g_strdup_printf(
	    "%d %s%s%d", screen + 1, _(screen_names[screen]), app->marks->glyphs->dot, count);
}

// "⟳12/80  »2"
static char *
progress_text(struct app *app)
{
	g_autoptr(GString) text = g_string_new(NULL);
	int done, total;

	jobs_refreshing(app, &done, &total);
	if (total > 0 && !options_bool(app->options, OPT_CALM))
		g_string_append_printf(text, "%s%d/%d", app->marks->refresh, done, total);
	if (app->downloads_running > 0)
		g_string_append_printf(text, "%s%s%d", text->len > 0 ? "  " : "",
		    app->marks->coming, app->downloads_running);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

// One tab with its frame: "[1 Shows]" or " 2 Inbox " with room, bare without.
static int
draw_tab(struct app *app, struct area area, int col, int screen, bool room)
{
	g_autofree char *text = tab_text(app, screen);
	bool on = screen == (int)app->screen;
	g_autofree char *framed = g_strdup_printf(on ? "[%s]" : room ? " %s " : "%s", text);
	return draw_text(area, 0, col, -1, on ? STYLE_TAB_ON : STYLE_TAB, framed, -1);
}

static int
tab_cells(struct app *app, int screen, bool room)
{
	g_autofree char *text = tab_text(app, screen);
	return text_width(text, -1) + (room || screen == (int)app->screen ? 2 : 0);
}

static void
draw_header(struct app *app, struct area area)
{
	g_autofree char *progress = progress_text(app);
	int end = *progress ? draw_right(area, 0, area.cols, STYLE_DIM, progress) - 1 : area.cols;
	int cells = SCREEN_COUNT - 1, first = 0, col = 0;

	for (int i = 0; i < SCREEN_COUNT; i++)
		cells += tab_cells(app, i, true);
	bool room = cells <= end;
	// Without room the current one is shown before those after it.
	for (int needed = 0; !room && first < (int)app->screen; first++) {
		needed = 0;
		for (int i = first; i <= (int)app->screen; i++)
			needed += tab_cells(app, i, false) + 1;
		if (needed <= end - 1)
			break;
	}
	for (int i = first; i < SCREEN_COUNT; i++) {
		if (!room &&
		    col + tab_cells(app, i, false) > end - (i + 1 < SCREEN_COUNT ? 2 : 0)) {
			draw_text(area, 0, col, -1, STYLE_TAB, app->marks->glyphs->more, -1);
			break;
		}
		col += draw_tab(app, area, col, i, room) + 1;
	}
}

static void
place(struct view *view, struct area area, bool focused)
{
	view->area = area;
	view->focused = focused;
}

// Panes beside each other, thin lines between them.
static void
place_beside(struct app *app, struct area body, const int *widths, int count)
{
	struct screen *screen = &app->screens[app->screen];
	int col = 0;

	for (int i = 0; i < count; i++) {
		place(screen->panes[i], area_part(body, 0, col, body.rows, widths[i]),
		    i == screen->focus && app->overlays->len == 0);
		col += widths[i] + 1;
	}
}

static bool
takes_all(const struct app *app, const struct view *view)
{
	return view->wide || (view->ops->reading && app->grid->cols < WIDE_COLS);
}

static void
layout(struct app *app)
{
	struct screen *screen = &app->screens[app->screen];
	struct area all = area_all(app->grid);
	int bar = voice_bar_rows(app, all.rows), cols = all.cols;
	struct area whole = area_part(all, 0, 0, all.rows - bar - 1, cols);
	struct area body = area_part(all, 1, 0, all.rows - bar - 2, cols);
	struct view *focused = screen->panes[screen->focus];

	for (int i = 0; i < screen->count; i++)
		place(screen->panes[i], (struct area){.grid = app->grid}, false);
	for (guint i = 0; i < app->overlays->len; i++)
		place(app->overlays->pdata[i], (struct area){.grid = app->grid}, false);
	if (app->overlays->len > 0) {
		place(app_view(app), whole, true);
		return;
	}
	bool calm = options_bool(app->options, OPT_CALM);
	if (takes_all(app, focused)) {
		place(focused, focused->ops->reading ? whole : body, true);
	} else if (cols < TWO_COLS || calm) {
		place(focused, body, true);
	} else if (screen->count == 3) {
		int shows = MIN(9 + cols * 15 / 100, 33), rest = cols - shows - 2;
		int reading = MIN(rest - rest * 485 / 1000, 90);
		if (cols < WIDE_COLS)
			place_beside(app, body, (int[]){shows, cols - shows - 1}, 2);
		else
			place_beside(app, body, (int[]){shows, rest - reading, reading}, 3);
	} else if (cols < WIDE_COLS) {
		place(focused, body, true);
	} else {
		int reading = MIN((cols - 1) * 45 / 100, 90);
		place_beside(app, body, (int[]){cols - 1 - reading, reading}, 2);
	}
}

static void
draw_lines(struct app *app)
{
	const struct screen *screen = &app->screens[app->screen];
	struct area all = area_all(app->grid);

	for (int i = 1; i < screen->count; i++) {
		const struct area *area = &screen->panes[i]->area;
		for (int row = 0; area->rows > 0 && area->col > 0 && row < area->rows; row++)
			draw_text(all, area->row + row, area->col - 1, 1, STYLE_LINE,
			    app->marks->glyphs->line, -1);
	}
}

static bool
too_small(struct app *app)
{
	struct area all = area_all(app->grid);

	if (all.rows >= APP_MIN_ROWS && all.cols >= APP_MIN_COLS)
		return false;
	g_autofree char *words = g_strdup_printf(
	    _("hark needs %d×%d; this is %d×%d."), APP_MIN_COLS, APP_MIN_ROWS, all.cols, all.rows);
	g_autofree char *needs =
	    g_strdup_printf(_("hark needs %d×%d"), APP_MIN_COLS, APP_MIN_ROWS);
	draw_fit(all, 0, 0, -1, STYLE_TEXT, text_width(words, -1) <= all.cols ? words : needs);
	draw_cursor(all, 0, 0, false);
	return true;
}

void
screen_recalc(struct app *app)
{
	struct screen *screen = &app->screens[app->screen];

	layout(app);
	// Lists before what reads beside them; panes that are hidden wait until they are seen.
	for (int i = 0; i < screen->count; i++)
		if (screen->panes[i]->area.rows > 0)
			screen->panes[i]->ops->rows(screen->panes[i]);
	if (app->overlays->len > 0)
		app_view(app)->ops->rows(app_view(app));
}

void
screen_paint(struct app *app)
{
	struct screen *screen = &app->screens[app->screen];
	struct area all = area_all(app->grid);
	int bar = voice_bar_rows(app, all.rows);

	grid_clear(app->grid);
	if (too_small(app))
		return;
	struct view *front = app_view(app);
	if (front->area.row > 0)
		draw_header(app, area_part(all, 0, 0, 1, all.cols));
	for (int i = 0; i < screen->count; i++)
		if (screen->panes[i]->area.rows > 0)
			screen->panes[i]->ops->draw(screen->panes[i]);
	if (app->overlays->len > 0)
		front->ops->draw(front);
	draw_lines(app);
	voice_draw(app, area_part(all, all.rows - bar - 1, 0, bar, all.cols));
	lastline_draw(app, all, all.rows - 1);
}
