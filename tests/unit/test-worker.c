// SPDX-License-Identifier: GPL-3.0-or-later
//
// The threads: many requests at once, every one answered, a stop in the middle of everything, and
// the reader's newest question. Meant for ThreadSanitizer as well.
#include "config.h"

#include <string.h>

#include "../lib/workbench.h"
#include "base/error.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/shows.h"
#include "work/reader.h"

#define SHOWS 12

static struct fixture *server;

static void
write_feeds(void)
{
	for (int show = 0; show < SHOWS; show++) {
		g_autofree char *name = g_strdup_printf("feed%d.xml", show);
		GString *text = g_string_new("<rss version='2.0'><channel>");
		g_string_append_printf(text, "<title>Show %d</title>", show);
		for (int i = 0; i < 20; i++)
			g_string_append_printf(text,
			    "<item><guid>%d</guid><title>Episode %d</title><description>Words about"
			    " this and that.</description><enclosure "
			    "url='a.mp3?drip=30000&amp;n=%d'"
			    " type='audio/mpeg'/></item>",
			    i, i, i);
		g_string_append(text, "</channel></rss>");
		fixture_write(server, name, text->str);
		g_string_free(text, TRUE);
	}
	g_autofree char *audio = g_strnfill(200000, 'x');
	fixture_write(server, "a.mp3", audio);
}

static void
post_adds(struct workbench *bench)
{
	for (int show = 0; show < SHOWS; show++) {
		g_autofree char *target = g_strdup_printf("feed%d.xml?etag", show);
		g_autofree char *url = fixture_url(server, target);
		worker_post(bench->worker, request_address(WORK_ADD, url));
	}
}

static void
wait_for_ends(struct workbench *bench, int count)
{
	while (count) {
		OWNED(work_reply) reply = workbench_next(bench);
		g_assert_no_error(reply->error);
		if (reply->show)
			g_assert_cmpstr(reply->show->error, ==, NULL);
		count -= reply->status == WORK_DONE;
	}
}

static void
test_many(void)
{
	struct workbench *bench = workbench_new();
	struct work_request *request;

	post_adds(bench);
	wait_for_ends(bench, SHOWS);
	g_assert_cmpint(workbench_shows(bench), ==, SHOWS);
	struct workbench_result result =
	    workbench_run(bench, work_request_new(WORK_REFRESH, NULL, 0));
	g_assert_cmpuint(result.items->len, ==, SHOWS);
	g_assert_cmpint(result.end->done, ==, SHOWS);
	g_assert_cmpint(result.end->total, ==, SHOWS);
	for (guint i = 0; i < result.items->len; i++) {
		g_assert_cmpint(workbench_show(&result, i)->http, ==, 304);
		g_assert_cmpstr(workbench_show(&result, i)->status, ==, "unchanged");
	}
	workbench_result_clear(&result);

	// All kinds at once; each is answered once.
	request = work_request_new(WORK_SET, NULL, 0);
	request->address = g_strdup("test");
	request->value = g_strdup("value");
	worker_post(bench->worker, request);
	for (gint64 id = 1; id <= 40; id++) {
		request = work_request_new(WORK_ACTION, NULL, 0);
		request->action = action_new(ACTION_PLAYED, &id, 1, 0);
		worker_post(bench->worker, request);
		worker_set_options(bench->worker, bench->options);
		worker_post(bench->worker, request_id(WORK_TRANSCRIPT, id));
	}
	request = work_request_new(WORK_REFRESH, NULL, 0);
	request->force = true;
	worker_post(bench->worker, request);
	wait_for_ends(bench, 82);
	g_autofree char *value = store_get(bench->store, "test");
	g_assert_cmpstr(value, ==, "value");
	OWNED(episode) episode = episode_get(bench->store, 40, NULL);
	g_assert_cmpint(episode->state, ==, EPISODE_PLAYED);
	g_assert_null(mailbox_take(worker_replies(bench->worker)));
	workbench_free(bench);
}

