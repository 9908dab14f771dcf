// SPDX-License-Identifier: GPL-3.0-or-later
//
// The downloads: what comes down, what waits and failed, then the files on this machine.
#include <string.h>
#include <sys/statvfs.h>

#include "app/rows.h"
#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/files.h"
#include "ui/bar.h"
#include "ui/find.h"

#define BAR_CELLS 44

struct downloads {
	struct view view;
	GPtrArray *list; // struct download *: running, waiting, held, failed, then here
	int running, waiting, failed, here;
	gint64 here_bytes;
};

static void
downloads_close(struct view *view)
{
	g_clear_pointer(&((struct downloads *)view)->list, g_ptr_array_unref);
}

static int
rank(const struct download *download)
{
	switch (download->state) {
	case FILE_RUNNING:
		return 0;
	case FILE_WANTED:
		return 1;
	case FILE_HELD:
		return 2;
	case FILE_FAILED:
		return 3;
	default:
		return 4;
	}
}

static gint
by_rank(gconstpointer a, gconstpointer b)
{
	const struct download *left = *(struct download *const *)a;
	const struct download *right = *(struct download *const *)b;
	if (rank(left) != rank(right))
		return rank(left) - rank(right);
	return left->id < right->id ? -1 : left->id > right->id;
}

static void
count(struct downloads *self)
{
	self->running = self->waiting = self->failed = self->here = 0;
	self->here_bytes = 0;
	for (guint i = 0; i < self->list->len; i++) {
		const struct download *download = self->list->pdata[i];
		self->running += download->state == FILE_RUNNING;
		self->waiting += download->state == FILE_WANTED || download->state == FILE_HELD;
		self->failed += download->state == FILE_FAILED;
		self->here += download->state == FILE_HERE;
		if (download->state == FILE_HERE)
			self->here_bytes += MAX(download->bytes, 0);
	}
}

static struct download *
current(struct view *view)
{
	struct downloads *self = (struct downloads *)view;
	if (!self->list || view->rows.cursor >= (int)self->list->len)
		return NULL;
	return self->list->pdata[view->rows.cursor];
}

static void
downloads_rows(struct view *view)
{
	struct downloads *self = (struct downloads *)view;
	GError *error = NULL;

	if (view->stale || !self->list) {
		const struct download *before = current(view);
		gint64 id = before ? before->id : 0;
		GPtrArray *list = downloads_list(view->app->store, &error);
		if (!list) {
			app_error(view->app, error);
			list = g_ptr_array_new();
		}
		g_ptr_array_sort(list, by_rank);
		for (guint i = 0; i < list->len; i++)
			if (((struct download *)list->pdata[i])->id == id)
				view->rows.cursor = (int)i;
		g_clear_pointer(&self->list, g_ptr_array_unref);
		self->list = list;
		count(self);
		view->stale = 0;
	}
	listview_resize(&view->rows, (int)self->list->len,
	    (view->area.rows - view_head_rows(view)) / row_lines(view->app) > 0
		? (view->area.rows - view_head_rows(view)) / MIN(row_lines(view->app), 2)
		: 1);
}

static char *
bytes_text(gint64 bytes)
{
	if (bytes < 0)
		return g_strdup("?");
	if (bytes >= 1000000000)
		return g_strdup_printf(_("%.1f GB"), (double)bytes / 1e9);
	if (bytes < 1000000)
		return g_strdup_printf(_("%.0f kB"), (double)bytes / 1e3);
	return g_strdup_printf(_("%.0f MB"), (double)bytes / 1e6);
}

static char *
progress_text(gint64 bytes, gint64 total, double rate)
{
	g_autofree char *size = bytes_text(total), *so_far = bytes_text(bytes);

	if (total <= 0)
		return g_strdup_printf("%s %s %.1f MB/s", so_far, "·", rate / 1e6);
	int percent = (int)(100 * bytes / total);
	if (rate <= 0)
		return g_strdup_printf(_("%d%% of %s"), percent, size);
	g_autofree char *left = when_length((double)(total - bytes) / rate);
	return g_strdup_printf(_("%d%% of %s · %.1f MB/s · %s"), percent, size, rate / 1e6, left);
}

static const char *
mark_of(const struct app *app, const struct download *download, unsigned *style)
{
	*style = STYLE_MARK;
	switch (download->state) {
	case FILE_RUNNING:
		return app->marks->coming;
	case FILE_FAILED:
		*style = STYLE_ALERT;
		return app->marks->failed;
	case FILE_HERE:
		return app->marks->here;
	default:
		return "";
	}
}

static char *
state_text(const struct app *app, const struct download *download)
{
	switch (download->state) {
	case FILE_WANTED:
		return g_strdup(_("waits for its turn"));
	case FILE_HELD:
		return g_strdup(_("held; d goes on"));
	case FILE_FAILED:
		return g_strdup(download->error ? download->error : _("It failed; d tries again."));
	default:
		break;
	}
	g_autofree char *size = bytes_text(download->bytes);
	g_autofree char *day = row_day_long(download->published_s);
	return g_strdup_printf("%s %s %s", day, app->marks->glyphs->dot, size);
}

