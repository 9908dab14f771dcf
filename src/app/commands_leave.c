// SPDX-License-Identifier: GPL-3.0-or-later
//
// Going back: one layer at a time, then out.
#include <string.h>

#include "app/commands.h"
#include "base/i18n.h"

// One layer: page over the screen, marks, filter, what was found, full width, pane. False: there is
// none.
static bool
peel(struct app *app)
{
	struct view *view = app_view(app);
	struct screen *screen = &app->screens[app->screen];

	app_changed(app);
	if (app->overlays->len > 0 && view->ops != &view_start) {
		app_pop(app);
		return true;
	}
	if (view->ops == &view_start)
		return false;
	if (episodes_unmark(view))
		return true;
	if (view->find) {
		g_clear_pointer(&view->find, g_free);
		return true;
	}
	if (view->ops->filter && view->ops->filter_words(view)) {
		view->ops->filter(view, NULL, true);
		return true;
	}
	if (view->wide) {
		view->wide = false;
		return true;
	}
	if (screen->focus > 0) {
		app_focus(app, screen->focus - 1);
		return true;
	}
	return false;
}

static void
end(struct app *app, bool stop)
{
	if (stop && play_state(app->play)->connected)
		play_quit(app->play);
	app->stopped = stop;
	app->ending = true;
}

static bool
quit_answer(struct app *app, key_code key)
{
	if (key != 'q' && key != 'Q')
		return false;
	end(app, key == 'q');
	return true;
}

// At a list of its own: at once in silence.
static void
ask_to_quit(struct app *app)
{
	const struct play_state *state = play_state(app->play);

	if (!state->connected || !state->loaded || state->paused) {
		end(app, true);
		return;
	}
	lastline_question(app,
	    g_strdup(
		_("Still playing.  q stop and quit   Q quit, keep playing   any other key: stay")),
	    quit_answer);
}

void
do_back(struct app *app, char **words)
{
	if (!peel(app))
		ask_to_quit(app);
}

void
do_peel(struct app *app, char **words)
{
	peel(app);
}

void
do_detach(struct app *app, char **words)
{
	end(app, false);
}

void
do_quit_now(struct app *app, char **words)
{
	end(app, true);
}

void
do_cancel(struct app *app, char **words)
{
	app->waiting = false;
	app_say(app, g_strdup(_("q leaves, Q leaves it playing")));
}

void
do_left(struct app *app, char **words)
{
	struct view *view = app_view(app);
	struct screen *screen = &app->screens[app->screen];

	if (app->overlays->len > 0) {
		if (view->ops != &view_start)
			app_pop(app);
	} else if (view->wide) {
		view->wide = false;
	} else if (screen->focus > 0) {
		app_focus(app, screen->focus - 1);
	}
	app_changed(app);
}

void
do_right(struct app *app, char **words)
{
	struct screen *screen = &app->screens[app->screen];
	struct view *list = app_list(app);

	if (app->overlays->len > 0 || screen->focus + 1 >= screen->count)
		return;
	// Reading needs something to read.
	if (screen->focus + 2 == screen->count && list->ops->episode(list) == 0)
		return;
	if (screen->focus + 2 == screen->count) {
		reading_list(app_reading(app));
		if (app_reading(app)->area.rows == 0) // beside, what it shows is what is gone to
			reading_open_tab(app_reading(app), READ_NOTES);
	}
	app_focus(app, screen->focus + 1);
}
