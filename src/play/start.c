// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starting the player: a program of its own that outlives us.
#include "play/private.h"

#include <signal.h>
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
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
}

static bool
spawn(const char *program, const char *db, const char *socket, const char *profile, GError **error)
{
	const char *argv[] = {
	    program, "--db", db, "--socket", socket, profile ? "--profile" : NULL, profile, NULL};
	g_autoptr(GError) failed = NULL;

	if (g_spawn_async("/", (char **)argv, NULL,
		G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, detach, NULL, NULL,
		&failed))
		return true;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Could not start the player %s: %s."),
	    program, failed->message);
	return false;
}

bool
play_start(struct play *play, const char *db, const char *profile, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autofree char *program = find_program();
	g_autofree char *whole_db = g_canonicalize_filename(db, NULL);
	g_autofree char *whole_profile = profile ? g_canonicalize_filename(profile, NULL) : NULL;

	for (int ms = 0; ms < START_MS; ms += LOOK_MS) {
		if (play_connect(play, &failed))
			return true;
		if (failed) {
			g_propagate_error(error, g_steal_pointer(&failed));
			return false;
		}
		if (ms % AGAIN_MS == 0 &&
		    !spawn(program, whole_db, play->socket, whole_profile, error))
			return false;
		g_usleep(LOOK_MS * 1000);
	}
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("The player did not begin within %d seconds. To see why: %s --db %s --socket %s"),
	    START_MS / 1000, program, whole_db, play->socket);
	return false;
}
