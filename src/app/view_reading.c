// SPDX-License-Identifier: GPL-3.0-or-later
//
// The frame of the reading pane: which episode, which of its texts, the head, and what keys do.
#include <stdlib.h>
#include <string.h>

#include "app/reading.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/texts.h"
#include "text/chapters.h"
#include "ui/find.h"

static int
count_chapters(struct reading *self)
{
	return (int)reading_chapters(self)->len;
}

static int
count_links(struct reading *self)
{
	return (int)reading_notes(self)->links->len;
}

const struct reading_tab reading_tabs[READ_TABS] = {
    [READ_NOTES] = {N_("Notes"), notes_lay, NULL},
    [READ_TRANSCRIPT] = {N_("Transcript"), transcript_lay, NULL},
    [READ_CHAPTERS] = {N_("Chapters"), chapters_lay, count_chapters},
    [READ_LINKS] = {N_("Links"), links_lay, count_links},
};

static void
forget(struct reading *self, bool transcript_too)
{
	g_clear_pointer(&self->episode, episode_free);
	g_clear_pointer(&self->notes, notes_free);
	g_clear_pointer(&self->chapters, g_ptr_array_unref);
	for (int i = 0; i < READ_TABS; i++)
		if (i != READ_TRANSCRIPT || transcript_too)
			self->texts[i].laid = false;
	if (!transcript_too)
		return;
	g_clear_pointer(&self->transcript, transcript_free);
	self->transcript_read = false;
}

static void
reading_open(struct view *view)
{
	struct reading *self = (struct reading *)view;

	for (int i = 0; i < READ_TABS; i++) {
		textview_init(&self->texts[i].text);
		self->texts[i].items = g_array_new(FALSE, FALSE, sizeof(struct read_item));
	}
	view->list = &self->texts[self->tab].text.list;
	self->follow = true;
	self->cue = -1;
}

static void
reading_close(struct view *view)
{
	struct reading *self = (struct reading *)view;

	forget(self, true);
	g_free(self->transcript_host);
	for (int i = 0; i < READ_TABS; i++) {
		textview_clear(&self->texts[i].text);
		g_array_unref(self->texts[i].items);
	}
}

int
reading_item(struct reading_text *text, double time_s, int link)
{
	struct read_item item = {time_s, link, link > 0};
	g_array_append_val(text->items, item);
	return (int)text->items->len - 1;
}

const struct notes *
reading_notes(struct reading *self)
{
	if (!self->notes) {
		g_autofree char *source =
		    self->episode_id ? episode_notes(self->view.app->store, self->episode_id, NULL)
				     : NULL;
		self->notes = notes_parse(source, -1, self->episode ? self->episode->link : NULL,
		    self->episode ? self->episode->duration_s : -1);
	}
	return self->notes;
}

const GPtrArray *
reading_chapters(struct reading *self)
{
	if (!self->chapters && self->episode_id)
		self->chapters = chapters_load(self->view.app->store, self->episode_id, NULL, NULL);
	if (!self->chapters)
		self->chapters = g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	return self->chapters;
}

static void
set_episode(struct reading *self, gint64 id)
{
	if (self->episode_id != id) {
		forget(self, true);
		for (int i = 0; i < READ_TABS; i++)
			self->texts[i].text.list = (struct listview){0};
		memset(self->asked, 0, sizeof self->asked);
		g_clear_pointer(&self->transcript_host, g_free);
		self->follow = true;
		self->cue = -1;
	}
	self->episode_id = id;
	if (id && !self->episode)
		self->episode = episode_get(self->view.app->store, id, NULL);
}

// Chapters and transcript that the feed offers are fetched when somebody looks.
static void
ask_for_texts(struct reading *self)
{
	struct app *app = self->view.app;
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, self->episode_id);

	if (self->asked[self->tab] || !self->episode_id || !self->view.focused)
		return;
	if (self->tab == READ_TRANSCRIPT && transcript_wants_fetch(self)) {
		self->asked[self->tab] = true;
		app_verb(app, "fetch-transcript", id, NULL);
	} else if (self->tab == READ_CHAPTERS &&
		   chapters_wanted(app->store, self->episode_id, NULL)) {
		self->asked[self->tab] = true;
		app_verb(app, "fetch-chapters", id, NULL);
	}
}

static void
lay_out(struct reading *self)
{
	struct view *view = &self->view;
	struct reading_text *text = &self->texts[self->tab];
	int most = options_int(view->app->options, 0, OPT_TEXT_WIDTH);
	int cells = MAX(MIN(view->area.cols - 2, most), 16);

	bool alone = view->area.cols == view->app->grid->cols;
	if (!text->laid || text->cells != cells || text->alone != alone) {
		struct text_line *line = textview_current(&text->text);
		int item = line ? line->item : -1;
		textview_empty(&text->text);
		g_array_set_size(text->items, 0);
		if (self->episode)
			reading_tabs[self->tab].lay(self, text, cells);
		text->cells = cells;
		text->alone = alone;
		text->laid = true;
		// A transcript begins with its first passage: its head is no place to play from.
		if (item < 0 && self->tab == READ_TRANSCRIPT && text->text.list.cursor == 0)
			item = 0;
		int at = item >= 0 ? textview_line_of(&text->text, item) : -1;
		if (at >= 0)
			text->text.list.cursor = at;
	}
	listview_resize(
	    &text->text.list, (int)text->text.lines->len, view->area.rows - view_head_rows(view));
	view->list = &text->text.list;
}

