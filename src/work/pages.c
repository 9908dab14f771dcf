// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/pages.h"

#include "base/error.h"
#include "base/i18n.h"
#include "work/address.h"
#include "work/keep.h"
#include "work/reading.h"

#define PAGES_MAX 500
#define PAGE_MAX_BYTES 100000000

struct pages {
	struct work *work;
	const struct show *show;
	void (*done)(void *user, int added, const GError *error);
	void *user;
	GHashTable *seen; // set of char *: addresses that were asked
	struct merge *merge;
	struct reading *reading;
	guint groups_lost; // before it
	int added;
	bool stopped; // the reading has no use for more
	GError *error;
};

void
pages_free(struct pages *pages)
{
	if (!pages)
		return;
	merge_free(pages->merge);
	g_hash_table_unref(pages->seen);
	g_clear_error(&pages->error);
	g_free(pages);
}

static void turn(struct pages *pages, const char *url);

static void
on_batch(void *user, struct merge_batch *batch)
{
	struct pages *pages = user;

	if (!pages->error && !work_is_stopping(pages->work, &pages->error) &&
	    group_open(pages->work, pages->groups_lost, &pages->error))
		merge_write(pages->merge, batch, &pages->error);
}

static void
on_stop(void *user)
{
	((struct pages *)user)->stopped = true;
}

static bool
may_turn(const struct pages *pages, const char *next)
{
	return next && g_hash_table_size(pages->seen) < PAGES_MAX &&
	       !g_hash_table_contains(pages->seen, next) && address_allowed(pages->show->url, next);
}

// A page was read, or has failed.
static void
page_end(struct pages *pages, const struct feed *feed)
{
	struct merge_counts counts = {0};

	if (!pages->error && feed)
		merge_finish_page(pages->merge, &counts, &pages->error);
	pages->added += counts.added;
	g_clear_pointer(&pages->merge, merge_free);
	if (!pages->error && feed && may_turn(pages, feed->next_page))
		turn(pages, feed->next_page);
	else
		pages->done(pages->user, pages->added, pages->error); // pages is gone
}

static void
on_end(void *user, struct feed *taken, const GError *failure)
{
	struct pages *pages = user;
	OWNED(feed) feed = taken;

	pages->reading = NULL;
	if (!pages->error && failure)
		pages->error = g_error_copy(failure);
	if (!pages->error)
		group_open(pages->work, pages->groups_lost, &pages->error);
	page_end(pages, feed);
}

static const struct reading_calls reading_calls = {on_batch, on_stop, on_end};

static bool
on_data(void *user, const struct net_answer *answer, const char *bytes, size_t len, GError **error)
{
	struct pages *pages = user;

	if (work_is_stopping(pages->work, error) || pages->stopped || !pages->merge)
		return false;
	if (!pages->reading) {
		pages->groups_lost = pages->work->groups_lost;
		pages->reading = reading_new(
		    pages->work->readers, answer, pages->merge, false, &reading_calls, pages);
	}
	reading_push(pages->reading, bytes, len);
	return true;
}

static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct pages *pages = user;

	if (failure && !pages->error && !pages->stopped)
		pages->error = g_error_copy(failure);
	if (pages->reading)
		reading_end(pages->reading, pages->error != NULL);
	else
		page_end(pages, NULL); // empty: the last one
}

static void
turn(struct pages *pages, const char *url)
{
	g_hash_table_add(pages->seen, g_strdup(url));
	pages->stopped = false;
	pages->merge = keep_begin(pages->work, pages->show->id, NULL, &pages->error);
	if (pages->merge)
		merge_set_archive(pages->merge);
	// Without a merge the first block fails, and the end says why.
	net_start(pages->work->net, &(struct net_request){
					.url = url,
					.account = pages->show->url,
					.accept = NET_FEED,
					.max_bytes = PAGE_MAX_BYTES,
					.packed = true,
					.local = address_is_local(url),
					.data = on_data,
					.done = on_done,
					.user = pages,
				    });
}

struct pages *
pages_begin(struct work *work, const struct show *show, const char *url,
    void (*done)(void *user, int added, const GError *error), void *user)
{
	struct pages *pages = g_new0(struct pages, 1);

	pages->work = work;
	pages->show = show;
	pages->done = done;
	pages->user = user;
	pages->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_hash_table_add(pages->seen, g_strdup(show->url));
	turn(pages, url);
	return pages;
}
