// SPDX-License-Identifier: GPL-3.0-or-later
//
// The player does what a listener expects: the real libmpv, the tour's audio, no sound.
#include "config.h"

#include <glib.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../lib/fixture.h"
#include "../lib/playbench.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/texts.h"

static struct action_result
apply(struct playbench *bench, enum action_kind kind, gint64 id)
{
	OWNED(action) action = action_new(kind, &id, 1, 0);
	struct action_result result = {0};
	g_autoptr(GError) error = NULL;

	action_apply(bench->store, action, 0, &result, &error);
	g_assert_no_error(error);
	action_result_clear(&result);
	return result;
}

static bool
paused(const struct play_state *state, void *data)
{
	return state->paused;
}

static bool
past(const struct play_state *state, void *data)
{
	return state->position_s >= (double)*(gint64 *)data;
}

static bool
before(const struct play_state *state, void *data)
{
	return state->loaded && state->position_s < (double)*(gint64 *)data;
}

static bool
never(const struct play_state *state, void *data)
{
	return false;
}

static void
assert_near(double value, double target, double within)
{
	if (fabs(value - target) > within)
		g_error("%.3f is not within %.3f of %.3f", value, within, target);
}

static void
test_state(void)
{
	struct playbench *bench = playbench_tour();
	const struct play_state *state = play_state(bench->play);
	g_autoptr(GError) error = NULL;

	g_assert_false(play_connect(bench->play, &error));
	g_assert_no_error(error);
	g_assert_false(play_pause(bench->play, true));
	playbench_play(bench, 0, -1);
	g_assert_true(state->connected);
	g_assert_false(state->paused);
	g_assert_false(state->silent); // on purpose is no trouble
	g_assert_cmpstr(state->title, ==, "one");
	g_assert_cmpstr(state->show_title, ==, "Spoken");
	g_assert_null(state->trouble);
	assert_near(state->duration_s, 83.1, 0.5);
	playbench_wait(bench, past, 1);
	g_assert_true(play_set_speed(bench->play, 1.5));
	g_assert_true(play_set_volume(bench->play, 60));
	g_assert_true(play_set_mute(bench->play, true));
	play_wait(bench->play, never, NULL, 300);
	assert_near(state->speed, 1.5, 0.001);
	g_assert_cmpint(state->volume, ==, 60);
	g_assert_true(state->muted);

	// A second client sees the same at once.
	OWNED(play) other = play_new(bench->paths->socket);
	g_assert_true(play_connect(other, &error));
	g_assert_cmpint(play_state(other)->episode_id, ==, bench->ids[0]);
	g_assert_cmpstr(play_state(other)->title, ==, "one");
	assert_near(play_state(other)->position_s, state->position_s, 0.5);
	g_assert_true(play_state(other)->muted);
	playbench_free(bench);
}

static void
test_seek(void)
{
	struct playbench *bench = playbench_tour();
	const struct play_state *state = play_state(bench->play);

	playbench_play(bench, 0, -1);
	g_assert_true(play_pause(bench->play, true));
	playbench_wait(bench, paused, 0);
	g_assert_true(play_seek_to(bench->play, 40));
	g_assert_true(play_seek_by(bench->play, -10));
	play_wait(bench->play, never, NULL, 500);
	g_assert_true(state->seeking);
	g_assert_cmpfloat(state->position_s, ==, 30); // the target, not where mpv settles
	OWNED(play) other = play_new(bench->paths->socket);
	g_autoptr(GError) error = NULL;
	g_assert_true(play_connect(other, &error));
	g_assert_cmpfloat(play_state(other)->position_s, ==, 30); // to those who come later, too
	g_assert_true(play_state(other)->seeking);
	g_assert_cmpfloat(playbench_stored(bench, 0), ==, 30);
	g_assert_true(play_pause(bench->play, false));
	playbench_wait(bench, past, 31);
	assert_near(state->position_s, 31, 0.3);
	g_assert_false(state->seeking);
	g_assert_true(play_seek_by(bench->play, 20));
	playbench_wait(bench, past, 52);
	assert_near(state->position_s, 52, 0.3);
	playbench_free(bench);
}

// A seek right behind "play" is for what comes, not for what goes.
static void
test_seek_unopened(void)
{
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 0, 20);
	g_assert_true(play_episode(bench->play, bench->ids[1], 5));
	g_assert_true(play_seek_to(bench->play, 40));
	playbench_wait(bench, playbench_sounds, bench->ids[1]);
	playbench_wait(bench, past, 41);
	assert_near(play_state(bench->play)->position_s, 41, 0.5);
	playbench_queue(bench, "1");
	assert_near(playbench_stored(bench, 0), 20, 1);
	playbench_free(bench);
}

