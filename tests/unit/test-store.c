// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file itself: opening, modes, migrations, transactions, several processes, kill -9.
#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/migrate.h"
#include "store/sql.h"

static struct store *
open_at(const char *path, enum store_mode mode)
{
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(path, mode, &error);

	g_assert_no_error(error);
	return store;
}

static void
test_new_file(void)
{
	g_autofree char *path = library_path();
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	struct stat file;

	// A reader comes first and finds an empty library.
	OWNED(store) reader = open_at(path, STORE_READ);
	g_autoptr(GPtrArray) shows = shows_list(reader, NULL);
	g_assert_cmpuint(shows->len, ==, 0);
	g_assert_cmpint(stat(path, &file), ==, 0);
	g_assert_cmpint(file.st_mode & 0777, ==, 0600);

	OWNED(store) writer = open_at(path, STORE_WRITE);
	library_show(writer, "https://a.example/feed");
	g_assert_cmpint(stat(log, &file), ==, 0);
	g_assert_cmpint(file.st_mode & 0777, ==, 0600);
	g_assert_cmpint(file.st_size, >, 0);
	g_assert_cmpint(file.st_size % (16384 + 24), ==, 32); // pages of 16 KB
	store_checkpoint(writer, G_MAXINT64);
	g_assert_cmpint(stat(log, &file), ==, 0);
	g_assert_cmpint(file.st_size, >, 0);
	store_checkpoint(writer, 0);
	g_assert_cmpint(stat(log, &file), ==, 0);
	g_assert_cmpint(file.st_size, ==, 0);

	g_autoptr(GError) error = NULL;
	g_assert_cmpint(show_add(reader, "https://b.example/feed", NULL, NULL, &error), ==, 0);
	g_assert_nonnull(error); // query-only
	g_clear_pointer(&reader, store_close);
	g_clear_pointer(&writer, store_close);
	library_remove(path);
}

static void
expect_refused(const char *path, enum store_mode mode, const char *words)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = store_open(path, mode, &error);

	g_assert_null(store);
	g_assert_error(error, HARK_ERROR, HARK_ERROR_STORE);
	if (!strstr(error->message, words))
		g_error("“%s” does not say “%s”", error->message, words);
}

static void
exec(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

static void
test_refused(void)
{
	g_autofree char *path = library_path();
	g_autofree char *folder = g_path_get_dirname(path);

	expect_refused(folder, STORE_WRITE, folder); // a folder
	g_assert_true(g_file_set_contents(path,
	    "This is no database, it is a letter to a friend.\n"
	    "It goes on for a while, as letters do.......\n",
	    -1, NULL));
	expect_refused(path, STORE_WRITE, path);
	expect_refused(path, STORE_READ, path);
	g_assert_cmpint(unlink(path), ==, 0);

	store_close(open_at(path, STORE_WRITE));
	exec(path, "PRAGMA user_version = 1000");
	expect_refused(path, STORE_WRITE, "newer hark");
	expect_refused(path, STORE_READ, "newer hark");
	library_remove(path);
}

static gint64
number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	gint64 result = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return result;
}

static const char *const steps[] = {
    "CREATE TABLE thing (a); INSERT INTO thing VALUES (1), (2)",
    "ALTER TABLE thing ADD COLUMN b; UPDATE thing SET b = a * 10",
    "CREATE TABLE more (x); INSERT INTO nowhere VALUES (1)", // fails in its middle
};

