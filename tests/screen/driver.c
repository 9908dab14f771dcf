// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a screen test: a script of lines, each a command (tests/screen/README.md has them all). One
// TAP line for each that checks something. Nothing sleeps: what is expected is polled for.
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "terminal.h"

enum { PATIENCE_MS = 20000 };

struct test {
	char *home;	  // everything of this run lies below it
	char *script_dir; // goldens lie beside the script
	struct terminal *terminal;
	int columns, rows;
	int line;	     // of the script, for messages
	int count, failures; // TAP
	GPid server;
	char *server_url;
};

static void
report(struct test *test, bool ok, const char *what)
{
	test->failures += !ok;
	printf("%s %d - line %d: %s\n", ok ? "ok" : "not ok", ++test->count, test->line, what);
	fflush(stdout);
}

static void
diagnose(const char *title, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	printf("# %s\n", title);
	for (int i = 0; lines[i]; i++)
		printf("# | %s\n", lines[i]);
}

static char *
with_variables(const struct test *test, const char *text)
{
	GString *out = g_string_new(text);
	g_string_replace(out, "$HOME", test->home, 0);
	g_string_replace(out, "$BASE", test->server_url ? test->server_url : "no-server", 0);
	g_string_replace(out, "$SRCDIR", g_getenv("SRCDIR"), 0);
	g_string_replace(out, "$SHARED", g_getenv("SHARED"), 0);
	return g_string_free(out, FALSE);
}

static char **
hark_words(const struct test *test, const char *text)
{
	g_autofree char *full = with_variables(test, text);
	g_autofree char *line = g_strconcat(g_getenv("HARK"), " ", full, NULL);
	char **argv = NULL;
	if (!g_shell_parse_argv(line, NULL, &argv, NULL))
		g_error("line %d: cannot split: %s", test->line, text);
	return argv;
}

// --- the commands --------------------------------------------------------------------------------

static void
do_size(struct test *test, const char *text)
{
	if (sscanf(text, "%dx%d", &test->columns, &test->rows) != 2)
		g_error("line %d: size COLSxROWS", test->line);
	if (test->terminal)
		terminal_resize(test->terminal, test->columns, test->rows);
}

static void
do_env(struct test *test, const char *text)
{
	g_autofree char *full = with_variables(test, text);
	char *equals = strchr(full, '=');
	if (!equals) {
		g_unsetenv(full);
		return;
	}
	*equals = '\0';
	g_setenv(full, equals + 1, TRUE);
}

static void
do_hark(struct test *test, const char *text)
{
	g_auto(GStrv) argv = hark_words(test, text);
	g_autofree char *out = NULL, *err = NULL;
	int status = 0;
	g_autoptr(GError) error = NULL;
	if (!g_spawn_sync(
		NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, &error))
		g_error("line %d: %s", test->line, error->message);
	bool ok = g_spawn_check_wait_status(status, NULL);
	report(test, ok, text);
	if (!ok)
		diagnose("it said", err);
}

// Starts a server that prints its port as its first line; $BASE is its address from then on.
static void
start_server(struct test *test, const char *program, const char *text)
{
	g_autofree char *dir = with_variables(test, text);
	char *argv[] = { (char *)program, dir, NULL };
	int out = -1;
	g_autoptr(GError) error = NULL;
	if (!g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
		&test->server, NULL, &out, NULL, &error))
		g_error("line %d: %s", test->line, error->message);
	char line[64] = "";
	FILE *stream = fdopen(out, "r");
	int port = stream && fgets(line, sizeof(line), stream) ? atoi(line) : 0;
	test->server_url = g_strdup_printf("http://127.0.0.1:%d", port);
	g_setenv("BASE", test->server_url, TRUE);
	report(test, port > 0, "the server tells its port");
}

static void
do_serve(struct test *test, const char *text)
{
	start_server(test, g_getenv("FIXTURE_SERVER"), text);
}

