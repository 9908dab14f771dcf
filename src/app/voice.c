// SPDX-License-Identifier: GPL-3.0-or-later
//
// What plays: the player's state as the interface follows it, and the bar.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/texts.h"
#include "text/chapters.h"
#include "ui/bar.h"

bool
voice_plays(struct app *app, gint64 episode_id)
{
	return episode_id != 0 && app->playing_id == episode_id;
}

static const GPtrArray *
chapters(struct app *app)
{
	if (!app->playing_chapters && app->playing_id)
		app->playing_chapters = chapters_load(app->store, app->playing_id, NULL, NULL);
	if (!app->playing_chapters)
		app->playing_chapters =
		    g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	return app->playing_chapters;
}

static void
episode_changed(struct app *app, const struct play_state *state)
{
	app->playing_id = state->loaded ? state->episode_id : 0;
	app->jump_from_s = -1;
	g_clear_pointer(&app->playing_chapters, g_ptr_array_unref);
	app->store_changed = app->check_now = true;
	app_stale(app, 1 << STORE_POSITIONS | 1 << STORE_TEXTS);
}

static void
say_trouble(struct app *app, const char *trouble)
{
	if (trouble)
		app_say(app, g_strdup(trouble));
}

// The clock shows whole seconds; a transcript on the screen may change its line at any moment.
static void
tick(struct app *app)
{
	const struct play_state *state = play_state(app->play);
	bool calm = options_bool(app->options, OPT_CALM);
	int every_s = calm ? 0 : atoi(options_string(app->options, 0, OPT_BAR_CLOCK)); // "off": 0
	gint64 second = state->loaded ? 0 : -1;
	struct view *reading = app_reading(app);

	if (state->loaded && every_s > 0)
		second = (gint64)floor(state->position_s) / every_s;
	if (second != app->shown_second || (!calm && reading && reading->area.rows > 0))
		app_changed(app);
	app->shown_second = second;
}

void
voice_read(struct app *app)
{
	const struct play_state *state = play_state(app->play);
	gint64 before = app->playing_id;
	bool was_starting = app->starting;
	unsigned bits = play_read(app->play);

	app->starting = state->starting;
	if (bits & PLAY_GONE && !app->ending && before)
		app_say(
		    app, g_strdup(_("The player has gone. The place is kept; Space plays on.")));
	gint64 now = state->connected && state->loaded ? state->episode_id : 0;
	if (now != before || bits & (PLAY_EPISODE | PLAY_GONE))
		episode_changed(app, state);
	if (bits & PLAY_STORE) {
		app->store_changed = app->check_now = true;
		g_clear_pointer(&app->playing_chapters, g_ptr_array_unref);
	}
	if (state->starting || (state->connected && state->loaded))
		app->bar_shown = true;
	if (state->starting != was_starting)
		app_changed(app);
	if (bits & PLAY_TROUBLE)
		say_trouble(app, state->trouble);
	if (bits & ~PLAY_POSITION)
		app_changed(app);
	tick(app);
}

void
voice_before_jump(struct app *app)
{
	const struct play_state *state = play_state(app->play);
	if (state->loaded)
		app->jump_from_s = state->position_s;
}

int
voice_bar_rows(struct app *app, int rows)
{
	if (!app->bar_shown)
		return 0;
	return rows < 12 ? 1 : 2;
}

static char *
left_text(const struct play_state *state)
{
	double speed = state->speed > 0 ? state->speed : 1;
	double left_s = (state->duration_s - state->position_s) / speed;

	if (state->duration_s <= 0)
		return g_strdup("");
	g_autofree char *length = when_length(MAX(left_s, 0)); // cut, as in the rows
	return g_strdup_printf(_("%s left"), length);
}

static void
add_part(GString *line, char *part)
{
	if (part && *part)
		g_string_append_printf(line, "%s%s", line->len > 0 ? "  " : "", part);
	g_free(part);
}

// Right of the line: duration, what is left, chapter, speed and, where there is room, the rest.
static char *
facts(struct app *app, int cols)
{
	const struct play_state *state = play_state(app->play);
	g_autoptr(GString) line = g_string_new(NULL);
	const GPtrArray *all = chapters(app);
	int chapter = chapters_at(all, state->position_s);
	bool off_speed = fabs(state->speed - 1) > 0.001;

	add_part(line, when_clock(state->duration_s));
	if (cols >= 60)
		add_part(line, left_text(state));
	if (state->paused)
		add_part(line, g_strdup(_("paused")));
	if (cols >= 60 && all->len > 0 && chapter >= 0)
		add_part(line, g_strdup_printf(_("ch %d/%u"), chapter + 1, all->len));
	if (off_speed)
		add_part(line, g_strdup_printf("%.3gx", state->speed));
	if (state->muted)
		add_part(line, g_strdup(_("muted")));
	else if (cols >= 110)
		add_part(line, g_strdup_printf(_("vol %d"), state->volume));
	if (state->silent && cols >= 60)
		add_part(line, g_strdup(_("no sound")));
	return g_string_free(g_steal_pointer(&line), FALSE);
}

static void
draw_line(struct app *app, struct area area, int row, int from)
{
	const struct play_state *state = play_state(app->play);
	const GPtrArray *all = chapters(app);
	g_autofree char *position = when_clock(state->position_s), *right = facts(app, area.cols);
	g_autofree double *ticks = g_new0(double, all->len + 1);
	int col = from + draw_text(area, row, from, -1, STYLE_TEXT, position, -1) + 1;
	int end = area.cols - text_width(right, -1) - 1;

	for (guint i = 0; i < all->len; i++)
		ticks[i] = state->duration_s > 0
			       ? ((struct chapter *)all->pdata[i])->start_s / state->duration_s
			       : 0;
	if (end - col >= 6)
		bar_draw(area, row, col, end - col,
		    state->duration_s > 0 ? state->position_s / state->duration_s : 0, ticks,
		    (int)all->len, true);
	draw_text(area, row, MAX(end + 1, col), -1, STYLE_TEXT, right, -1);
}

static void
draw_title(struct app *app, struct area area)
{
	const struct play_state *state = play_state(app->play);
	const char *dot = app->marks->glyphs->dot;
	const char *title = state->title ? state->title : _("(no title)");
	int col = draw_text(area, 0, 0, 2, STYLE_MARK, app->marks->playing, -1) + 1;

	if (!state->show_title || !*state->show_title) {
		draw_fit(area, 0, col, -1, STYLE_STRONG, title);
		return;
	}
	g_autofree char *show = g_strdup_printf(" %s %s", dot, state->show_title);
	int show_cells = MIN(text_width(show, -1), area.cols / 2);
	col += draw_fit(area, 0, col, area.cols - col - show_cells, STYLE_STRONG, title);
	draw_fit(area, 0, col, show_cells, STYLE_DIM, show);
}

void
voice_draw(struct app *app, struct area area)
{
	const struct play_state *state = play_state(app->play);

	if (area.rows == 0)
		return;
	if (!state->connected || !state->loaded) {
		draw_fit(area, 0, 0, -1, STYLE_DIM,
		    state->starting ? _("The player begins …")
				    : _("Nothing plays. Space goes on with what played last."));
		return;
	}
	if (area.rows == 1) {
		int col = draw_text(area, 0, 0, 2, STYLE_MARK, app->marks->playing, -1) + 1;
		draw_line(app, area, 0, col);
		return;
	}
	draw_title(app, area);
	draw_line(app, area, 1, 1);
}
