// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worker's thread: takes requests, turns the loop of the network, ends when told.
#include "config.h"

#include "work/worker.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "store/unread.h"
#include "text/feed.h"
#include "work/add.h"
#include "work/child.h"
#include "work/download.h"
#include "work/fetch.h"
#include "work/hooks.h"
#include "work/import.h"
#include "work/job.h"
#include "work/password.h"
#include "work/reading.h"
#include "work/refresh.h"
#include "work/tidy.h"

#define IDLE_MS 60000
#define WAITING_MS 200		     // how often a lock that another process holds is tried
#define DESCRIPTORS 1000	     // the table is grown to so many before the first thread
#define UNREAD_AT_ONCE 50	     // episodes: some 30 ms, a third of it with the database held
#define IDLE_LOG_BYTES (1024 * 1024) // of write-ahead log that an idle worker leaves alone

// What the mailbox carries: a request, or new options, or (neither) the wish to end.
struct message {
	struct work_request *request;
	struct options *options;
};

struct worker {
	pthread_t thread;
	struct mailbox *inbox; // struct message *
	struct mailbox *replies;
	struct net *net;
	const struct paths *paths;
	struct options *options; // the thread's
	atomic_bool stopping;
	atomic_ullong serial;
};

static void
begin_action(struct job *job)
{
	const struct action *action = job->request->action;

	if (!action || !action_apply(job->work->store, action, when_now(), &job->end->action,
			   &job->end->error))
		return;
	if (action->kind == ACTION_UNDO || action->kind == ACTION_SHOW_REMOVE)
		download_follow(job->work);
}

static void
begin_set(struct job *job)
{
	store_set(job->work->store, job->request->address, job->request->value, &job->end->error);
}

static void
begin_unread(struct job *job)
{
	if (job->work->unread)
		return; // under way already
	job->work->unread = job;
	job_hold(job);
}

// When nothing else is to do. Gives whether more is left.
static bool
read_unread(struct work *work)
{
	struct job *job = work->unread;
	bool left = false;

	if (!job || g_hash_table_size(work->jobs) > 1)
		return false;
	if (unread_catch_up(work->store, UNREAD_AT_ONCE, &left, &job->end->error) && left)
		return true;
	work->unread = NULL;
	job_release(job);
	return false;
}

static void (*const begins[WORK_COUNT])(struct job *job) = {
    [WORK_ADD] = add_begin,
    [WORK_IMPORT] = import_begin,
    [WORK_REFRESH] = refresh_begin,
    [WORK_TRANSCRIPT] = fetch_begin,
    [WORK_CHAPTERS] = fetch_begin,
    [WORK_DOWNLOAD] = download_begin,
    [WORK_DOWNLOAD_STOP] = download_stop_begin,
    [WORK_ACTION] = begin_action,
    [WORK_SET] = begin_set,
    [WORK_PREVIEW] = add_begin,
    [WORK_HOOKS] = hooks_begin,
    [WORK_UNREAD] = begin_unread,
};

static void
message_free(gpointer data)
{
	struct message *message = data;

	if (message->request)
		work_request_free(message->request);
	if (message->options)
		options_free(message->options);
	g_free(message);
}

static struct net_limits
limits_of(const struct options *options)
{
	return (struct net_limits){
	    .total = options_int(options, 0, OPT_CONNECTIONS),
	    .per_host = options_int(options, 0, OPT_PER_HOST),
	    .connect_timeout_s = options_int(options, 0, OPT_CONNECT_TIMEOUT),
	    .stall_timeout_s = options_int(options, 0, OPT_STALL_TIMEOUT),
	};
}

static void
set_ways(struct net *net, const struct options *options)
{
	net_set_ways(net, &(struct net_ways){
			      .proxy = options_string(options, 0, OPT_PROXY),
			      .netrc = options_string(options, 0, OPT_NETRC),
			      .ca_file = options_string(options, 0, OPT_CA_FILE),
			  });
}

static void
take_options(struct worker *worker, struct work *work, struct options *taken)
{
	struct net_limits limits = limits_of(taken);

	options_free(worker->options);
	worker->options = work->options = taken;
	net_set_limits(work->net, &limits);
	set_ways(work->net, taken);
}

static void
take_request(struct work *work, struct work_request *taken, const GError *broken)
{
	struct job *job = job_new(work, taken);

	if (broken)
		job->end->error = g_error_copy(broken);
	else
		begins[taken->kind](job);
	job_release(job);
}

// Everything that has arrived. BROKEN: the store cannot be opened, which is the answer to all.
static bool
take_messages(struct worker *worker, struct work *work, const GError *broken)
{
	struct message *message;
	bool any = false;

	while (!atomic_load(&worker->stopping) && (message = mailbox_take(worker->inbox))) {
		if (message->options)
			take_options(worker, work, g_steal_pointer(&message->options));
		if (message->request)
			take_request(work, g_steal_pointer(&message->request), broken);
		message_free(message);
		any = true;
	}
	return any;
}

static int
patience_ms(const struct work *work)
{
	if (children_running(work->children))
		return CHILDREN_TICK_MS;
	return refresh_is_waiting(work) ? WAITING_MS : IDLE_MS;
}