static void
do_nginx(struct test *test, const char *text)
{
	g_autofree char *script = g_build_filename(g_getenv("SRCDIR"), "tests/lib/nginx.sh", NULL);
	start_server(test, script, text);
}

// A shell script beside the test makes or checks something ($HOME, $BASE, $HARK, $SRCDIR, $SHARED
// are set).
static void
do_sh(struct test *test, const char *text)
{
	g_autofree char *script = g_build_filename(test->script_dir, text, NULL);
	char *argv[] = { (char *)"/bin/sh", (char *)"-e", script, NULL };
	int status = -1;
	bool ok = g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
		      NULL) && g_spawn_check_wait_status(status, NULL);
	report(test, ok, text);
}

static void
do_run(struct test *test, const char *text)
{
	g_auto(GStrv) argv = hark_words(test, text);
	g_clear_pointer(&test->terminal, terminal_free);
	test->terminal = terminal_start(argv, test->columns, test->rows);
}

static const struct {
	const char *name, *bytes;
} named_keys[] = {
	{ "Enter", "\r" },    { "Esc", "\033" },    { "Tab", "\t" },	 { "S-Tab", "\033[Z" },
	{ "Space", " " },     { "BS", "\177" },	    { "Up", "\033OA" },	 { "Down", "\033OB" },
	{ "Right", "\033OC" }, { "Left", "\033OD" }, { "Home", "\033OH" }, { "End", "\033OF" },
	{ "PgUp", "\033[5~" }, { "PgDn", "\033[6~" }, { "F1", "\033OP" },  { "lt", "<" },
};

// <Enter> <C-d> and so on become bytes; anything else is itself.
static GString *
key_bytes(const struct test *test, const char *text)
{
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p;) {
		const char *end = *p == '<' ? strchr(p, '>') : NULL;
		if (!end || end == p + 1) {
			g_string_append_c(out, *p++);
			continue;
		}
		g_autofree char *name = g_strndup(p + 1, end - p - 1);
		size_t i = 0;
		while (i < G_N_ELEMENTS(named_keys) && strcmp(named_keys[i].name, name) != 0)
			i++;
		if (i < G_N_ELEMENTS(named_keys))
			g_string_append(out, named_keys[i].bytes);
		else if (g_str_has_prefix(name, "C-") && name[2] && !name[3])
			g_string_append_c(out, name[2] & 0x1f);
		else
			g_error("line %d: no key <%s>", test->line, name);
		p = end + 1;
	}
	return out;
}

static void
do_keys(struct test *test, const char *text)
{
	g_autofree char *full = with_variables(test, text);
	GString *bytes = key_bytes(test, full);
	terminal_type(test->terminal, bytes->str, bytes->len);
	g_string_free(bytes, TRUE);
}

static void
do_paste(struct test *test, const char *text)
{
	g_autofree char *full = with_variables(test, text);
	g_autofree char *bytes = g_strdup_printf("\033[200~%s\033[201~", full);
	terminal_type(test->terminal, bytes, strlen(bytes));
}

// Polls until TEXT is on the screen (or is not, with WANTED false).
static void
poll_text(struct test *test, const char *text, bool wanted)
{
	g_autofree char *full = with_variables(test, text);
	gint64 until = g_get_monotonic_time() + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
	for (;;) {
		bool alive = terminal_read(test->terminal, 20);
		g_autofree char *screen = terminal_text(test->terminal);
		bool there = strstr(screen, full) != NULL;
		if (there == wanted) {
			report(test, true, text);
			return;
		}
		if (!alive || g_get_monotonic_time() > until) {
			report(test, false, text);
			diagnose(wanted ? "not on the screen" : "still on the screen", screen);
			return;
		}
	}
}

static void
do_expect(struct test *test, const char *text)
{
	poll_text(test, text, true);
}

static void
do_absent(struct test *test, const char *text)
{
	poll_text(test, text, false);
}