static void
reading_rows(struct view *view)
{
	struct reading *self = (struct reading *)view;
	struct view *list = app_list(view->app);
	gint64 id = list && list->ops->episode ? list->ops->episode(list) : 0;

	if (self->voice && view->app->playing_id)
		id = view->app->playing_id;
	// A refresh writes all the time; reading a long transcript anew takes longer than a frame.
	if (view->stale & (1 << STORE_EPISODES | 1 << STORE_TEXTS | 1 << STORE_SHOWS))
		forget(self, !transcript_is_same(self));
	set_episode(self, id);
	ask_for_texts(self);
	lay_out(self);
	if (self->tab == READ_TRANSCRIPT)
		transcript_follow(self);
	view->stale = 0;
}

// " Notes [Transcript] Chapters 6  Links 2 follows"
static void
draw_tabs(struct reading *self, const char *right)
{
	struct area area = self->view.area;
	int col = 0, end = area.cols - (right ? text_width(right, -1) : 0);

	for (int i = 0; i < READ_TABS; i++) {
		bool on = i == (int)self->tab;
		int count = reading_tabs[i].count ? reading_tabs[i].count(self) : 0;
		g_autofree char *number = count > 0 ? g_strdup_printf(" %d", count) : g_strdup("");
		g_autofree char *text =
		    g_strdup_printf(on ? "[%s%s]" : " %s%s ", _(reading_tabs[i].name), number);
		if (col + text_width(text, -1) > area.cols)
			break;
		col += draw_text(area, 0, col, -1, on ? STYLE_TAB_ON : STYLE_TAB, text, -1);
	}
	if (right && end >= col)
		draw_right(area, 0, area.cols, STYLE_DIM, right);
}

static void
draw_wide_head(struct reading *self, const char *state)
{
	struct area area = self->view.area;
	const char *dot = self->view.app->marks->glyphs->dot;
	int count = reading_tabs[self->tab].count ? reading_tabs[self->tab].count(self) : 0;
	g_autoptr(GString) right = g_string_new(_(reading_tabs[self->tab].name));

	if (count > 0)
		g_string_append_printf(right, " %s %d", dot, count);
	if (state && *state)
		g_string_append_printf(right, " %s %s", dot, state);
	int end = draw_right(area, 0, area.cols, STYLE_DIM, right->str) - 3;
	if (self->episode)
		draw_fit(area, 0, 0, end, STYLE_HEAD, self->episode->title);
}

static void
reading_draw(struct view *view)
{
	struct reading *self = (struct reading *)view;
	struct app *app = view->app;
	int head = view_head_rows(view);
	bool alone = view->area.cols == app->grid->cols;
	g_autofree char *state = self->tab == READ_TRANSCRIPT ? transcript_head(self, alone) : NULL;
	struct area body = area_part(view->area, head, 0, view->area.rows - head, view->area.cols);

	if (alone)
		draw_wide_head(self, state);
	else
		draw_tabs(self, state);
	struct textview *text = &self->texts[self->tab].text;
	textview_draw(
	    text, body, view->focused ? app->marks->cursor : "", view->focused, view->find);
	if (self->tab == READ_TRANSCRIPT)
		transcript_mark(self, body);
	else if (self->tab == READ_CHAPTERS)
		chapters_mark(self, body);
	if (text->lines->len == 0 && view->focused)
		draw_cursor(body, 0, 0, false);
}

static bool
reading_search(struct view *view, int index, const char *folded)
{
	struct reading *self = (struct reading *)view;
	const GPtrArray *lines = self->texts[self->tab].text.lines;
	size_t start, len;

	return index < (int)lines->len &&
	       find_in(((struct text_line *)lines->pdata[index])->text, folded, 0, &start, &len);
}

static void
reading_moved(struct view *view)
{
	((struct reading *)view)->follow = false;
}

void
reading_open_tab(struct view *view, enum reading_tab_id tab)
{
	struct reading *self = (struct reading *)view;

	if (tab == READ_TRANSCRIPT && self->tab != tab)
		self->follow = true;
	self->tab = tab;
	g_clear_pointer(&view->find, g_free);
	view->list = &self->texts[tab].text.list;
	app_changed(view->app);
}

void
reading_voice(struct view *view)
{
	struct reading *self = (struct reading *)view;

	self->voice = true;
	reading_open_tab(view, READ_TRANSCRIPT);
	self->follow = true;
	self->cue = -1;
}

