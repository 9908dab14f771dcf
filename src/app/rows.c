// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rows.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "ui/find.h"

#define DATE_CELLS 10 // of rows of two lines: the day and a blank
#define LEFT_CELLS 10
#define SHOW_CELLS 16 // and a blank: show names are cut to 17 cells

int
row_lines(const struct app *app)
{
	if (app->compact || options_bool(app->options, OPT_COMPACT) || app->grid->rows < 12)
		return 1;
	return app->grid->rows < 30 ? 2 : 3;
}

double
row_left_s(const struct app *app, const struct episode *episode)
{
	const struct play_state *state = play_state(app->play);
	bool playing = app->playing_id == episode->id && state->loaded;
	double length = playing && state->duration_s > 0 ? state->duration_s : episode->duration_s;
	double at = playing ? state->position_s : episode->position_s;

	return length < 0 ? WHEN_NO_LENGTH : MAX(length - at, 0);
}

char *
row_left(const struct app *app, const struct episode *episode)
{
	bool begun = episode->position_s > 0 || voice_plays((struct app *)app, episode->id);
	double left_s = row_left_s(app, episode);
	g_autofree char *length = when_length(begun ? left_s : episode->duration_s);

	if (!begun || !*length)
		return g_steal_pointer(&length);
	// TRANSLATORS: of an episode, in a list; nine cells at most.
	return g_strdup_printf(_("%s left"), length);
}

char *
row_sum(double seconds)
{
	int minutes = (int)lround(MAX(seconds, 0) / 60);
	if (minutes >= 60)
		return g_strdup_printf(_("%d h %d m"), minutes / 60, minutes % 60);
	return g_strdup_printf(_("%d m"), minutes);
}

char *
row_day_long(gint64 instant_s)
{
	g_autoptr(GDateTime) day = NULL, now = g_date_time_new_from_unix_local(when_now());

	if (instant_s == WHEN_UNKNOWN || !(day = g_date_time_new_from_unix_local(instant_s)))
		return g_strdup("");
	if (now && g_date_time_get_year(day) == g_date_time_get_year(now))
		return when_day(instant_s, when_now());
	// TRANSLATORS: a date as strftime writes it: day, short month, year.
	return g_date_time_format(day, _("%-d %b %Y"));
}

static unsigned
title_style(const struct episode *episode)
{
	switch (episode->state) {
	case EPISODE_NEW:
		return STYLE_STRONG;
	case EPISODE_PLAYED:
	case EPISODE_ARCHIVED:
		return STYLE_DIM;
	default:
		return STYLE_TEXT;
	}
}

static const char *
title_of(const struct episode *episode)
{
	return *episode->title ? episode->title : _("(no title)");
}

static void
draw_marks(struct view *view, const struct episode *episode, int row, int col)
{
	const struct app *app = view->app;
	unsigned style;
	const char *mark =
	    mark_state(app->marks, episode, voice_plays(view->app, episode->id), &style);

	draw_text(view->area, row, col + 1, 1, style, mark, -1);
	mark = mark_file(app->marks, episode, &style);
	draw_text(view->area, row, col + 2, 1, style, mark, -1);
}

static void
draw_title(struct view *view, const struct episode *episode, int row, int col, int cells)
{
	draw_fit(view->area, row, col, cells, title_style(episode), title_of(episode));
	if (view->find)
		find_mark(view->area, row, col, cells, title_of(episode), view->find);
}

// One line: title, then what is left at the end.
static void
draw_short(struct view *view, const struct episode *episode, struct row_form form, int row, int col,
    int cells)
{
	g_autofree char *left = when_length(row_left_s(view->app, episode));
	int end = draw_right(view->area, row, col + cells, STYLE_DIM, left) - 1, at = col + 4;

	if (form.show_named && cells >= 60) {
		draw_fit(view->area, row, at, SHOW_CELLS, STYLE_DIM, episode->show_title);
		at += SHOW_CELLS + 1;
	}
	draw_title(view, episode, row, at, MIN(end, col + cells - 5) - at);
}

static char *
highlight_line(struct view *view, const struct episode *episode, struct row_form form)
{
	if (!form.show_named || form.show_column)
		return g_strdup(episode->highlight);
	if (!*episode->highlight)
		return g_strdup(episode->show_title);
	return g_strdup_printf("%s %s %s", episode->show_title, view->app->marks->glyphs->dot,
	    episode->highlight);
}

