// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/refresh.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "store/shows.h"
#include "work/address.h"
#include "work/keep.h"

#define MAX_FEED_BYTES 100000000
#define MAX_HELD_BYTES (8 * 1024 * 1024)

// One show being asked.
struct refreshing {
	struct task task;
	gint64 show_id;
	struct show *show;
	struct feed_parser *parser; // with the first block
	struct keep *keep;
	GChecksum *sum;
	GString *held;	   // the body so far, while its hash may say that nothing has changed
	GPtrArray *joined; // struct joined *: others that asked for the same show meanwhile
	gint64 now_s;
};

// A second wish for a show that is being asked already: gets the same answer.
struct joined {
	struct task task;
};

static void
joined_drop(struct task *task)
{
	g_free(task);
}

static void
refreshing_free(struct refreshing *refreshing)
{
	if (refreshing->parser)
		feed_parser_free(refreshing->parser);
	if (refreshing->keep)
		keep_free(refreshing->keep);
	if (refreshing->show)
		show_free(refreshing->show);
	if (refreshing->held)
		g_string_free(refreshing->held, TRUE);
	g_checksum_free(refreshing->sum);
	g_ptr_array_unref(refreshing->joined);
	g_free(refreshing);
}

static void
refreshing_drop(struct task *task)
{
	refreshing_free((struct refreshing *)task);
}

struct work_show *
refresh_item(struct work *work, gint64 show_id, const char *url)
{
	struct work_show *item = g_new0(struct work_show, 1);
	OWNED(show) show = show_id ? show_get(work->store, show_id, NULL) : NULL;

	item->id = show_id;
	item->url = g_strdup(show ? show->url : url);
	item->title = g_strdup(show ? show->title : NULL);
	item->episodes = show ? show->episodes : 0;
	item->status = "failed";
	return item;
}

static struct work_show *
item_copy(const struct work_show *item)
{
	struct work_show *copy = g_memdup2(item, sizeof *item);

	copy->title = g_strdup(item->title);
	copy->url = g_strdup(item->url);
	copy->error = g_strdup(item->error);
	return copy;
}

static void
post_item(struct task *task, gint64 show_id, struct work_show *item)
{
	struct work_reply *reply = job_reply(task->job, WORK_ITEM, show_id);

	reply->show = item;
	task_end(task, reply);
}

static void
finish(struct refreshing *refreshing, struct work_show *item)
{
	struct work *work = refreshing->task.job->work;

	g_hash_table_remove(work->refreshing, &refreshing->show_id);
	for (guint i = 0; i < refreshing->joined->len; i++) {
		struct joined *joined = refreshing->joined->pdata[i];
		post_item(&joined->task, refreshing->show_id, item_copy(item));
		g_free(joined);
	}
	post_item(&refreshing->task, refreshing->show_id, item);
	refreshing_free(refreshing);
}

static bool
push(struct refreshing *refreshing, const struct net_answer *answer, const char *bytes, size_t len,
    GError **error)
{
	struct work *work = refreshing->task.job->work;

	if (!refreshing->parser)
		refreshing->parser = feed_parser_new(answer->url, answer->content_type);
	if (!refreshing->keep)
		refreshing->keep = keep_new(work, refreshing->show_id, answer->url, error);
	if (!refreshing->keep || !feed_parser_push(refreshing->parser, bytes, len, error))
		return false;
	return keep_episodes(
	    refreshing->keep, feed_parser_steal_episodes(refreshing->parser), error);
}

// Where the server has no validators the body waits for its hash, unless it is very long.
static bool
hold(struct refreshing *refreshing, const struct net_answer *answer, const char *bytes, size_t len,
    GError **error)
{
	if (!refreshing->held)
		refreshing->held = g_string_new(NULL);
	g_string_append_len(refreshing->held, bytes, (gssize)len);
	if (refreshing->held->len < MAX_HELD_BYTES)
		return true;
	GString *held = g_steal_pointer(&refreshing->held);
	bool ok = push(refreshing, answer, held->str, held->len, error);
	g_string_free(held, TRUE);
	return ok;
}

static bool
on_data(void *user, const struct net_answer *answer, const char *bytes, size_t len, GError **error)
{
	struct refreshing *refreshing = user;
	bool validators = answer->etag || answer->last_modified;

	if (work_is_stopping(refreshing->task.job->work, error))
		return false;
	g_checksum_update(refreshing->sum, (const guchar *)bytes, (gssize)len);
	if (refreshing->show->body_hash && !validators && !refreshing->task.job->request->force &&
	    (!refreshing->parser))
		return hold(refreshing, answer, bytes, len, error);
	return push(refreshing, answer, bytes, len, error);
}

