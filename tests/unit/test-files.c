// SPDX-License-Identifier: GPL-3.0-or-later
//
// Downloads from wish to file.
#include "base/error.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/files.h"

static struct store *
make_library(void)
{
	struct store *store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(4);

	g_ptr_array_add(episodes, library_episode("bare", "bare", LIBRARY_NOW_S, NULL));
	library_merge(store, show, episodes, LIBRARY_NOW_S);
	return store;
}

static gint64
want(struct store *store, const char *title)
{
	g_autoptr(GError) error = NULL;
	gint64 id = library_download(store, library_find(store, title), &error);

	g_assert_no_error(error);
	return id;
}

static void
set(struct store *store, gint64 id, enum file_state state, const char *path, const char *message)
{
	g_assert_true(download_set_state(store, id, state, 500, 1000, path, message, NULL));
}

static void
test_wish(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = make_library();
	gint64 id = want(store, "e1");
	OWNED(download) wanted = download_get(store, id, &error);

	g_assert_cmpint(wanted->state, ==, FILE_WANTED);
	g_assert_cmpstr(wanted->url, ==, "https://media.example/1.mp3");
	g_assert_cmpstr(wanted->type, ==, "audio/mpeg");
	g_assert_cmpstr(wanted->title, ==, "e1");
	g_assert_cmpstr(wanted->show_title, ==, "A show");
	g_assert_cmpint(wanted->bytes, ==, 0);
	g_assert_cmpint(wanted->total, ==, 1234567);
	g_assert_null(wanted->path);
	g_assert_cmpint(want(store, "e1"), ==, id);

	g_assert_cmpint(library_download(store, library_find(store, "bare"), &error), ==, 0);
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
	g_clear_error(&error);
	g_assert_null(download_get(store, 999, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
}

static void
test_states(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = make_library();
	gint64 episode = library_find(store, "e1"), id = want(store, "e1");

	set(store, id, FILE_RUNNING, NULL, NULL);
	set(store, id, FILE_FAILED, NULL, "the server said 404");
	OWNED(episode) failed = episode_get(store, episode, &error);
	g_assert_cmpint(failed->file_state, ==, FILE_FAILED);
	g_assert_cmpstr(failed->file_error, ==, "the server said 404");
	OWNED(download) once = download_get(store, id, &error);
	g_assert_cmpint(once->tries, ==, 1);

	g_assert_cmpint(want(store, "e1"), ==, id); // again, from the start
	OWNED(download) again = download_get(store, id, &error);
	g_assert_cmpint(again->state, ==, FILE_WANTED);
	g_assert_cmpint(again->tries, ==, 0);
	g_assert_null(again->error);

	set(store, id, FILE_HERE, "/media/e1.mp3", NULL);
	g_assert_cmpint(want(store, "e1"), ==, id);
	OWNED(episode) here = episode_get(store, episode, &error);
	g_assert_cmpint(here->file_state, ==, FILE_HERE);
	g_assert_cmpstr(here->file, ==, "/media/e1.mp3");
	g_assert_cmpint(episode_by_media(store, "/media/e1.mp3", &error), ==, episode);

	g_assert_true(file_forget(store, episode, &error));
	OWNED(episode) gone = episode_get(store, episode, &error);
	g_assert_cmpint(gone->file_state, ==, FILE_NONE);
	g_assert_null(gone->file);
	g_assert_cmpint(episode_by_media(store, "/media/e1.mp3", &error), ==, 0);
	g_assert_cmpint(want(store, "e1"), ==, id);
	g_assert_no_error(error);
}

static struct action_result
act(struct store *store, enum action_kind kind, const gint64 *ids, size_t count)
{
	g_autoptr(GError) error = NULL;
	OWNED(action) action = action_new(kind, ids, count, 0);
	struct action_result result;

	g_assert_true(action_apply(store, action, LIBRARY_NOW_S, &result, &error));
	g_assert_no_error(error);
	g_clear_pointer(&result.title, g_free);
	return result;
}

static void
check(struct store *store, gint64 id, enum file_state state, bool in_inbox)
{
	OWNED(episode) episode = episode_get(store, id, NULL);

	g_assert_cmpint(episode->file_state, ==, state);
	g_assert_cmpint(episode->in_inbox, ==, in_inbox);
}

// What a machine fetches is not decided by that, and what went wrong stays known.
static void
test_fetch(void)
{
	OWNED(store) store = make_library();
	const gint64 ids[] = {library_find(store, "e1"), library_find(store, "bare")};

	act(store, ACTION_INBOX, ids, G_N_ELEMENTS(ids));
	struct action_result result = act(store, ACTION_FETCH, ids, G_N_ELEMENTS(ids));
	g_assert_cmpint(result.changed, ==, 1);
	check(store, ids[0], FILE_WANTED, true);
	check(store, ids[1], FILE_NONE, true);
	OWNED(download) row = download_of(store, ids[0], NULL);
	set(store, row->id, FILE_FAILED, NULL, "no connection");
	act(store, ACTION_FETCH, ids, G_N_ELEMENTS(ids));
	check(store, ids[0], FILE_WANTED, true);
	OWNED(download) again = download_of(store, ids[0], NULL);
	g_assert_cmpstr(again->error, ==, "no connection");
	act(store, ACTION_UNDO, NULL, 0);
	check(store, ids[0], FILE_FAILED, true);
}

// Wishes are one action, which decides about what has audio, and is undone as one.
static void
test_undo(void)
{
	OWNED(store) store = make_library();
	const gint64 ids[] = {
	    library_find(store, "e1"), library_find(store, "e2"), library_find(store, "bare")};

	act(store, ACTION_INBOX, ids, G_N_ELEMENTS(ids));
	struct action_result result = act(store, ACTION_DOWNLOAD, ids, G_N_ELEMENTS(ids));
	g_assert_cmpint(result.changed, ==, 2);
	check(store, ids[0], FILE_WANTED, false);
	check(store, ids[1], FILE_WANTED, false);
	check(store, ids[2], FILE_NONE, true);
	g_assert_cmpint(act(store, ACTION_DOWNLOAD, ids, G_N_ELEMENTS(ids)).changed, ==, 0);

	// What has come meanwhile stays.
	OWNED(download) first = download_of(store, ids[0], NULL);
	OWNED(download) second = download_of(store, ids[1], NULL);
	set(store, first->id, FILE_RUNNING, "/media/1.mp3", NULL);
	set(store, second->id, FILE_HERE, "/media/2.mp3", NULL);
	result = act(store, ACTION_UNDO, NULL, 0);
	g_assert_cmpint(result.kind, ==, ACTION_DOWNLOAD);
	check(store, ids[0], FILE_NONE, true);
	check(store, ids[1], FILE_HERE, true);
	act(store, ACTION_REDO, NULL, 0);
	check(store, ids[0], FILE_WANTED, false);
	check(store, ids[1], FILE_HERE, false);
}

static void
test_lists(void)
{
	static const enum file_state order[] = {FILE_RUNNING, FILE_WANTED, FILE_FAILED, FILE_HERE};
	g_autoptr(GError) error = NULL;
	OWNED(store) store = make_library();
	gint64 here = want(store, "e1"), failed = want(store, "e2");
	gint64 wanted = want(store, "e3"), running = want(store, "e4");

	set(store, here, FILE_HERE, "/x", NULL);
	set(store, failed, FILE_FAILED, NULL, "no");
	set(store, running, FILE_RUNNING, NULL, NULL);
	g_autoptr(GPtrArray) all = downloads_list(store, &error);
	g_assert_cmpuint(all->len, ==, G_N_ELEMENTS(order));
	for (guint i = 0; i < all->len; i++)
		g_assert_cmpint(((const struct download *)all->pdata[i])->state, ==, order[i]);
	g_autoptr(GArray) waiting = downloads_waiting(store, &error);
	g_assert_cmpuint(waiting->len, ==, 2);
	g_assert_cmpint(g_array_index(waiting, gint64, 0), ==, wanted);
	g_assert_cmpint(g_array_index(waiting, gint64, 1), ==, running);

	// A removed show's downloads wait no more; they come back with it.
	const gint64 show = 1;
	struct action_result result;
	OWNED(action) removal = action_new(ACTION_SHOW_REMOVE, &show, 1, 0);
	g_assert_true(action_apply(store, removal, LIBRARY_NOW_S, &result, &error));
	action_result_clear(&result);
	g_autoptr(GArray) none = downloads_waiting(store, &error);
	g_assert_cmpuint(none->len, ==, 0);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/files/wish", test_wish);
	g_test_add_func("/files/states", test_states);
	g_test_add_func("/files/fetch", test_fetch);
	g_test_add_func("/files/undo", test_undo);
	g_test_add_func("/files/lists", test_lists);
	return g_test_run();
}
