// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/download.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/files.h"
#include "store/shows.h"
#include "work/address.h"
#include "work/mediafile.h"

#define MAX_MEDIA_BYTES (G_GINT64_CONSTANT(16) * 1000 * 1000 * 1000)
#define MIN_TEXT_BYTES 100000 // what calls itself text and is shorter is an error page
#define PROGRESS_US 250000

struct downloading {
	struct task task;
	struct download *row;
	char *feed_url;		// of the show
	struct mediafile *file; // with the first block
	gint64 bytes, total;
	gint64 told_us, told_bytes; // at the last progress
	double rate;
	bool is_text;
};

static void pump(struct work *work);

static void
downloading_free(struct downloading *downloading)
{
	download_free(downloading->row);
	g_free(downloading->feed_url);
	if (downloading->file)
		mediafile_free(downloading->file);
	g_free(downloading);
}

static void
downloading_drop(struct task *task)
{
	downloading_free((struct downloading *)task);
}

static void
set_state(
    struct downloading *downloading, enum file_state state, const char *path, const char *message)
{
	g_autoptr(GError) trouble = NULL;

	if (!download_set_state(downloading->task.job->work->store, downloading->row->id, state,
		downloading->bytes, downloading->total, path, message, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
}

static struct work_reply *
new_reply(const struct downloading *downloading, enum work_status status)
{
	struct work_reply *reply =
	    job_reply(downloading->task.job, status, downloading->row->episode_id);

	reply->bytes = downloading->bytes;
	reply->total_bytes = downloading->total;
	reply->rate = downloading->rate;
	return reply;
}

// The end of one, with the sentence of what went wrong or NULL. Makes room for the next.
static void
finish(struct downloading *downloading, const char *message)
{
	struct work *work = downloading->task.job->work;
	struct work_reply *reply = new_reply(downloading, WORK_ITEM);

	if (message)
		reply->file_error = g_strdup(message);
	reply->file_told = !g_strcmp0(message, downloading->row->error);
	if (!message && downloading->file)
		reply->path = g_strdup(downloading->file->path);
	g_clear_pointer(&downloading->file, mediafile_free); // its lock is gone when this is heard
	g_ptr_array_remove(work->downloads, downloading);
	task_end(&downloading->task, reply);
	downloading_free(downloading);
	pump(work);
}

static void
tell_progress(struct downloading *downloading)
{
	gint64 now_us = g_get_monotonic_time();
	gint64 span_us = now_us - downloading->told_us;

	if (span_us < PROGRESS_US)
		return;
	double rate =
	    (double)(downloading->bytes - downloading->told_bytes) * 1e6 / (double)span_us;
	downloading->rate = downloading->rate > 0 ? 0.7 * downloading->rate + 0.3 * rate : rate;
	downloading->told_us = now_us;
	downloading->told_bytes = downloading->bytes;
	job_post(downloading->task.job, new_reply(downloading, WORK_PROGRESS));
}

// What servers send instead of a file: pages that ask for money or say sorry.
static bool
is_page(const char *type, const char *bytes, size_t len)
{
	static const char *const types[] = {"text/html", "application/xhtml"};
	static const char *const begins[] = {"<!doctype html", "<html"};

	for (size_t i = 0; type && i < G_N_ELEMENTS(types); i++)
		if (!g_ascii_strncasecmp(type, types[i], strlen(types[i])))
			return true;
	while (len && g_ascii_isspace(*bytes))
		bytes++, len--;
	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++)
		if (len > strlen(begins[i]) &&
		    !g_ascii_strncasecmp(bytes, begins[i], strlen(begins[i])))
			return true;
	return false;
}

static bool
is_text(const char *type)
{
	static const char *const types[] = {"text/", "application/json", "application/xml"};

	for (size_t i = 0; type && i < G_N_ELEMENTS(types); i++)
		if (!g_ascii_strncasecmp(type, types[i], strlen(types[i])))
			return true;
	return false;
}

// The parent folder of all shows' folders.
static char *
media_dir(const struct work *work)
{
	const char *wish = options_string(work->options, 0, OPT_DOWNLOAD_DIR);

	if (!wish || !*wish)
		return g_build_filename(work->paths->data_dir, "media", NULL);
	return paths_expand(wish);
}

static bool
open_file(struct downloading *downloading, const struct net_answer *answer, const char *bytes,
    size_t len, GError **error)
{
	const struct download *row = downloading->row;
	g_autofree char *folder = media_dir(downloading->task.job->work);

	if (is_page(answer->content_type, bytes, len)) {
		g_autofree char *url = address_shown(row->url);
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("%s: a web page came instead of audio."), url);
		return false;
	}
	downloading->is_text = is_text(answer->content_type);
	downloading->total = answer->length_bytes;
	downloading->file = mediafile_open(
	    &(struct mediafile_facts){
		.folder = folder,
		.show_title = row->show_title,
		.title = row->title,
		.published_s = row->published_s,
		.content_type = answer->content_type,
		.feed_type = row->type,
		.url = row->url,
		.wish = row->path,
		.bytes = answer->length_bytes > 0 ? answer->length_bytes : row->total,
	    },
	    error);
	if (!downloading->file)
		return false;
	set_state(downloading, FILE_RUNNING, downloading->file->path, NULL);
	return true;
}

