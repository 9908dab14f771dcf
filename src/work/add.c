// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/add.h"

#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "store/shows.h"
#include "work/address.h"
#include "work/keep.h"
#include "work/reading.h"
#include "work/refresh_show.h"

#define MAX_FEED_BYTES 100000000
#define MAX_ALTERNATES 5

struct adding {
	struct task task;
	GPtrArray *candidates; // char *, still to be tried, best first
	bool from_page;	       // the candidates were named by a web page
	char *url;	       // being tried
	struct feed_parser *parser;
	GChecksum *sum;
	struct work_show *item;
};

static void
adding_free(struct adding *adding)
{
	g_ptr_array_unref(adding->candidates);
	g_free(adding->url);
	if (adding->parser)
		feed_parser_free(adding->parser);
	g_checksum_free(adding->sum);
	if (adding->item) {
		struct work_reply *holder = g_new0(struct work_reply, 1);
		holder->show = adding->item;
		work_reply_free(holder);
	}
	g_free(adding);
}

static void
adding_drop(struct task *task)
{
	adding_free((struct adding *)task);
}

// The item of an add is its show; a preview's failure is the request's.
static void
finish(struct adding *adding, GError *taken)
{
	struct job *job = adding->task.job;
	struct work_show *item = g_steal_pointer(&adding->item);
	struct work_reply *reply = job_reply(job, WORK_ITEM, item->id);

	reply->show = item;
	if (taken) {
		item->error = g_strdup(taken->message);
		if (job->request->kind == WORK_PREVIEW)
			job->end->error = taken;
		else
			g_error_free(taken);
	}
	task_end(&adding->task, reply);
	adding_free(adding);
}

static bool
on_data(void *user, const struct net_answer *answer, const char *bytes, size_t len, GError **error)
{
	struct adding *adding = user;

	if (work_is_stopping(adding->task.job->work, error))
		return false;
	if (!adding->parser)
		adding->parser = feed_parser_new(answer->url, answer->content_type);
	g_checksum_update(adding->sum, (const guchar *)bytes, (gssize)len);
	// A page is read to its end for the feeds that it names; other refusals say enough.
	return feed_parser_push(adding->parser, bytes, len, error);
}

static struct feed *
read_feed(
    struct adding *adding, const struct net_answer *answer, GPtrArray **alternates, GError **error)
{
	if (!adding->parser)
		adding->parser = feed_parser_new(answer->url, answer->content_type);
	struct feed *feed = feed_parser_finish(adding->parser, alternates, error);
	g_clear_pointer(&adding->parser, feed_parser_free);
	return feed;
}

static void
fill_item(struct adding *adding, gint64 show_id, const char *status)
{
	struct work_show *item = adding->item;
	struct work_show *row = refresh_item(adding->task.job->work, show_id, adding->url);

	row->http = item->http;
	row->bytes = item->bytes;
	row->ms = item->ms;
	row->added = item->added;
	row->status = status;
	g_free(item->url);
	g_free(item);
	adding->item = row;
}

static bool
subscribe(struct adding *adding, const struct net_answer *answer, struct feed *feed, GError **error)
{
	struct work *work = adding->task.job->work;
	const char *url = answer->moved_to ? answer->moved_to : adding->url;
	bool validators = answer->etag || answer->last_modified;
	// What broke off is asked for anew next time; a feed that has moved is followed then.
	bool known, whole = !feed->truncated && !feed->new_feed_url;
	gint64 now_s = when_now();
	struct show_outcome outcome = {
	    .tried_s = now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = whole ? answer->etag : NULL,
	    .last_modified = whole ? answer->last_modified : NULL,
	    .body_hash = whole && !validators ? g_checksum_get_string(adding->sum) : NULL,
	    .next_try_s =
		keep_next_try(now_s, answer->max_age_s, feed->ttl_minutes, feed->complete),
	};
	struct merge_counts counts = {0};

	gint64 show_id = show_add(work->store, url, feed->title, &known, error);
	if (!show_id)
		return false;
	if (known) {
		fill_item(adding, show_id, "known");
		return true;
	}
	const struct work_request *request = adding->task.job->request;
	if (request->new_episodes &&
	    !show_set_new_episodes(work->store, show_id, request->new_episodes, error))
		return false;
	OWNED(merge) merge = keep_begin(work, show_id, request->on_add, error);
	for (guint i = 0; i < feed->episodes->len; i++)
		reading_guard(answer->url, feed->episodes->pdata[i]);
	if (!merge || !merge_episodes(merge, feed->episodes, error) ||
	    !merge_finish(merge, feed, &outcome, &counts, error))
		return false;
	keep_pause(work);
	adding->item->added = counts.added;
	fill_item(adding, show_id, "added");
	return true;
}