static void
test_migrate(void)
{
	g_autofree char *path = library_path();
	g_autofree char *kept = g_strconcat(path, ".v1.bak", NULL);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = NULL, *copy = NULL;
	struct stat file;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_true(migrate(db, path, steps, 1, &error));
	g_assert_cmpint(number(db, "PRAGMA user_version"), ==, 1);
	g_assert_false(g_file_test(kept, G_FILE_TEST_EXISTS)); // there was nothing to keep

	g_assert_true(migrate(db, path, steps, 2, &error));
	g_assert_no_error(error);
	g_assert_cmpint(number(db, "SELECT sum(b) FROM thing"), ==, 30);
	g_assert_cmpint(stat(kept, &file), ==, 0);
	g_assert_cmpint(file.st_mode & 0777, ==, 0600);
	g_assert_cmpint(sqlite3_open(kept, &copy), ==, SQLITE_OK);
	g_assert_cmpint(number(copy, "PRAGMA user_version"), ==, 1);
	g_assert_cmpint(number(copy, "SELECT sum(a) FROM thing"), ==, 3);
	sqlite3_close(copy);

	// Half a step is none.
	g_assert_false(migrate(db, path, steps, 3, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_STORE);
	g_assert_cmpint(number(db, "PRAGMA user_version"), ==, 2);
	g_assert_cmpint(number(db, "SELECT count(*) FROM sqlite_schema"), ==, 1);
	sqlite3_close(db);
	library_remove(path);
}

// What a library of schema 1 holds is there afterwards, and its copy beside it.
static void
test_from_schema_1(void)
{
	g_autofree char *path = library_path();
	g_autofree char *kept = g_strconcat(path, ".v1.bak", NULL);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_true(migrate(db, path, schema_steps, 1, &error));
	static const char rows[] =
	    "INSERT INTO show (id, url, url_key, title, folded, added_at) VALUES"
	    " (7, 'https://a.example/f', 'a.example/f', 'Old', 'old', 1);"
	    "INSERT INTO episode (id, show_id, identity, media_sum, digest, title, folded, seen_s,"
	    " sort_s, highlight, played_at) VALUES"
	    " (70, 7, 'gone', 5, 'x', 'One', 'one', 1, 1, 'A highlight', 3),"
	    " (71, 7, 'gtwo', 6, 'y', 'Two', 'two', 1, 1, '', NULL),"
	    " (72, 7, 'gtwo', 6, 'y', 'Two again', 'two again', 1, 1, '', NULL);"
	    "INSERT INTO notes (episode_id, html, summary) VALUES (70, '<p>Old notes</p>', 'S');"
	    "INSERT INTO enclosure (episode_id, n, url, type, bytes) VALUES"
	    " (70, 0, 'https://a.example/1.mp3', 'audio/mpeg', 9);"
	    "INSERT INTO offer (episode_id, kind, n, url) VALUES"
	    " (70, 't', 0, 'https://a.example/1.vtt');"
	    "INSERT INTO queue (episode_id, rank) VALUES (71, 1);"
	    "INSERT INTO position (episode_id, position_s) VALUES (71, 12.5);";
	g_assert_cmpint(sqlite3_exec(db, rows, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);

	OWNED(store) store = open_at(path, STORE_WRITE);
	g_assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
	OWNED(episode) one = episode_get(store, 70, &error);
	OWNED(episode) two = episode_get(store, 71, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(one->highlight, ==, "A highlight");
	g_assert_cmpstr(one->media_url, ==, "https://a.example/1.mp3");
	g_assert_true(one->has_transcript);
	g_assert_cmpint(one->state, ==, EPISODE_PLAYED);
	g_assert_cmpint(two->queue_place, ==, 1);
	g_assert_cmpint((int)two->position_s, ==, 12);
	g_autofree char *notes = episode_notes(store, 70, &error);
	g_assert_cmpstr(notes, ==, "<p>Old notes</p>");
	OWNED(episode) again = episode_get(store, 72, &error); // two processes had added it
	g_assert_no_error(error);
	g_assert_cmpstr(again->title, ==, "Two again");
	g_autoptr(GArray) wrong =
	    sql_numbers(store, NULL, "SELECT 1 FROM pragma_foreign_key_check", "");
	g_assert_cmpint(wrong->len, ==, 0);
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

static void
test_transactions(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = library_open();
	gint64 before[STORE_KINDS], after[STORE_KINDS];

	g_assert_true(store_generations(store, before, &error));
	g_assert_true(store_begin(store, STORE_USER, &error));
	library_show(store, "https://a.example/feed");
	g_assert_true(store_begin(store, STORE_FEED, &error));
	g_assert_true(store_commit(store, &error));
	g_assert_true(store_commit(store, &error));
	g_assert_true(store_generations(store, after, &error));
	g_assert_cmpint(after[STORE_SHOWS], ==, before[STORE_SHOWS] + 1);
	g_assert_cmpint(after[STORE_QUEUE], ==, before[STORE_QUEUE]);

	// An inner one that is rolled back takes nothing else with it, the outer one all.
	g_assert_true(store_begin(store, STORE_USER, &error));
	library_show(store, "https://b.example/feed");
	g_assert_true(store_begin(store, STORE_USER, &error));
	library_show(store, "https://c.example/feed");
	store_rollback(store);
	g_assert_true(store_commit(store, &error));
	g_assert_cmpint(show_by_url(store, "https://b.example/feed", NULL), !=, 0);
	g_assert_cmpint(show_by_url(store, "https://c.example/feed", NULL), ==, 0);
	g_assert_true(store_generations(store, before, NULL));
	g_assert_true(store_begin(store, STORE_USER, &error));
	library_show(store, "https://c.example/feed");
	store_rollback(store);
	g_assert_cmpint(show_by_url(store, "https://c.example/feed", NULL), ==, 0);
	g_assert_true(store_generations(store, after, NULL));
	g_assert_cmpint(after[STORE_SHOWS], ==, before[STORE_SHOWS]);
}

static void
test_values(void)
{
	OWNED(store) store = library_open();

	g_assert_null(store_get(store, "playing"));
	g_assert_true(store_set(store, "playing", "12", NULL));
	g_assert_true(store_set(store, "playing", "13", NULL));
	g_autofree char *value = store_get(store, "playing");
	g_assert_cmpstr(value, ==, "13");
	g_assert_true(store_set(store, "playing", NULL, NULL));
	g_assert_null(store_get(store, "playing"));
}

static void
end_child(bool ok)
{
	_exit(ok ? 0 : 1);
}

static void
wait_child(pid_t child)
{
	int status = -1;

	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

// A first start of several at once: one makes the file, all can use it.
static void
test_many_open(void)
{
	enum { PROCESSES = 6 };
	g_autofree char *path = library_path();
	pid_t children[PROCESSES];

	for (int i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		g_assert_cmpint(children[i], >=, 0);
		if (children[i] == 0) {
			g_autofree char *url = g_strdup_printf("https://%d.example/feed", i);
			struct store *reader = store_open(path, STORE_READ, NULL);
			struct store *writer = store_open(path, STORE_WRITE, NULL);
			bool ok = reader && writer && show_add(writer, url, NULL, NULL, NULL) > 0;
			store_close(writer);
			store_close(reader);
			end_child(ok);
		}
	}
	for (int i = 0; i < PROCESSES; i++)
		wait_child(children[i]);
	OWNED(store) store = open_at(path, STORE_READ);
	g_autoptr(GPtrArray) shows = shows_list(store, NULL);
	g_assert_cmpuint(shows->len, ==, PROCESSES);
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

// Who never asks for a checkpoint still has a log that ends.
static void
test_long_log(void)
{
	g_autofree char *path = library_path();
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	OWNED(store) store = open_at(path, STORE_WRITE);
	g_autofree char *value = g_strnfill(4 * 1024 * 1024, 'x');
	struct stat file;

	for (int i = 0; i < 40; i++) { // 160 MB
		value[0] = 'a' + i % 26;
		g_assert_true(store_set(store, "big", value, NULL));
		g_assert_cmpint(stat(log, &file), ==, 0);
		g_assert_cmpint(file.st_size, <, 80 * 1024 * 1024);
	}
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

struct interrupter {
	struct store *store;
	gint done; // atomic
};

static gpointer
keep_interrupting(gpointer data)
{
	struct interrupter *interrupter = data;

	while (!g_atomic_int_get(&interrupter->done)) {
		store_interrupt(interrupter->store);
		g_usleep(1000);
	}
	return NULL;
}

// A newer question stops the older one, and the connection can be asked again.
static void
test_interrupt(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = library_open();
	struct interrupter interrupter = {.store = store};
	gint64 number;
	GThread *thread = g_thread_new("interrupter", keep_interrupting, &interrupter);

	g_assert_false(sql_number(store, 0, &number, &error,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
	    ""));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_INTERRUPTED);
	g_atomic_int_set(&interrupter.done, 1);
	g_thread_join(thread);
	g_autoptr(GPtrArray) shows = shows_list(store, NULL);
	g_assert_nonnull(shows);
}

// A full disk: the batch that does not fit is not there at all, and the store goes on afterwards.
static void
test_full(void)
{
	g_autofree char *path = library_path();
	g_autoptr(GError) error = NULL;
	OWNED(store) store = open_at(path, STORE_WRITE);
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(2000);
	gint64 pages, limit;

	g_assert_true(sql_number(store, 0, &pages, NULL, "PRAGMA page_count", ""));
	g_autofree char *small =
	    g_strdup_printf("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages + 20);
	g_assert_true(sql_number(store, 0, &limit, NULL, small, ""));
	OWNED(merge)
	merge = merge_new(store, show, LIBRARY_NOW_S, MERGE_TO_INBOX, MERGE_FIRST_NEWEST, &error);
	g_assert_false(merge_episodes(merge, episodes, &error));
	g_assert_nonnull(strstr(error->message, "full"));
	g_assert_nonnull(strstr(error->message, path));
	g_autoptr(GArray) stored = episodes_ids(store, NULL, ORDER_NEWEST, NULL);
	g_assert_cmpuint(stored->len % MERGE_BATCH, ==, 0);
	g_assert_cmpuint(stored->len, <, 2000);

	g_assert_true(sql_number(store, 0, &limit, NULL, "PRAGMA max_page_count = 100000", ""));
	struct merge_counts counts = library_merge(store, show, episodes, LIBRARY_NOW_S + 1);
	g_assert_cmpint(counts.added, ==, 2000 - stored->len);
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

// Damage is said, wherever it lies; nothing crashes and nothing hangs.
static void
test_damaged(void)
{
	g_autofree char *path = library_path();
	g_autofree char *bytes = NULL;
	gsize len;
	OWNED(store) made = open_at(path, STORE_WRITE);

	library_fill(made, "https://a.example/feed", 200);
	g_clear_pointer(&made, store_close);
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	guint errors = 0;
	for (gsize at = 0; at < len; at += 16384) {
		g_autofree char *damaged = g_memdup2(bytes, len);
		g_autoptr(GError) error = NULL;
		memset(damaged + at, 0xa5, MIN((gsize)16384, len - at));
		g_assert_true(g_file_set_contents(path, damaged, len, NULL));
		OWNED(store) store = store_open(path, STORE_WRITE, &error);
		g_autoptr(GPtrArray) shows = store ? shows_list(store, &error) : NULL;
		g_autoptr(GArray) ids =
		    shows ? episodes_ids(store, NULL, ORDER_NEWEST, &error) : NULL;
		g_autoptr(GPtrArray) rows =
		    ids ? episodes_get(store, (const gint64 *)ids->data, ids->len, &error) : NULL;
		g_assert_true(rows || error);
		errors += error != NULL;
	}
	g_assert_cmpuint(errors, >, 5);
	library_remove(path);
}

// The worker merges while the player books positions: nothing of either is lost.
static void
test_two_writers(void)
{
	enum { ROUNDS = 100 };
	g_autofree char *path = library_path();
	OWNED(store) made = open_at(path, STORE_WRITE);
	gint64 show = library_fill(made, "https://a.example/feed", 3);
	gint64 id = library_find(made, "e2");

	g_clear_pointer(&made, store_close);
	pid_t child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		struct store *player = store_open(path, STORE_WRITE, NULL);
		bool ok = player != NULL;
		for (int i = 1; ok && i <= ROUNDS; i++)
			ok = position_save(player, id, i, 3600, LIBRARY_NOW_S + i, NULL);
		store_close(player);
		end_child(ok);
	}
	OWNED(store) worker = open_at(path, STORE_WRITE);
	g_autoptr(GPtrArray) episodes = library_episodes(3);
	for (int i = 1; i <= ROUNDS; i++) {
		struct feed_episode *first = episodes->pdata[0];
		g_free(first->link);
		first->link = g_strdup_printf("https://a.example/%d", i);
		struct merge_counts counts =
		    library_merge(worker, show, episodes, LIBRARY_NOW_S + i);
		g_assert_cmpint(counts.updated, ==, 1);
	}
	wait_child(child);
	OWNED(episode) played = episode_get(worker, id, NULL);
	OWNED(episode) edited = episode_get(worker, library_find(worker, "e1"), NULL);
	g_assert_cmpfloat(played->position_s, ==, ROUNDS);
	g_assert_cmpfloat(played->duration_s, ==, 3600);
	g_assert_cmpstr(edited->link, ==, "https://a.example/100");
	gint64 generations[STORE_KINDS];
	g_assert_true(store_generations(worker, generations, NULL));
	g_assert_cmpint(generations[STORE_POSITIONS], ==, ROUNDS);
	g_clear_pointer(&worker, store_close);
	library_remove(path);
}

static void
count_is(const char *path, gint64 show, guint step)
{
	OWNED(store) store = open_at(path, STORE_WRITE);
	OWNED(filter) filter = filter_show(show);
	g_autoptr(GArray) ids = episodes_ids(store, filter, ORDER_NEWEST, NULL);
	OWNED(show) row = show_counted(store, show, NULL);

	g_assert_cmpuint(ids->len % step, ==, 0);
	g_assert_null(row->etag); // the validators come with the end only
	g_test_message("%u episodes were stored", ids->len);
}

// kill -9 in the middle of a merge leaves whole batches and the old validators; then it starts
// over.
static void
test_kill(void)
{
	g_autofree char *path = library_path();
	OWNED(store) made = open_at(path, STORE_WRITE);
	gint64 show = library_show(made, "https://a.example/feed");
	int pipes[2];

	g_clear_pointer(&made, store_close);
	g_assert_cmpint(pipe(pipes), ==, 0);
	pid_t child = fork();
	if (child == 0) {
		OWNED(store) store = store_open(path, STORE_WRITE, NULL);
		OWNED(merge)
		merge =
		    merge_new(store, show, LIBRARY_NOW_S, MERGE_TO_INBOX, MERGE_FIRST_NEWEST, NULL);
		g_autoptr(GPtrArray) all = library_episodes(20000);
		for (guint i = 0; i < all->len; i += 50) {
			g_autoptr(GPtrArray) batch = g_ptr_array_new();
			for (guint j = i; j < i + 50; j++)
				g_ptr_array_add(batch, all->pdata[j]);
			if (!merge_episodes(merge, batch, NULL) || write(pipes[1], "b", 1) != 1)
				end_child(false);
		}
		end_child(true);
	}
	for (int i = 0; i < 20; i++) { // twenty batches, then in the middle of some later one
		char byte;
		g_assert_cmpint(read(pipes[0], &byte, 1), ==, 1);
	}
	kill(child, SIGKILL);
	int status;
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status));
	close(pipes[0]);
	close(pipes[1]);
	count_is(path, show, 50);

	OWNED(store) store = open_at(path, STORE_WRITE);
	g_autoptr(GPtrArray) all = library_episodes(3000);
	struct merge_counts counts = library_merge(store, show, all, LIBRARY_NOW_S + 60);
	g_assert_cmpint(counts.unchanged, >=, 1000);
	OWNED(show) row = show_counted(store, show, NULL);
	g_assert_cmpint(row->inbox, ==, 1); // still a first refresh
	g_assert_cmpstr(row->etag, ==, "\"1\"");
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/store/new-file", test_new_file);
	g_test_add_func("/store/refused", test_refused);
	g_test_add_func("/store/migrate", test_migrate);
	g_test_add_func("/store/from-schema-1", test_from_schema_1);
	g_test_add_func("/store/transactions", test_transactions);
	g_test_add_func("/store/values", test_values);
	g_test_add_func("/store/many-open", test_many_open);
	g_test_add_func("/store/long-log", test_long_log);
	g_test_add_func("/store/interrupt", test_interrupt);
	g_test_add_func("/store/full", test_full);
	g_test_add_func("/store/damaged", test_damaged);
	g_test_add_func("/store/two-writers", test_two_writers);
	g_test_add_func("/store/kill", test_kill);
	return g_test_run();
}
