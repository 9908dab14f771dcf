// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/refreshing.h"

#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "work/address.h"
#include "work/keep.h"

#define MAX_FEED_BYTES 100000000
#define MAX_HELD_BYTES (8 * 1024 * 1024)
#define STUCK_S (14 * 86400)

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
item_free(struct work_show *item)
{
	g_free(item->title);
	g_free(item->url);
	g_free(item->error);
	g_free(item);
}

static void
refreshing_free(struct refreshing *refreshing)
{
	merge_free(refreshing->merge);
	pages_free(refreshing->pages);
	g_free(refreshing->next_page);
	net_answer_free(refreshing->answer);
	g_clear_error(&refreshing->error);
	if (refreshing->show)
		show_free(refreshing->show);
	if (refreshing->held)
		g_string_free(refreshing->held, TRUE);
	if (refreshing->first)
		item_free(refreshing->first);
	g_free(refreshing->home);
	g_checksum_free(refreshing->sum);
	g_ptr_array_unref(refreshing->joined);
	g_free(refreshing);
}

static void
refreshing_drop(struct task *task)
{
	refreshing_free((struct refreshing *)task);
}

static struct work_show *
item_of(const struct show *show)
{
	struct work_show *item = g_new0(struct work_show, 1);

	item->id = show->id;
	item->url = g_strdup(show->address);
	item->title = g_strdup(show->title);
	item->episodes = show->episodes;
	item->status = "failed";
	return item;
}

struct work_show *
refresh_item(struct work *work, gint64 show_id, const char *url)
{
	OWNED(show) show = show_id ? show_counted(work->store, show_id, NULL) : NULL;

	if (show)
		return item_of(show);
	struct work_show *item = g_new0(struct work_show, 1);
	item->id = show_id;
	item->url = url ? url_without_login(url) : NULL;
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
	item->tell = refreshing->show->last_success_s != WHEN_UNKNOWN;
	post_item(&refreshing->task, refreshing->show_id, item);
	refreshing_free(refreshing);
}

static const struct reading_calls reading_calls;

// Bytes go to a thread that reads them. The first ones take along what the library has.
static bool
push(struct refreshing *refreshing, const struct net_answer *answer, const char *bytes, size_t len,
    GError **error)
{
	struct work *work = refreshing->task.job->work;

	if (!refreshing->merge)
		refreshing->merge = keep_begin(work, refreshing->show_id, NULL, error);
	if (!refreshing->merge)
		return false;
	// A feed that is new brings hundreds at once: what lists show of them is read later.
	if (!refreshing->reading) {
		refreshing->groups_lost = work->groups_lost;
		refreshing->reading = reading_new(work->readers, answer, refreshing->merge,
		    !merge_is_first(refreshing->merge), &reading_calls, refreshing);
	}
	reading_push(refreshing->reading, bytes, len);
	return true;
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

	if (work_is_stopping(refreshing->task.job->work, error) || refreshing->stopped)
		return false;
	if (!validators)
		g_checksum_update(refreshing->sum, (const guchar *)bytes, (gssize)len);
	if (refreshing->show->body_hash && !validators && !refreshing->task.job->request->force &&
	    !refreshing->reading && !refreshing->first)
		return hold(refreshing, answer, bytes, len, error);
	return push(refreshing, answer, bytes, len, error);
}

static void start(struct refreshing *refreshing, const char *url, bool conditional);

// Asks where the feed says that it lives; ROW (taken) is the answer where it does not.
static void
confirm(struct refreshing *refreshing, struct work_show *row)
{
	refreshing->first = row;
	g_clear_pointer(&refreshing->merge, merge_free);
	g_clear_pointer(&refreshing->answer, net_answer_free);
	refreshing->stopped = false;
	g_checksum_reset(refreshing->sum);
	start(refreshing, refreshing->home, false);
}

// The older pages are read, or as many as could be.
static void
on_pages(void *user, int added, const GError *error)
{
	struct refreshing *refreshing = user;
	struct work_show *row = g_steal_pointer(&refreshing->first);

	row->added += added;
	row->archived = added;
	if (added)
		row->status = "updated";
	row->error = error ? g_strdup(error->message) : NULL;
	finish(refreshing, row);
}

// ROW (taken) is what came of the newest page.
static void
turn_pages(struct refreshing *refreshing, struct work_show *row)
{
	if (refreshing->first)
		item_free(refreshing->first);
	refreshing->first = row;
	refreshing->pages = pages_begin(refreshing->task.job->work, refreshing->show,
	    refreshing->next_page, on_pages, refreshing);
}

static void
complete(struct refreshing *refreshing, struct work_show *row)
{
	struct work_show *first = refreshing->first;
	g_autofree char *url = address_shown(refreshing->show->url);

	if (first) {
		row->added += first->added;
		row->updated += first->updated;
		row->bytes += first->bytes;
		row->ms += first->ms;
	}
	log_line(LOG_STORY, "refresh %s: %s", url, row->status);
	if (refreshing->next_page && !row->error)
		turn_pages(refreshing, row);
	else
		finish(refreshing, row);
}

