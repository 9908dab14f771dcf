// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/refresh_show.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "store/unite.h"
#include "work/address.h"
#include "work/keep.h"
#include "work/pages.h"
#include "work/reading.h"

#define MAX_FEED_BYTES 100000000
#define MAX_HELD_BYTES (8 * 1024 * 1024)
#define STUCK_S (14 * 86400)

// One show being asked.
struct refreshing {
	struct task task;
	gint64 show_id;
	struct show *show;
	struct reading *reading; // from the first block until its end
	guint groups_lost;	 // before that
	struct merge *merge;
	GChecksum *sum; // of the body, where the server has no validators
	GString *held;	// the body so far, while its hash may say that nothing has changed
	struct net_answer *answer; // once it has ended
	GError *error;		   // why nothing comes of it
	bool stopped;		   // the reading has no use for more
	gint64 twin;		   // the show that lives where this one has moved to; 0 none
	char *home;		   // where the feed says that it lives now; to be confirmed
	struct work_show *first;   // what came of the old address, while HOME is asked
	struct pages *pages;	   // older ones, when the newest is stored
	char *next_page;
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

// Whether the show may live at TO: not without https if it had that, and where another one lives
// that answers they become one.
static bool
may_move(struct refreshing *refreshing, const char *to)
{
	const struct show *show = refreshing->show;
	struct store *store = refreshing->task.job->work->store;

	if (!strcmp(to, show->url) || !address_is_remote(to) ||
	    (g_str_has_prefix(show->url, "https:") && !g_str_has_prefix(to, "https:")))
		return false;
	gint64 other = show_by_url(store, to, NULL);
	if (!other || other == show->id)
		return true;
	OWNED(show) twin = show_get(store, other, NULL);
	if (twin && twin->last_success_s != WHEN_UNKNOWN && !twin->failures)
		refreshing->twin = other;
	return false;
}

// Where the show lives from now on; NULL where it stays.
static const char *
new_home(struct refreshing *refreshing, const struct net_answer *answer)
{
	const char *to = answer->moved_to ? answer->moved_to : refreshing->home;

	return to && may_move(refreshing, to) ? to : NULL;
}

// The feed says that it lives elsewhere: that is asked before it is believed, once.
static void
note_home(struct refreshing *refreshing, const struct net_answer *answer, const struct feed *feed)
{
	g_autofree char *normal = feed->new_feed_url ? address_normal(feed->new_feed_url) : NULL;
	g_autofree char *to = normal ? address_moved(refreshing->show->url, normal) : NULL;

	if (refreshing->first) {
		// There it says that it lives here: nobody moves.
		if (to && !strcmp(to, refreshing->show->url))
			g_clear_pointer(&refreshing->home, g_free);
	} else if (to && !answer->moved_to && may_move(refreshing, to)) {
		refreshing->home = g_steal_pointer(&to);
	}
}

// It was not asked, since its server wants no questions now: that is no failure of the show.
static void
put_off(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item)
{
	struct work *work = refreshing->task.job->work;
	gint64 next_try_s = keep_back_off(refreshing->now_s, 1, answer->retry_after_s);
	g_autoptr(GError) trouble = NULL;

	item->status = "later";
	if (!show_put_off(work->store, refreshing->show_id, next_try_s, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
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
	    .unreachable = answer->unreachable,
	    // Where nobody was reached, nobody is to be spared.
	    .next_try_s = answer->unreachable
			      ? refreshing->now_s
			      : keep_back_off(refreshing->now_s, refreshing->show->failures + 1,
				    answer->retry_after_s),
	};
	g_autoptr(GError) trouble = NULL;

	if (answer->put_off) {
		put_off(refreshing, answer, item);
		return;
	}
	item->status = outcome.gone ? "gone" : "failed";
	g_free(item->error);
	item->error = g_steal_pointer(&sentence);
	if (answer->unreachable)
		refreshing->task.job->unreachable++;
	if (!g_error_matches(error, HARK_ERROR, HARK_ERROR_INTERRUPTED) &&
	    !show_set_outcome(work->store, refreshing->show_id, &outcome, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
}

// Whether the row says all that this answer does: then the end of the whole refresh is written for
// it (shows_note_refresh), and nothing here.
static bool
goes_without_saying(const struct refreshing *refreshing, const struct show_outcome *outcome)
{
	const struct show *show = refreshing->show;
	const struct job *job = refreshing->task.job;
	bool due = show->next_try_s == WHEN_UNKNOWN || show->next_try_s <= job->begun_s;

	return !job->request->ids && due && outcome->next_try_s <= refreshing->now_s &&
	       !outcome->moved_to && !show->failures && !show->gone && !show->error &&
	       show->last_success_s != WHEN_UNKNOWN && !g_strcmp0(outcome->etag, show->etag) &&
	       !g_strcmp0(outcome->last_modified, show->last_modified);
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
	    .next_try_s = keep_next_try(
		refreshing->now_s, answer->max_age_s, show->ttl_minutes, show->complete),
	};

	item->status = "unchanged";
	outcome.moved_to = new_home(refreshing, answer);
	if (outcome.moved_to)
		item->status = "moved";
	return goes_without_saying(refreshing, &outcome) ||
	       show_set_outcome(
		   refreshing->task.job->work->store, refreshing->show_id, &outcome, error);
}

static bool
changed(struct refreshing *refreshing, const struct net_answer *answer, const struct feed *feed,
    struct work_show *item, GError **error)
{
	struct merge_counts counts = {0};

	note_home(refreshing, answer, feed);
	bool confirming = refreshing->home && !refreshing->first;
	bool disowned = refreshing->first && !refreshing->home;
	// What broke off, and what has moved and was not found there, is asked for anew next time.
	bool whole = !feed->truncated && !confirming && !disowned;
	bool validators = answer->etag || answer->last_modified;
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = whole ? answer->etag : NULL,
	    .last_modified = whole ? answer->last_modified : NULL,
	    .body_hash = whole && !validators ? g_checksum_get_string(refreshing->sum) : NULL,
	    .next_try_s = keep_next_try(
		refreshing->now_s, answer->max_age_s, feed->ttl_minutes, feed->complete),
	    .moved_to = confirming ? NULL : new_home(refreshing, answer),
	};
	if (!merge_finish(refreshing->merge, feed, &outcome, &counts, error))
		return false;
	if (refreshing->task.job->request->all_pages && feed->next_page &&
	    address_allowed(refreshing->show->url, feed->next_page)) {
		g_free(refreshing->next_page);
		refreshing->next_page = g_strdup(feed->next_page);
	}
	item->added = counts.added;
	item->updated = counts.updated;
	item->status = counts.added || counts.updated ? "updated" : "unchanged";
	if (outcome.moved_to)
		item->status = "moved";
	return true;
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

// Two shows at one address are one. A feed's own word for it may be a line copied from another
// feed: it counts where both have an episode in common.
static void
meet(struct refreshing *refreshing, struct work_show *item, GError **error)
{
	struct store *store = refreshing->task.job->work->store;

	if (!refreshing->answer->moved_to &&
	    !shows_share_episodes(store, refreshing->show_id, refreshing->twin))
		return;
	if (!show_unite(store, refreshing->show_id, refreshing->twin, refreshing->now_s, error))
		return;
	item->status = "moved";
	item->added = item->updated = 0; // the other one had them
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
		changed(refreshing, answer, feed, &item, error);
	else if (!*error)
		unchanged(refreshing, answer, &item, error);
	if (!*error && refreshing->twin)
		meet(refreshing, &item, error);
	if (*error && refreshing->first) { // nothing is there: it stays where it is
		g_free(item.error);
		log_line(LOG_STORY, "%s", (*error)->message);
		finish(refreshing, g_steal_pointer(&refreshing->first));
		return;
	}
	if (*error && !strstr((*error)->message, url))
		g_prefix_error(error, "%s: ", url);
	if (*error)
		fail(refreshing, answer, *error, &item);
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
