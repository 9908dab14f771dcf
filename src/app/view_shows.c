// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of shows: the inbox, everything, then the shows, those with tags below their tag.
#include <string.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/shows.h"
#include "ui/find.h"

struct entry {
	enum shows_kind kind;
	gint64 id; // of a show
	char *title;
	int count; // what is undecided
	char *error;
};

struct shows {
	struct view view;
	GPtrArray *entries; // struct entry *
	int shows;
	char *filter; // as typed
	bool begun;   // the cursor was put somewhere
};

static void
entry_free(struct entry *entry)
{
	g_free(entry->title);
	g_free(entry->error);
	g_free(entry);
}

static void
add_entry(struct shows *self, enum shows_kind kind, gint64 id, const char *title, int count,
    const char *error)
{
	struct entry *entry = g_new0(struct entry, 1);

	entry->kind = kind;
	entry->id = id;
	entry->title = g_strdup(title);
	entry->count = count;
	entry->error = g_strdup(error);
	g_ptr_array_add(self->entries, entry);
}

static struct entry *
entry_at(struct shows *self, int index)
{
	return index < (int)self->entries->len ? self->entries->pdata[index] : NULL;
}

static void
shows_open(struct view *view)
{
	struct shows *self = (struct shows *)view;
	self->entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
}

static void
shows_close(struct view *view)
{
	struct shows *self = (struct shows *)view;
	g_ptr_array_unref(self->entries);
	g_free(self->filter);
}

static bool
passes(struct shows *self, const char *title)
{
	if (!self->filter)
		return true;
	g_autofree char *folded = text_fold(title);
	g_autofree char *wanted = text_fold(self->filter);
	g_auto(GStrv) words = g_strsplit(wanted, " ", -1);
	for (int i = 0; words[i]; i++)
		if (!strstr(folded, words[i]))
			return false;
	return true;
}

static void
add_show(struct shows *self, const struct show *show)
{
	if (passes(self, show->title))
		add_entry(self, SHOWS_SHOW, show->id, show->title, show->inbox, show->error);
}

