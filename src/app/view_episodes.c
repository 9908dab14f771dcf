// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of episodes: the middle pane of the shows, the inbox and the queue. An array of numbers,
// and the rows that are on the screen.
#include "app/view_episodes.h"

#include <string.h>

#include "app/rows.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/shows.h"
#include "ui/find.h"

#define SEARCH_BATCH 64
#define SUMMED_MAX 1000

void
episodes_open(struct view *view)
{
	struct episodes *self = (struct episodes *)view;

	self->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	self->marked = g_array_new(FALSE, FALSE, sizeof(gint64));
	self->kind = view->ops == &view_inbox ? SHOWS_INBOX : SHOWS_ALL;
	self->queue = view->ops == &view_queue;
	self->source_title = g_strdup("");
}

void
episodes_close(struct view *view)
{
	struct episodes *self = (struct episodes *)view;

	g_array_unref(self->ids);
	g_array_unref(self->marked);
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	g_clear_pointer(&self->summed, g_ptr_array_unref);
	g_free(self->filter);
	g_free(self->source_title);
}

static int
index_of(const GArray *ids, gint64 id)
{
	for (guint i = 0; i < ids->len; i++)
		if (g_array_index(ids, gint64, i) == id)
			return (int)i;
	return -1;
}

// The numbers of IDS; they are borrowed.
static GHashTable *
set_of(const GArray *ids)
{
	GHashTable *set = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < ids->len; i++)
		g_hash_table_add(set, &g_array_index(ids, gint64, i));
	return set;
}

// Where the cursor goes in the list IDS: to the episode it was on, else to the nearest after it
// that is still there, else before it.
static int
survivor(struct episodes *self, const GArray *ids, int cursor)
{
	int old = (int)self->ids->len;
	g_autoptr(GHashTable) here = NULL;

	if (cursor >= old || ids->len == 0)
		return 0;
	int at = index_of(ids, g_array_index(self->ids, gint64, cursor));
	if (at >= 0)
		return at;
	here = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = 0; i < ids->len; i++)
		g_hash_table_insert(here, &g_array_index(ids, gint64, i), GUINT_TO_POINTER(i + 1));
	for (int step = 1; step >= -1; step -= 2)
		for (int i = cursor; i >= 0 && i < old; i += step) {
			guint place = GPOINTER_TO_UINT(
			    g_hash_table_lookup(here, &g_array_index(self->ids, gint64, i)));
			if (place > 0)
				return (int)place - 1;
		}
	return 0;
}

// Marks are of what is listed.
static void
keep_marks(struct episodes *self)
{
	g_autoptr(GHashTable) here = set_of(self->ids);
	guint kept = 0;

	for (guint i = 0; i < self->marked->len; i++) {
		gint64 id = g_array_index(self->marked, gint64, i);
		if (g_hash_table_contains(here, &id))
			g_array_index(self->marked, gint64, kept++) = id;
	}
	g_array_set_size(self->marked, kept);
}

static void
take_ids(struct episodes *self, GArray *ids)
{
	struct listview *list = &self->view.rows;
	int offset = list->cursor - list->top, at = survivor(self, ids, list->cursor);

	g_array_unref(self->ids);
	self->ids = ids;
	list->count = (int)ids->len;
	list->top = at - offset;
	listview_go(list, at);
	if (self->marked->len > 0)
		keep_marks(self);
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	self->read = true;
	app_changed(self->view.app);
}

static struct filter *
make_filter(struct episodes *self, GError **error)
{
	struct filter *filter = NULL;
	const char *tag[] = {NULL, NULL};
	g_autofree char *word = NULL;

	switch (self->kind) {
	case SHOWS_SHOW:
		filter = filter_show(self->show_id);
		break;
	case SHOWS_INBOX:
		filter = filter_inbox();
		break;
	case SHOWS_TAG:
		tag[0] = word = g_strdup_printf("tag:%s", self->source_title);
		filter = filter_parse(tag, error);
		break;
	case SHOWS_NONE:
	case SHOWS_ALL:
		filter = self->queue ? filter_queue() : filter_parse(NULL, error);
		break;
	}
	if (!filter || !self->filter)
		return filter;
	g_auto(GStrv) words = g_strsplit_set(self->filter, " ", -1);
	g_autoptr(GPtrArray) filled = g_ptr_array_new();
	for (int i = 0; words[i]; i++)
		if (*words[i])
			g_ptr_array_add(filled, words[i]);
	g_ptr_array_add(filled, NULL);
	struct filter *more = filter_parse((const char *const *)filled->pdata, error);
	if (!more) {
		filter_free(filter);
		return NULL;
	}
	filter_take(filter, more);
	return filter;
}

