// SPDX-License-Identifier: GPL-3.0-or-later
//
// The help and the messages: pages of text made of tables, over any screen.
#include <string.h>

#include "app/commands.h"
#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/find.h"
#include "ui/textview.h"

#define COLUMN_CELLS 38
#define KEY_CELLS 11

struct page {
	struct view view;
	struct textview text;
	int cols; // that it was laid for; 0 not yet
	guint messages;
};

static void
page_open(struct view *view)
{
	struct page *self = (struct page *)view;
	textview_init(&self->text);
	view->list = &self->text.list;
}

static void
page_close(struct view *view)
{
	textview_clear(&((struct page *)view)->text);
}

static bool
page_search(struct view *view, int index, const char *folded)
{
	const GPtrArray *lines = ((struct page *)view)->text.lines;
	size_t start, len;
	return find_in(((struct text_line *)lines->pdata[index])->text, folded, 0, &start, &len);
}

static void
page_draw_text(struct page *self)
{
	struct area area = self->view.area;
	textview_draw(&self->text, area_part(area, 1, 0, area.rows - 1, area.cols),
	    self->view.app->marks->cursor, false, self->view.find);
	draw_cursor(area, 1 + self->text.list.cursor - self->text.list.top, 0, false);
}

// The view whose keys the help tells.
static struct view *
view_below(struct app *app)
{
	const struct screen *screen = &app->screens[app->screen];

	return app->overlays->len > 1 ? app->overlays->pdata[app->overlays->len - 2]
				      : screen->panes[screen->focus];
}

static bool
holds(const struct help_row *row, const struct view *below)
{
	g_auto(GStrv) views = row->views ? g_strsplit(row->views, " ", -1) : NULL;
	return !views || g_strv_contains((const char *const *)views, below->ops->name);
}

// Help: what the keys of ROW are on this screen; "" where it does not hold.
static char *
keys_of(struct app *app, const struct help_row *row)
{
	struct view *below = view_below(app);
	g_autoptr(GString) keys = g_string_new(NULL);

	if (!holds(row, below))
		return g_strdup("");

	for (size_t i = 0; i < G_N_ELEMENTS(row->lines) && row->lines[i]; i++) {
		g_autofree char *one =
		    keymap_keys_of(app->keymap, below->ops->name, row->lines[i], 1);
		if (*one)
			g_string_append_printf(keys, "%s%s", keys->len > 0 ? " " : "", one);
	}
	return g_string_free(g_steal_pointer(&keys), FALSE);
}

struct column_line {
	char *keys, *words; // KEYS NULL: a group's name
};

static void
column_line_free(struct column_line *line)
{
	g_free(line->keys);
	g_free(line->words);
	g_free(line);
}

static void
add_column_line(GPtrArray *column, char *keys, const char *words)
{
	struct column_line *line = g_new0(struct column_line, 1);
	line->keys = keys;
	line->words = g_strdup(words);
	g_ptr_array_add(column, line);
}

// The groups of help_rows in two columns: the second begins with "move".
static void
make_columns(struct app *app, GPtrArray *columns[2])
{
	const char *group = NULL;
	int side = 0;

	for (int i = 0; i < 2; i++)
		columns[i] = g_ptr_array_new_with_free_func((GDestroyNotify)column_line_free);
	for (const struct help_row *row = help_rows; row->group; row++) {
		if (g_strcmp0(group, row->group) != 0) {
			group = row->group;
			side = side || strcmp(group, "move") == 0;
			add_column_line(columns[side], NULL, _(group));
		}
		char *keys = keys_of(app, row);
		if (*keys)
			add_column_line(columns[side], keys, _(row->note));
		else
			g_free(keys);
	}
}

static void
append_padded(GString *text, const char *words, int cells)
{
	g_autofree char *fitted = text_fit(words, cells, "…");
	g_string_append(text, fitted);
	for (int i = text_width(fitted, -1); i < cells; i++)
		g_string_append_c(text, ' ');
}

// Writes LINE into TEXT at its end; gives where the keys stand, for their style.
static void
append_column(GString *text, const struct column_line *line, struct text_span *span)
{
	if (!line->keys) {
		*span = (struct text_span){text->len, strlen(line->words), STYLE_HEAD};
		append_padded(text, line->words, COLUMN_CELLS);
		return;
	}
	g_string_append(text, "  ");
	*span = (struct text_span){text->len, strlen(line->keys), STYLE_KEY};
	int keys = MAX(text_width(line->keys, -1), KEY_CELLS - 2);
	append_padded(text, line->keys, keys);
	g_string_append_c(text, ' ');
	append_padded(text, line->words, COLUMN_CELLS - 3 - keys);
}

static void
lay_columns(struct page *self, int cols)
{
	GPtrArray *columns[2];
	bool beside = cols >= 2 * COLUMN_CELLS;

	make_columns(self->view.app, columns);
	guint most =
	    beside ? MAX(columns[0]->len, columns[1]->len) : columns[0]->len + columns[1]->len;
	for (guint i = 0; i < most; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		struct text_span spans[2] = {0};
		bool second = !beside && i >= columns[0]->len;
		GPtrArray *left = columns[second];
		guint at = second ? i - columns[0]->len : i;
		if (at < left->len)
			append_column(text, left->pdata[at], &spans[0]);
		else
			append_padded(text, "", COLUMN_CELLS);
		if (beside && i < columns[1]->len)
			append_column(text, columns[1]->pdata[i], &spans[1]);
		g_strchomp(text->str);
		struct text_line *line =
		    textview_add(&self->text, -1, 1, STYLE_TEXT, text->str, -1);
		for (int k = 0; k < 2; k++)
			text_line_span(line, spans[k].start, spans[k].len, spans[k].style);
	}
	g_ptr_array_unref(columns[0]);
	g_ptr_array_unref(columns[1]);
}

