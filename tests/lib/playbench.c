// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "playbench.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/when.h"
#include "fixture.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/merge.h"
#include "store/shows.h"
#include "text/feed_private.h"

#define PUBLISHED_S 1735689600

void
playbench_init(int *argc, char ***argv)
{
	g_test_init(argc, argv, NULL);
	g_setenv("no_proxy", "*", TRUE);
	g_setenv("HARK_AO", "null", TRUE);
	g_unsetenv("XDG_RUNTIME_DIR"); // /tmp/hark-UID: a socket's path is short there
}

static struct feed_episode *
make_episode(int number, const char *url)
{
	static const char *const titles[] = {"one", "two", "three", "four", "five", "six"};
	struct feed_episode *episode = feed_episode_new();
	struct feed_enclosure *enclosure = g_new0(struct feed_enclosure, 1);

	enclosure->url = g_strdup(url);
	enclosure->type = g_strdup("audio/mpeg");
	enclosure->length_bytes = -1;
	episode->title = g_strdup(titles[number]);
	episode->guid = g_strdup(titles[number]);
	episode->published_s = PUBLISHED_S - number * 86400;
	episode->duration_s = WHEN_NO_LENGTH;
	g_ptr_array_add(episode->enclosures, enclosure);
	return episode;
}

static gint64
by_title(struct store *store, const char *title)
{
	g_autoptr(GArray) ids = episodes_ids(store, NULL, ORDER_NEWEST, NULL);

	for (guint i = 0; i < ids->len; i++) {
		OWNED(episode) episode = episode_get(store, g_array_index(ids, gint64, i), NULL);
		if (strcmp(episode->title, title) == 0)
			return episode->id;
	}
	return 0;
}

static void
fill(struct playbench *bench, const char *show_url, const char *const *media)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) episodes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	OWNED(feed) feed = feed_new();
	struct show_outcome outcome = {.tried_s = PUBLISHED_S,
	    .success = true,
	    .http_status = 200,
	    .next_try_s = WHEN_UNKNOWN};
	struct merge_counts counts;
	bool known;

	feed->title = g_strdup("Spoken");
	feed->is_feed = true;
	gint64 show = show_add(bench->store, show_url, "Spoken", &known, &error);
	g_assert_no_error(error);
	OWNED(merge) merge =
	    merge_new(bench->store, show, PUBLISHED_S, MERGE_TO_INBOX, MERGE_FIRST_ALL, &error);
	g_assert_no_error(error);
	for (int i = 0; media[i]; i++)
		g_ptr_array_add(episodes, make_episode(i, media[i]));
	merge_episodes(merge, episodes, &error);
	g_assert_no_error(error);
	merge_finish(merge, feed, &outcome, &counts, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < episodes->len; i++) {
		struct feed_episode *episode = g_ptr_array_index(episodes, i);
		bench->ids[i] = by_title(bench->store, episode->title);
		g_assert_cmpint(bench->ids[i], >, 0);
	}
}

struct playbench *
playbench_new(const char *show_url, const char *const *media)
{
	struct playbench *bench = g_new0(struct playbench, 1);
	g_autoptr(GError) error = NULL;

	bench->folder = fixture_folder();
	bench->paths = paths_new(bench->folder, &error);
	g_assert_no_error(error);
	paths_ensure_dir(bench->paths->data_dir, &error);
	g_assert_no_error(error);
	bench->store = store_open(bench->paths->db, STORE_WRITE, &error);
	g_assert_no_error(error);
	fill(bench, show_url, media);
	bench->play = play_new(bench->paths->socket);
	return bench;
}

char *
playbench_path(const char *name)
{
	return g_build_filename(g_getenv("HARK_DATADIR"), "tour", name, NULL);
}

char *
playbench_uri(const char *name)
{
	g_autofree char *path = playbench_path(name);

	return g_filename_to_uri(path, NULL, NULL);
}