static bool
on_data(void *user, const struct net_answer *answer, const char *bytes, size_t len, GError **error)
{
	struct downloading *downloading = user;

	if (!downloading->file && !open_file(downloading, answer, bytes, len, error))
		return false;
	if (!mediafile_write(downloading->file, bytes, len, error))
		return false;
	downloading->bytes += (gint64)len;
	tell_progress(downloading);
	return true;
}

static bool
settle(struct downloading *downloading, GError **error)
{
	g_autofree char *url = address_shown(downloading->row->url);

	if (!downloading->file) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s: the file is empty."), url);
		return false;
	}
	if (downloading->is_text && downloading->bytes < MIN_TEXT_BYTES) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("%s: some text came instead of audio."), url);
		return false;
	}
	return mediafile_finish(downloading->file, error);
}

static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct downloading *downloading = user;
	g_autoptr(GError) error = failure ? g_error_copy(failure) : NULL;

	downloading->task.transfer = NULL;
	if (error || !settle(downloading, &error)) {
		const char *path = downloading->file ? downloading->file->path : NULL;
		// Where another process has it, the row is that one's.
		if (!g_error_matches(error, HARK_ERROR, HARK_ERROR_AGAIN))
			set_state(downloading, FILE_FAILED, path, error->message);
		log_line(LOG_STORY, "%s", error->message);
		// And who only takes up what was left has nothing to hear of.
		bool another = g_error_matches(error, HARK_ERROR, HARK_ERROR_AGAIN) &&
			       !downloading->task.job->request->ids;
		finish(downloading, another ? NULL : error->message);
		return;
	}
	downloading->total = downloading->bytes;
	set_state(downloading, FILE_HERE, downloading->file->path, NULL);
	finish(downloading, NULL);
}

static void
start(struct downloading *downloading)
{
	struct work *work = downloading->task.job->work;
	const struct download *row = downloading->row;

	downloading->told_us = g_get_monotonic_time();
	downloading->task.transfer =
	    net_start(work->net, &(struct net_request){
				     .url = row->url,
				     .account = downloading->feed_url,
				     .accept = NET_MEDIA,
				     .max_bytes = MAX_MEDIA_BYTES,
				     .local = address_allowed(downloading->feed_url, row->url),
				     .data = on_data,
				     .done = on_done,
				     .user = downloading,
				 });
	set_state(downloading, FILE_RUNNING, row->path, NULL);
}

// Starts the first that wait, as many as may run at once.
static void
pump(struct work *work)
{
	int running = 0;
	int most = options_int(work->options, 0, OPT_DOWNLOADS_PARALLEL);

	if (atomic_load(work->stopping)) // what waits is taken up by the next worker
		return;
	for (guint i = 0; i < work->downloads->len; i++) {
		struct downloading *downloading = work->downloads->pdata[i];
		running += downloading->task.transfer != NULL;
	}
	for (guint i = 0; i < work->downloads->len && running < most; i++) {
		struct downloading *downloading = work->downloads->pdata[i];
		if (downloading->task.transfer)
			continue;
		start(downloading);
		running++;
	}
}

static struct downloading *
find(const struct work *work, gint64 episode_id)
{
	for (guint i = 0; i < work->downloads->len; i++) {
		struct downloading *downloading = work->downloads->pdata[i];
		if (downloading->row->episode_id == episode_id)
			return downloading;
	}
	return NULL;
}

// What needs no transfer: PATH of a file that is here, or the sentence why there is none.
static void
report(struct job *job, gint64 episode_id, const char *path, const char *message)
{
	struct work_reply *reply = job_reply(job, WORK_ITEM, episode_id);

	reply->path = g_strdup(path);
	reply->file_error = g_strdup(message);
	job->done++;
	job_post(job, reply);
}

static void
enqueue(struct job *job, struct download *taken)
{
	struct work *work = job->work;
	bool here = taken->state == FILE_HERE && taken->path &&
		    g_file_test(taken->path, G_FILE_TEST_IS_REGULAR);

	if (here || find(work, taken->episode_id)) {
		report(job, taken->episode_id, here ? taken->path : NULL, NULL);
		download_free(taken);
		return;
	}
	OWNED(show) show = show_get(work->store, taken->show_id, NULL);
	struct downloading *downloading = g_new0(struct downloading, 1);
	downloading->row = taken;
	downloading->feed_url = g_strdup(show ? show->url : "");
	downloading->total = -1;
	task_begin(&downloading->task, job, downloading_drop);
	g_ptr_array_add(work->downloads, downloading);
}