// Polls until the picture equals NAME.screen; UPDATE=1 rewrites that, once the screen stands still.
static void
do_screen(struct test *test, const char *text)
{
	g_autofree char *path = g_strdup_printf("%s/%s.screen", test->script_dir, text);
	g_autofree char *golden = NULL, *picture = NULL;
	bool update = g_getenv("UPDATE") != NULL;
	g_file_get_contents(path, &golden, NULL, NULL);
	gint64 until = g_get_monotonic_time() +
	    (update ? 700 : PATIENCE_MS) * G_TIME_SPAN_MILLISECOND;
	bool alive, same;
	do {
		alive = terminal_read(test->terminal, 20);
		g_free(picture);
		picture = terminal_picture(test->terminal);
		same = g_strcmp0(picture, golden) == 0;
	} while (alive && (update || !same) && g_get_monotonic_time() < until);
	if (update && !same)
		g_file_set_contents(path, picture, -1, NULL);
	report(test, update || same, text);
	if (!update && !same) {
		diagnose("wanted", golden ? golden : "(no such golden; UPDATE=1 makes it)");
		diagnose("got", picture);
	}
}

static void
do_signal(struct test *test, const char *text)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = { { "KILL", SIGKILL }, { "TERM", SIGTERM }, { "HUP", SIGHUP },
		{ "INT", SIGINT }, { "CONT", SIGCONT }, { "ABRT", SIGABRT }, { "SEGV", SIGSEGV } };
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		if (strcmp(text, signals[i].name) == 0) {
			kill(terminal_pid(test->terminal), signals[i].number);
			return;
		}
	g_error("line %d: no signal %s", test->line, text);
}

static void
do_exit(struct test *test, const char *text)
{
	int status = terminal_wait(test->terminal, PATIENCE_MS);
	g_autofree char *what = g_strdup_printf("exit %s, came %d", text, status);
	report(test, status == atoi(text), what);
	if (status != atoi(text)) {
		g_autofree char *screen = terminal_text(test->terminal);
		diagnose("the screen", screen);
	}
}

// The program left the terminal as a shell wants it: own screen, a cursor, lines and echo.
static void
do_restored(struct test *test, const char *text)
{
	report(test, terminal_restored(test->terminal), "the terminal is as it was");
}

// Our children that are neither the interface nor the server: what hark left behind comes to us,
// the subreaper.
static GArray *
strays(const struct test *test)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(pid_t));
	g_autofree char *path = g_strdup_printf("/proc/self/task/%d/children", (int)getpid());
	g_autofree char *list = NULL;
	if (!g_file_get_contents(path, &list, NULL, NULL))
		return found;
	g_auto(GStrv) words = g_strsplit_set(list, " \n", -1);
	for (int i = 0; words[i]; i++) {
		pid_t pid = atoi(words[i]);
		if (pid > 0 && pid != test->server &&
		    (!test->terminal || pid != terminal_pid(test->terminal)))
			g_array_append_val(found, pid);
	}
	return found;
}

static guint
kill_strays(const struct test *test)
{
	g_autoptr(GArray) found = strays(test);
	for (guint i = 0; i < found->len; i++) {
		kill(g_array_index(found, pid_t, i), SIGKILL);
		waitpid(g_array_index(found, pid_t, i), NULL, 0);
	}
	return found->len;
}

static void
do_kill_player(struct test *test, const char *text)
{
	report(test, kill_strays(test) > 0, "a player ran and was killed");
}

static const struct {
	const char *name;
	void (*run)(struct test *test, const char *text);
	bool needs_terminal;
} commands[] = {
	{ "size", do_size, false },	{ "env", do_env, false },
	{ "hark", do_hark, false },	{ "serve", do_serve, false },
	{ "nginx", do_nginx, false },	{ "sh", do_sh, false },
	{ "run", do_run, false },	{ "keys", do_keys, true },
	{ "paste", do_paste, true },	{ "expect", do_expect, true },
	{ "absent", do_absent, true },	{ "screen", do_screen, true },
	{ "signal", do_signal, true },	{ "exit", do_exit, true },
	{ "kill-player", do_kill_player, false }, { "restored", do_restored, true },
};

