// SPDX-License-Identifier: GPL-3.0-or-later
//
// How lists of episodes look, and the tables of the three.
#include "app/rows.h"
#include "app/view_episodes.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/shows.h"
#include "ui/find.h"

#define SHOW_CELLS 16
#define LEFT_CELLS 8
#define CLOCK_CELLS 5

// Local time of day SECONDS from now: "22:04".
static char *
clock_in(double seconds)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_local(when_now() + (gint64)seconds);
	return at ? g_date_time_format(at, "%H:%M") : g_strdup("");
}

static double
speed_of(const struct app *app)
{
	const struct play_state *state = play_state(app->play);
	double speed = state->loaded ? state->speed : options_double(app->options, 0, OPT_SPEED);
	return speed > 0 ? speed : 1;
}

// A row of the queue: what is left of it and when it begins.
static void
draw_queued(struct view *view, const struct episode *episode, int row, int cells, double before_s)
{
	g_autofree char *left = row_left(view->app, episode);
	g_autofree char *begins =
	    before_s > 0 ? clock_in(before_s / speed_of(view->app)) : g_strdup(_("now"));
	struct row_form form = {.lines = 1};
	int at = 4 + SHOW_CELLS + 1, end = cells - CLOCK_CELLS - 2 - LEFT_CELLS - 1;

	if (!episode)
		return;
	if (cells < 60) {
		form.marked = episodes_is_marked((struct episodes *)view, episode->id);
		row_draw(view, episode, form, row, 0, cells);
		return;
	}
	unsigned style;
	const char *mark =
	    mark_state(view->app->marks, episode, voice_plays(view->app, episode->id), &style);
	draw_text(view->area, row, 1, 1, style, mark, -1);
	mark = mark_file(view->app->marks, episode, &style);
	draw_text(view->area, row, 2, 1, style, mark, -1);
	draw_fit(view->area, row, 4, SHOW_CELLS, STYLE_TEXT, episode->show_title);
	draw_fit(view->area, row, at, end - at, STYLE_TEXT, episode->title);
	if (view->find)
		find_mark(view->area, row, at, end - at, episode->title, view->find);
	draw_right(view->area, row, cells - CLOCK_CELLS - 2, STYLE_DIM, left);
	draw_right(view->area, row, cells, STYLE_DIM, begins);
	if (episodes_is_marked((struct episodes *)view, episode->id))
		draw_text(view->area, row, 0, 1, STYLE_ALERT, view->app->marks->marked, -1);
}

static char *
inbox_summary(struct episodes *self)
{
	g_autofree char *sum = row_sum(episodes_left_s(self, self->ids->len));
	return g_strdup_printf("%u %s %s", self->ids->len, self->view.app->marks->glyphs->dot, sum);
}

static char *
queue_summary(struct episodes *self)
{
	struct app *app = self->view.app;

	if (self->ids->len == 0)
		return NULL;
	double speed = speed_of(app), left_s = episodes_left_s(self, self->ids->len);
	g_autofree char *sum = row_sum(left_s), *fast = row_sum(left_s / speed);
	g_autofree char *until = clock_in(left_s / speed);

	if (speed > 0.999 && speed < 1.001)
		// TRANSLATORS: queue: number, sign, sum of lengths, time of day
		return g_strdup_printf(
		    _("%u %s %s (until %s)"), self->ids->len, app->marks->glyphs->dot, sum, until);
	// TRANSLATORS: queue: number, sign, sum of lengths, sum at the speed, speed, time of day
	return g_strdup_printf(_("%u %s %s (%s at %gx, until %s)"), self->ids->len,
	    app->marks->glyphs->dot, sum, fast, speed, until);
}

static void
draw_head(struct episodes *self)
{
	struct view *view = &self->view;
	const char *dot = view->app->marks->glyphs->dot;
	g_autofree char *title = NULL, *right = NULL;

	if (self->filter)
		right = g_strdup_printf(_("%u under “%s”"), self->ids->len, self->filter);
	if (view->ops == &view_inbox) {
		title =
		    g_strdup_printf(_("Inbox %s came since you subscribed, not yet decided"), dot);
		right = right ? g_steal_pointer(&right) : inbox_summary(self);
	} else if (self->queue) {
		title = g_strdup_printf(_("Queue %s plays on from the top"), dot);
		right = right ? g_steal_pointer(&right) : queue_summary(self);
	} else {
		title = g_strdup(self->source_title);
		if (!right && view->app->grid->cols < 110)
			right = g_strdup_printf(_("%u %s newest first"), self->ids->len, dot);
		else if (!right)
			right = g_strdup(_("newest first"));
	}
	view_draw_head(view, title, right);
}

