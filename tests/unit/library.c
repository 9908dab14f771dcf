// SPDX-License-Identifier: GPL-3.0-or-later
#include "library.h"

#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/files.h"

void
library_init(int *argc, char ***argv)
{
	g_autofree char *now = when_iso(LIBRARY_NOW_S);

	g_setenv("HARK_NOW", now, TRUE);
	g_test_init(argc, argv, NULL);
}

char *
library_path(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_dir_make_tmp("hark-store-XXXXXX", &error);

	g_assert_no_error(error);
	return g_build_filename(folder, "hark.db", NULL);
}

void
library_remove(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(folder, name, NULL);
		g_assert_cmpint(unlink(file), ==, 0);
	}
	g_assert_cmpint(rmdir(folder), ==, 0);
}

struct store *
library_open(void)
{
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(":memory:", STORE_WRITE, &error);

	g_assert_no_error(error);
	return store;
}

gint64
library_show(struct store *store, const char *url)
{
	g_autoptr(GError) error = NULL;
	bool known = true;
	gint64 id = show_add(store, url, NULL, &known, &error);

	g_assert_no_error(error);
	g_assert_cmpint(id, >, 0);
	return id;
}

static void
free_enclosure(gpointer data)
{
	struct feed_enclosure *enclosure = data;

	g_free(enclosure->url);
	g_free(enclosure->type);
	g_free(enclosure);
}

struct feed_episode *
library_episode(const char *guid, const char *title, gint64 published_s, const char *media)
{
	struct feed_episode *episode = g_new0(struct feed_episode, 1);

	episode->guid = g_strdup(guid);
	episode->title = g_strdup(title);
	episode->published_s = published_s;
	episode->duration_s = WHEN_NO_LENGTH;
	episode->enclosures = g_ptr_array_new_with_free_func(free_enclosure);
	episode->transcripts = g_ptr_array_new();
	episode->chapters = g_ptr_array_new();
	episode->persons = g_ptr_array_new();
	episode->soundbites = g_ptr_array_new();
	if (media) {
		struct feed_enclosure *enclosure = g_new0(struct feed_enclosure, 1);
		enclosure->url = g_strdup(media);
		enclosure->type = g_strdup("audio/mpeg");
		enclosure->length_bytes = 1234567;
		g_ptr_array_add(episode->enclosures, enclosure);
	}
	return episode;
}

GPtrArray *
library_episodes(int count)
{
	GPtrArray *episodes = g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);

	for (int i = 1; i <= count; i++) {
		g_autofree char *name = g_strdup_printf("e%d", i);
		g_autofree char *media = g_strdup_printf("https://media.example/%d.mp3", i);
		g_ptr_array_add(episodes,
		    library_episode(name, name, LIBRARY_NOW_S - (gint64)i * LIBRARY_DAY_S, media));
	}
	return episodes;
}

struct merge_counts
library_refresh(struct store *store, gint64 show, const GPtrArray *episodes, gint64 now_s,
    enum merge_new new_goes, enum merge_first first)
{
	g_autoptr(GError) error = NULL;
	struct feed feed = {.title = (char *)"A show", .is_feed = true};
	struct show_outcome outcome = {.tried_s = now_s,
	    .success = true,
	    .http_status = 200,
	    .next_try_s = now_s + 3600,
	    .etag = "\"1\""};
	struct merge_counts counts = {0};
	OWNED(merge) merge = merge_new(store, show, now_s, new_goes, first, &error);

	g_assert_no_error(error);
	merge_episodes(merge, episodes, &error);
	g_assert_no_error(error);
	merge_finish(merge, &feed, &outcome, &counts, &error);
	g_assert_no_error(error);
	return counts;
}

struct merge_counts
library_merge(struct store *store, gint64 show, const GPtrArray *episodes, gint64 now_s)
{
	return library_refresh(store, show, episodes, now_s, MERGE_TO_INBOX, MERGE_FIRST_NEWEST);
}

gint64
library_fill(struct store *store, const char *url, int count)
{
	g_autoptr(GPtrArray) episodes = library_episodes(count);
	gint64 show = library_show(store, url);

	library_merge(store, show, episodes, LIBRARY_NOW_S);
	return show;
}

gint64
library_find(struct store *store, const char *title)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) ids = episodes_ids(store, NULL, ORDER_NEWEST, &error);

	g_assert_no_error(error);
	for (guint i = 0; i < ids->len; i++) {
		gint64 id = g_array_index(ids, gint64, i);
		OWNED(episode) episode = episode_get(store, id, &error);
		g_assert_no_error(error);
		if (strcmp(episode->title, title) == 0)
			return id;
	}
	return 0;
}

gint64
library_download(struct store *store, gint64 episode_id, GError **error)
{
	OWNED(action) action = action_new(ACTION_DOWNLOAD, &episode_id, 1, 0);
	struct action_result result = {0};
	bool done = action_apply(store, action, LIBRARY_NOW_S, &result, error);
	OWNED(download) download = done ? download_of(store, episode_id, error) : NULL;

	action_result_clear(&result);
	return download ? download->id : 0;
}

char *
library_titles(struct store *store, const GArray *ids)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) episodes =
	    episodes_get(store, (const gint64 *)ids->data, ids->len, &error);
	GString *titles = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < episodes->len; i++) {
		const struct episode *episode = episodes->pdata[i];
		g_string_append_printf(
		    titles, "%s%s", i ? " " : "", episode ? episode->title : "-");
	}
	return g_string_free(titles, FALSE);
}
