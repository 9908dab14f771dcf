// SPDX-License-Identifier: GPL-3.0-or-later
//
// What commands do in lists of episodes that they do not do elsewhere.
#include <string.h>

#include "app/view_episodes.h"
#include "base/i18n.h"

static bool
key_activate(struct view *view)
{
	struct app *app = view->app;
	gint64 id = episodes_episode(view);

	if (id == 0)
		return true;
	if (voice_plays(app, id))
		return app_run_words(app, (char *[]){(char *)"voice", NULL});
	return app_verb(app, "play", NULL), true;
}

static bool
key_played(struct view *view)
{
	const struct episode *episode = episodes_current(view);
	bool take_back = episode && episode->state == EPISODE_PLAYED && !episodes_marked(view);

	app_verb(view->app, take_back ? "unplayed" : "played", NULL);
	return true;
}

static bool
key_download(struct view *view)
{
	const struct episode *episode = episodes_current(view);

	if (!episode || episodes_marked(view))
		return false;
	if (episode->file_state == FILE_RUNNING || episode->file_state == FILE_WANTED)
		return app_verb(view->app, "hold", NULL), true;
	if (episode->file_state == FILE_HERE)
		return app_say(view->app, g_strdup(_("Already on this machine."))), true;
	return false;
}

static bool
key_take_out(struct view *view)
{
	struct episodes *self = (struct episodes *)view;
	const struct episode *episode = episodes_current(view);

	if (!episode)
		return true;
	if (self->queue)
		app_verb(view->app, "queue-remove", NULL);
	else if (self->kind == SHOWS_INBOX || episode->in_inbox || episodes_marked(view))
		app_verb(view->app, "archive", NULL);
	else
		app_say(view->app, g_strdup(_("This one is not new: nothing to take it out of.")));
	return true;
}

static bool
all_played_answer(struct app *app, key_code key)
{
	struct view *view = app_list(app);
	struct episodes *self = (struct episodes *)view;

	if (!key_says_yes(key))
		return false;
	const GArray *ids = episodes_all(view);
	g_array_set_size(self->marked, 0);
	g_array_append_vals(self->marked, ids->data, ids->len);
	app_verb(app, "played", NULL);
	g_array_set_size(self->marked, 0);
	return true;
}

static bool
key_played_all(struct view *view)
{
	guint count = episodes_count(view);
	const char *filter = episodes_filter_words(view);

	if (count == 0)
		return true;
	if (filter) {
		lastline_question(view->app,
		    g_strdup_printf(ngettext("Mark the %u under “%s” as played?  y yes   any "
					     "other key: no",
					"Mark the %u under “%s” as played?  y yes   any "
					"other key: no",
					count),
			count, filter),
		    all_played_answer);
		return true;
	}
	lastline_question(view->app,
	    g_strdup_printf(
		ngettext("Mark %u episode as played?  y yes   any other key: no",
		    "Mark all %u episodes as played?  y yes   any other key: no", count),
		count),
	    all_played_answer);
	return true;
}

static bool
key_mark(struct view *view)
{
	episodes_toggle_mark((struct episodes *)view, view->rows.cursor);
	listview_move(&view->rows, 1);
	return true;
}

static bool
key_mark_to(struct view *view)
{
	episodes_mark_to((struct episodes *)view, view->rows.cursor);
	return true;
}

static const struct {
	const char *command;
	bool (*run)(struct view *view);
} keys[] = {
    {"activate", key_activate},
    {"played", key_played},
    {"played-all", key_played_all},
    {"download", key_download},
    {"take-out", key_take_out},
    {"mark", key_mark},
    {"mark-to", key_mark_to},
};

bool
episodes_key(struct view *view, char **words)
{
	struct episodes *self = (struct episodes *)view;

	if (self->queue && self->ids->len == 0 && !self->filter &&
	    g_strv_contains((const char *const[]){"activate", "take-out", "queue-move", NULL},
		words[0]))
		return app_say(view->app, queue_empty_words()), true;
	if (words[1])
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].command, words[0]) == 0)
			return keys[i].run(view);
	return false;
}

const struct hint *
episodes_hints(struct view *view)
{
	static const struct hint shows[] = {{"activate", N_("play")}, {"right", N_("read")},
	    {"queue", N_("queue")}, {"download", N_("download")}, {"played", N_("played")},
	    {"find", N_("find")}, {"filter", N_("filter")}, {"help", N_("help")}, {NULL}};
	static const struct hint inbox[] = {{"queue", N_("queue")}, {"queue-next", N_("next")},
	    {"download", N_("download")}, {"played", N_("played")}, {"take-out", N_("not now")},
	    {"right", N_("read")}, {"activate", N_("play")}, {"help", N_("help")}, {NULL}};
	static const struct hint narrow[] = {{"queue", N_("queue")}, {"take-out", N_("not now")},
	    {"right", N_("read")}, {"help", N_("help")}, {NULL}};
	static const struct hint queue[] = {{"queue-move +1", N_("down")},
	    {"queue-move -1", N_("up")}, {"take-out", N_("take out")}, {"activate", N_("play now")},
	    {"help", N_("help")}, {NULL}};
	static const struct hint empty[] = {
	    {"refresh-all", N_("refresh")}, {"add", N_("add")}, {"help", N_("help")}, {NULL}};

	if (episodes_count(view) == 0)
		return empty;
	if (view->ops == &view_queue)
		return queue;
	if (view->ops == &view_inbox || ((struct episodes *)view)->kind == SHOWS_INBOX)
		return view->app->grid->cols < 60 ? narrow : inbox;
	return shows;
}