static void
loop(struct worker *worker, struct work *work, const GError *broken)
{
	bool clean = true;

	while (!atomic_load(&worker->stopping)) {
		clean = !take_messages(worker, work, broken) && clean;
		refresh_tick(work);
		children_turn(work->children);
		readers_settle(work->readers);
		bool more = read_unread(work);
		bool idle = !g_hash_table_size(work->jobs);
		if (idle && !clean && work->store) {
			store_checkpoint(work->store, IDLE_LOG_BYTES);
			clean = true;
		}
		net_run(work->net, more ? 0 : patience_ms(work));
	}
}

// What the user did is written though the worker stops; what would ask the network is not begun.
static const bool last_kinds[WORK_COUNT] = {
    [WORK_ACTION] = true,
    [WORK_SET] = true,
    [WORK_DOWNLOAD] = true,
    [WORK_DOWNLOAD_STOP] = true,
};

static void
take_last(struct worker *worker, struct work *work, const GError *broken)
{
	struct message *message;

	while ((message = mailbox_take(worker->inbox))) {
		struct work_request *request = message->request;
		if (request && last_kinds[request->kind]) {
			message->request = NULL;
			take_request(work, request, broken);
		}
		message_free(message);
	}
}

// What is left when the worker stops: nobody waits for its replies any more.
static void
drop_all(struct work *work)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, work->tasks);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		struct task *task = key;
		g_hash_table_iter_steal(&iter);
		task->drop(task);
	}
	while (g_hash_table_size(work->jobs)) {
		g_hash_table_iter_init(&iter, work->jobs);
		g_hash_table_iter_next(&iter, &key, NULL);
		job_free(key);
	}
	g_hash_table_unref(work->tasks);
	g_hash_table_unref(work->jobs);
	g_hash_table_unref(work->refreshing);
	g_ptr_array_unref(work->refresh_waits);
	g_ptr_array_unref(work->downloads);
	children_free(work->children);
	hooks_free(work->hooks);
}

static void
wake(void *data)
{
	net_wakeup(data);
}

static void
rest(void *data)
{
	group_end(data);
}

static void *
run(void *data)
{
	struct worker *worker = data;
	g_autoptr(GError) broken = NULL;
	struct work work = {
	    .paths = worker->paths,
	    .options = worker->options,
	    .net = worker->net,
	    .replies = worker->replies,
	    .stopping = &worker->stopping,
	    .jobs = g_hash_table_new(NULL, NULL),
	    .tasks = g_hash_table_new(NULL, NULL),
	    .refreshing = g_hash_table_new(g_int64_hash, g_int64_equal),
	    .refresh_waits = g_ptr_array_new(),
	    .downloads = g_ptr_array_new(),
	    .children = children_new(),
	};

	work.hooks = hooks_new(&work);

	work.readers = readers_new(wake, worker->net, rest, &work);
	work.tidy = tidy_new(worker->paths->db);
	g_queue_init(&work.held);
	if (paths_ensure_dir(worker->paths->data_dir, &broken))
		work.store = store_open(worker->paths->db, STORE_WRITE, &broken);
	if (work.store)
		store_hurry(work.store, &worker->stopping);
	net_set_ask(work.net, password_ask, &work);
	loop(worker, &work, broken);
	take_last(worker, &work, broken);
	readers_free(work.readers);
	tidy_free(work.tidy);
	drop_all(&work);
	if (work.store) {
		store_checkpoint(work.store, 0);
		store_close(work.store);
	}
	return NULL;
}

// A process with threads waits 10 to 20 ms when the table of its descriptors first grows past 64.
static void
grow_descriptors(void)
{
	int fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, DESCRIPTORS);

	if (fd >= 0)
		close(fd);
}

struct worker *
worker_start(const struct paths *paths, const struct options *options, GError **error)
{
	struct net_limits limits = limits_of(options);
	sigset_t all, before;

	grow_descriptors();
	net_init();
	feed_init();
	(void)HARK_ERROR; // made before there are two threads to make it
	struct worker *worker = g_new0(struct worker, 1);
	worker->paths = paths;
	worker->options = options_copy(options);
	worker->net = net_new(&limits);
	set_ways(worker->net, options);
	worker->inbox = mailbox_new(message_free, wake, worker->net);
	worker->replies = mailbox_new((GDestroyNotify)work_reply_free, NULL, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before); // signals are the first thread's
	int failed = pthread_create(&worker->thread, NULL, run, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!failed)
		return worker;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("The worker cannot be started: %s."),
	    g_strerror(failed));
	mailbox_free(worker->inbox);
	mailbox_free(worker->replies);
	net_free(worker->net);
	options_free(worker->options);
	g_free(worker);
	return NULL;
}

void
worker_stop(struct worker *worker)
{
	atomic_store(&worker->stopping, true);
	net_wakeup(worker->net);
	pthread_join(worker->thread, NULL);
	mailbox_free(worker->inbox);
	mailbox_free(worker->replies);
	net_free(worker->net);
	options_free(worker->options);
	g_free(worker);
}

guint64
worker_post(struct worker *worker, struct work_request *request)
{
	struct message *message = g_new0(struct message, 1);
	guint64 serial = atomic_fetch_add(&worker->serial, 1) + 1;

	request->serial = serial;
	message->request = request;
	mailbox_post(worker->inbox, message);
	return serial;
}

struct mailbox *
worker_replies(struct worker *worker)
{
	return worker->replies;
}

void
worker_set_options(struct worker *worker, const struct options *options)
{
	struct message *message = g_new0(struct message, 1);

	message->options = options_copy(options);
	mailbox_post(worker->inbox, message);
}