// Where the show lives from now on; NULL where it stays, or where another show lives there already.
static const char *
new_home(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item)
{
	struct work *work = refreshing->task.job->work;
	const char *to = answer->moved_to;

	if (!to || !strcmp(to, refreshing->show->url))
		return NULL;
	gint64 other = show_by_url(work->store, to, NULL);
	if (other && other != refreshing->show_id) {
		g_autofree char *there = address_shown(to);
		item->error = g_strdup_printf(
		    _("This feed has moved to %s, which is another show of yours."), there);
		return NULL;
	}
	return to;
}

static void
fail(struct refreshing *refreshing, const struct net_answer *answer, const GError *error,
    struct work_show *item)
{
	struct work *work = refreshing->task.job->work;
	g_autofree char *sentence = g_strdup(error->message);
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .http_status = answer->status,
	    .error = sentence,
	    .gone = answer->status == 410,
	    .next_try_s = keep_back_off(
		refreshing->now_s, refreshing->show->failures + 1, answer->retry_after_s),
	};
	g_autoptr(GError) trouble = NULL;

	item->status = outcome.gone ? "gone" : "failed";
	g_free(item->error);
	item->error = g_steal_pointer(&sentence);
	if (answer->unreachable)
		refreshing->task.job->unreachable++;
	if (!g_error_matches(error, HARK_ERROR, HARK_ERROR_INTERRUPTED) &&
	    !show_set_outcome(work->store, refreshing->show_id, &outcome, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
}

static bool
unchanged(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item,
    GError **error)
{
	const struct show *show = refreshing->show;
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = answer->etag ? answer->etag : show->etag,
	    .last_modified = answer->last_modified ? answer->last_modified : show->last_modified,
	    .body_hash = show->body_hash,
	    .next_try_s = keep_next_try(refreshing->now_s, answer->max_age_s, 0),
	};

	item->status = "unchanged";
	outcome.moved_to = new_home(refreshing, answer, item);
	if (outcome.moved_to)
		item->status = "moved";
	return show_set_outcome(
	    refreshing->task.job->work->store, refreshing->show_id, &outcome, error);
}

static bool
changed(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item,
    GError **error)
{
	struct merge_counts counts = {0};

	if (refreshing->held) {
		GString *held = g_steal_pointer(&refreshing->held);
		bool pushed = push(refreshing, answer, held->str, held->len, error);
		g_string_free(held, TRUE);
		if (!pushed)
			return false;
	}
	if (!refreshing->parser && !push(refreshing, answer, "", 0, error))
		return false;
	OWNED(feed) feed = feed_parser_finish(refreshing->parser, NULL, error);
	if (!feed)
		return false;
	// What broke off is asked for anew next time.
	bool whole = !feed->truncated;
	bool validators = answer->etag || answer->last_modified;
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = whole ? answer->etag : NULL,
	    .last_modified = whole ? answer->last_modified : NULL,
	    .body_hash = whole && !validators ? g_checksum_get_string(refreshing->sum) : NULL,
	    .next_try_s = keep_next_try(refreshing->now_s, answer->max_age_s, feed->ttl_minutes),
	    .moved_to = new_home(refreshing, answer, item),
	};
	if (!keep_finish(refreshing->keep, feed, &outcome, &counts, error))
		return false;
	item->added = counts.added;
	item->updated = counts.updated;
	item->status = counts.added || counts.updated ? "updated" : "unchanged";
	if (outcome.moved_to)
		item->status = "moved";
	return true;
}

static bool
settle(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item,
    GError **error)
{
	const char *stored = refreshing->show->body_hash;

	if (answer->status == 304 ||
	    (refreshing->held && !strcmp(stored, g_checksum_get_string(refreshing->sum))))
		return unchanged(refreshing, answer, item, error);
	return changed(refreshing, answer, item, error);
}

static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct refreshing *refreshing = user;
	struct work *work = refreshing->task.job->work;
	struct work_show *item = g_new0(struct work_show, 1);
	g_autoptr(GError) error = failure ? g_error_copy(failure) : NULL;
	g_autofree char *url = address_shown(refreshing->show->url);

	if (!error)
		settle(refreshing, answer, item, &error);
	if (error && !strstr(error->message, url))
		g_prefix_error(&error, "%s: ", url);
	if (error)
		fail(refreshing, answer, error, item);
	struct work_show *row = refresh_item(work, refreshing->show_id, refreshing->show->url);
	row->status = item->status;
	row->error = g_steal_pointer(&item->error);
	row->added = item->added;
	row->updated = item->updated;
	row->http = answer->status;
	row->bytes = answer->bytes;
	row->ms = answer->ms;
	g_free(item);
	log_line(LOG_STORY, "refresh %s: %s", url, row->status);
	finish(refreshing, row);
}

