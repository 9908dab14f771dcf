// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/refresh_show.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
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
	GString *held;		 // the body so far, while its hash may say that nothing has changed
	char *home;		 // where the feed says that it lives now; to be confirmed
	struct work_show *first; // what came of the old address, while HOME is asked
	GPtrArray *joined;	 // struct joined *: others that asked for the same show meanwhile
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
	if (refreshing->parser)
		feed_parser_free(refreshing->parser);
	if (refreshing->keep)
		keep_free(refreshing->keep);
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

struct work_show *
refresh_item(struct work *work, gint64 show_id, const char *url)
{
	struct work_show *item = g_new0(struct work_show, 1);
	OWNED(show) show = show_id ? show_get(work->store, show_id, NULL) : NULL;

	item->id = show_id;
	item->url = show ? g_strdup(show->address) : url ? url_without_login(url) : NULL;
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
		refreshing->keep = keep_new(work, refreshing->show_id, answer->url, NULL, error);
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
	    !refreshing->parser && !refreshing->first)
		return hold(refreshing, answer, bytes, len, error);
	return push(refreshing, answer, bytes, len, error);
}

// Whether the show may live at TO: not where another one lives already, nor without https if it had
// that.
static bool
may_move(struct refreshing *refreshing, const char *to, struct work_show *item)
{
	const struct show *show = refreshing->show;
	gint64 other = show_by_url(refreshing->task.job->work->store, to, NULL);

	if (!strcmp(to, show->url) || !address_is_remote(to) ||
	    (g_str_has_prefix(show->url, "https:") && !g_str_has_prefix(to, "https:")))
		return false;
	if (!other || other == show->id)
		return true;
	g_autofree char *there = address_shown(to);
	g_free(item->error);
	item->error =
	    g_strdup_printf(_("This feed has moved to %s, which is another show of yours."), there);
	return false;
}

// Where the show lives from now on; NULL where it stays.
static const char *
new_home(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item)
{
	const char *to = answer->moved_to ? answer->moved_to : refreshing->home;

	return to && may_move(refreshing, to, item) ? to : NULL;
}

// The feed says that it lives elsewhere: that is asked before it is believed, once.
static void
note_home(struct refreshing *refreshing, const struct net_answer *answer, const struct feed *feed,
    struct work_show *item)
{
	g_autofree char *normal = feed->new_feed_url ? address_normal(feed->new_feed_url) : NULL;
	g_autofree char *to = normal ? address_moved(refreshing->show->url, normal) : NULL;

	if (refreshing->first) {
		// There it says that it lives here: nobody moves.
		if (to && !strcmp(to, refreshing->show->url))
			g_clear_pointer(&refreshing->home, g_free);
	} else if (to && !answer->moved_to && may_move(refreshing, to, item)) {
		refreshing->home = g_steal_pointer(&to);
	}
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
	    // Where nobody was reached, nobody is to be spared.
	    .next_try_s = answer->unreachable
			      ? refreshing->now_s
			      : keep_back_off(refreshing->now_s, refreshing->show->failures + 1,
				    answer->retry_after_s),
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
	note_home(refreshing, answer, feed, item);
	bool confirming = refreshing->home && !refreshing->first;
	// What broke off, and what has moved and was not found there, is asked for anew next time.
	bool whole = !feed->truncated && !confirming;
	bool validators = answer->etag || answer->last_modified;
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = whole ? answer->etag : NULL,
	    .last_modified = whole ? answer->last_modified : NULL,
	    .body_hash = whole && !validators ? g_checksum_get_string(refreshing->sum) : NULL,
	    .next_try_s = keep_next_try(refreshing->now_s, answer->max_age_s, feed->ttl_minutes),
	    .moved_to = confirming ? NULL : new_home(refreshing, answer, item),
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

static void start(struct refreshing *refreshing, const char *url, bool conditional);

// Asks where the feed says that it lives; ROW (taken) is the answer where it does not.
static void
confirm(struct refreshing *refreshing, struct work_show *row)
{
	refreshing->first = row;
	g_clear_pointer(&refreshing->parser, feed_parser_free);
	g_clear_pointer(&refreshing->keep, keep_free);
	g_checksum_reset(refreshing->sum);
	start(refreshing, refreshing->home, false);
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
	finish(refreshing, row);
}

static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct refreshing *refreshing = user;
	struct work *work = refreshing->task.job->work;
	struct work_show item = {0};
	g_autoptr(GError) error = failure ? g_error_copy(failure) : NULL;
	g_autofree char *url = address_shown(refreshing->show->url);

	refreshing->task.transfer = NULL;
	if (!error)
		settle(refreshing, answer, &item, &error);
	if (error && refreshing->first) { // nothing is there: it stays where it is
		g_free(item.error);
		log_line(LOG_STORY, "%s", error->message);
		finish(refreshing, g_steal_pointer(&refreshing->first));
		return;
	}
	if (error && !strstr(error->message, url))
		g_prefix_error(&error, "%s: ", url);
	if (error)
		fail(refreshing, answer, error, &item);
	struct work_show *row = refresh_item(work, refreshing->show_id, refreshing->show->url);
	row->status = item.status;
	row->error = item.error;
	row->added = item.added;
	row->updated = item.updated;
	row->http = answer->status;
	row->bytes = answer->bytes;
	row->ms = answer->ms;
	if (!error && refreshing->home && !refreshing->first)
		confirm(refreshing, row);
	else
		complete(refreshing, row);
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
	    .local = !refreshing->home && address_is_local(url),
	    .urgent = job->request->ids && job->request->ids->len == 1,
	    .data = on_data,
	    .done = on_done,
	    .user = refreshing,
	};

	refreshing->task.transfer = net_start(job->work->net, &request);
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
	start(refreshing, taken->url, !job->request->force);
}