static void try_next(struct adding *adding, GError *taken);

static void
take_feed(struct adding *adding, const struct net_answer *answer, struct feed *taken)
{
	struct job *job = adding->task.job;
	OWNED(feed) feed = taken;
	GError *error = NULL;

	if (job->request->kind == WORK_PREVIEW) {
		fill_item(adding, 0, "unchanged");
		job->end->feed = g_steal_pointer(&feed);
	} else if (!subscribe(adding, answer, feed, &error)) {
		g_autofree char *url = address_shown(adding->url);
		g_prefix_error(&error, "%s: ", url);
	}
	finish(adding, error);
}

// The feeds that a page names are tried instead of what is left, once.
static bool
take_alternates(struct adding *adding, const char *page, GPtrArray *alternates)
{
	guint found = 0;

	if (!alternates || adding->from_page)
		return false;
	g_ptr_array_set_size(adding->candidates, 0);
	for (guint i = 0; i < alternates->len && found < MAX_ALTERNATES; i++)
		if (address_allowed(page, alternates->pdata[i])) {
			g_ptr_array_add(adding->candidates, g_strdup(alternates->pdata[i]));
			found++;
		}
	adding->from_page = found;
	return found;
}

static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct adding *adding = user;
	GError *error = failure ? g_error_copy(failure) : NULL;
	g_autoptr(GPtrArray) alternates = NULL;

	adding->task.transfer = NULL;
	adding->item->http = answer->status;
	adding->item->bytes = answer->bytes;
	adding->item->ms += answer->ms;
	struct feed *feed = error ? NULL : read_feed(adding, answer, &alternates, &error);
	if (feed) {
		take_feed(adding, answer, feed);
		return;
	}
	g_autofree char *url = address_shown(adding->url);
	if (!strstr(error->message, url))
		g_prefix_error(&error, "%s: ", url);
	if (!take_alternates(adding, answer->url, alternates) && !failure && !adding->from_page)
		g_ptr_array_set_size(adding->candidates, 0); // this was an answer
	try_next(adding, error);
}

// Asks the next candidate; where none is left the add has failed with TAKEN.
static void
try_next(struct adding *adding, GError *taken)
{
	struct work *work = adding->task.job->work;

	if (!adding->candidates->len || atomic_load(work->stopping)) {
		finish(adding, taken);
		return;
	}
	g_clear_error(&taken);
	g_free(adding->url);
	adding->url = g_ptr_array_steal_index(adding->candidates, 0);
	g_clear_pointer(&adding->parser, feed_parser_free);
	g_checksum_reset(adding->sum);
	adding->task.transfer = net_start(work->net,
	    &(struct net_request){
		.url = adding->url,
		.accept = NET_FEED,
		.max_bytes = MAX_FEED_BYTES,
		// A page from the network is never followed to a file: take_alternates sees to it.
		.local = address_is_local(adding->url),
		.urgent = true,
		.data = on_data,
		.done = on_done,
		.user = adding,
	    });
}

static gint64
known_show(struct work *work, const GPtrArray *candidates)
{
	for (guint i = 0; i < candidates->len; i++) {
		gint64 id = show_by_url(work->store, candidates->pdata[i], NULL);
		if (id)
			return id;
	}
	return 0;
}

void
add_begin(struct job *job)
{
	GError *error = NULL;
	GPtrArray *candidates = address_candidates(job->request->address, &error);
	struct adding *adding = g_new0(struct adding, 1);

	job->total = 1;
	adding->candidates = candidates ? candidates : g_ptr_array_new();
	adding->sum = g_checksum_new(G_CHECKSUM_SHA256);
	adding->url = g_strdup(job->request->address);
	adding->item = g_new0(struct work_show, 1);
	adding->item->url = url_without_login(job->request->address);
	adding->item->status = "failed";
	task_begin(&adding->task, job, adding_drop);
	gint64 known =
	    job->request->kind == WORK_ADD ? known_show(job->work, adding->candidates) : 0;
	if (known) {
		fill_item(adding, known, "known");
		finish(adding, NULL);
		return;
	}
	try_next(adding, error);
}