struct playbench *
playbench_tour(void)
{
	g_autofree char *feed = playbench_uri("feed.xml");
	g_autofree char *one = playbench_uri("finding-your-way.opus");
	g_autofree char *two = playbench_uri("reading-while-listening.opus");
	g_autofree char *three = playbench_uri("keeping-up.mp3");

	return playbench_new(feed, (const char *[]){one, two, three, NULL});
}

void
playbench_free(struct playbench *bench)
{
	pid_t pid = playbench_pid(bench);

	if (pid > 0) {
		kill(pid, SIGTERM);
		playbench_wait_gone(pid);
	}
	play_free(bench->play);
	store_close(bench->store);
	unlink(bench->paths->player_lock);
	paths_free(bench->paths);
	fixture_remove(bench->folder);
	g_free(bench->folder);
	g_free(bench);
}

void
playbench_play(struct playbench *bench, int episode, double at_s)
{
	g_autoptr(GError) error = NULL;

	play_start(bench->play, bench->paths->db, bench->folder, &error);
	g_assert_no_error(error);
	g_assert_true(play_episode(bench->play, bench->ids[episode], at_s));
	playbench_wait(bench, playbench_sounds, bench->ids[episode]);
}

bool
playbench_sounds(const struct play_state *state, void *data)
{
	return state->loaded && state->episode_id == *(gint64 *)data && state->duration_s > 0 &&
	       state->position_s > 0;
}

bool
playbench_is_silent(const struct play_state *state, void *data)
{
	return !state->loaded;
}

bool
playbench_troubled(const struct play_state *state, void *data)
{
	return state->trouble && !state->loaded;
}

void
playbench_wait(struct playbench *bench, bool (*done)(const struct play_state *state, void *data),
    gint64 number)
{
	bool came = play_wait(bench->play, done, &number, 20000);
	const struct play_state *state = play_state(bench->play);

	if (!came)
		g_test_message("connected %d loaded %d episode %d at %.1f, trouble: %s",
		    state->connected, state->loaded, (int)state->episode_id, state->position_s,
		    state->trouble ? state->trouble : "none");
	g_assert_true(came);
}

double
playbench_stored(struct playbench *bench, int episode)
{
	g_autoptr(GError) error = NULL;
	OWNED(episode) row = episode_get(bench->store, bench->ids[episode], &error);

	g_assert_no_error(error);
	return row->position_s;
}

static char *
queued(struct playbench *bench)
{
	g_autoptr(GArray) ids = queue_ids(bench->store, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < ids->len; i++)
		for (int j = 0; j < (int)G_N_ELEMENTS(bench->ids); j++)
			if (bench->ids[j] == g_array_index(ids, gint64, i))
				g_string_append_printf(text, "%s%d", text->len ? "," : "", j + 1);
	return g_string_free(text, FALSE);
}

void
playbench_queue(struct playbench *bench, const char *expected)
{
	for (int ms = 0; ms < 5000; ms += 10) { // the player writes when it has told everybody
		g_autofree char *now = queued(bench);
		if (strcmp(now, expected) == 0)
			return;
		g_usleep(10000);
	}
	g_autofree char *now = queued(bench);
	g_assert_cmpstr(now, ==, expected);
}

// Who listens at the socket.
pid_t
playbench_pid(struct playbench *bench)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct ucred peer = {0};
	socklen_t len = sizeof peer;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, bench->paths->socket, sizeof address.sun_path);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len);
	close(fd);
	return peer.pid;
}

// Ended, though perhaps nobody has waited for it yet.
static bool
is_gone(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)pid);
	g_autofree char *row = NULL;

	return !g_file_get_contents(path, &row, NULL, NULL) || strstr(row, ") Z ");
}

void
playbench_wait_gone(pid_t pid)
{
	for (int ms = 0; ms < 10000; ms += 10) {
		if (is_gone(pid))
			return;
		g_usleep(10000);
	}
	g_error("the player %d does not end", (int)pid);
}