static char *
time_ago(gint64 seconds)
{
	int minutes = (int)MIN(seconds / 60, G_MAXINT), hours = minutes / 60, days = hours / 24;

	if (days > 0)
		return g_strdup_printf(ngettext("%d day ago", "%d days ago", days), days);
	if (hours > 0)
		return g_strdup_printf(ngettext("%d hour ago", "%d hours ago", hours), hours);
	if (minutes == 0)
		return g_strdup(_("just now"));
	return g_strdup_printf(ngettext("%d minute ago", "%d minutes ago", minutes), minutes);
}

static char *
all_decided(struct app *app)
{
	g_autofree char *shows = g_strdup_printf(
	    ngettext("%d show", "%d shows", app->shows_count), app->shows_count);

	if (app->last_refresh_s == WHEN_UNKNOWN)
		return g_strdup_printf(_("Nothing undecided. %s. R refreshes."), shows);
	g_autofree char *ago = time_ago(MAX(when_now() - app->last_refresh_s, 0));
	// TRANSLATORS: "10 minutes ago", "80 shows"
	return g_strdup_printf(
	    _("Nothing undecided. Last refresh %s, %s. R refreshes."), ago, shows);
}

char *
queue_empty_words(void)
{
	return g_strdup(_("The queue is empty. e on any episode puts it here; then it plays "
			  "on by itself."));
}

static char *
empty_words(struct episodes *self)
{
	struct app *app = self->view.app;

	if (self->filter) {
		guint hidden = self->unfiltered;
		return g_strdup_printf(
		    ngettext("Nothing under “%s” (%u hidden). q takes the filter off.",
			"Nothing under “%s” (%u hidden). q takes the filter off.", hidden),
		    self->filter, hidden);
	}
	if (self->queue)
		return queue_empty_words();
	if (self->kind == SHOWS_NONE)
		return g_strdup("");
	if (self->kind == SHOWS_INBOX)
		return all_decided(app);
	OWNED(show) show = self->show_id ? show_get(app->store, self->show_id, NULL) : NULL;
	if (show && show->error)
		return g_strdup_printf(_("No episodes yet: %s r asks again."), show->error);
	return g_strdup(_("No episodes yet. r asks the server for them."));
}

static void
episodes_draw(struct view *view)
{
	struct episodes *self = (struct episodes *)view;
	int head = view_head_rows(view), shown = listview_shown(&view->rows);
	// Beside the thin line of two panes stands a blank, and one at the end.
	int col = view->area.col > 0 && view->app->grid->cols < 110 ? 1 : 0;
	int cells = view->area.cols - col - (view->app->grid->cols < 110 ? 1 : 0);
	struct row_form form = {.lines = self->lines,
	    .show_named = self->kind != SHOWS_SHOW,
	    .show_column = view->ops != &view_episodes};
	double before_s = self->queue ? episodes_left_s(self, (guint)view->rows.top) : 0;

	draw_head(self);
	for (int i = 0; i < shown; i++) {
		guint index = (guint)(view->rows.top + i) - self->first;
		const struct episode *episode =
		    self->rows && index < self->rows->len ? self->rows->pdata[index] : NULL;
		int row = head + i * self->lines;
		form.marked = episode && episodes_is_marked(self, episode->id);
		if (self->queue && episode) {
			draw_queued(view, episode, row, cells, before_s);
			before_s += MAX(row_left_s(view->app, episode), 0);
		} else {
			row_draw(view, episode, form, row, col, cells);
		}
		if (view->rows.top + i == view->rows.cursor)
			view_draw_cursor(view, row, col, 1, cells);
	}
	if (self->ids->len == 0 && self->read && !self->awaited) {
		g_autofree char *words = empty_words(self);
		view_draw_empty(view, head + (head > 0 ? 1 : 0), words);
	} else if (self->ids->len == 0 && view->focused) {
		draw_cursor(view->area, head, 0, false);
	}
}

#define EPISODES_FUNCTIONS                                                                         \
	.size = sizeof(struct episodes),                                                           \
	.kinds = 1 << STORE_SHOWS | 1 << STORE_EPISODES | 1 << STORE_QUEUE |                       \
		 1 << STORE_POSITIONS | 1 << STORE_FILES | 1 << STORE_TEXTS,                       \
	.open = episodes_open, .rows = episodes_rows, .draw = episodes_draw, .key = episodes_key,  \
	.search = episodes_search, .filter = episodes_filter,                                      \
	.filter_words = episodes_filter_words, .close = episodes_close, .moved = episodes_moved,   \
	.episode = episodes_episode, .show = episodes_show, .hints = episodes_hints

const struct view_ops view_episodes = {
    .name = "episodes", .title = N_("Episodes"), EPISODES_FUNCTIONS};
const struct view_ops view_inbox = {.name = "inbox", .title = N_("Inbox"), EPISODES_FUNCTIONS};
const struct view_ops view_queue = {.name = "queue", .title = N_("Queue"), EPISODES_FUNCTIONS};
