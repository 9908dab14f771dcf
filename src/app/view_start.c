// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first start: no shows yet, a few lines to choose from.
#include <string.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/paths.h"

static void
choose_add(struct app *app)
{
	lastline_ask(app, ASK_ADD, "");
}

static void
choose_tour(struct app *app)
{
	app->then = "tour";
	app->ending = true;
}

static const struct {
	const char *name, *words, *more;
	void (*choose)(struct app *app);
} choices[] = {
    {N_("Add a show"), N_("a feed, a web page or a file"), NULL, choose_add},
    {N_("Take the tour"), N_("three short episodes that explain hark by ear"), NULL, choose_tour},
};

static void
start_rows(struct view *view)
{
	listview_resize(&view->rows, G_N_ELEMENTS(choices), G_N_ELEMENTS(choices));
}

static void
start_draw(struct view *view)
{
	struct area area = view->area;
	int row = area.rows > 8 ? 4 : 2;

	draw_fit(area, 0, 0, -1, STYLE_HEAD, "hark");
	draw_fit(area, row - 2, 2, -1, STYLE_STRONG,
	    _("No shows yet. Choose a line, or paste an address:"));
	for (int i = 0; i < (int)G_N_ELEMENTS(choices); i++, row++) {
		draw_fit(area, row, 4, 24, STYLE_TEXT, _(choices[i].name));
		draw_fit(area, row, 31, -1, STYLE_DIM, _(choices[i].words));
		if (i == view->rows.cursor)
			view_draw_cursor(view, row, 2, 1, area.cols - 4);
	}
	draw_fit(area, row + 1, 2, -1, STYLE_DIM, _("From the shell:  hark add URL    man hark"));
}

static bool
start_key(struct view *view, char **words)
{
	if (strcmp(words[0], "activate") != 0 && strcmp(words[0], "right") != 0)
		return false;
	choices[view->rows.cursor].choose(view->app);
	return true;
}

static const struct hint *
start_hints(struct view *view)
{
	static const struct hint hints[] = {{"down", NULL}, {"up", N_("choose")},
	    {"activate", N_("go")}, {"command", N_("command")}, {"help", N_("help")},
	    {"back", N_("quit")}, {NULL}};
	return hints;
}

const struct view_ops view_start = {
    .name = "start",
    .title = N_("First start"),
    .size = sizeof(struct view),
    .rows = start_rows,
    .draw = start_draw,
    .key = start_key,
    .hints = start_hints,
    .reading = true,
};
