// SPDX-License-Identifier: GPL-3.0-or-later
//
// Add: what an address is before it is subscribed to. Enter takes the defaults at any moment.
#include <string.h>

#include "app/rows.h"
#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "text/feed.h"
#include "ui/textview.h"

struct add {
	struct view view;
	char *address;
	guint64 serial;		  // of the preview
	struct work_reply *reply; // what came back; NULL not yet
};

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

static void
add_rows(struct view *view)
{
	listview_resize(&view->rows, 1, view->area.rows);
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

static void
draw_feed(struct view *view, const struct feed *feed, int row)
{
	g_autofree char *facts = facts_of(view, feed);

	draw_fit(view->area, row++, 2, -1, STYLE_STRONG,
	    feed->title && *feed->title ? feed->title : _("(no title)"));
	draw_fit(view->area, row++, 2, -1, STYLE_DIM, facts);
	if (feed->description)
		row += draw_wrapped(view, row, STYLE_TEXT, feed->description,
		    MAX(MIN(3, view->area.rows - row - 5), 0));
	row++;
	for (guint i = 0; i < feed->episodes->len && i < 5 && row < view->area.rows - 1; i++)
		draw_episode(view, feed->episodes->pdata[i], row++);
}

static void
add_draw(struct view *view)
{
	struct add *self = (struct add *)view;
	int end = view->area.cols;

	draw_fit(view->area, 0, 0, 14, STYLE_HEAD, _("Add a show"));
	if (self->address) {
		int room = end - 16, width = text_width(self->address, -1);
		draw_fit(view->area, 0, MAX(end - width, 16), room, STYLE_DIM, self->address);
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

static bool
add_key(struct view *view, char **words)
{
	struct add *self = (struct add *)view;
	struct app *app = view->app;

	if (strcmp(words[0], "toggle") == 0 && self->reply && self->reply->feed)
		return hear_newest(app, self->reply->feed);
	if (strcmp(words[0], "activate") != 0)
		return false;
	if (!self->address) {
		lastline_ask(app, ASK_ADD, "");
		return true;
	}
	g_autofree char *address = g_strdup(self->address);
	app_pop(app); // frees the view
	app_verb(app, "add", address, NULL);
	return true;
}

static const struct hint *
add_hints(struct view *view)
{
	static const struct hint hints[] = {{"activate", N_("subscribe")},
	    {"toggle", N_("hear the newest")}, {"add", N_("other address")},
	    {"back", N_("not now")}, {NULL}};
	return hints;
}

const struct view_ops view_add = {
    .name = "add",
    .title = N_("Add a show"),
    .size = sizeof(struct add),
    .rows = add_rows,
    .draw = add_draw,
    .key = add_key,
    .close = add_close,
    .hints = add_hints,
    .reading = true,
};
