// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "workbench.h"

#include <unistd.h>

#include "base/error.h"
#include "store/episodes.h"
#include "store/shows.h"

void
workbench_init(int *argc, char ***argv)
{
	g_test_init(argc, argv, NULL);
	g_setenv("no_proxy", "*", TRUE);
	g_unsetenv("XDG_RUNTIME_DIR"); // /tmp/hark-UID: a socket's path is short there
}

struct workbench *
workbench_new(void)
{
	struct workbench *bench = g_new0(struct workbench, 1);
	g_autoptr(GError) error = NULL;

	bench->folder = fixture_folder();
	bench->paths = paths_new(bench->folder, &error);
	g_assert_no_error(error);
	bench->options = options_new();
	options_set(bench->options, 0, "stall-timeout", "1", &error);
	g_assert_no_error(error);
	options_set(bench->options, 0, "connect-timeout", "2", &error);
	g_assert_no_error(error);
	bench->worker = worker_start(bench->paths, bench->options, &error);
	g_assert_no_error(error);
	bench->store = store_open(bench->paths->db, STORE_READ, &error);
	g_assert_no_error(error);
	return bench;
}

void
workbench_free(struct workbench *bench)
{
	g_autofree char *lock = g_strconcat(bench->paths->socket, ".refresh", NULL);

	if (bench->worker)
		worker_stop(bench->worker);
	store_close(bench->store);
	unlink(lock);
	paths_free(bench->paths);
	options_free(bench->options);
	fixture_remove(bench->folder);
	g_free(bench->folder);
	g_free(bench);
}

struct work_reply *
workbench_next(struct workbench *bench)
{
	struct work_reply *reply = mailbox_wait(worker_replies(bench->worker), 20000);

	g_assert_nonnull(reply);
	return reply;
}

struct workbench_result
workbench_run(struct workbench *bench, struct work_request *request)
{
	guint64 serial = worker_post(bench->worker, request);
	struct workbench_result result = {
	    .items = g_ptr_array_new_with_free_func((GDestroyNotify)work_reply_free),
	};

	while (!result.end) {
		struct work_reply *reply = workbench_next(bench);
		g_assert_cmpuint(reply->serial, ==, serial);
		if (reply->status == WORK_DONE) {
			result.end = reply;
		} else if (reply->status == WORK_ITEM) {
			g_ptr_array_add(result.items, reply);
		} else {
			result.progress++;
			work_reply_free(reply);
		}
	}
	return result;
}

void
workbench_result_clear(struct workbench_result *result)
{
	g_ptr_array_unref(result->items);
	work_reply_free(result->end);
	*result = (struct workbench_result){0};
}

const struct work_show *
workbench_show(const struct workbench_result *result, guint i)
{
	g_assert_cmpuint(i, <, result->items->len);
	const struct work_reply *reply = result->items->pdata[i];
	g_assert_nonnull(reply->show);
	return reply->show;
}

struct work_request *
request_address(enum work_kind kind, const char *address)
{
	struct work_request *request = work_request_new(kind, NULL, 0);

	request->address = g_strdup(address);
	return request;
}

struct work_request *
request_id(enum work_kind kind, gint64 id)
{
	return work_request_new(kind, &id, 1);
}

gint64
workbench_add(struct workbench *bench, const char *address)
{
	struct workbench_result result = workbench_run(bench, request_address(WORK_ADD, address));
	const struct work_show *show = workbench_show(&result, 0);
	gint64 id = show->id;

	g_assert_no_error(result.end->error);
	g_assert_cmpstr(show->error, ==, NULL);
	g_assert_cmpstr(show->status, ==, "added");
	g_assert_cmpint(id, >, 0);
	workbench_result_clear(&result);
	return id;
}

int
workbench_shows(struct workbench *bench)
{
	g_autoptr(GPtrArray) shows = shows_list(bench->store, NULL);

	return (int)shows->len;
}

GArray *
workbench_episodes(struct workbench *bench, gint64 show_id)
{
	OWNED(filter) filter = filter_show(show_id);
	g_autoptr(GError) error = NULL;
	GArray *ids = episodes_ids(bench->store, filter, ORDER_NEWEST, &error);

	g_assert_no_error(error);
	return ids;
}