void
reading_list(struct view *view)
{
	((struct reading *)view)->voice = false;
}

void
reading_open_link(struct view *view, int number)
{
	struct reading *self = (struct reading *)view;
	const struct notes *notes = reading_notes(self);

	if (number == 0 && self->episode && self->episode->link)
		open_url(view->app, self->episode->link);
	else if (number >= 1 && number <= (int)notes->links->len)
		open_url(view->app, ((struct note_link *)notes->links->pdata[number - 1])->url);
	else
		app_say(view->app, g_strdup_printf(_("There is no link %d here."), number));
}

static bool
play_at(struct reading *self, double time_s)
{
	struct app *app = self->view.app;
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, self->episode_id);
	char at[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_formatd(at, sizeof at, "%.3f", MAX(time_s, 0));
	if (!voice_plays(app, self->episode_id))
		return app_verb(app, "play", id, at, NULL);
	voice_before_jump(app);
	if (!play_seek_to(app->play, MAX(time_s, 0)))
		return false;
	return !play_state(app->play)->paused || play_pause(app->play, false);
}

// What Enter means on the current line: what it belongs to; between two passages the next one.
static const struct read_item *
item_here(struct reading *self)
{
	struct reading_text *text = &self->texts[self->tab];
	const GPtrArray *lines = text->text.lines;
	guint at = text->text.list.cursor;
	int item = at < lines->len ? ((struct text_line *)lines->pdata[at])->item : -1;

	while (self->tab == READ_TRANSCRIPT && item < 0 && ++at < lines->len)
		item = ((struct text_line *)lines->pdata[at])->item;
	return item >= 0 && item < (int)text->items->len
		   ? &g_array_index(text->items, struct read_item, item)
		   : NULL;
}

static bool
key_activate(struct reading *self)
{
	const struct read_item *item = item_here(self);

	if (!item)
		return true;
	if (item->time_s >= 0) {
		self->follow = true;
		play_at(self, item->time_s);
	} else if (item->more > 1) {
		lastline_ask(self->view.app, ASK_LINK, "");
	} else if (item->link > 0 || self->tab == READ_LINKS) {
		reading_open_link(&self->view, item->link);
	}
	return true;
}

// In the list of links a digit opens one.
static bool
key_digit(struct reading *self, char **words)
{
	if (self->tab != READ_LINKS || strcmp(words[0], "screen") != 0 || !words[1])
		return false;
	reading_open_link(&self->view, atoi(words[1]));
	return true;
}

static bool
reading_key(struct view *view, char **words)
{
	struct reading *self = (struct reading *)view;

	if (key_digit(self, words))
		return true;
	if (strcmp(words[0], "activate") == 0 && !words[1])
		return key_activate(self);
	if (strcmp(words[0], "right") == 0) {
		if (self->tab + 1 < READ_TABS)
			reading_open_tab(view, self->tab + 1);
		return true;
	}
	return false;
}

static gint64
reading_episode(struct view *view)
{
	return ((struct reading *)view)->episode_id;
}

static gint64
reading_show(struct view *view)
{
	struct reading *self = (struct reading *)view;
	return self->episode ? self->episode->show_id : 0;
}

static const struct hint *
reading_hints(struct view *view)
{
	static const struct hint hints[READ_TABS][9] = {
	    [READ_NOTES] = {{"activate", N_("go there")}, {"transcript", N_("transcript")},
		{"chapters", N_("chapters")}, {"links", N_("links")}, {"find", N_("find")},
		{"wide", N_("full width")}, {"left", N_("back")}, {"help", N_("help")}},
	    [READ_TRANSCRIPT] = {{"activate", N_("play here")}, {"cue -1", NULL},
		{"cue +1", N_("sentence")}, {"voice", N_("to the voice")}, {"find", N_("find")},
		{"left", N_("back")}, {"help", N_("help")}},
	    [READ_CHAPTERS] = {{"activate", N_("play here")}, {"chapter -1", NULL},
		{"chapter +1", N_("chapter")}, {"notes", N_("notes")}, {"left", N_("back")},
		{"help", N_("help")}},
	    [READ_LINKS] = {{"activate", N_("open")}, {"notes", N_("notes")}, {"left", N_("back")},
		{"help", N_("help")}},
	};
	return hints[((struct reading *)view)->tab];
}

static const char *
reading_called(struct view *view)
{
	return reading_tabs[((struct reading *)view)->tab].name;
}

const struct view_ops view_reading = {
    .name = "reading",
    .title = N_("Reading"),
    .size = sizeof(struct reading),
    .kinds = 1 << STORE_EPISODES | 1 << STORE_TEXTS | 1 << STORE_SHOWS,
    .open = reading_open,
    .rows = reading_rows,
    .draw = reading_draw,
    .key = reading_key,
    .search = reading_search,
    .close = reading_close,
    .moved = reading_moved,
    .episode = reading_episode,
    .show = reading_show,
    .hints = reading_hints,
    .called = reading_called,
    .reading = true,
};
