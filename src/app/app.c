// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starting and ending: a table of parts, up in order and down in reverse.
#include "app/app.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/state.h"
#include "base/error.h"
#include "base/i18n.h"
#include "conf/file.h"
#include "store/texts.h"

#define LAST_START_MS 3000
#define DESCRIPTORS 1000 // the table grows past 64 before there are threads, when that is free

struct view *
app_view(struct app *app)
{
	if (app->overlays->len > 0)
		return app->overlays->pdata[app->overlays->len - 1];
	return app->screens[app->screen].panes[app->screens[app->screen].focus];
}

struct view *
app_list(struct app *app)
{
	struct screen *screen = &app->screens[app->screen];
	return screen->count < 2 ? NULL : screen->panes[screen->count - 2];
}

struct view *
app_reading(struct app *app)
{
	struct screen *screen = &app->screens[app->screen];
	return screen->count < 1 ? NULL : screen->panes[screen->count - 1];
}

void
app_changed(struct app *app)
{
	app->dirty = true;
}

void
app_stale(struct app *app, unsigned kinds)
{
	for (int i = 0; i < SCREEN_COUNT; i++)
		for (int k = 0; k < app->screens[i].count; k++) {
			struct view *view = app->screens[i].panes[k];
			view->stale |= kinds & view->ops->kinds;
		}
	app_changed(app);
}

void
app_focus(struct app *app, int pane)
{
	struct screen *screen = &app->screens[app->screen];
	if (pane != screen->focus)
		screen->panes[screen->focus]->wide = false;
	screen->focus = CLAMP(pane, 0, screen->count - 1);
	app_changed(app);
}

void
app_show_screen(struct app *app, enum screen_id screen)
{
	struct screen *target = &app->screens[screen];

	while (app->overlays->len > 0)
		app_pop(app);
	// From reading at full width a screen's digit leads to its list.
	if (target->focus == target->count - 1)
		target->focus = target->count - 2;
	if (app->screen == screen)
		target->focus = 0;
	else
		lastline_quiet(app);
	target->panes[target->focus]->wide = false;
	app->screen = screen;
	app->store_changed = app->check_now = true;
	app_changed(app);
}

void
app_push(struct app *app, const struct view_ops *ops)
{
	g_ptr_array_add(app->overlays, view_new(ops, app));
	app_changed(app);
}

void
app_remove_overlay(struct app *app, guint index)
{
	struct view *view = g_ptr_array_steal_index(app->overlays, index);

	if (app->finding.view == view)
		finding_stop(app);
	if (app->asked_view == view)
		lastline_forget(app);
	view_free(view);
	app_changed(app);
}

void
app_pop(struct app *app)
{
	if (app->overlays->len > 0)
		app_remove_overlay(app, app->overlays->len - 1);
}

static bool
up_store(struct app *app, GError **error)
{
	const struct paths *paths = app->start->paths;

	if (!paths_ensure_dir(paths->data_dir, error))
		return false;
	app->store = store_open(paths->db, STORE_READ, error);
	return app->store != NULL;
}

static void
down_store(struct app *app)
{
	store_close(app->store);
}

static bool
up_inotify(struct app *app, GError **error)
{
	app->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (app->inotify >= 0)
		inotify_add_watch(
		    app->inotify, app->start->paths->data_dir, IN_MODIFY | IN_CREATE | IN_MOVED_TO);
	return true;
}

static void
down_inotify(struct app *app)
{
	if (app->inotify >= 0)
		close(app->inotify);
}

static bool
up_worker(struct app *app, GError **error)
{
	app->worker = worker_start(app->start->paths, app->options, error);
	if (app->worker) {
		worker_post(app->worker, work_request_new(WORK_DOWNLOAD, NULL, 0));
		worker_post(app->worker, work_request_new(WORK_UNREAD, NULL, 0));
	}
	return app->worker != NULL;
}

static void
down_worker(struct app *app)
{
	worker_stop(app->worker);
}

static bool
up_reader(struct app *app, GError **error)
{
	app->reader = reader_start(app->start->paths->db, error);
	return app->reader != NULL;
}

static void
down_reader(struct app *app)
{
	reader_stop(app->reader);
}

static bool
up_play(struct app *app, GError **error)
{
	app->play = play_new(app->start->paths->socket);
	play_connect(app->play, NULL);
	return true;
}

static void
down_play(struct app *app)
{
	play_free(app->play);
}

static bool
up_terminal(struct app *app, GError **error)
{
	const char *color = options_string(app->options, 0, OPT_COLOR);
	int rows, cols;

	app->term = term_new(g_str_equal(color, "never")    ? TERM_COLOR_NEVER
			     : g_str_equal(color, "always") ? TERM_COLOR_ALWAYS
							    : TERM_COLOR_AUTO,
	    error);
	if (!app->term)
		return false;
	bool ascii = !term_is_utf8() || options_int(app->options, 0, OPT_AMBIGUOUS_WIDTH) == 2;
	app->marks = ascii ? &marks_ascii : &marks_utf8;
	term_size(app->term, &rows, &cols);
	app->grid = grid_new(rows, cols, app->marks->glyphs);
	app->input = input_new();
	return true;
}

static void
down_terminal(struct app *app)
{
	term_free(app->term);
	app->term = NULL;
	grid_free(app->grid);
	input_free(app->input);
}