static void
draw_two(struct view *view, const struct episode *episode, struct row_form form, int row, int col,
    int cells)
{
	g_autofree char *day = when_day(episode->published_s, when_now());
	g_autofree char *left = row_left(view->app, episode);
	g_autofree char *line = highlight_line(view, episode, form);
	int at = col + 4, end = col + cells;

	draw_title(view, episode, row, at, end - at);
	draw_fit(view->area, row + 1, at, MIN(DATE_CELLS - 1, end - at), STYLE_DIM, day);
	at += DATE_CELLS;
	draw_fit(view->area, row + 1, at, MIN(LEFT_CELLS - 1, end - at), STYLE_DIM, left);
	at += LEFT_CELLS;
	draw_fit(view->area, row + 1, at, end - at, STYLE_DIM, line);
}

// Two lines with the show in a column: the inbox.
static void
draw_column(struct view *view, const struct episode *episode, int row, int col, int cells)
{
	g_autofree char *day = when_day(episode->published_s, when_now());
	g_autofree char *left = when_length(row_left_s(view->app, episode));
	int end = col + cells, at = col + 4 + SHOW_CELLS + 1;

	draw_right(view->area, row, end, STYLE_DIM, left);
	draw_right(view->area, row, end - 6, STYLE_DIM, day);
	draw_fit(view->area, row, col + 4, SHOW_CELLS, STYLE_TEXT, episode->show_title);
	draw_title(view, episode, row, at, end - 17 - at);
	draw_fit(view->area, row + 1, col + 5, end - col - 5, STYLE_DIM, episode->highlight);
}

// TRANSLATORS: a place in the queue: 1st, 21st; 2nd; 3rd; 4th. Other languages write all four
// alike.
static char *
place_in_queue(int place)
{
	int last = place % 100 / 10 == 1 ? 0 : place % 10;
	if (last == 1)
		return g_strdup_printf(_("%dst in queue"), place);
	if (last == 2)
		return g_strdup_printf(_("%dnd in queue"), place);
	if (last == 3)
		return g_strdup_printf(_("%drd in queue"), place);
	return g_strdup_printf(_("%dth in queue"), place);
}

static void
add_part(GString *line, const char *part, const char *dot)
{
	if (part && *part)
		g_string_append_printf(line, "%s%s%s%s", line->len > 0 ? " " : "",
		    line->len > 0 ? dot : "", line->len > 0 ? " " : "", part);
}

// "24 Jul · 12m left · 2nd in queue"
static char *
facts_line(struct view *view, const struct episode *episode, struct row_form form)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autofree char *day = row_day_long(episode->published_s);
	g_autofree char *left = row_left(view->app, episode);
	const char *dot = view->app->marks->glyphs->dot;

	if (form.show_named)
		add_part(line, episode->show_title, dot);
	add_part(line, day, dot);
	bool playing = voice_plays(view->app, episode->id);
	add_part(line, playing ? NULL : left, dot);
	if (playing) {
		g_autofree char *whole = when_length(episode->duration_s);
		add_part(line, whole, dot);
		add_part(line, _("playing"), dot);
	} else if (episode->queue_place > 0) {
		g_autofree char *place = place_in_queue(episode->queue_place);
		add_part(line, place, dot);
	} else if (episode->state == EPISODE_PLAYED) {
		add_part(line, _("played"), dot);
	} else if (episode->has_transcript && episode->state == EPISODE_PLAIN) {
		add_part(line, _("transcript"), dot);
	}
	return g_string_free(g_steal_pointer(&line), FALSE);
}

static void
draw_three(struct view *view, const struct episode *episode, struct row_form form, int row, int col,
    int cells)
{
	g_autofree char *facts = facts_line(view, episode, form);

	draw_title(view, episode, row, col + 4, cells - 4);
	draw_fit(view->area, row + 1, col + 5, cells - 5, STYLE_DIM, facts);
	draw_fit(view->area, row + 2, col + 5, cells - 5, STYLE_DIM, episode->highlight);
}

void
row_draw(struct view *view, const struct episode *episode, struct row_form form, int row, int col,
    int cells)
{
	if (!episode)
		return;
	draw_marks(view, episode, row, col);
	if (form.lines == 1)
		draw_short(view, episode, form, row, col, cells);
	else if (form.lines == 2 && form.show_column && cells >= 60)
		draw_column(view, episode, row, col, cells);
	else if (form.lines == 2)
		draw_two(view, episode, form, row, col, cells);
	else
		draw_three(view, episode, form, row, col, cells);
	if (form.marked)
		draw_text(view->area, row, col, 1, STYLE_ALERT, view->app->marks->marked, -1);
}