// Short lists are read at once; what may take longer than a frame is asked of the reader.
static void
read_ids(struct episodes *self)
{
	struct app *app = self->view.app;
	GError *error = NULL;

	if (self->kind == SHOWS_NONE) {
		self->awaited = 0;
		take_ids(self, g_array_new(FALSE, FALSE, sizeof(gint64)));
		return;
	}
	struct filter *filter = make_filter(self, &error);
	enum episode_order order = self->queue ? ORDER_QUEUE : ORDER_NEWEST;

	if (!filter) {
		app_error(app, error);
		return;
	}
	if (self->filter || (self->kind == SHOWS_ALL && !self->queue)) {
		self->awaited = app->asked = reader_ask(app->reader, filter, order);
		return;
	}
	self->awaited = 0;
	GArray *ids = episodes_ids(app->store, filter, order, &error);
	filter_free(filter);
	if (ids)
		take_ids(self, ids);
	else
		app_error(app, error);
	if (!self->filter)
		self->unfiltered = self->ids->len;
}

void
episodes_answer(struct app *app, struct reader_answer *answer)
{
	for (int i = 0; i < SCREEN_COUNT; i++)
		for (int k = 0; k < app->screens[i].count; k++) {
			struct view *view = app->screens[i].panes[k];
			struct episodes *self = (struct episodes *)view;
			if (view->ops->open != episodes_open || self->awaited != answer->serial)
				continue;
			self->awaited = 0;
			if (answer->error)
				app_error(app, g_steal_pointer(&answer->error));
			else
				take_ids(self, g_steal_pointer(&answer->ids));
			if (!self->filter)
				self->unfiltered = self->ids->len;
		}
}

bool
episodes_waits(struct view *view)
{
	return view->ops->open == episodes_open && ((struct episodes *)view)->awaited != 0;
}

// The middle pane lists what the cursor of the shows is on.
static void
follow_source(struct episodes *self)
{
	struct view *view = &self->view;
	gint64 show_id;
	const char *title;

	if (view->ops != &view_episodes)
		return;
	struct view *shows = view->app->screens[SCREEN_SHOWS].panes[0];
	if (shows->ops != &view_shows)
		return;
	enum shows_kind kind = shows_current(shows, &show_id, &title);
	if (self->read && kind == self->kind && show_id == self->show_id &&
	    (kind != SHOWS_TAG || strcmp(title, self->source_title) == 0)) {
		if (strcmp(title, self->source_title) != 0) {
			g_free(self->source_title);
			self->source_title = g_strdup(title);
		}
		return;
	}
	self->kind = kind;
	self->show_id = show_id;
	g_free(self->source_title);
	self->source_title = g_strdup(title);
	g_clear_pointer(&self->filter, g_free);
	g_clear_pointer(&view->find, g_free);
	g_array_set_size(self->marked, 0);
	g_array_set_size(self->ids, 0);
	view->rows.cursor = view->rows.top = view->rows.count = 0;
	self->read = false;
	view->stale = ~0U;
}

static void
read_rows(struct episodes *self)
{
	struct listview *list = &self->view.rows;
	guint count = (guint)listview_shown(list);
	GError *error = NULL;

	if (self->rows && self->first == (guint)list->top && self->rows->len >= count)
		return;
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	self->first = (guint)list->top;
	if (self->ids->len == 0)
		return;
	self->rows = episodes_get(
	    self->view.app->store, &g_array_index(self->ids, gint64, self->first), count, &error);
	if (!self->rows)
		app_error(self->view.app, error);
}

// These lists are short: they are kept for the sum in the head and the times of the rows.
static void
read_summed(struct episodes *self)
{
	guint count = MIN(self->ids->len, SUMMED_MAX);

	g_clear_pointer(&self->summed, g_ptr_array_unref);
	self->summed =
	    episodes_get(self->view.app->store, (gint64 *)(void *)self->ids->data, count, NULL);
}

double
episodes_left_s(const struct episodes *self, guint count)
{
	double sum = 0;

	for (guint i = 0; self->summed && i < MIN(count, self->summed->len); i++)
		if (self->summed->pdata[i])
			sum += MAX(row_left_s(self->view.app, self->summed->pdata[i]), 0);
	return sum;
}

void
episodes_rows(struct view *view)
{
	struct episodes *self = (struct episodes *)view;
	const unsigned lists = 1 << STORE_EPISODES | 1 << STORE_QUEUE | 1 << STORE_SHOWS;

	follow_source(self);
	bool lost = self->awaited && self->awaited != view->app->asked;
	if (view->stale & lists || lost)
		read_ids(self);
	if (view->stale)
		g_clear_pointer(&self->rows, g_ptr_array_unref);
	self->lines = self->queue ? 1 : row_lines(view->app);
	listview_resize(&view->rows, (int)self->ids->len,
	    (view->area.rows - view_head_rows(view)) / self->lines);
	read_rows(self);
	if (view->stale && view->ops != &view_episodes)
		read_summed(self);
	view->stale = 0;
}

