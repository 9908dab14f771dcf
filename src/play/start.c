// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starting the player: a program of its own that outlives us.
#include "play/private.h"

#include <poll.h>
#include <signal.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"

#define START_MS 5000
#define AGAIN_MS 500 // one that was ending held the lock: try another
#define LOOK_MS 10

// HARK_PLAYER (tests, ./run), beside ourselves (a build folder), or where it is installed.
static char *
find_program(void)
{
	const char *set = g_getenv("HARK_PLAYER");

	if (set && *set)
		return g_strdup(set);
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	if (self) {
		g_autofree char *folder = g_path_get_dirname(self);
		char *beside = g_build_filename(folder, "hark-player", NULL);
		if (g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
			return beside;
		g_free(beside);
	}
	return g_strdup(PKGLIBEXECDIR "/hark-player");
}

// Between fork and exec: only what is safe there. Signals as a program expects them.
static void
detach(gpointer data)
{
	sigset_t none;

	setsid();
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL); // what is ignored would stay ignored
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool
spawn(struct play *play, GError **error)
{
	g_autoptr(GError) failed = NULL;

	play->spawned_us = g_get_monotonic_time();
	if (g_spawn_async("/", play->argv, NULL,
		G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, detach, NULL, NULL,
		&failed))
		return true;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Could not start the player %s: %s."),
	    play->argv[0], failed->message);
	return false;
}

static char **
command(const struct play *play, const char *db, const char *profile)
{
	GPtrArray *argv = g_ptr_array_new();

	g_ptr_array_add(argv, find_program());
	g_ptr_array_add(argv, g_strdup("--db"));
	g_ptr_array_add(argv, g_canonicalize_filename(db, NULL));
	g_ptr_array_add(argv, g_strdup("--socket"));
	g_ptr_array_add(argv, g_strdup(play->socket));
	if (profile) {
		g_ptr_array_add(argv, g_strdup("--profile"));
		g_ptr_array_add(argv, g_canonicalize_filename(profile, NULL));
	}
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}

static void
stop_timer(struct play *play)
{
	if (play->timer >= 0)
		close(play->timer);
	play->timer = -1;
	g_clear_pointer(&play->argv, g_strfreev);
}

void
play_settle(struct play *play, bool sent)
{
	double to_s = play->held_to_s, by_s = play->held_by_s;

	play->state.starting = false;
	play->held_to_s = -1;
	play->held_by_s = 0;
	if (sent)
		g_string_append_len(play->out, play->held->str, (gssize)play->held->len);
	g_string_truncate(play->held, 0);
	if (!sent)
		return;
	play_flush(play);
	play->state.paused |= play->held_paused; // a seek while paused ends at its target
	if (to_s >= 0)
		play_seek_to(play, to_s);
	else if (by_s != 0)
		play_seek_by(play, by_s);
}

void
play_give_up(struct play *play)
{
	stop_timer(play);
	g_string_truncate(play->wishes, 0);
	play_settle(play, false);
}

static void
fail(struct play *play, char *sentence)
{
	play_give_up(play);
	play_hang_up(play);
	g_free(play->state.trouble);
	play->state.trouble = sentence;
	play->events |= PLAY_TROUBLE;
}

static void
answered(struct play *play)
{
	stop_timer(play);
	g_clear_pointer(&play->state.trouble, g_free); // of an earlier wish
	play->events |= PLAY_EPISODE | PLAY_SOUND | PLAY_POSITION;
	g_string_append_len(play->out, play->wishes->str, (gssize)play->wishes->len);
	g_string_truncate(play->wishes, 0);
	play_flush(play);
}

// Dials, or listens to the one who was dialled. False with ERROR where it is no use to go on.
static bool
knock(struct play *play, GError **error)
{
	g_autoptr(GError) failed = NULL;

	if (play->fd < 0 && !play_dial(play, &failed) && failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (play->fd < 0 || !play_take(play) || !play_knows(play))
		return true;
	if (play_greeted(play))
		answered(play);
	else
		play_hang_up(play);
	return true;
}

void
play_step(struct play *play)
{
	guint64 ticks;
	g_autoptr(GError) failed = NULL;
	gint64 now_us = g_get_monotonic_time();

	if (read(play->timer, &ticks, sizeof ticks) < 0)
		return; // not yet
	bool goes_on = knock(play, &failed);
	if (goes_on && play->timer >= 0 && play->fd < 0 &&
	    now_us - play->spawned_us >= AGAIN_MS * 1000)
		goes_on = spawn(play, &failed);
	if (!goes_on)
		fail(play, g_strdup(failed->message));
	else if (play->timer >= 0 && now_us - play->began_us >= START_MS * 1000)
		fail(play,
		    g_strdup_printf(_("The player did not begin within %d seconds. To see why: "
				      "%s --db %s --socket %s"),
			START_MS / 1000, play->argv[0], play->argv[2], play->socket));
}

bool
play_begin(struct play *play, const char *db, const char *profile, GError **error)
{
	struct itimerspec each = {{0, LOOK_MS * 1000000}, {0, 1}};
	g_autoptr(GError) failed = NULL;

	if (play->state.connected || play->timer >= 0)
		return true;
	play->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	timerfd_settime(play->timer, 0, &each, NULL);
	play->argv = command(play, db, profile);
	play->began_us = g_get_monotonic_time();
	play->state.starting = true;
	play->held_paused = false;
	if (play_dial(play, &failed) || (!failed && spawn(play, &failed)))
		return true;
	g_propagate_error(error, g_steal_pointer(&failed));
	play_give_up(play);
	return false;
}

bool
play_start(struct play *play, const char *db, const char *profile, GError **error)
{
	if (!play_begin(play, db, profile, error))
		return false;
	while (play->timer >= 0) {
		struct pollfd tick = {.fd = play->timer, .events = POLLIN};
		poll(&tick, 1, START_MS);
		play_step(play);
	}
	play_settle(play, false);
	if (play->state.connected) {
		play->events = 0; // all of it is the first look
		return true;
	}
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, "%s", play->state.trouble);
	return false;
}
