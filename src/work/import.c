// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/import.h"

#include "base/log.h"
#include "store/shows.h"
#include "text/opml.h"
#include "work/address.h"

#define BATCH 500 // shows a transaction: some 20 ms

static bool
store_one(
    struct store *store, const struct subscription *from, struct work_show *item, GError **error)
{
	bool known;
	g_autoptr(GPtrArray) addresses = address_candidates(from->address, error);

	if (!addresses)
		return false;
	const char *url = addresses->pdata[0];
	item->id = show_add(store, url, from->title, &known, error);
	if (!item->id || !show_label(store, item->id, from->own_title, from->tags, error))
		return false;
	item->status = known ? "known" : "added";
	return true;
}

static struct work_show *
import_one(struct store *store, const struct subscription *from)
{
	struct work_show *item = g_new0(struct work_show, 1);
	g_autoptr(GError) error = NULL;

	item->line = from->line;
	item->url = url_without_login(from->address);
	item->title = g_strdup(from->own_title ? from->own_title : from->title);
	item->status = "failed";
	if (from->wrong)
		item->error = g_strdup(from->wrong);
	else if (!store_one(store, from, item, &error))
		item->error = g_strdup(error->message);
	return item;
}

// Those from FIRST on that share a transaction.
static bool
import_batch(struct job *job, guint first, GPtrArray *items, GError **error)
{
	const GPtrArray *list = job->request->list;
	struct store *store = job->work->store;

	if (!store_begin(store, STORE_USER, error))
		return false;
	for (guint i = first; i < MIN(first + BATCH, list->len); i++)
		g_ptr_array_add(items, import_one(store, list->pdata[i]));
	return store_commit(store, error);
}

void
import_begin(struct job *job)
{
	const GPtrArray *list = job->request->list;

	job->total = (int)list->len;
	for (guint first = 0; first < list->len && !job->end->error; first += BATCH) {
		g_autoptr(GPtrArray) items = g_ptr_array_new();
		bool stored = import_batch(job, first, items, &job->end->error);
		for (guint i = 0; i < items->len; i++) {
			struct work_reply *reply = job_reply(job, WORK_ITEM, 0);
			reply->show = items->pdata[i];
			reply->id = reply->show->id;
			job->done++;
			if (stored)
				job_post(job, reply);
			else
				work_reply_free(reply);
		}
	}
}