// Two minutes of silence, more than mpv keeps in memory.
static void
write_silence(const struct fixture *server)
{
	const guint32 bytes = 120 * 176400;
	const guint32 head[] = {0x46464952, bytes + 36, 0x45564157, 0x20746d66, 16, 0x00020001,
	    44100, 176400, 0x00100004, 0x61746164, bytes};
	g_autofree char *path = g_build_filename(server->folder, "long.wav", NULL);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, (const char *)head, sizeof head, &error);
	g_assert_no_error(error);
	g_assert_cmpint(truncate(path, sizeof head + bytes), ==, 0);
}

// A server without ranges: forward is read on to, back is begun anew.
static void
test_no_ranges(void)
{
	struct fixture *server = fixture_start();
	g_autofree char *url = fixture_url(server, "long.wav?norange");
	struct playbench *bench =
	    playbench_new("https://a.example/feed", (const char *[]){url, NULL});
	const struct play_state *state = play_state(bench->play);

	write_silence(server);
	playbench_play(bench, 0, 60);
	playbench_wait(bench, past, 61);
	assert_near(state->position_s, 61, 0.7);
	g_assert_true(play_seek_to(bench->play, 110));
	playbench_wait(bench, past, 111);
	g_assert_true(play_seek_to(bench->play, 5));
	playbench_wait(bench, before, 20);
	playbench_wait(bench, playbench_sounds, bench->ids[0]);
	playbench_wait(bench, past, 6);
	assert_near(state->position_s, 6, 1);
	g_assert_null(state->trouble);
	g_assert_true(play_stop(bench->play));
	playbench_wait(bench, playbench_is_silent, 0);
	assert_near(playbench_stored(bench, 0), 6, 1.5);
	playbench_free(bench);
	fixture_stop(server);
}

// A file may be called anything.
static void
test_file_names(void)
{
	static const struct {
		const char *name, *title;
	} cases[] = {
	    {"a\033]0;x\a\tb\nc.mp3", "a ]0;x b c.mp3"},
	    {"caf\351.mp3", "caf\357\277\275.mp3"},
	    {"100% #1?.mp3", "100% #1?.mp3"},
	};
	struct playbench *bench = playbench_tour();
	g_autofree char *audio = playbench_path("keeping-up.mp3");

	playbench_play(bench, 0, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_build_filename(bench->folder, cases[i].name, NULL);
		g_assert_cmpint(symlink(audio, path), ==, 0);
		g_assert_true(play_file(bench->play, path, 5));
		playbench_wait(bench, playbench_sounds, 0);
		g_assert_cmpstr(play_state(bench->play)->title, ==, cases[i].title);
		playbench_play(bench, 0, -1);
	}
	playbench_free(bench);
}

// Stopped, ended by a signal: it goes on where it was.
static void
test_resume(void)
{
	struct playbench *bench = playbench_tour();
	const struct play_state *state = play_state(bench->play);

	playbench_play(bench, 0, 20);
	playbench_wait(bench, past, 21);
	g_assert_true(play_stop(bench->play));
	playbench_wait(bench, playbench_is_silent, 0);
	playbench_play(bench, 0, -1);
	assert_near(state->position_s, 21.1, 0.5);
	g_assert_true(play_pause(bench->play, true));
	playbench_wait(bench, paused, 0);
	g_assert_true(play_seek_to(bench->play, 50));
	play_wait(bench->play, never, NULL, 500);

	pid_t pid = playbench_pid(bench);
	g_assert_cmpint(pid, >, 0);
	kill(pid, SIGTERM);
	playbench_wait_gone(pid);
	assert_near(playbench_stored(bench, 0), 50, 0.3);
	play_read(bench->play);
	g_assert_false(state->connected);
	playbench_play(bench, 0, -1);
	assert_near(state->position_s, 50, 0.5);
	playbench_free(bench);
}

// What was set is there again with the next player, unless hark.conf has changed since.
static void
test_sound_is_kept(void)
{
	struct playbench *bench = playbench_tour();
	g_autofree char *conf = g_build_filename(bench->paths->config_dir, "hark.conf", NULL);

	playbench_play(bench, 0, -1);
	g_assert_true(play_set_speed(bench->play, 1.5));
	g_assert_true(play_set_volume(bench->play, 60));
	play_wait(bench->play, never, NULL, 300);
	for (int i = 0; i < 2; i++) {
		pid_t pid = playbench_pid(bench);
		g_assert_true(play_quit(bench->play));
		playbench_wait_gone(pid);
		play_read(bench->play);
		playbench_play(bench, 0, -1);
		assert_near(play_state(bench->play)->speed, i == 0 ? 1.5 : 2, 0.001);
		g_assert_cmpint(play_state(bench->play)->volume, ==, 60);
		paths_ensure_dir(bench->paths->config_dir, NULL);
		g_assert_true(g_file_set_contents(conf, "set speed 2\n", -1, NULL));
	}
	playbench_free(bench);
}