static void
read_commands(struct app *app)
{
	const GPtrArray *commands_read = app->start->commands;

	for (guint i = 0; commands_read && i < commands_read->len; i++) {
		const struct conf_command *command = commands_read->pdata[i];
		if (app_command_find(command->words[0]) || verb_find(command->words[0]))
			app_run_words(app, command->words);
		else
			app_say(app, g_strdup_printf(_("hark.conf:%d: there is no command “%s”."),
					 command->line, command->words[0]));
	}
	const GPtrArray *problems = app->start->problems;
	for (guint i = 0; problems && i < problems->len; i++)
		app_say(app, g_strdup(problems->pdata[i]));
}

static bool
up_views(struct app *app, GError **error)
{
	static const struct view_ops *const panes[SCREEN_COUNT][PANES_MAX + 1] = {
	    [SCREEN_SHOWS] = {&view_shows, &view_episodes, &view_reading},
	    [SCREEN_INBOX] = {&view_inbox, &view_reading},
	    [SCREEN_QUEUE] = {&view_queue, &view_reading},
	    [SCREEN_DOWNLOADS] = {&view_downloads, &view_reading},
	};

	for (int i = 0; i < SCREEN_COUNT; i++)
		for (int k = 0; panes[i][k]; k++)
			app->screens[i].panes[app->screens[i].count++] = view_new(panes[i][k], app);
	if (app->start->on_episode)
		app->screens[SCREEN_SHOWS].focus = 1;
	app->context = (struct verb_context){.paths = app->start->paths,
	    .options = app->options,
	    .store = app->store,
	    .worker = app->worker,
	    .play = app->play,
	    .profile = app->start->profile,
	    .at_once = true};
	read_commands(app);
	if (app->start->message)
		app_say(app, g_strdup(app->start->message));
	app->dirty = true;
	voice_read(app);
	return true;
}

static void
down_views(struct app *app)
{
	while (app->overlays->len > 0)
		app_pop(app);
	for (int i = 0; i < SCREEN_COUNT; i++)
		for (int k = 0; k < app->screens[i].count; k++)
			view_free(app->screens[i].panes[k]);
	prompt_clear(&app->prompt);
	finding_stop(app);
	g_free(app->question.text);
}

// The terminal comes last but for the views, so that what fails before is said on a usable one;
// threads begin with the terminal's signals blocked.
static const struct {
	bool (*up)(struct app *app, GError **error);
	void (*down)(struct app *app);
} parts[] = {
    {up_store, down_store},
    {up_inotify, down_inotify},
    {up_worker, down_worker},
    {up_reader, down_reader},
    {up_play, down_play},
    {up_terminal, down_terminal},
    {up_views, down_views},
};

static void
message_free(gpointer data)
{
	g_free(((struct message *)data)->text);
	g_free(data);
}

static void
app_clear(struct app *app)
{
	keymap_free(app->keymap);
	g_ptr_array_unref(app->overlays);
	g_ptr_array_unref(app->messages);
	g_hash_table_unref(app->jobs);
	for (size_t i = 0; i < G_N_ELEMENTS(app->history); i++)
		g_clear_pointer(&app->history[i], g_ptr_array_unref);
	g_clear_pointer(&app->completions, g_ptr_array_unref);
	g_clear_pointer(&app->playing_chapters, g_ptr_array_unref);
}

static bool
has_begun(const struct play_state *state, void *data)
{
	return !state->starting;
}

static void
say_goodbye(struct app *app, const char *title)
{
	if (title && !app->hung_up)
		printf(_("Playing on: %s. hark toggle · hark stop · hark\n"), title);
	fflush(stdout);
}

int
app_run(const struct app_start *start)
{
	struct app app = {.start = start,
	    .options = start->options,
	    .inotify = -1,
	    .jump_from_s = -1,
	    .shown_second = -1,
	    .marks = &marks_utf8};
	g_autoptr(GError) error = NULL;
	int grown = fcntl(STDERR_FILENO, F_DUPFD, DESCRIPTORS);
	size_t done = 0;

	if (grown >= 0)
		close(grown);
	app.keymap = keymap_new();
	app.overlays = g_ptr_array_new();
	app.messages = g_ptr_array_new_with_free_func(message_free);
	app.jobs = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, app_job_free);
	term_block_signals();
	while (done < G_N_ELEMENTS(parts) && parts[done].up(&app, &error))
		done++;
	bool started = done == G_N_ELEMENTS(parts);
	if (started)
		app_loop(&app);
	const struct play_state *state = started ? play_state(app.play) : NULL;
	if (state && state->starting && !app.stopped) // what was asked for is to play on
		play_wait(app.play, has_begun, NULL, LAST_START_MS);
	bool plays = state && state->connected && state->loaded && !state->paused && !app.stopped;
	g_autofree char *title = plays ? g_strdup(state->title) : NULL;
	while (done-- > 0)
		parts[done].down(&app);
	if (!started)
		fprintf(stderr, "hark: %s\n", error->message);
	say_goodbye(&app, title);
	const char *then = app.then;
	app_clear(&app);
	if (started && then)
		execl("/proc/self/exe", "hark", then, (char *)NULL);
	return started ? 0 : error->code;
}