void
episodes_moved(struct view *view)
{
	reading_list(app_reading(view->app));
}

const struct episode *
episodes_current(struct view *view)
{
	struct episodes *self = (struct episodes *)view;
	int at = view->rows.cursor - (int)self->first;

	if (view->ops->open != episodes_open || !self->rows || at < 0 || at >= (int)self->rows->len)
		return NULL;
	return self->rows->pdata[at];
}

gint64
episodes_episode(struct view *view)
{
	struct episodes *self = (struct episodes *)view;
	if (view->rows.cursor >= (int)self->ids->len)
		return 0;
	return g_array_index(self->ids, gint64, view->rows.cursor);
}

gint64
episodes_show(struct view *view)
{
	const struct episode *episode = episodes_current(view);
	return episode ? episode->show_id : ((struct episodes *)view)->show_id;
}

bool
episodes_go(struct view *view, gint64 episode_id)
{
	int at = index_of(((struct episodes *)view)->ids, episode_id);
	if (at >= 0)
		listview_go(&view->rows, at);
	return at >= 0;
}

bool
episodes_search(struct view *view, int index, const char *folded)
{
	struct episodes *self = (struct episodes *)view;
	size_t start, len;

	// Rows are read some at a time around the one that is asked about.
	if (!self->found || (guint)index < self->found_first ||
	    (guint)index >= self->found_first + self->found->len) {
		g_clear_pointer(&self->found, g_ptr_array_unref);
		self->found_first = (guint)index / SEARCH_BATCH * SEARCH_BATCH;
		self->found = episodes_get(view->app->store,
		    &g_array_index(self->ids, gint64, self->found_first),
		    MIN(SEARCH_BATCH, self->ids->len - self->found_first), NULL);
	}
	if (!self->found)
		return false;
	const struct episode *episode = self->found->pdata[(guint)index - self->found_first];
	return episode && find_in(episode->title, folded, 0, &start, &len);
}

void
episodes_filter(struct view *view, const char *words, bool done)
{
	struct episodes *self = (struct episodes *)view;
	char *before = self->filter;

	self->filter = words && *words ? g_strdup(words) : NULL;
	if (!done) { // half a word may be wrong: wait for the rest
		struct filter *filter = make_filter(self, NULL);
		if (!filter) {
			g_free(self->filter);
			self->filter = before;
			return;
		}
		filter_free(filter);
	}
	g_free(before);
	view->stale = ~0U;
}

const char *
episodes_filter_words(struct view *view)
{
	return ((struct episodes *)view)->filter;
}

const GArray *
episodes_marked(struct view *view)
{
	struct episodes *self = (struct episodes *)view;
	return view->ops->open == episodes_open && self->marked->len > 0 ? self->marked : NULL;
}

bool
episodes_unmark(struct view *view)
{
	if (!episodes_marked(view))
		return false;
	g_array_set_size(((struct episodes *)view)->marked, 0);
	return true;
}

guint
episodes_count(struct view *view)
{
	return ((struct episodes *)view)->ids->len;
}

// The numbers of the list, for what is done to all of it.
const GArray *
episodes_all(struct view *view)
{
	return ((struct episodes *)view)->ids;
}

void
episodes_toggle_mark(struct episodes *self, int index)
{
	if (index >= (int)self->ids->len)
		return;
	gint64 id = g_array_index(self->ids, gint64, index);
	int at = index_of(self->marked, id);
	if (at >= 0)
		g_array_remove_index(self->marked, (guint)at);
	else
		g_array_append_val(self->marked, id);
}

void
episodes_mark_to(struct episodes *self, int index)
{
	guint count = self->marked->len;
	int last = count > 0
		       ? index_of(self->ids, g_array_index(self->marked, gint64, count - 1))
		       : -1;
	int from = last < 0 ? index : last, step = index < from ? -1 : 1;
	g_autoptr(GArray) before = g_array_copy(self->marked);
	g_autoptr(GHashTable) marked = set_of(before);

	for (int i = from; i != index + step && i < (int)self->ids->len; i += step) {
		const gint64 *id = &g_array_index(self->ids, gint64, i);
		if (!g_hash_table_contains(marked, id))
			g_array_append_val(self->marked, *id);
	}
}

bool
episodes_is_marked(const struct episodes *self, gint64 id)
{
	return index_of(self->marked, id) >= 0;
}
