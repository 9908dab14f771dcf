// SPDX-License-Identifier: GPL-3.0-or-later
//
// Add: what an address is before it is subscribed to. Enter takes the defaults at any moment.
#include <string.h>

#include "app/rows.h"
#include "app/state.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "text/feed.h"
#include "ui/textview.h"

#define SETTING_COL 19

enum { SET_NEW, SET_THERE, SETTINGS };

// What can be set before subscribing; the choices are those of an option, in its order.
static const struct {
	enum option_id option;
	const char *words[5]; // N_(), as they are shown
} settings[SETTINGS] = {
    [SET_NEW] = {OPT_NEW_EPISODES, {N_("inbox"), N_("queue"), N_("queue next"), N_("archive")}},
    [SET_THERE] = {OPT_ON_ADD, {N_("newest one to the inbox"), N_("none"), N_("all")}},
};

struct add {
	struct view view;
	char *address;
	guint64 serial;		  // of the preview
	struct work_reply *reply; // what came back; NULL not yet
	int chosen[SETTINGS];	  // per setting: the index of a choice
	bool touched[SETTINGS];	  // by the user: it goes before the option
};

static const char *
choice_word(const struct add *self, int setting)
{
	return option_rows[settings[setting].option].choices[self->chosen[setting]];
}

static void
add_open(struct view *view)
{
	struct add *self = (struct add *)view;

	for (int i = 0; i < SETTINGS; i++) {
		const char *word =
		    options_string(view->app->options, 0, settings[i].option);
		while (settings[i].words[self->chosen[i] + 1] &&
		       strcmp(choice_word(self, i), word) != 0)
			self->chosen[i]++;
	}
}

static void
add_close(struct view *view)
{
	struct add *self = (struct add *)view;
	g_free(self->address);
	g_clear_pointer(&self->reply, work_reply_free);
}

void
add_address(struct view *view, const char *address)
{
	struct add *self = (struct add *)view;
	struct work_request *request = work_request_new(WORK_PREVIEW, NULL, 0);

	g_free(self->address);
	self->address = text_clean_line(address, -1, 4096);
	g_clear_pointer(&self->reply, work_reply_free);
	request->address = g_strdup(self->address);
	self->serial = worker_post(view->app->worker, request);
	app_changed(view->app);
}

bool
add_reply(struct view *view, struct work_reply *reply)
{
	struct add *self = (struct add *)view;

	if (view->ops != &view_add || reply->serial != self->serial)
		return false;
	if (reply->feed || reply->error) {
		g_clear_pointer(&self->reply, work_reply_free);
		self->reply = reply;
		return true;
	}
	return false;
}

static bool
has_feed(const struct add *self)
{
	return self->reply && self->reply->feed;
}

static void
add_rows(struct view *view)
{
	listview_resize(&view->rows, SETTINGS, SETTINGS);
}

static int
draw_wrapped(struct view *view, int row, unsigned style, const char *text, int most)
{
	int cells = MIN(view->area.cols - 4, options_int(view->app->options, 0, OPT_TEXT_WIDTH));
	g_autoptr(GArray) pieces = text_pieces(text, cells);
	guint i = 0;

	for (; i < pieces->len && (int)i < most; i++) {
		const struct text_piece *piece = &g_array_index(pieces, struct text_piece, i);
		if ((int)i == most - 1 && i + 1 < pieces->len)
			draw_fit(view->area, row + (int)i, 2, cells, style, text + piece->start);
		else
			draw_text(view->area, row + (int)i, 2, cells, style, text + piece->start,
			    (gssize)piece->len);
	}
	return (int)i;
}

static char *
facts_of(struct view *view, const struct feed *feed)
{
	g_autoptr(GString) facts = g_string_new(NULL);
	const char *dot = view->app->marks->glyphs->dot;
	g_autofree char *episodes = g_strdup_printf(
	    ngettext("%u episode", "%u episodes", feed->episodes->len), feed->episodes->len);

	if (feed->author && *feed->author)
		g_string_append_printf(facts, "%s %s ", feed->author, dot);
	g_string_append(facts, episodes);
	return g_string_free(g_steal_pointer(&facts), FALSE);
}

static void
draw_episode(struct view *view, const struct feed_episode *episode, int row)
{
	int cells = view->area.cols - 1;
	g_autofree char *day = when_day(episode->published_s, when_now());
	g_autofree char *length = when_length(episode->duration_s);

	draw_right(view->area, row, cells, STYLE_DIM, length);
	draw_right(view->area, row, cells - 6, STYLE_DIM, day);
	draw_fit(view->area, row, 2, cells - 19, STYLE_TEXT, episode->title ? episode->title : "");
}

// All choices with the chosen one in brackets, or that alone where they do not fit.
static char *
choices_text(struct view *view, int setting)
{
	const struct add *self = (struct add *)view;
	bool ascii = view->app->marks->glyphs == &glyphs_ascii;
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *chosen = g_strdup_printf(ascii ? "< %s >" : "‹ %s ›",
	    _(settings[setting].words[self->chosen[setting]]));

	for (int i = 0; settings[setting].words[i]; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? "   " : "",
		    i == self->chosen[setting] ? chosen : _(settings[setting].words[i]));
	if (text_width(all->str, -1) > view->area.cols - SETTING_COL - 1)
		return g_steal_pointer(&chosen);
	return g_string_free(g_steal_pointer(&all), FALSE);
}