static void
test_queue(void)
{
	struct playbench *bench = playbench_tour();

	apply(bench, ACTION_QUEUE_LAST, bench->ids[1]);
	apply(bench, ACTION_QUEUE_LAST, bench->ids[2]);
	playbench_play(bench, 0, 81.5);
	playbench_wait(bench, playbench_sounds, bench->ids[1]);
	playbench_queue(bench, "3");
	OWNED(episode) heard = episode_get(bench->store, bench->ids[0], NULL);
	g_assert_cmpint(heard->state, ==, EPISODE_PLAYED);
	g_assert_cmpfloat(heard->position_s, ==, 0);

	// On by hand, to the end of the queue; nothing comes after it.
	g_assert_true(play_next(bench->play, 1));
	playbench_wait(bench, playbench_sounds, bench->ids[2]);
	g_assert_true(play_seek_to(bench->play, 77));
	playbench_wait(bench, playbench_is_silent, 0);
	g_assert_null(play_state(bench->play)->trouble);
	playbench_queue(bench, "");
	playbench_free(bench);
}

// A stray Enter loses nothing.
static void
test_interrupt(void)
{
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 0, 30);
	playbench_play(bench, 1, 10);
	playbench_queue(bench, "1");
	assert_near(playbench_stored(bench, 0), 30, 1);
	g_assert_true(play_next(bench->play, -1));
	playbench_wait(bench, playbench_sounds, bench->ids[0]);
	assert_near(play_state(bench->play)->position_s, 30, 1);
	playbench_queue(bench, "2");
	playbench_free(bench);
}

static void
test_two_in_a_row(void)
{
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 2, -1);
	g_assert_true(play_episode(bench->play, bench->ids[0], -1));
	g_assert_true(play_episode(bench->play, bench->ids[1], -1));
	play_wait(bench->play, never, NULL, 1000);
	g_assert_cmpint(play_state(bench->play)->episode_id, ==, bench->ids[1]);
	g_assert_true(play_state(bench->play)->loaded);
	playbench_free(bench);
}

// Killed, it has forgotten five seconds at most.
static void
test_killed(void)
{
	struct playbench *bench = playbench_tour();
	const struct play_state *state = play_state(bench->play);

	playbench_play(bench, 0, 3);
	playbench_wait(bench, past, 12);
	double last_s = state->position_s;
	pid_t pid = playbench_pid(bench);
	kill(pid, SIGKILL);
	playbench_wait_gone(pid);
	g_assert_false(play_wait(bench->play, never, NULL, 1000));
	g_assert_false(state->connected);
	assert_near(state->position_s, last_s, 1); // kept on the screen
	g_assert_cmpfloat(playbench_stored(bench, 0), >, last_s - 5.5);
	g_assert_cmpfloat(playbench_stored(bench, 0), <, last_s + 0.5);
	playbench_play(bench, 0, -1); // its socket is no obstacle
	assert_near(state->position_s, playbench_stored(bench, 0), 1);
	playbench_free(bench);
}

// Thirty seconds of listening decide; a jump over them does not.
static void
test_decided(void)
{
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 0, -1);
	g_assert_true(play_seek_to(bench->play, 35));
	playbench_wait(bench, past, 36);
	OWNED(episode) before = episode_get(bench->store, bench->ids[0], NULL);
	g_assert_true(before->in_inbox);
	g_assert_true(play_set_speed(bench->play, 10));
	playbench_wait(bench, past, 68);
	play_wait(bench->play, never, NULL, 300);
	OWNED(episode) after = episode_get(bench->store, bench->ids[0], NULL);
	g_assert_false(after->in_inbox);
	playbench_free(bench);
}

static void
test_chapters(void)
{
	struct playbench *bench = playbench_tour();
	enum chapters_source source = CHAPTERS_NONE;
	g_autoptr(GError) error = NULL;

	playbench_play(bench, 2, 20);
	play_wait(bench->play, never, NULL, 300);
	g_autoptr(GPtrArray) chapters = chapters_load(bench->store, bench->ids[2], &source, &error);
	g_assert_no_error(error);
	g_assert_cmpint(source, ==, CHAPTERS_FILE);
	g_assert_cmpuint(chapters->len, ==, 5);
	const struct chapter *second = g_ptr_array_index(chapters, 1);
	g_assert_cmpstr(second->title, ==, "What is new");
	assert_near(second->start_s, 15.864, 0.1); // less what the encoder put before it
	g_assert_cmpint(play_state(bench->play)->chapter, ==, 1);
	playbench_free(bench);
}

