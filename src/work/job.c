// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/job.h"

#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "work/hooks.h"
#include "work/keep.h"

#define GROUP_US 40000

struct job *
job_new(struct work *work, struct work_request *request)
{
	struct job *job = g_new0(struct job, 1);

	job->work = work;
	job->request = request;
	job->open = 1;
	job->lock = -1;
	job->begun_s = when_now();
	job->end = job_reply(job, WORK_DONE, 0);
	g_hash_table_add(work->jobs, job);
	return job;
}

void
job_free(struct job *job)
{
	g_hash_table_remove(job->work->jobs, job);
	work_request_free(job->request);
	if (job->end)
		work_reply_free(job->end);
	if (job->lock >= 0)
		close(job->lock);
	g_free(job);
}

void
job_hold(struct job *job)
{
	job->open++;
}

static void
deliver(struct work *work, struct work_reply *reply)
{
	hooks_hear(work->hooks, reply);
	mailbox_post(work->replies, reply);
}

static void
post(struct work *work, struct work_reply *reply)
{
	if (work->group_us)
		g_queue_push_tail(&work->held, reply);
	else
		deliver(work, reply);
}

void
job_release(struct job *job)
{
	if (--job->open)
		return;
	if (job->total && job->unreachable == job->total && !job->end->error)
		g_set_error_literal(&job->end->error, HARK_ERROR, HARK_ERROR_AGAIN,
		    _("No host was found: there seems to be no network."));
	if (job->last)
		job->last(job);
	if (job->end->error)
		log_line(LOG_STORY, "%s", job->end->error->message);
	job->end->done = job->done;
	job->end->total = job->total;
	post(job->work, g_steal_pointer(&job->end));
	job_free(job);
}

struct work_reply *
job_reply(const struct job *job, enum work_status status, gint64 id)
{
	struct work_reply *reply = g_new0(struct work_reply, 1);

	reply->kind = job->request->kind;
	reply->serial = job->request->serial;
	reply->status = status;
	reply->id = id;
	reply->total_bytes = -1;
	return reply;
}

void
job_post(struct job *job, struct work_reply *reply)
{
	reply->done = job->done;
	reply->total = job->total;
	post(job->work, reply);
}

void
task_begin(struct task *task, struct job *job, void (*drop)(struct task *task))
{
	task->job = job;
	task->drop = drop;
	g_hash_table_add(job->work->tasks, task);
	job_hold(job);
}

void
task_end(struct task *task, struct work_reply *item)
{
	struct job *job = task->job;

	g_hash_table_remove(job->work->tasks, task);
	job->done++;
	job_post(job, item);
	job_release(job);
}

bool
work_is_stopping(const struct work *work, GError **error)
{
	if (!atomic_load(work->stopping))
		return false;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_INTERRUPTED, _("Stopped."));
	return true;
}

// What was held back as stored is not.
static void
deny(struct work_reply *reply, const GError *error)
{
	struct work_show *show = reply->show;

	if (!show || show->error)
		return;
	show->status = "failed";
	show->added = show->updated = 0;
	show->error = g_strdup(error->message);
}

void
group_end(struct work *work)
{
	g_autoptr(GError) error = NULL;
	struct work_reply *reply;

	if (!work->group_us)
		return;
	work->group_us = 0;
	bool stored = store_commit(work->store, &error);
	while ((reply = g_queue_pop_head(&work->held))) {
		if (!stored)
			deny(reply, error);
		deliver(work, reply);
	}
	if (!stored)
		log_line(LOG_STORY, "%s", error->message);
	work->groups_lost += !stored;
	keep_pause(work);
}

bool
group_open(struct work *work, guint lost, GError **error)
{
	gint64 now_us = g_get_monotonic_time();

	if (!work->group_us || now_us - work->group_us >= GROUP_US)
		group_end(work);
	if (work->groups_lost != lost) {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_STORE,
		    _("nothing was stored: the database took back what came before"));
		return false;
	}
	if (work->group_us)
		return true;
	if (!store_begin(work->store, STORE_FEED, error))
		return false;
	work->group_us = MAX(now_us, 1);
	return true;
}