static void
draw_settings(struct view *view, int there, int row)
{
	for (int i = 0; i < SETTINGS; i++) {
		g_autofree char *text = choices_text(view, i);
		g_autofree char *label = i == SET_NEW
					     ? g_strdup(_("New episodes"))
					     : g_strdup_printf(_("The %d there"), there);
		draw_fit(view->area, row + i, 2, SETTING_COL - 3, STYLE_TEXT, label);
		draw_fit(view->area, row + i, SETTING_COL, -1, STYLE_TEXT, text);
		if (i == view->rows.cursor)
			view_draw_cursor(view, row + i, 0, 1, view->area.cols - 1);
	}
}

static void
draw_feed(struct view *view, const struct feed *feed, int row)
{
	g_autofree char *facts = facts_of(view, feed);
	int end = view->area.rows - SETTINGS - 1; // a line is left free

	draw_fit(view->area, row++, 2, -1, STYLE_STRONG,
	    feed->title && *feed->title ? feed->title : _("(no title)"));
	draw_fit(view->area, row++, 2, -1, STYLE_DIM, facts);
	if (feed->description)
		row += draw_wrapped(view, row, STYLE_TEXT, feed->description,
		    MAX(MIN(3, end - row - 5), 0));
	row++;
	for (guint i = 0; i < feed->episodes->len && i < 5 && row < end; i++)
		draw_episode(view, feed->episodes->pdata[i], row++);
	draw_settings(view, (int)feed->episodes->len, row + 1);
}

// Files of one's own are named from home.
static char *
shown_address(const char *address)
{
	g_autofree char *home = g_strconcat(g_get_home_dir(), "/", NULL);

	if (!g_str_has_prefix(address, home))
		return url_without_login(address);
	return g_strconcat("~/", address + strlen(home), NULL);
}

static void
add_draw(struct view *view)
{
	struct add *self = (struct add *)view;
	int end = view->area.cols;

	draw_fit(view->area, 0, 0, 14, STYLE_HEAD, _("Add a show"));
	if (self->address) {
		g_autofree char *shown = shown_address(self->address);
		int room = end - 16, width = text_width(shown, -1);
		draw_fit(view->area, 0, MAX(end - width, 16), room, STYLE_DIM, shown);
	}
	if (!self->address)
		draw_wrapped(view, 2, STYLE_DIM,
		    _("Type or paste the address of a feed or of its web page, or the path of a "
		      "file."),
		    4);
	else if (!self->reply)
		draw_wrapped(view, 2, STYLE_DIM, _("Reading … Enter subscribes already."), 2);
	else if (self->reply->error)
		draw_wrapped(view, 2, STYLE_ALERT, self->reply->error->message, 6);
	else
		draw_feed(view, self->reply->feed, 2);
	if (!has_feed(self))
		draw_cursor(view->area, 2, 0, false);
}

// False: nothing of the feed can be heard, or something plays and Space pauses it.
static bool
hear_newest(struct app *app, const struct feed *feed)
{
	if (feed->episodes->len == 0 || play_state(app->play)->loaded)
		return false;
	const struct feed_episode *episode = feed->episodes->pdata[0];
	if (episode->enclosures->len == 0)
		return false;
	const struct feed_enclosure *audio = episode->enclosures->pdata[0];
	return app_verb(app, "play", audio->url, NULL);
}

static const struct {
	const char *command;
	int step;
	bool around;
} changes[] = {
    {"left", -1, false},
    {"right", 1, false},
    {"next-pane", 1, true},
    {"previous-pane", -1, true},
};

static bool
change(struct add *self, const char *command)
{
	int setting = self->view.rows.cursor, count = 0, to;

	while (settings[setting].words[count])
		count++;
	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		if (strcmp(changes[i].command, command) != 0)
			continue;
		to = self->chosen[setting] + changes[i].step;
		to = changes[i].around ? (to + count) % count : CLAMP(to, 0, count - 1);
		self->touched[setting] |= to != self->chosen[setting];
		self->chosen[setting] = to;
		app_changed(self->view.app);
		return true;
	}
	return false;
}

static void
subscribe(struct add *self)
{
	struct app *app = self->view.app;
	struct work_request *request = verb_add_request(self->address);

	if (self->touched[SET_NEW])
		request->new_episodes = g_strdup(choice_word(self, SET_NEW));
	if (self->touched[SET_THERE])
		request->on_add = g_strdup(choice_word(self, SET_THERE));
	jobs_post(app, request, self->address);
	app_pop(app); // frees the view
}

static bool
add_key(struct view *view, char **words)
{
	struct add *self = (struct add *)view;
	struct app *app = view->app;

	if (strcmp(words[0], "toggle") == 0 && has_feed(self))
		return hear_newest(app, self->reply->feed);
	if (has_feed(self) && change(self, words[0]))
		return true;
	if (strcmp(words[0], "activate") != 0)
		return false;
	if (!self->address) {
		lastline_ask(app, ASK_ADD, "");
		return true;
	}
	subscribe(self);
	return true;
}

static const struct hint *
add_hints(struct view *view)
{
	static const struct hint hints[] = {{"activate", N_("subscribe")},
	    {"toggle", N_("hear the newest")}, {"right", N_("change")},
	    {"add", N_("other address")}, {"back", N_("not now")}, {NULL}};
	static const struct hint nothing[] = {
	    {"add", N_("other address")}, {"back", N_("not now")}, {NULL}};
	const struct add *self = (struct add *)view;
	return self->reply && self->reply->error ? nothing : hints;
}

const struct view_ops view_add = {
    .name = "add",
    .title = N_("Add a show"),
    .size = sizeof(struct add),
    .open = add_open,
    .rows = add_rows,
    .draw = add_draw,
    .key = add_key,
    .close = add_close,
    .hints = add_hints,
    .reading = true,
};