// A device that is not there: silence on time, and it is said.
static void
test_no_device(void)
{
	struct playbench *bench = playbench_tour();
	g_autofree char *conf = g_build_filename(bench->paths->config_dir, "hark.conf", NULL);

	g_unsetenv("HARK_AO");
	paths_ensure_dir(bench->paths->config_dir, NULL);
	g_file_set_contents(conf, "set audio-device alsa/there-is-no-such-device\n", -1, NULL);
	playbench_play(bench, 0, -1);
	playbench_wait(bench, past, 2);
	g_assert_true(play_state(bench->play)->silent);
	g_setenv("HARK_AO", "null", TRUE);
	playbench_free(bench);
}

// Nothing waits while it begins; what it is told then comes in order.
static void
test_begin(void)
{
	struct playbench *bench = playbench_tour();
	const struct play_state *state = play_state(bench->play);
	g_autoptr(GError) error = NULL;

	g_assert_false(play_set_speed(bench->play, 1.2)); // to nobody
	g_assert_true(play_begin(bench->play, bench->paths->db, bench->folder, &error));
	g_assert_no_error(error);
	g_assert_true(state->starting);
	g_assert_false(state->connected);
	g_assert_cmpint(play_fd(bench->play), >=, 0);
	g_assert_false(play_connect(bench->play, &error)); // it is on its way
	g_assert_no_error(error);
	g_assert_true(play_episode(bench->play, bench->ids[0], 20));
	g_assert_true(play_set_speed(bench->play, 1.5));
	g_assert_true(play_toggle(bench->play));
	g_assert_true(play_seek_by(bench->play, -10));
	g_assert_true(play_seek_by(bench->play, 25));
	g_assert_true(state->starting); // nothing has waited for it
	g_assert_false(state->connected);
	playbench_wait(bench, paused, 0);
	g_assert_false(state->starting);
	play_wait(bench->play, never, NULL, 500);
	g_assert_cmpint(state->episode_id, ==, bench->ids[0]);
	assert_near(state->position_s, 35, 0.5);
	assert_near(state->speed, 1.5, 0.001);
	g_assert_true(play_begin(bench->play, bench->paths->db, bench->folder, &error));
	g_assert_false(state->starting); // it is there
	playbench_free(bench);
}

// What is said is bounded, and forgotten where nobody comes.
static void
test_begin_fails(void)
{
	struct playbench *bench = playbench_tour();
	const struct play_state *state = play_state(bench->play);
	g_autofree char *player = g_strdup(g_getenv("HARK_PLAYER"));
	g_autoptr(GError) error = NULL;
	int taken = 0;

	g_setenv("HARK_PLAYER", "/no/such/player", TRUE);
	g_assert_false(play_begin(bench->play, bench->paths->db, bench->folder, &error));
	g_assert_nonnull(strstr(error->message, "/no/such/player"));
	g_assert_false(state->starting);
	g_assert_cmpint(play_fd(bench->play), ==, -1);
	g_setenv("HARK_PLAYER", "/bin/false", TRUE);
	g_clear_error(&error);
	g_assert_true(play_begin(bench->play, bench->paths->db, bench->folder, &error));
	g_assert_no_error(error);
	while (taken < 10000 && play_set_speed(bench->play, 1))
		taken++;
	g_assert_cmpint(taken, >, 100);
	g_assert_cmpint(taken, <, 10000);
	g_assert_false(play_wait(bench->play, never, NULL, 20000));
	g_assert_true(play_read(bench->play) & PLAY_TROUBLE);
	g_assert_nonnull(strstr(state->trouble, "within 5 seconds"));
	g_assert_false(state->starting);
	g_assert_cmpint(play_fd(bench->play), ==, -1);
	g_setenv("HARK_PLAYER", player, TRUE);
	playbench_play(bench, 0, -1);
	assert_near(state->position_s, 0, 3);
	playbench_free(bench);
}

int
main(int argc, char **argv)
{
	playbench_init(&argc, &argv);
	g_test_add_func("/player/state", test_state);
	g_test_add_func("/player/begin", test_begin);
	g_test_add_func("/player/begin-fails", test_begin_fails);
	g_test_add_func("/player/seek", test_seek);
	g_test_add_func("/player/seek-unopened", test_seek_unopened);
	g_test_add_func("/player/no-ranges", test_no_ranges);
	g_test_add_func("/player/file-names", test_file_names);
	g_test_add_func("/player/resume", test_resume);
	g_test_add_func("/player/sound-is-kept", test_sound_is_kept);
	g_test_add_func("/player/queue", test_queue);
	g_test_add_func("/player/interrupt", test_interrupt);
	g_test_add_func("/player/two-in-a-row", test_two_in_a_row);
	g_test_add_func("/player/killed", test_killed);
	g_test_add_func("/player/decided", test_decided);
	g_test_add_func("/player/chapters", test_chapters);
	g_test_add_func("/player/no-device", test_no_device);
	return g_test_run();
}