// Whatever runs, a stop takes a moment; what the user did last is kept.
static void
test_stop(void)
{
	static const char *const targets[] = {"feed0.xml?hang", "feed0.xml?hang=body",
	    "feed0.xml?drip=10", "feed0.xml?zeros=90000000", "feed0.xml", "page"};

	for (size_t i = 0; i < G_N_ELEMENTS(targets); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *url = fixture_url(server, "feed1.xml");
		gint64 id = workbench_add(bench, url);
		g_autoptr(GArray) ids = workbench_episodes(bench, id);
		g_autofree char *slow = fixture_url(server, targets[i]);
		g_test_message("%s", targets[i]);
		worker_post(bench->worker, request_address(WORK_ADD, slow));
		worker_post(bench->worker, work_request_new(WORK_REFRESH, NULL, 0));
		worker_post(bench->worker, work_request_new(WORK_REFRESH, NULL, 0));
		worker_post(bench->worker,
		    work_request_new(WORK_DOWNLOAD, (const gint64 *)ids->data, ids->len));
		g_usleep(i * 30000);
		struct work_request *request = work_request_new(WORK_ACTION, NULL, 0);
		gint64 first = g_array_index(ids, gint64, 0);
		request->action = action_new(ACTION_PLAYED, &first, 1, 0);
		worker_post(bench->worker, request);
		gint64 begun_us = g_get_monotonic_time();
		worker_stop(bench->worker);
		bench->worker = NULL;
		gint64 took_ms = (g_get_monotonic_time() - begun_us) / 1000;
		g_test_message("stopped within %d ms", (int)took_ms);
		g_assert_cmpint(took_ms, <, 3000);
		OWNED(episode) episode = episode_get(bench->store, first, NULL);
		g_assert_cmpint(episode->state, ==, EPISODE_PLAYED);
		workbench_free(bench);
	}
}

// Another process that holds the database's lock for SPAN_MS.
struct holder {
	const char *db;
	int span_ms;
	struct mailbox *ready;
};

static gpointer
hold(gpointer data)
{
	struct holder *holder = data;
	OWNED(store) store = store_open(holder->db, STORE_WRITE, NULL);

	g_assert_true(store_begin(store, STORE_USER, NULL));
	mailbox_post(holder->ready, holder);
	g_usleep((gulong)holder->span_ms * 1000);
	store_rollback(store);
	return NULL;
}

// A stop comes to its end though another process holds the database; where that lets go in time,
// what the user did is written.
static void
test_stop_held(void)
{
	static const struct {
		int span_ms;
		bool written;
	} rows[] = {{1000, true}, {STORE_HURRY_USER_MS + 3000, false}};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_autofree char *url = fixture_url(server, "feed1.xml");
		gint64 id = workbench_add(bench, url);
		g_autoptr(GArray) ids = workbench_episodes(bench, id);
		gint64 first = g_array_index(ids, gint64, 0);
		struct holder holder = {bench->paths->db, rows[i].span_ms,
		    mailbox_new(NULL, NULL, NULL)};
		GThread *thread = g_thread_new("holder", hold, &holder);

		g_assert_nonnull(mailbox_wait(holder.ready, 20000));
		struct work_request *request = work_request_new(WORK_REFRESH, NULL, 0);
		request->force = true;
		worker_post(bench->worker, request);
		for (int n = 0; n < 3; n++) {
			request = work_request_new(WORK_ACTION, NULL, 0);
			request->action = action_new(ACTION_PLAYED, &first, 1, 0);
			worker_post(bench->worker, request);
		}
		worker_post(bench->worker, request_id(WORK_DOWNLOAD, first));
		g_usleep(300000);
		gint64 begun_us = g_get_monotonic_time();
		worker_stop(bench->worker);
		bench->worker = NULL;
		gint64 took_ms = (g_get_monotonic_time() - begun_us) / 1000;
		g_test_message("stopped within %d ms", (int)took_ms);
		g_assert_cmpint(took_ms, <, STORE_HURRY_USER_MS + 2000);
		g_thread_join(thread);
		OWNED(episode) episode = episode_get(bench->store, first, NULL);
		g_assert_cmpint(episode->state == EPISODE_PLAYED, ==, rows[i].written);
		g_assert_cmpint(episode->file_state == FILE_WANTED, ==, rows[i].written);
		mailbox_free(holder.ready);
		workbench_free(bench);
	}
}

