// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which shows are asked, and who may: one process at a time for all of them.
#include "config.h"

#include "work/refresh.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "work/refresh_show.h"

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
		refresh_show(job, show);
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

// Whoever asks for ALL wants what is fresh once more; a server that failed or asked for patience is
// left in peace all the same.
static GArray *
patient(struct job *job, GError **error)
{
	g_autoptr(GPtrArray) shows = shows_undecided(job->work->store, error);
	GArray *ids = shows ? g_array_new(FALSE, FALSE, sizeof(gint64)) : NULL;

	for (guint i = 0; shows && i < shows->len; i++) {
		const struct show *show = shows->pdata[i];
		bool backs_off = show->failures && show->next_try_s > job->begun_s;
		if (!show->gone && !backs_off)
			g_array_append_val(ids, show->id);
	}
	return ids;
}

static void
remember(struct job *job)
{
	g_autoptr(GError) error = NULL;

	if (!job->end->error &&
	    !shows_note_refresh(job->work->store, job->begun_s, when_now(), &error))
		log_line(LOG_STORY, "%s", error->message);
}

static void
ask_due(struct job *job, bool waited)
{
	const struct work_request *request = job->request;
	struct store *store = job->work->store;
	GError **error = &job->end->error;
	g_autoptr(GArray) ids = request->force ? shows_due(store, WHEN_UNKNOWN, error)
				: request->all ? patient(job, error)
					       : shows_due(store, job->begun_s, error);

	if (!ids)
		return;
	job->last = remember;
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