// The shows whose first tag is TAG (NULL: those without), in the order they came in.
static void
add_tagged(struct shows *self, const GPtrArray *all, const char *tag)
{
	for (guint i = 0; i < all->len; i++) {
		const struct show *show = all->pdata[i];
		const char *first = show->tags ? show->tags[0] : NULL;
		if (g_strcmp0(first, tag) == 0)
			add_show(self, show);
	}
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return g_utf8_collate(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
first_tags(const GPtrArray *all)
{
	GPtrArray *tags = g_ptr_array_new();

	for (guint i = 0; i < all->len; i++) {
		const struct show *show = all->pdata[i];
		char *first = show->tags ? show->tags[0] : NULL;
		if (first && !g_ptr_array_find_with_equal_func(tags, first, g_str_equal, NULL))
			g_ptr_array_add(tags, first);
	}
	g_ptr_array_sort(tags, by_name);
	return tags;
}

static void
read_shows(struct shows *self)
{
	struct app *app = self->view.app;
	GError *error = NULL;
	g_autoptr(GPtrArray) all = shows_undecided(app->store, &error);

	if (!all) {
		app_error(app, error);
		return;
	}
	const struct entry *before = entry_at(self, self->view.rows.cursor);
	enum shows_kind kind = before ? before->kind : SHOWS_INBOX;
	gint64 id = before ? before->id : 0;
	g_autofree char *title = g_strdup(before ? before->title : NULL);

	g_ptr_array_set_size(self->entries, 0);
	self->shows = (int)all->len;
	int inbox = 0;
	app->last_refresh_s = WHEN_UNKNOWN;
	for (guint i = 0; i < all->len; i++) {
		const struct show *show = all->pdata[i];
		inbox += show->inbox;
		app->last_refresh_s = MAX(app->last_refresh_s, show->last_try_s);
	}
	if (!self->filter) {
		add_entry(self, SHOWS_INBOX, 0, _("Inbox"), inbox, NULL);
		add_entry(self, SHOWS_ALL, 0, _("All shows"), 0, NULL);
	}
	add_tagged(self, all, NULL);
	g_autoptr(GPtrArray) tags = first_tags(all);
	for (guint i = 0; i < tags->len; i++) {
		add_entry(self, SHOWS_TAG, 0, tags->pdata[i], 0, NULL);
		add_tagged(self, all, tags->pdata[i]);
		const struct entry *last = self->entries->pdata[self->entries->len - 1];
		if (self->filter && last->kind == SHOWS_TAG)
			g_ptr_array_remove_index(self->entries, self->entries->len - 1);
	}
	for (guint i = 0; i < self->entries->len; i++) {
		const struct entry *entry = self->entries->pdata[i];
		if (entry->kind == kind && entry->id == id &&
		    (kind != SHOWS_TAG || g_strcmp0(entry->title, title) == 0))
			self->view.rows.cursor = (int)i;
	}
	if (!self->begun && self->shows > 0) {
		self->view.rows.cursor = inbox > 0 && !app->start->on_episode ? 0 : 2;
		self->begun = true;
	}
}

static void
shows_rows(struct view *view)
{
	struct shows *self = (struct shows *)view;

	if (view->stale)
		read_shows(self);
	view->stale = 0;
	listview_resize(
	    &view->rows, (int)self->entries->len, view->area.rows - view_head_rows(view));
}

static void
draw_entry(struct shows *self, const struct entry *entry, int row, bool current)
{
	struct view *view = &self->view;
	int cells = view->area.cols - 1, end = cells;
	unsigned style = entry->kind == SHOWS_TAG ? STYLE_DIM
			 : entry->count > 0	  ? STYLE_STRONG
						  : STYLE_TEXT;

	if (entry->count > 0) {
		g_autofree char *count = g_strdup_printf("%d", entry->count);
		end = draw_right(view->area, row, cells, STYLE_DIM, count);
	}
	int room = MIN(end - 1, cells - 2) - 2;
	if (entry->kind == SHOWS_TAG)
		draw_text(view->area, row, 0, 1, STYLE_DIM, "-", -1);
	draw_fit(view->area, row, 2, room, style, entry->title);
	if (view->find)
		find_mark(view->area, row, 2, room, entry->title, view->find);
	if (entry->error)
		draw_text(
		    view->area, row, current ? 1 : 0, 1, STYLE_ALERT, view->app->marks->failed, -1);
	if (current)
		view_draw_cursor(view, row, 0, 1, cells);
}

static void
shows_draw(struct view *view)
{
	struct shows *self = (struct shows *)view;
	int head = view_head_rows(view), shown = listview_shown(&view->rows);

	if (head > 0) {
		g_autofree char *count = g_strdup_printf("%d", self->shows);
		draw_fit(view->area, 0, 0, view->area.cols - 4, STYLE_HEAD, _("Shows"));
		draw_right(view->area, 0, view->area.cols - 1, STYLE_DIM, count);
	}
	for (int i = 0; i < shown; i++) {
		int index = view->rows.top + i;
		draw_entry(self, self->entries->pdata[index], head + i, index == view->rows.cursor);
	}
	if (shown == 0 && self->filter) {
		g_autofree char *text = g_strdup_printf(
		    ngettext("Nothing under “%s” (%d hidden). q takes the filter off.",
			"Nothing under “%s” (%d hidden). q takes the filter off.", self->shows),
		    self->filter, self->shows);
		view_draw_empty(view, head, text);
	}
}

static bool
shows_search(struct view *view, int index, const char *folded)
{
	const struct entry *entry = entry_at((struct shows *)view, index);
	size_t start, len;
	return entry && find_in(entry->title, folded, 0, &start, &len);
}

enum shows_kind
shows_current(struct view *view, gint64 *show_id, const char **title)
{
	const struct entry *entry = entry_at((struct shows *)view, view->rows.cursor);

	*show_id = entry ? entry->id : 0;
	*title = entry ? entry->title : "";
	return entry ? entry->kind : SHOWS_NONE;
}

static gint64
shows_show(struct view *view)
{
	const struct entry *entry = entry_at((struct shows *)view, view->rows.cursor);
	return entry ? entry->id : 0;
}

bool
shows_go(struct view *view, gint64 show_id)
{
	struct shows *self = (struct shows *)view;

	read_shows(self);
	self->begun = true;
	for (guint i = 0; i < self->entries->len; i++)
		if (((struct entry *)self->entries->pdata[i])->id == show_id) {
			view->rows.count = (int)self->entries->len;
			listview_go(&view->rows, (int)i);
			return true;
		}
	return false;
}

static void
shows_filter(struct view *view, const char *words, bool done)
{
	struct shows *self = (struct shows *)view;

	g_free(self->filter);
	self->filter = words && *words ? g_strdup(words) : NULL;
	view->stale = ~0U;
}

static const char *
shows_filter_words(struct view *view)
{
	return ((struct shows *)view)->filter;
}

static bool
remove_answer(struct app *app, key_code key)
{
	return key_says_yes(key) && app_verb(app, "remove", NULL);
}

static bool
shows_key(struct view *view, char **words)
{
	struct app *app = view->app;
	const struct entry *entry = entry_at((struct shows *)view, view->rows.cursor);

	if (strcmp(words[0], "activate") == 0) {
		app_focus(app, 1);
		return true;
	}
	if (strcmp(words[0], "played-all") == 0) { // of the list that stands beside, and is seen
		app_focus(app, 1);
		screen_recalc(app);
		return app_view(app)->ops->key(app_view(app), words);
	}
	if (strcmp(words[0], "delete") == 0 && entry && entry->kind == SHOWS_SHOW) {
		lastline_question(app,
		    g_strdup_printf(
			_("Unsubscribe from “%s”?  y yes   any other key: no"), entry->title),
		    remove_answer);
		return true;
	}
	if (strcmp(words[0], "refresh") == 0 && !words[1] && entry && entry->kind != SHOWS_SHOW)
		return app_verb(app, "refresh-all", NULL);
	return false;
}

static const struct hint *
shows_hints(struct view *view)
{
	static const struct hint on_show[] = {{"activate", N_("episodes")},
	    {"refresh", N_("refresh")}, {"add", N_("add")}, {"delete", N_("unsubscribe")},
	    {"find", N_("find")}, {"filter", N_("filter")}, {"help", N_("help")}, {NULL}};
	static const struct hint on_list[] = {{"activate", N_("episodes")},
	    {"refresh-all", N_("refresh all")}, {"add", N_("add")}, {"find", N_("find")},
	    {"filter", N_("filter")}, {"help", N_("help")}, {NULL}};
	return shows_show(view) ? on_show : on_list;
}

// What is wrong with the show under the cursor, and what to press.
static char *
shows_note(struct view *view)
{
	const struct entry *entry = entry_at((struct shows *)view, view->rows.cursor);

	if (!entry || !entry->error)
		return NULL;
	return g_strdup_printf(_("! %s r tries now."), entry->error);
}

const struct view_ops view_shows = {
    .name = "shows",
    .title = N_("Shows"),
    .size = sizeof(struct shows),
    .kinds = 1 << STORE_SHOWS | 1 << STORE_EPISODES,
    .open = shows_open,
    .rows = shows_rows,
    .draw = shows_draw,
    .key = shows_key,
    .search = shows_search,
    .filter = shows_filter,
    .filter_words = shows_filter_words,
    .close = shows_close,
    .show = shows_show,
    .hints = shows_hints,
    .note = shows_note,
};
