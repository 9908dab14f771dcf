// SPDX-License-Identifier: GPL-3.0-or-later
//
// The loop: waits for keys, signals, answers and the store; paints once a turn.
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/state.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/files.h"
#include "store/shows.h"

#define STORE_CHECK_US (G_USEC_PER_SEC / 4) // others' writes are looked at no oftener
#define ESCAPE_MS 25
#define SLOW_TURN_US 16000

enum { POLL_KEYS, POLL_SIGNALS, POLL_WORKER, POLL_READER, POLL_STORE, POLL_PLAYER, POLL_COUNT };

static void
count_for_header(struct app *app)
{
	OWNED(filter) inbox = filter_inbox();
	g_autoptr(GArray) ids = episodes_ids(app->store, inbox, ORDER_NEWEST, NULL);
	g_autoptr(GArray) queue = queue_ids(app->store, NULL);
	g_autoptr(GArray) shows = shows_due(app->store, WHEN_UNKNOWN, NULL);
	g_autoptr(GPtrArray) downloads = downloads_list(app->store, NULL);

	app->inbox_count = ids ? (int)ids->len : 0;
	app->queue_count = queue ? (int)queue->len : 0;
	app->shows_count = shows ? (int)shows->len : 0;
	app->downloads_count = app->downloads_running = 0;
	for (guint i = 0; downloads && i < downloads->len; i++) {
		const struct download *download = downloads->pdata[i];
		app->downloads_count +=
		    download->state != FILE_HERE && download->state != FILE_NONE;
		app->downloads_running += download->state == FILE_RUNNING;
	}
}

// Without shows the first start stands in front of the shows; with the first of them it goes.
static void
first_start(struct app *app)
{
	bool shown =
	    app->overlays->len > 0 && ((struct view *)app->overlays->pdata[0])->ops == &view_start;

	if (app->shows_count == 0 && !shown && app->screen == SCREEN_SHOWS &&
	    app->overlays->len == 0)
		app_push(app, &view_start);
	else if (app->shows_count > 0 && shown)
		app_remove_overlay(app, 0);
}

// Lists whose kind has a new generation are stale.
static void
check_store(struct app *app)
{
	gint64 now_us = g_get_monotonic_time(), generations[STORE_KINDS];
	unsigned kinds = 0;

	if (!app->store_changed || (!app->check_now && now_us - app->checked_us < STORE_CHECK_US))
		return;
	app->store_changed = app->check_now = false;
	app->checked_us = now_us;
	if (!store_generations(app->store, generations, NULL))
		return;
	for (int i = 0; i < STORE_KINDS; i++)
		if (generations[i] != app->generations[i])
			kinds |= 1U << i;
	memcpy(app->generations, generations, sizeof generations);
	if (kinds & ~(1U << STORE_POSITIONS))
		count_for_header(app);
	if (kinds)
		app_stale(app, kinds);
	if (kinds & 1U << STORE_TEXTS)
		g_clear_pointer(&app->playing_chapters, g_ptr_array_unref);
	first_start(app);
}

static int
sooner(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : MIN(a, b);
}

static int
timeout_ms(struct app *app)
{
	int timeout = lastline_timeout_ms(app);

	if (app->store_changed) {
		gint64 due = app->checked_us + STORE_CHECK_US - g_get_monotonic_time();
		timeout = sooner(timeout, due > 0 ? (int)(due / 1000) + 1 : 0);
	}
	if (app->finding.view)
		return 0;
	if (input_waits(app->input) && !app->waiting)
		timeout = sooner(timeout, ESCAPE_MS);
	return timeout;
}

static void
resized(struct app *app)
{
	int rows, cols;
	term_size(app->term, &rows, &cols);
	if (rows != app->grid->rows || cols != app->grid->cols)
		grid_resize(app->grid, rows, cols);
	term_redraw(app->term);
	app_changed(app);
}

static void
take_signals(struct app *app)
{
	unsigned signals = term_signals(app->term);

	if (signals & TERM_SIGNAL_SIZE)
		resized(app);
	if (signals & TERM_SIGNAL_STOP)
		app_run_line(app, "suspend");
	if (signals & (TERM_SIGNAL_END | TERM_SIGNAL_HANGUP)) {
		app->hung_up = signals & TERM_SIGNAL_HANGUP;
		app_run_line(app, "detach");
	}
	if (signals & TERM_SIGNAL_BREAK)
		app_run_line(app, "cancel");
}

