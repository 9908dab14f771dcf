// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "conf/file.h"
#include "play/play.h"

#define QUIT_WAIT_MS 2000

static int
remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
	remove(path);
	return 0;
}

static bool
is_silent(const struct play_state *state, void *data)
{
	return !state->connected;
}

// A player that was started on the profile has nothing to play from any more.
static void
quit_player(const char *profile)
{
	OWNED(paths) paths = paths_new(profile, NULL);
	OWNED(play) play = play_new(paths ? paths->socket : "");

	if (paths && play_connect(play, NULL) && play_quit(play))
		play_wait(play, is_silent, NULL, QUIT_WAIT_MS);
}

// Outlives us by the moment that it takes to clear up: a signal may end us anywhere.
static void
keep_watch(const char *profile, int fd)
{
	int null = open("/dev/null", O_RDWR);
	char byte;

	setsid(); // Ctrl-C is not for us
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
		dup2(null, number); // whoever reads what hark prints does not wait for us
	while (read(fd, &byte, 1) < 0 && errno == EINTR)
		continue;
	quit_player(profile);
	nftw(profile, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	_exit(0);
}

// Before any thread: the child goes on as a program of one.
static bool
start_keeper(struct cli_start *start, GError **error)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) == 0) {
		start->keeper = fork();
		if (start->keeper == 0) {
			close(ends[1]);
			keep_watch(start->profile, ends[0]);
		}
		int failed = errno;
		close(ends[0]);
		start->keeper_fd = ends[1];
		if (start->keeper > 0)
			return true;
		close(ends[1]);
		errno = failed;
	}
	start->keeper = 0;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("Nobody can be started to clear up behind a throw-away profile: %s"),
	    g_strerror(errno));
	rmdir(start->profile);
	return false;
}

bool
profile_throw_away(struct cli_start *start, GError **error)
{
	g_autofree char *dir = g_build_filename(g_get_tmp_dir(), "hark-XXXXXX", NULL);

	if (!g_mkdtemp_full(dir, 0700)) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("A throw-away profile cannot be made in %s: %s"), g_get_tmp_dir(),
		    g_strerror(errno));
		return false;
	}
	start->profile = g_steal_pointer(&dir);
	return start_keeper(start, error);
}

bool
profile_choose(struct cli_start *start, const struct arguments *arguments, GError **error)
{
	const char *dir = arguments_value(arguments, "profile");

	if (arguments_flag(arguments, "clean"))
		return profile_throw_away(start, error);
	if (dir && !*dir) {
		g_set_error_literal(
		    error, HARK_ERROR, HARK_ERROR_USAGE, _("--profile wants a folder."));
		return false;
	}
	start->profile = dir ? g_canonicalize_filename(dir, NULL) : NULL;
	return true;
}

static void
free_conf_command(gpointer command)
{
	conf_command_free(command);
}

static bool
read_conf(struct cli_start *start, GError **error)
{
	g_autofree char *file = g_build_filename(start->paths->config_dir, "hark.conf", NULL);

	start->options = options_new();
	start->conf_commands = g_ptr_array_new_with_free_func(free_conf_command);
	start->conf_problems = g_ptr_array_new_with_free_func(g_free);
	return conf_file_read(
	    file, start->options, start->conf_commands, start->conf_problems, error);
}

static bool
begin_log(struct cli_start *start, int verbose, GError **error)
{
	if (verbose == 0)
		return true;
	g_autofree char *file = g_build_filename(start->paths->state_dir, "hark.log", NULL);
	return paths_ensure_dir(start->paths->state_dir, error) &&
	       log_open(file, verbose > 1 ? LOG_ALL : LOG_STORY, error);
}

bool
profile_ready(struct cli_start *start, int verbose, GError **error)
{
	if (start->options)
		return true;
	start->paths = paths_new(start->profile, error);
	return start->paths && begin_log(start, verbose, error) && read_conf(start, error);
}

void
cli_start_clear(struct cli_start *start)
{
	if (start->keeper > 0) {
		close(start->keeper_fd);
		while (waitpid(start->keeper, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	log_close();
	g_clear_pointer(&start->conf_commands, g_ptr_array_unref);
	g_clear_pointer(&start->conf_problems, g_ptr_array_unref);
	g_clear_pointer(&start->options, options_free);
	g_clear_pointer(&start->paths, paths_free);
	g_clear_pointer(&start->profile, g_free);
	g_clear_pointer(&start->message, g_free);
}
