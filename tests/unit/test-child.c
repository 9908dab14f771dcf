// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs beside the worker: what comes of them, and that each ends in its time.
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "work/child.h"

struct seen {
	int ended, dropped;
	char *out, *error;
};

static void
on_done(void *user, const char *out, const GError *error)
{
	struct seen *seen = user;

	seen->ended++;
	seen->out = g_strdup(out);
	seen->error = error ? g_strdup(error->message) : NULL;
}

static void
on_drop(void *user)
{
	((struct seen *)user)->dropped++;
}

static void
seen_clear(struct seen *seen)
{
	g_free(seen->out);
	g_free(seen->error);
	*seen = (struct seen){0};
}

static bool
begin(struct children *children, struct seen *seen, const char *line, GError **error)
{
	struct child_wish wish = {
	    .line = line, .timeout_s = 1, .done = on_done, .drop = on_drop, .user = seen};

	return children_start(children, &wish, error);
}

static void
run(struct seen *seen, const char *line)
{
	OWNED(children) children = children_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(begin(children, seen, line, &error));
	while (children_running(children)) {
		children_turn(children);
		g_usleep(1000);
	}
	g_assert_cmpint(seen->ended, ==, 1);
	g_assert_cmpint(seen->dropped, ==, 1);
}

static void
test_ends(void)
{
	static const struct {
		const char *line, *out, *error;
	} rows[] = {
	    {"printf 'a word'", "a word", NULL}, {"true", "", NULL},
	    {"sh -c 'cat; echo end'", "end\n", NULL}, // no input
	    {"false", "", "“false” ended with status 1."},
	    {"sh -c 'echo out; echo why >&2; echo more >&2; exit 3'", "out\n",
		"“sh” ended with status 3: why"},
	    {"sh -c 'printf \"\\033[31mred\\n\" >&2; exit 3'", "",
		"“sh” ended with status 3: [31mred"},
	    {"sh -c 'kill -KILL $$'", "", "“sh” was ended by signal 9."},
	    {"sleep 100", "", "“sleep” took longer than 1 second and was ended."},
	    // One that does not listen, and one that leaves another one behind it.
	    {"sh -c 'trap \"\" TERM; while :; do :; done'", "",
		"“sh” took longer than 1 second and was ended."},
	    {"printf '%s|%s' 'a;b' '$HOME `id`'", "a;b|$HOME `id`", NULL}, // no shell
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct seen seen = {0};
		g_test_message("%s", rows[i].line);
		run(&seen, rows[i].line);
		g_assert_cmpstr(seen.out, ==, rows[i].out);
		g_assert_cmpstr(seen.error, ==, rows[i].error);
		seen_clear(&seen);
	}
}

static void
test_missing(void)
{
	OWNED(children) children = children_new();
	struct seen seen = {0};
	g_autoptr(GError) error = NULL;

	g_assert_false(begin(children, &seen, "no-such-program-here x", &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	g_assert_cmpstr(error->message, ==, "the program “no-such-program-here” was not found.");
	g_clear_error(&error);
	g_assert_false(begin(children, &seen, "/etc/passwd", &error));
	g_assert_nonnull(strstr(error->message, "“/etc/passwd” cannot be started: "));
	g_clear_error(&error);
	g_assert_false(begin(children, &seen, "true; true", &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
	g_assert_false(children_running(children));
	g_assert_cmpint(seen.ended + seen.dropped, ==, 0);
}

// More than is kept hangs nobody.
static void
test_long_output(void)
{
	struct seen seen = {0};

	run(&seen, "sh -c 'yes | head -c 1000000; yes | head -c 1000000 >&2'");
	g_assert_cmpstr(seen.error, ==, NULL);
	g_assert_cmpint(strlen(seen.out), ==, 65536);
	seen_clear(&seen);
}

// Signals as they are by default, a session of its own, no descriptor of ours, no terminal.
static void
test_surroundings(void)
{
	struct seen seen = {0};
	sigset_t blocked, before;
	int open_here = open("/dev/null", O_RDONLY); // not marked to be closed

	g_assert_cmpint(fcntl(open_here, F_DUPFD, 50), ==, 50);
	signal(SIGPIPE, SIG_IGN);
	sigfillset(&blocked);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	run(&seen, "sh -c 'grep -E \"^Sig(Blk|Ign)\" /proc/self/status; ls /proc/self/fd; "
		   "readlink /proc/self/fd/0; test $$ = $(ps -o sid= -p $$) && echo session'");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	signal(SIGPIPE, SIG_DFL);
	close(50);
	close(open_here);
	g_test_message("%s", seen.out);
	g_assert_nonnull(strstr(seen.out, "SigBlk:\t0000000000000000\n"));
	const char *ignored = strstr(seen.out, "SigIgn:\t");
	g_assert_nonnull(ignored); // beyond 31 are some that libc keeps to itself
	g_assert_cmpuint(g_ascii_strtoull(ignored + 8, NULL, 16) & 0x7fffffff, ==, 0);
	g_assert_nonnull(strstr(seen.out, "/dev/null\nsession\n"));
	g_assert_null(strstr(seen.out, "50\n"));
	seen_clear(&seen);
}

static bool
alive(const char *pid)
{
	return kill((pid_t)g_ascii_strtoll(pid, NULL, 10), 0) == 0;
}

static void
wait_for_death(const char *pid)
{
	g_assert_cmpint(g_ascii_strtoll(pid, NULL, 10), >, 1);
	for (int i = 0; alive(pid) && i < 10000; i++)
		g_usleep(1000);
	g_assert_false(alive(pid));
}

// What it has started ends with it.
static void
test_group(void)
{
	struct seen seen = {0};

	run(&seen, "sh -c 'sleep 100 & echo $!; wait'");
	g_assert_nonnull(strstr(seen.error, "took longer"));
	wait_for_death(seen.out);
	seen_clear(&seen);
}

// Who ends first is dropped without a word, and nothing stays behind.
static void
test_drop(void)
{
	struct children *children = children_new();
	struct seen seen = {0};
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "hark-child-XXXXXX", NULL);
	g_autofree char *pid = NULL;
	g_autofree char *line = NULL;

	close(g_mkstemp(path));
	line = g_strdup_printf("sh -c 'echo $$ >%s; exec sleep 100'", path);
	g_assert_true(begin(children, &seen, line, NULL));
	while (!pid || !strchr(pid, '\n')) {
		g_free(pid);
		g_file_get_contents(path, &pid, NULL, NULL);
	}
	children_free(children);
	g_assert_cmpint(seen.ended, ==, 0);
	g_assert_cmpint(seen.dropped, ==, 1);
	wait_for_death(pid);
	unlink(path);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/child/ends", test_ends);
	g_test_add_func("/child/missing", test_missing);
	g_test_add_func("/child/long-output", test_long_output);
	g_test_add_func("/child/surroundings", test_surroundings);
	g_test_add_func("/child/group", test_group);
	g_test_add_func("/child/drop", test_drop);
	return g_test_run();
}