static void
lay_command(struct page *self, const char *name, const char *usage, const char *sentence, int cols)
{
	g_autofree char *keys = keymap_keys_of(self->view.app->keymap, NULL, name, 2);
	g_autofree char *left = g_strdup_printf("%s %s", name, usage);
	g_autoptr(GString) text = g_string_new(NULL);

	append_padded(text, left, 26);
	g_string_append_c(text, ' ');
	append_padded(text, *keys ? keys : "–", 6);
	g_string_append_c(text, ' ');
	g_autoptr(GArray) pieces = text_pieces(sentence, MAX(cols - 36, 20));
	for (guint i = 0; i < pieces->len; i++) {
		const struct text_piece *piece = &g_array_index(pieces, struct text_piece, i);
		if (i > 0)
			g_string_printf(text, "%*s", 34, "");
		g_string_append_len(text, sentence + piece->start, (gssize)piece->len);
		textview_add(&self->text, -1, 1, STYLE_TEXT, text->str, -1);
	}
}

static int
lay_commands(struct page *self, int cols)
{
	int count = 0;
	textview_add(&self->text, -1, 1, STYLE_TEXT, "", 0);
	textview_add(&self->text, -1, 1, STYLE_HEAD, _("all commands"), -1);
	for (size_t i = 0; i < app_commands_count; i++, count++)
		lay_command(self, app_commands[i].name, app_commands[i].usage,
		    _(app_commands[i].sentence), cols);
	for (size_t i = 0; i < verbs_count; i++) {
		if (app_command_find(verbs[i].name))
			continue;
		lay_command(self, verbs[i].name, verbs[i].usage, _(verbs[i].sentence), cols);
		count++;
	}
	return count;
}

static void
help_rows_read(struct view *view)
{
	struct page *self = (struct page *)view;

	if (self->cols != view->area.cols) {
		textview_empty(&self->text);
		lay_columns(self, view->area.cols);
		lay_commands(self, view->area.cols);
		self->cols = view->area.cols;
	}
	listview_resize(&self->text.list, (int)self->text.lines->len, view->area.rows - 1);
}

static void
help_draw(struct view *view)
{
	struct page *self = (struct page *)view;
	struct app *app = view->app;
	struct view *below = view_below(app);
	g_autofree char *title = g_strdup_printf(_("Keys: %s"),
	    _(below->ops->called ? below->ops->called(below) : below->ops->title));
	int count = (int)app_commands_count;

	for (size_t i = 0; i < verbs_count; i++)
		count += !app_command_find(verbs[i].name);
	g_autofree char *right = g_strdup_printf(_("all %d commands below %s / find %s q back"),
	    count, app->marks->glyphs->dot, app->marks->glyphs->dot);
	int end = view->area.cols;
	if (text_width(title, -1) + 2 + text_width(right, -1) <= end)
		end = draw_right(view->area, 0, end, STYLE_DIM, right) - 1;
	draw_fit(view->area, 0, 0, end, STYLE_HEAD, title);
	page_draw_text(self);
}

static const struct hint *
page_hints(struct view *view)
{
	static const struct hint hints[] = {
	    {"page +1", N_("page")}, {"find", N_("find")}, {"back", N_("back")}, {NULL}};
	return hints;
}

const struct view_ops view_help = {
    .name = "help",
    .title = N_("Help"),
    .size = sizeof(struct page),
    .open = page_open,
    .rows = help_rows_read,
    .draw = help_draw,
    .search = page_search,
    .close = page_close,
    .hints = page_hints,
    .reading = true,
};

static void
messages_rows(struct view *view)
{
	struct page *self = (struct page *)view;
	GPtrArray *messages = view->app->messages;

	if (self->cols != view->area.cols || self->messages != messages->len) {
		textview_empty(&self->text);
		for (guint i = messages->len; i-- > 0;) {
			const struct message *message = messages->pdata[i];
			g_autoptr(GDateTime) at = g_date_time_new_from_unix_local(message->at_s);
			g_autofree char *clock =
			    at ? g_date_time_format(at, "%H:%M:%S") : g_strdup("");
			guint first = self->text.lines->len;
			textview_wrap(
			    &self->text, -1, 11, view->area.cols - 12, STYLE_TEXT, message->text);
			struct text_line *line = self->text.lines->pdata[first];
			g_strlcpy(line->margin, clock, sizeof line->margin);
			line->margin_style = STYLE_DIM;
		}
		if (messages->len == 0)
			textview_add(&self->text, -1, 1, STYLE_DIM, _("No messages yet."), -1);
		self->cols = view->area.cols;
		self->messages = messages->len;
	}
	listview_resize(&self->text.list, (int)self->text.lines->len, view->area.rows - 1);
}

static void
messages_draw(struct view *view)
{
	draw_fit(view->area, 0, 0, view->area.cols, STYLE_HEAD, _("Messages, the newest first"));
	page_draw_text((struct page *)view);
}

const struct view_ops view_messages = {
    .name = "messages",
    .title = N_("Messages"),
    .size = sizeof(struct page),
    .open = page_open,
    .rows = messages_rows,
    .draw = messages_draw,
    .search = page_search,
    .close = page_close,
    .hints = page_hints,
    .reading = true,
};
