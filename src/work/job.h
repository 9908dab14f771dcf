// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inside the worker's thread: a job is one request under way, a task is one show or episode of it.
// A job ends, and WORK_DONE is posted, when its last task has ended.
#ifndef HARK_WORK_JOB_H
#define HARK_WORK_JOB_H

#include <stdatomic.h>

#include "store/store.h"
#include "work/net.h"
#include "work/worker.h"

// What every piece of work sees. The thread's own, but for REPLIES and STOPPING.
struct work {
	const struct paths *paths;
	struct options *options;
	struct store *store;
	struct net *net;
	struct readers *readers;
	struct tidy *tidy;
	struct mailbox *replies;
	const atomic_bool *stopping;
	GQueue held;		  // struct work_reply *: wait for the end of the group
	gint64 group_us;	  // since when a group is open, 0 none
	guint groups_lost;	  // that could not be stored
	struct job *unread;	  // of WORK_UNREAD, held while notes are left to be read
	GHashTable *jobs;	  // set of struct job *
	GHashTable *tasks;	  // set of struct task *
	GHashTable *refreshing;	  // show -> struct refreshing * (refresh.c)
	GPtrArray *refresh_waits; // struct job * that wait for the lock (refresh.c)
	GPtrArray *downloads;	  // struct downloading *, in order (download.c)
	struct children *children;
	struct hooks *hooks;
};

struct job {
	struct work *work;
	struct work_request *request;
	struct work_reply *end; // what WORK_DONE will carry
	int open;		// tasks not ended, and one while it begins
	int done, total;
	int unreachable;	       // tasks that reached no server
	int lock;		       // descriptor of the refresh lock, -1 none
	void (*last)(struct job *job); // when the last task has ended; NULL nothing
	gint64 begun_s;
};

// Takes REQUEST; open is 1.
struct job *job_new(struct work *work, struct work_request *request);
void job_hold(struct job *job);
void job_release(struct job *job); // the last one posts WORK_DONE and frees the job
void job_free(struct job *job);	   // without a word

// A reply of this job, to be filled.
struct work_reply *job_reply(const struct job *job, enum work_status status, gint64 id);
void job_post(struct job *job, struct work_reply *reply); // taken

// The first member of a struct of its own. DROP frees that struct where the worker stops.
struct task {
	struct job *job;
	struct net_transfer *transfer; // NULL none
	void (*drop)(struct task *task);
};

void task_begin(struct task *task, struct job *job, void (*drop)(struct task *task));
// Posts ITEM (taken; done and total are filled in) and lets go of the job. TASK stays to be freed.
void task_end(struct task *task, struct work_reply *item);

bool work_is_stopping(const struct work *work, GError **error);

// A group: writes of several feeds in one transaction of some 40 ms, since each page that they have
// in common is logged once then. Each feed's writes are a savepoint of their own; replies are held
// back until the group is stored. group_open opens one, or ends one that has lasted long enough and
// opens the next; after group_end nothing is held any more. Nobody waits while a group is open.
// What belongs together (a feed's batches, and the validators behind them) may lie in several
// groups: LOST is work->groups_lost at its beginning, and where one was lost since, it fails.
bool group_open(struct work *work, guint lost, GError **error);
void group_end(struct work *work);

#endif