static void
ask(struct job *job, struct show *taken)
{
	struct work *work = job->work;
	struct refreshing *busy = g_hash_table_lookup(work->refreshing, &taken->id);

	if (busy) {
		struct joined *joined = g_new0(struct joined, 1);
		task_begin(&joined->task, job, joined_drop);
		g_ptr_array_add(busy->joined, joined);
		show_free(taken);
		return;
	}
	struct refreshing *refreshing = g_new0(struct refreshing, 1);
	refreshing->show = taken;
	refreshing->show_id = taken->id;
	refreshing->sum = g_checksum_new(G_CHECKSUM_SHA256);
	refreshing->joined = g_ptr_array_new();
	refreshing->now_s = when_now();
	g_hash_table_insert(work->refreshing, &refreshing->show_id, refreshing);
	task_begin(&refreshing->task, job, refreshing_drop);
	bool force = job->request->force;
	struct net_request request = {
	    .url = taken->url,
	    .etag = force ? NULL : taken->etag,
	    .last_modified = force ? NULL : taken->last_modified,
	    .accept = NET_FEED,
	    .max_bytes = MAX_FEED_BYTES,
	    .local = address_is_local(taken->url),
	    .urgent = job->request->ids && job->request->ids->len == 1,
	    .data = on_data,
	    .done = on_done,
	    .user = refreshing,
	};
	refreshing->task.transfer = net_start(work->net, &request);
}

// A show that another process has asked while this job waited for it: its row says what came of it.
static bool
was_asked(struct job *job, const struct show *show)
{
	return show->last_try_s != WHEN_UNKNOWN && show->last_try_s >= job->begun_s;
}

static void
ask_or_report(struct job *job, gint64 show_id, bool waited)
{
	g_autoptr(GError) error = NULL;
	struct show *show = show_get(job->work->store, show_id, &error);

	if (show && !(waited && was_asked(job, show))) {
		ask(job, show);
		return;
	}
	struct work_show *item = refresh_item(job->work, show_id, NULL);
	if (show) {
		item->status = show->gone ? "gone" : show->error ? "failed" : "unchanged";
		item->error = g_strdup(show->error);
		item->http = show->http_status;
		show_free(show);
	} else {
		item->error = g_strdup(error->message);
	}
	struct work_reply *reply = job_reply(job, WORK_ITEM, show_id);
	reply->show = item;
	job->done++;
	job_post(job, reply);
}

static void
ask_all(struct job *job, const GArray *ids, bool waited)
{
	job->total = (int)ids->len;
	job_post(job, job_reply(job, WORK_PROGRESS, 0));
	for (guint i = 0; i < ids->len; i++)
		ask_or_report(job, g_array_index(ids, gint64, i), waited);
}

static void
ask_due(struct job *job, bool waited)
{
	const struct work_request *request = job->request;
	bool all = request->force || request->all;
	g_autoptr(GArray) ids =
	    shows_due(job->work->store, all ? WHEN_UNKNOWN : job->begun_s, &job->end->error);

	if (ids)
		ask_all(job, ids, waited);
}

// The lock of this database's refreshes: it dies with the process that holds it. False with ERROR
// set where it cannot be had at all, with *BUSY where another one holds it.
static bool
lock(struct job *job, bool *busy, GError **error)
{
	const struct paths *paths = job->work->paths;
	g_autofree char *path = g_strconcat(paths->socket, ".refresh", NULL);

	*busy = false;
	if (!paths_ensure_runtime(paths, error))
		return false;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
		job->lock = fd;
		return true;
	}
	int code = errno;
	if (fd >= 0)
		close(fd);
	*busy = code == EWOULDBLOCK;
	if (!*busy)
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s cannot be locked: %s."),
		    path, g_strerror(code));
	return false;
}

void
refresh_begin(struct job *job)
{
	const GArray *ids = job->request->ids;
	bool busy;

	if (ids && ids->len) {
		ask_all(job, ids, false);
	} else if (lock(job, &busy, &job->end->error)) {
		ask_due(job, false);
	} else if (busy && job->request->no_wait) {
		g_set_error_literal(&job->end->error, HARK_ERROR, HARK_ERROR_AGAIN,
		    _("Another hark is refreshing."));
	} else if (busy) {
		job_hold(job);
		g_ptr_array_add(job->work->refresh_waits, job);
		job_post(job, job_reply(job, WORK_PROGRESS, 0));
	}
}

bool
refresh_is_waiting(const struct work *work)
{
	return work->refresh_waits->len > 0;
}

void
refresh_tick(struct work *work)
{
	for (guint i = work->refresh_waits->len; i-- > 0;) {
		struct job *job = work->refresh_waits->pdata[i];
		bool busy;
		bool locked = lock(job, &busy, &job->end->error);
		if (busy)
			return;
		g_ptr_array_remove_index(work->refresh_waits, i);
		if (locked)
			ask_due(job, true);
		job_release(job);
	}
}