static void
press(struct app *app, key_code key)
{
	struct view *view = app_view(app);
	const char *line = NULL;

	finding_stop(app);
	lastline_after_key(app);
	// Esc and a key soon after look like Alt: where that has no binding they are two keys.
	if (key & KC_ALT && !keymap_has(app->keymap, view->ops->name, key)) {
		press(app, KC_ESC);
		press(app, key & ~(key_code)KC_ALT);
		return;
	}
	if (lastline_key(app, key))
		return;
	app_changed(app);
	enum keymap_result result =
	    keymap_press(app->keymap, view->ops->name, key, &line);
	if (result == KEYMAP_LINE) {
		g_autofree char *copy = g_strdup(line); // "bind" may free it
		app_run_line(app, copy);
	} else if (result == KEYMAP_NONE) {
		g_autofree char *name = key_text(key);
		app_say(app, g_strdup_printf(_("%s is bound to nothing; ? shows the keys."), name));
	}
}

// An address that a terminal without bracketed paste types: Add's prompt takes its keys.
static void
look_for_address(struct app *app)
{
	if (app->question.text || app->asking != ASK_NOTHING)
		return;
	if (input_begins(app->input, "http:") || input_begins(app->input, "https:"))
		app_run_line(app, "add");
}

static void
take_input(struct app *app)
{
	struct input_event event;

	if (!app->waiting && !app->ending)
		look_for_address(app);
	while (!app->waiting && !app->ending && input_next(app->input, &event)) {
		if (event.kind == INPUT_PASTE)
			lastline_paste(app, event.text);
		else
			press(app, event.key);
		g_free(event.text);
		// The next key acts on what this one led to, though nothing is painted between.
		if (app->dirty && !app->ending)
			screen_recalc(app);
	}
}

static void
take_answers(struct app *app)
{
	struct work_reply *reply;
	struct reader_answer *answer;

	while ((reply = mailbox_take(worker_replies(app->worker))))
		jobs_reply(app, reply);
	while ((answer = mailbox_take(reader_answers(app->reader)))) {
		episodes_answer(app, answer);
		reader_answer_free(answer);
	}
}

static void
drain_inotify(struct app *app)
{
	char events[4096];
	while (read(app->inotify, events, sizeof events) > 0)
		app->store_changed = true;
}

// ":wait" ends when nothing is under way and nothing unread.
static void
end_waiting(struct app *app)
{
	if (!app->waiting || jobs_outstanding(app) > 0 || app->store_changed || app->dirty ||
	    app->finding.view)
		return;
	for (int i = 0; i < app->screens[app->screen].count; i++)
		if (episodes_waits(app->screens[app->screen].panes[i]))
			return;
	app->waiting = false;
	take_input(app);
}

static void
wait_and_handle(struct app *app)
{
	struct pollfd fds[POLL_COUNT] = {
	    [POLL_KEYS] = {term_fd(app->term), POLLIN, 0},
	    [POLL_SIGNALS] = {term_signal_fd(app->term), POLLIN, 0},
	    [POLL_WORKER] = {mailbox_fd(worker_replies(app->worker)), POLLIN, 0},
	    [POLL_READER] = {mailbox_fd(reader_answers(app->reader)), POLLIN, 0},
	    [POLL_STORE] = {app->inotify, POLLIN, 0},
	    [POLL_PLAYER] = {play_fd(app->play), POLLIN, 0},
	};
	int ready = poll(fds, POLL_COUNT, app->dirty ? 0 : timeout_ms(app));

	if (fds[POLL_SIGNALS].revents)
		take_signals(app);
	if (fds[POLL_KEYS].revents && !term_read(app->term, app->input)) {
		app->hung_up = true;
		app_run_line(app, "detach");
	} else if (ready == 0 && input_waits(app->input)) {
		input_flush(app->input);
	}
	if (app->waiting && input_breaks(app->input))
		app->waiting = false;
	take_input(app);
	if (app->finding.view && !app->dirty) // what keys led to is shown first
		finding_go_on(app);
	if (fds[POLL_WORKER].revents || fds[POLL_READER].revents)
		take_answers(app);
	if (fds[POLL_STORE].revents)
		drain_inotify(app);
	if (fds[POLL_PLAYER].revents)
		voice_read(app);
}

void
app_loop(struct app *app)
{
	app->store_changed = app->check_now = true;
	while (!app->ending) {
		gint64 began_us = g_get_monotonic_time();
		check_store(app);
		if (app->dirty) {
			app->dirty = false;
			screen_recalc(app);
			screen_paint(app);
			term_paint(app->term, app->grid);
		}
		gint64 took_us = g_get_monotonic_time() - began_us;
		if (took_us > SLOW_TURN_US)
			log_line(LOG_STORY, "slow turn: %d ms", (int)(took_us / 1000));
		end_waiting(app);
		wait_and_handle(app);
	}
}