static void
run_line(struct test *test, char *line)
{
	g_strstrip(line);
	if (!*line || *line == '#')
		return;
	char *text = strchr(line, ' ');
	if (text)
		*text++ = '\0';
	else
		text = line + strlen(line);
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (strcmp(commands[i].name, line) == 0) {
			if (commands[i].needs_terminal && !test->terminal)
				g_error("line %d: %s before run", test->line, line);
			commands[i].run(test, g_strchug(text));
			return;
		}
	g_error("line %d: no command %s", test->line, line);
}

// One world for each run: private folders, a fixed clock, zone, locale and terminal, no sound.
static void
make_world(struct test *test)
{
	static const char *const fixed[][2] = { { "TERM", "xterm-256color" },
		{ "LC_ALL", "C.UTF-8" }, { "TZ", "UTC" }, { "HARK_NOW", "2024-08-05T12:00:00Z" },
		{ "HARK_AO", "null" } };
	static const char *const unset[] = { "NO_COLOR", "COLORTERM", "LINES", "COLUMNS", "TMUX",
		"LANG", "LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS" };
	static const char *const folders[][2] = { { "XDG_DATA_HOME", "data" },
		{ "XDG_CONFIG_HOME", "config" }, { "XDG_CACHE_HOME", "cache" },
		{ "XDG_STATE_HOME", "state" }, { "XDG_RUNTIME_DIR", "run" } };
	test->home = g_strdup("/tmp/hark-screen-XXXXXX");
	g_assert(g_mkdtemp(test->home));
	g_setenv("HOME", test->home, TRUE);
	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
		g_setenv(fixed[i][0], fixed[i][1], TRUE);
	for (size_t i = 0; i < G_N_ELEMENTS(unset); i++)
		g_unsetenv(unset[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *dir = g_build_filename(test->home, folders[i][1], NULL);
		g_mkdir(dir, 0700);
		g_setenv(folders[i][0], dir, TRUE);
	}
}

static void
end_world(struct test *test)
{
	g_clear_pointer(&test->terminal, terminal_free);
	if (test->server)
		kill(test->server, SIGKILL);
	test->server = 0;
	kill_strays(test);
	char *argv[] = { (char *)"rm", (char *)"-rf", test->home, NULL };
	g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	g_free(test->home);
	g_free(test->script_dir);
	g_free(test->server_url);
}

int
main(int argc, char **argv)
{
	if (argc != 2 || !g_getenv("HARK") || !g_getenv("SRCDIR") || !g_getenv("SHARED")) {
		fprintf(stderr, "usage: HARK=... SRCDIR=... SHARED=... driver SCRIPT.t\n");
		return 2;
	}
	g_autofree char *script = NULL;
	g_autoptr(GError) error = NULL;
	if (!g_file_get_contents(argv[1], &script, NULL, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 2;
	}
	if (strstr(script, "$SHARED") && !g_file_test(g_getenv("SHARED"), G_FILE_TEST_IS_DIR)) {
		printf("1..0 # SKIP no shared inputs beside the tree\n");
		return 0;
	}
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal(SIGPIPE, SIG_IGN);
	struct test test = { .columns = 80, .rows = 24,
		.script_dir = g_path_get_dirname(argv[1]) };
	make_world(&test);
	g_auto(GStrv) lines = g_strsplit(script, "\n", -1);
	for (int i = 0; lines[i]; i++) {
		test.line = i + 1;
		run_line(&test, lines[i]);
	}
	end_world(&test);
	printf("1..%d\n", test.count);
	return test.failures > 0;
}