// What a process that is gone left running waits from now on, and is shown so.
static void
note_left(struct store *store, struct download *row)
{
	g_autoptr(GError) trouble = NULL;

	if (row->state != FILE_RUNNING || (row->path && mediafile_is_taken(row->path)))
		return;
	row->state = FILE_WANTED;
	if (!download_set_state(store, row->id, FILE_WANTED, 0, row->total, NULL, NULL, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
}

static void
want_waiting(struct job *job)
{
	struct store *store = job->work->store;
	g_autoptr(GArray) ids = downloads_waiting(store, &job->end->error);

	job->total = ids ? (int)ids->len : 0;
	for (int i = 0; i < job->total; i++) {
		gint64 id = g_array_index(ids, gint64, (guint)i);
		struct download *row = download_get(store, id, NULL);
		if (!row) {
			job->done++;
			continue;
		}
		note_left(store, row);
		enqueue(job, row);
	}
}

// Those of the request's episodes that there are; the others are reported.
static GArray *
known_episodes(struct job *job)
{
	GArray *known = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (guint i = 0; i < job->request->ids->len; i++) {
		g_autoptr(GError) error = NULL;
		gint64 id = g_array_index(job->request->ids, gint64, i);
		OWNED(episode) episode = episode_get(job->work->store, id, &error);
		if (episode)
			g_array_append_val(known, id);
		else
			report(job, id, NULL, error->message);
	}
	return known;
}

// All wishes of a request are one action of the user.
static void
want(struct job *job)
{
	struct store *store = job->work->store;
	g_autoptr(GArray) ids = known_episodes(job);
	OWNED(action)
	action = action_new(job->request->undecided ? ACTION_FETCH : ACTION_DOWNLOAD,
	    (const gint64 *)(void *)ids->data, ids->len, 0);
	struct action_result result = {0};
	g_autoptr(GError) trouble = NULL;

	if (ids->len)
		action_apply(store, action, when_now(), &result, &trouble);
	action_result_clear(&result);
	for (guint i = 0; i < ids->len; i++) {
		g_autoptr(GError) error = trouble ? g_error_copy(trouble) : NULL;
		gint64 id = g_array_index(ids, gint64, i);
		struct download *row = error ? NULL : download_of(store, id, &error);
		if (row)
			enqueue(job, row);
		else
			report(job, id, NULL, error->message);
	}
}

void
download_begin(struct job *job)
{
	const GArray *ids = job->request->ids;

	if (ids && ids->len) {
		job->total = (int)ids->len;
		want(job);
	} else {
		want_waiting(job);
	}
	pump(job->work);
}

static void
remove_part(const char *path)
{
	g_autofree char *part = path ? g_strconcat(path, ".part", NULL) : NULL;

	if (part)
		unlink(part);
}

void
download_follow(struct work *work)
{
	for (guint i = work->downloads->len; i-- > 0;) {
		struct downloading *downloading = work->downloads->pdata[i];
		g_autoptr(GError) error = NULL;
		OWNED(download) row = download_get(work->store, downloading->row->id, &error);
		bool off = row ? row->state == FILE_NONE || row->state == FILE_HELD ||
				     row->state == FILE_FAILED
			       : g_error_matches(error, HARK_ERROR, HARK_ERROR_NOTHING);
		if (!off)
			continue;
		if (downloading->task.transfer)
			net_cancel(downloading->task.transfer);
		finish(downloading, _("Called off."));
	}
}

// What nobody has in hand: what waits is held; called off is what failed or was held, too.
static void
stop_row(struct work *work, gint64 episode_id, bool drop)
{
	OWNED(download) row = download_of(work->store, episode_id, NULL);
	g_autoptr(GError) trouble = NULL;

	if (!row || row->state == FILE_HERE || (!drop && row->state != FILE_WANTED))
		return;
	if (!download_set_state(work->store, row->id, drop ? FILE_NONE : FILE_HELD,
		drop ? 0 : row->bytes, row->total, NULL, NULL, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
	else if (drop)
		remove_part(row->path);
}

static void
stop_running(struct downloading *downloading, bool drop)
{
	g_autofree char *path =
	    g_strdup(downloading->file ? downloading->file->path : downloading->row->path);

	if (downloading->task.transfer)
		net_cancel(downloading->task.transfer);
	if (drop)
		downloading->bytes = 0;
	set_state(downloading, drop ? FILE_NONE : FILE_HELD, path, NULL);
	if (drop)
		remove_part(path); // it is locked by us still
	finish(downloading, drop ? _("Called off.") : _("Held: d fetches it again."));
}

void
download_stop_begin(struct job *job)
{
	const GArray *ids = job->request->ids;
	bool drop = job->request->drop;

	job->total = ids ? (int)ids->len : 0;
	for (int i = 0; i < job->total; i++) {
		gint64 episode_id = g_array_index(ids, gint64, (guint)i);
		struct downloading *downloading = find(job->work, episode_id);
		report(job, episode_id, NULL, NULL);
		if (downloading)
			stop_running(downloading, drop);
		else
			stop_row(job->work, episode_id, drop);
	}
}