static void
log_broken(const char *url, const struct feed *feed)
{
	for (guint i = 0; i < feed->warnings->len; i++) {
		g_autofree char *line = warning_line(feed->warnings->pdata[i]);
		log_line(LOG_STORY, "refresh %s: %s", url, line);
	}
}

// FEED is what was read; NULL: nothing has changed, or (refreshing->error) nothing came of it.
static void
settle(struct refreshing *refreshing, const struct feed *feed)
{
	struct work *work = refreshing->task.job->work;
	const struct net_answer *answer = refreshing->answer;
	struct work_show item = {0};
	GError **error = &refreshing->error;
	g_autofree char *url = address_shown(refreshing->show->url);

	if (feed)
		log_broken(url, feed);
	if (!*error && feed)
		outcome_changed(refreshing, answer, feed, &item, error);
	else if (!*error)
		outcome_unchanged(refreshing, answer, &item, error);
	if (!*error && refreshing->twin)
		outcome_meet(refreshing, &item, error);
	if (*error && refreshing->first) { // nothing is there: it stays where it is
		g_free(item.error);
		log_line(LOG_STORY, "%s", (*error)->message);
		finish(refreshing, g_steal_pointer(&refreshing->first));
		return;
	}
	if (*error && !strstr((*error)->message, url))
		g_prefix_error(error, "%s: ", url);
	if (*error)
		outcome_fail(refreshing, answer, *error, &item);
	struct work_show *row = feed || *error
				    ? refresh_item(work, refreshing->show_id, refreshing->show->url)
				    : item_of(refreshing->show);
	if (!row->title)
		row->title = g_strdup(refreshing->show->title);
	row->status = item.status;
	row->error = item.error;
	row->told = item.error && !g_strcmp0(item.error, refreshing->show->error);
	row->added = item.added;
	row->updated = item.updated;
	row->http = answer->status;
	row->bytes = answer->bytes;
	row->ms = answer->ms;
	if (!*error && refreshing->home && !refreshing->first)
		confirm(refreshing, row);
	else
		complete(refreshing, row);
}

// Some episodes have been read.
static void
on_batch(void *user, struct merge_batch *batch)
{
	struct refreshing *refreshing = user;
	struct work *work = refreshing->task.job->work;

	if (!refreshing->error && !work_is_stopping(work, &refreshing->error) &&
	    group_open(work, refreshing->groups_lost, &refreshing->error))
		merge_write(refreshing->merge, batch, &refreshing->error);
}

static void
on_stop(void *user)
{
	struct refreshing *refreshing = user;

	refreshing->stopped = true;
}

static void
on_end(void *user, struct feed *taken, const GError *failure)
{
	struct refreshing *refreshing = user;
	OWNED(feed) feed = taken;

	refreshing->reading = NULL;
	if (!refreshing->error && failure)
		refreshing->error = g_error_copy(failure);
	if (!refreshing->error)
		group_open(refreshing->task.job->work, refreshing->groups_lost, &refreshing->error);
	settle(refreshing, feed);
}

static const struct reading_calls reading_calls = {on_batch, on_stop, on_end};

// Whether the body is the one that is stored.
static bool
is_the_same(const struct refreshing *refreshing, const struct net_answer *answer)
{
	return answer->status == 304 ||
	       (refreshing->held &&
		   !strcmp(refreshing->show->body_hash, g_checksum_get_string(refreshing->sum)));
}

// The end of the transfer; that of the reading follows.
static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct refreshing *refreshing = user;
	GError **error = &refreshing->error;

	refreshing->task.transfer = NULL;
	refreshing->answer = net_answer_copy(answer);
	if (failure && !*error && !refreshing->stopped)
		*error = g_error_copy(failure);
	if (!*error && !is_the_same(refreshing, answer)) {
		g_autoptr(GString) held = g_steal_pointer(&refreshing->held);
		if (held || !refreshing->reading)
			push(
			    refreshing, answer, held ? held->str : "", held ? held->len : 0, error);
	}
	if (refreshing->reading)
		reading_end(refreshing->reading, *error != NULL);
	else
		settle(refreshing, NULL);
}

static void
start(struct refreshing *refreshing, const char *url, bool conditional)
{
	const struct job *job = refreshing->task.job;
	struct net_request request = {
	    .url = url,
	    .account = refreshing->show->url,
	    .etag = conditional ? refreshing->show->etag : NULL,
	    .last_modified = conditional ? refreshing->show->last_modified : NULL,
	    .accept = NET_FEED,
	    .max_bytes = MAX_FEED_BYTES,
	    .packed = true,
	    .local = !refreshing->home && address_is_local(url),
	    .urgent = job->request->ids && job->request->ids->len == 1,
	    .data = on_data,
	    .done = on_done,
	    .user = refreshing,
	};

	refreshing->task.transfer = net_start(job->work->net, &request);
}

// Some servers answer "not modified" for ever: now and then the feed is read all the same.
static bool
may_be_stuck(const struct refreshing *refreshing)
{
	gint64 told_s = refreshing->show->told_s;

	return told_s != WHEN_UNKNOWN && refreshing->now_s - told_s > STUCK_S;
}

void
refresh_show(struct job *job, struct show *taken)
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
	start(refreshing, taken->url, !job->request->force && !may_be_stuck(refreshing));
}