// Start and stop, with nothing asked.
static void
test_idle(void)
{
	for (int i = 0; i < 5; i++)
		workbench_free(workbench_new());
}

static void
test_downloads(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "feed2.xml");
	gint64 id = workbench_add(bench, url);
	g_autoptr(GArray) ids = workbench_episodes(bench, id);
	g_autoptr(GHashTable) running = g_hash_table_new(NULL, NULL);
	guint most = 0;

	worker_post(
	    bench->worker, work_request_new(WORK_DOWNLOAD, (const gint64 *)ids->data, 6));
	for (int items = 0; items < 6;) {
		OWNED(work_reply) reply = workbench_next(bench);
		g_assert_cmpstr(reply->file_error, ==, NULL);
		if (reply->status == WORK_ITEM) {
			g_hash_table_remove(running, GINT_TO_POINTER(reply->id));
			items++;
		} else {
			g_hash_table_add(running, GINT_TO_POINTER(reply->id));
		}
		most = MAX(most, g_hash_table_size(running));
	}
	OWNED(work_reply) end = workbench_next(bench);
	g_assert_cmpint(end->status, ==, WORK_DONE);
	g_assert_cmpuint(most, ==, 2); // downloads-parallel
	workbench_free(bench);
}

// A database that cannot be opened is the answer to everything.
static void
test_no_store(void)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *file = g_build_filename(folder, "profile", NULL);
	g_autoptr(GError) error = NULL;
	OWNED(options) options = options_new();

	g_file_set_contents(file, "no folder", -1, NULL);
	OWNED(paths) paths = paths_new(file, &error);
	g_assert_no_error(error);
	struct worker *worker = worker_start(paths, options, &error);
	g_assert_no_error(error);
	struct workbench bench = {.worker = worker};
	struct workbench_result result = workbench_run(&bench, request_id(WORK_REFRESH, 1));
	g_assert_nonnull(result.end->error);
	workbench_result_clear(&result);
	worker_stop(worker);
	fixture_remove(folder);
}

// Of many questions in a row the last one is answered; older answers may come, never after it.
static void
test_reader(void)
{
	struct workbench *bench = workbench_new();
	g_autofree char *url = fixture_url(server, "feed3.xml");
	gint64 show_id = workbench_add(bench, url);
	g_autoptr(GError) error = NULL;
	struct reader *reader = reader_start(bench->paths->db, &error);
	guint64 last = 0;

	g_assert_no_error(error);
	for (int i = 0; i < 200; i++)
		last = reader_ask(reader, i % 2 ? filter_show(show_id) : NULL, ORDER_NEWEST);
	for (;;) {
		struct reader_answer *answer = mailbox_wait(reader_answers(reader), 20000);
		g_assert_nonnull(answer);
		g_assert_no_error(answer->error);
		bool done = answer->serial == last;
		g_assert_cmpuint(answer->ids->len, ==, 20);
		reader_answer_free(answer);
		if (done)
			break;
	}
	g_assert_null(mailbox_take(reader_answers(reader)));
	reader_ask(reader, NULL, ORDER_NEWEST);
	reader_stop(reader);
	workbench_free(bench);
}

int
main(int argc, char **argv)
{
	workbench_init(&argc, &argv);
	server = fixture_start();
	write_feeds();
	g_test_add_func("/worker/many", test_many);
	g_test_add_func("/worker/stop", test_stop);
	g_test_add_func("/worker/stop-held", test_stop_held);
	g_test_add_func("/worker/idle", test_idle);
	g_test_add_func("/worker/downloads", test_downloads);
	g_test_add_func("/worker/no-store", test_no_store);
	g_test_add_func("/reader/newest", test_reader);
	int status = g_test_run();
	fixture_stop(server);
	return status;
}
