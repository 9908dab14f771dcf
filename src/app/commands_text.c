// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands of reading and finding.
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "base/i18n.h"
#include "base/text.h"

void
do_find_here(struct app *app, char **words)
{
	struct view *view = app_view(app);

	if (!view || !view->ops->search) {
		app_say(app, g_strdup(_("Nothing to find here.")));
		return;
	}
	if (!words[1]) {
		lastline_ask(app, ASK_FIND, "");
		return;
	}
	g_autofree char *text = g_strjoinv(" ", words + 1);
	g_free(view->find);
	view->find = text_fold(text);
	view_find(view, 1, true, g_strdup_printf(_("Nothing for “%s” here."), text));
}

void
do_find_next(struct app *app, char **words)
{
	struct view *view = app_view(app);

	if (!view || !view->find)
		app_say(app, g_strdup(_("Nothing found to go to: / finds.")));
	else
		view_find(view, strcmp(words[0], "find-next") == 0 ? 1 : -1, false,
		    g_strdup(_("Nothing more of it here.")));
}

void
do_filter(struct app *app, char **words)
{
	struct view *view = app_view(app);

	if (!view || !view->ops->filter) {
		app_say(app, g_strdup(_("Lists of shows and of episodes can be filtered.")));
		return;
	}
	if (!words[1]) {
		const char *before = view->ops->filter_words(view);
		lastline_ask(app, ASK_FILTER, before ? before : "");
		return;
	}
	g_autofree char *text = g_strjoinv(" ", words + 1);
	view->ops->filter(view, text, true);
}

static void
focus_reading(struct app *app)
{
	struct screen *screen = &app->screens[app->screen];
	while (app->overlays->len > 0)
		app_pop(app);
	app_focus(app, screen->count - 1);
}

void
do_notes(struct app *app, char **words)
{
	static const char *const names[READ_TABS] = {"notes", "transcript", "chapters", "links"};
	struct view *list = app_list(app);

	if (app->overlays->len > 0)
		return;
	struct view *reading = app_reading(app);
	if (list->ops->episode(list) == 0 && reading->ops->episode(reading) == 0) {
		app_say(app, g_strdup(_("No episode here to read.")));
		return;
	}
	if (app_view(app) != app_reading(app))
		reading_list(app_reading(app));
	for (int i = 0; i < READ_TABS; i++)
		if (strcmp(words[0], names[i]) == 0)
			reading_open_tab(app_reading(app), (enum reading_tab_id)i);
	focus_reading(app);
}

void
do_voice(struct app *app, char **words)
{
	struct view *list = app_list(app);

	if (!app->playing_id) {
		app_say(app, g_strdup(_("Nothing plays.")));
		return;
	}
	// Where the list holds it, its cursor goes there too.
	if (list->ops->episode && list->ops != &view_downloads)
		episodes_go(list, app->playing_id);
	reading_voice(app_reading(app));
	focus_reading(app);
}

void
do_scroll_details(struct app *app, char **words)
{
	struct view *reading = app_reading(app), *view = app_view(app);
	int rows = CLAMP(atoi(words[1]), -1000, 1000);

	if (view == reading || app->overlays->len > 0) {
		listview_move(view->list, rows);
		if (view->ops->moved)
			view->ops->moved(view);
	} else if (reading->area.rows > 0) {
		struct listview *list = reading->list;
		// The text moves, not only its cursor, which nobody sees there.
		int top = CLAMP(list->top + rows, 0, MAX(list->count - list->fits, 0));
		list->top = top;
		list->cursor = CLAMP(list->cursor, top, top + list->fits - 1);
		listview_go(list, CLAMP(list->cursor, top + 1, MAX(top + list->fits - 2, top + 1)));
		reading->ops->moved(reading);
	}
}

void
do_open_link(struct app *app, char **words)
{
	reading_open_link(app_reading(app), atoi(words[1]));
}
