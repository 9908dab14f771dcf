// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests and replies as messages: made and freed, whoever holds them.
#include "config.h"

#include "text/feed.h"
#include "work/worker.h"

struct work_request *
work_request_new(enum work_kind kind, const gint64 *ids, size_t count)
{
	struct work_request *request = g_new0(struct work_request, 1);

	request->kind = kind;
	if (ids) {
		request->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
		g_array_append_vals(request->ids, ids, (guint)count);
	}
	return request;
}

void
work_request_free(struct work_request *request)
{
	if (request->ids)
		g_array_unref(request->ids);
	if (request->action)
		action_free(request->action);
	if (request->list)
		g_ptr_array_unref(request->list);
	g_free(request->address);
	g_free(request->value);
	g_free(request->new_episodes);
	g_free(request->on_add);
	g_free(request);
}

static void
work_show_free(struct work_show *show)
{
	g_free(show->title);
	g_free(show->url);
	g_free(show->error);
	g_free(show);
}

void
work_reply_free(struct work_reply *reply)
{
	g_clear_pointer(&reply->show, work_show_free);
	g_clear_pointer(&reply->feed, feed_free);
	action_result_clear(&reply->action);
	g_clear_error(&reply->error);
	g_free(reply->path);
	g_free(reply->file_error);
	g_free(reply);
}