static void
draw_second(struct view *view, const struct download *download, int row, int cells)
{
	gint64 bytes = download->bytes, total = download->total;
	double rate = 0;
	g_autofree char *text = NULL;

	if (download->state == FILE_RUNNING) {
		jobs_download(view->app, download->episode_id, &bytes, &total, &rate);
		text = progress_text(MAX(bytes, 0), total, rate);
		int bar = MIN(BAR_CELLS, cells - 4 - text_width(text, -1) - 3);
		if (total > 0 && bar >= 8)
			bar_draw(
			    view->area, row, 4, bar, (double)bytes / (double)total, NULL, 0, false);
		draw_right(view->area, row, cells, STYLE_DIM, text);
		return;
	}
	text = state_text(view->app, download);
	draw_fit(view->area, row, 4, cells - 4, STYLE_DIM, text);
}

static void
draw_head(struct downloads *self)
{
	struct app *app = self->view.app;
	const char *dot = app->marks->glyphs->dot;
	struct statvfs disk;
	g_autofree char *title =
	    g_strdup_printf(_("Downloads %s %d running, %d waiting, %d failed"), dot, self->running,
		self->waiting, self->failed);
	g_autoptr(GString) right = g_string_new(NULL);

	if (self->running > 0 && jobs_rate(app) > 0)
		g_string_append_printf(right, "%.1f MB/s %s ", jobs_rate(app) / 1e6, dot);
	if (statvfs(app->start->paths->data_dir, &disk) == 0) {
		g_autofree char *room = bytes_text((gint64)disk.f_bavail * (gint64)disk.f_frsize);
		g_string_append_printf(right, _("%s free"), room);
	}
	view_draw_head(&self->view, title, right->str);
}

static void
downloads_draw(struct view *view)
{
	struct downloads *self = (struct downloads *)view;
	int head = view_head_rows(view), lines = MIN(row_lines(view->app), 2);
	int shown = listview_shown(&view->rows), cells = view->area.cols - 1;

	draw_head(self);
	for (int i = 0; i < shown; i++) {
		int index = view->rows.top + i, row = head + i * lines;
		const struct download *download = self->list->pdata[index];
		g_autofree char *title = g_strdup_printf("%s %s %s", download->show_title,
		    view->app->marks->glyphs->dot, download->title);
		unsigned style;
		const char *mark = mark_of(view->app, download, &style);
		draw_text(view->area, row, 2, 1, style, mark, -1);
		draw_fit(view->area, row, 4, cells - 4, STYLE_TEXT, title);
		if (view->find)
			find_mark(view->area, row, 4, cells - 4, title, view->find);
		if (lines > 1)
			draw_second(view, download, row + 1, cells);
		if (index == view->rows.cursor)
			view_draw_cursor(view, row, 0, 1, cells);
	}
	if (shown == 0)
		view_draw_empty(view, head + (head > 0 ? 1 : 0),
		    _("No files yet. d on any episode fetches it; streaming needs none."));
}

static bool
downloads_search(struct view *view, int index, const char *folded)
{
	const struct downloads *self = (struct downloads *)view;
	size_t start, len;
	return find_in(
	    ((struct download *)self->list->pdata[index])->title, folded, 0, &start, &len);
}

static gint64
downloads_episode(struct view *view)
{
	const struct download *download = current(view);
	return download ? download->episode_id : 0;
}

static gint64
downloads_show(struct view *view)
{
	const struct download *download = current(view);
	return download ? download->show_id : 0;
}

static void
call_off(struct app *app, const struct download *download)
{
	struct work_request *request =
	    work_request_new(WORK_DOWNLOAD_STOP, &download->episode_id, 1);

	request->drop = true;
	jobs_post(app, request, NULL);
	app_say(app, g_strdup(_("Called off; d fetches it from the beginning.")));
}

static bool
downloads_key(struct view *view, char **words)
{
	const struct download *download = current(view);
	struct app *app = view->app;

	if (!download || words[1])
		return false;
	bool under_way = download->state == FILE_RUNNING || download->state == FILE_WANTED;
	if (strcmp(words[0], "activate") == 0)
		return app_verb(app, "play", NULL), true;
	if (strcmp(words[0], "download") == 0 && under_way)
		return app_verb(app, "hold", NULL), true;
	if (strcmp(words[0], "take-out") == 0) {
		if (download->state != FILE_HERE)
			call_off(app, download);
		else
			app_say(
			    app, g_strdup(_("Nothing comes down here that could be called off.")));
		return true;
	}
	return false;
}

static const struct hint *
downloads_hints(struct view *view)
{
	static const struct hint hints[] = {{"download", N_("get, hold, again")},
	    {"take-out", N_("call off")}, {"activate", N_("play")}, {"right", N_("read")},
	    {"help", N_("help")}, {NULL}};
	return hints;
}

const struct view_ops view_downloads = {
    .name = "downloads",
    .title = N_("Downloads"),
    .size = sizeof(struct downloads),
    .kinds = 1 << STORE_FILES | 1 << STORE_SHOWS,
    .rows = downloads_rows,
    .draw = downloads_draw,
    .key = downloads_key,
    .search = downloads_search,
    .close = downloads_close,
    .episode = downloads_episode,
    .show = downloads_show,
    .hints = downloads_hints,
};
