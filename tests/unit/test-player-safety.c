// SPDX-License-Identifier: GPL-3.0-or-later
//
// The player and a hostile world: files that name other files, servers that send no audio, clients
// that do not read, players that are there twice.
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/fixture.h"
#include "../lib/playbench.h"
#include "store/episodes.h"

static bool
past(const struct play_state *state, void *data)
{
	return state->position_s >= (double)*(gint64 *)data;
}

static bool
never(const struct play_state *state, void *data)
{
	return false;
}

// e.mp3 that is something else; %s is the path of an audio file, %n its name.
static const struct {
	const char *name, *text;
} tricks[] = {
    {"edl", "# mpv EDL v0\n%s,0,10\n"},
    {"edl-bare", "mpv EDL v0\n%s,0,10\n"},
    {"m3u", "#EXTM3U\n#EXTINF:10,x\n%s\n"},
    {"m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n%s\n"
	     "#EXT-X-ENDLIST\n"},
    {"pls", "[playlist]\nFile1=%s\nLength1=10\nNumberOfEntries=1\nVersion=2\n"},
    {"path", "%s\n"},
    {"ref", "[Reference]\nRef1=file://%s\n"},
    {"rtsptext", "RTSPtextFILE:%s\n"},
    {"ffconcat", "ffconcat version 1.0\nfile '%s'\n"},
    {"ffconcat-beside", "ffconcat version 1.0\nfile '%n'\n"},
    {"dash", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\""
	     " mediaPresentationDuration=\"PT10S\" minBufferTime=\"PT1S\" profiles=\"urn:mpeg:dash:"
	     "profile:isoff-on-demand:2011\"><Period><AdaptationSet mimeType=\"audio/webm\">"
	     "<Representation id=\"1\" bandwidth=\"1000\"><BaseURL>file://%s</BaseURL>"
	     "</Representation></AdaptationSet></Period></MPD>\n"},
    {"cue", "FILE \"%s\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n"},
};

static bool
opened(int watch)
{
	char events[4096];

	return read(watch, events, sizeof events) > 0;
}

static void
test_trick(gconstpointer data)
{
	size_t row = GPOINTER_TO_SIZE(data);
	g_autofree char *folder = fixture_folder();
	g_autofree char *secret = g_build_filename(folder, "secret.opus", NULL);
	g_autofree char *file = g_build_filename(folder, "e.mp3", NULL);
	g_autofree char *feed = g_strconcat("file://", folder, "/feed.xml", NULL);
	g_autofree char *tour = playbench_path("finding-your-way.opus");
	g_autofree char *audio = NULL;
	g_autoptr(GString) text = g_string_new(tricks[row].text);
	gsize len;

	g_string_replace(text, "%s", secret, 0);
	g_string_replace(text, "%n", "secret.opus", 0);
	g_assert_true(g_file_set_contents(file, text->str, -1, NULL));
	g_assert_true(g_file_get_contents(tour, &audio, &len, NULL));
	g_assert_true(g_file_set_contents(secret, audio, len, NULL));
	int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	inotify_add_watch(watch, secret, IN_OPEN | IN_ACCESS);

	struct playbench *bench = playbench_new(feed, (const char *[]){file, secret, NULL});
	g_autoptr(GError) error = NULL;
	play_start(bench->play, bench->paths->db, bench->folder, &error);
	g_assert_no_error(error);
	g_assert_true(play_episode(bench->play, bench->ids[0], -1));
	playbench_wait(bench, playbench_troubled, 0);
	g_test_message("%s", play_state(bench->play)->trouble);
	play_wait(bench->play, never, NULL, 200); // nothing follows it
	g_assert_false(play_state(bench->play)->loaded);
	g_assert_false(opened(watch));
	playbench_play(bench, 1, -1); // which is what the watch would have seen
	g_assert_true(opened(watch));
	close(watch);
	playbench_free(bench);
	fixture_remove(folder);
}

// A stranger's feed names a file of this machine.
static void
test_remote_file(void)
{
	g_autofree char *uri = playbench_uri("keeping-up.mp3");
	g_autofree char *path = playbench_path("keeping-up.mp3");
	struct playbench *bench =
	    playbench_new("http://feeds.example/feed.xml", (const char *[]){uri, path, NULL});
	g_autoptr(GError) error = NULL;

	play_start(bench->play, bench->paths->db, bench->folder, &error);
	g_assert_no_error(error);
	for (int i = 0; i < 2; i++) {
		g_assert_true(play_episode(bench->play, bench->ids[i], -1));
		playbench_wait(bench, playbench_troubled, 0);
		g_test_message("%s", play_state(bench->play)->trouble);
	}
	playbench_free(bench);
}

// What only mpv would understand is no address.
static void
test_schemes(void)
{
	static const char *const addresses[] = {"edl:///etc/passwd", "lavfi://sine", "memory://x",
	    "av://lavfi:sine", "archive:///tmp/x.zip|/a", "file:///etc/passwd", "fd://0", "-",
	    "concat:/etc/passwd", "ytdl://x", "relative.mp3"};
	struct playbench *bench = playbench_tour();
	g_autoptr(GError) error = NULL;

	play_start(bench->play, bench->paths->db, bench->folder, &error);
	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_assert_true(play_file(bench->play, addresses[i], -1));
		playbench_wait(bench, playbench_troubled, 0);
	}
	g_autofree char *path = playbench_path("keeping-up.mp3");
	g_assert_true(play_file(bench->play, path, 5));
	playbench_wait(bench, past, 5);
	g_assert_cmpint(play_state(bench->play)->episode_id, ==, 0);
	g_assert_null(play_state(bench->play)->trouble);
	playbench_free(bench);
}

static int
connect_raw(struct playbench *bench)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, bench->paths->socket, sizeof address.sun_path);
	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
	return fd;
}

// What DESIGN asks of libmpv, as it says itself (a word of JSON); "tls-ca-file" where one is known.
static const struct {
	const char *name, *value;
} settings[] = {
    {"config", "false"},
    {"video", "false"},
    {"demuxer", "\"lavf\""},
    {"access-references", "false"},
    {"autoload-files", "false"},
    {"load-scripts", "false"},
    {"ytdl", "false"},
    {"tls-verify", "true"},
    {"audio-fallback-to-null", "true"},
    {"demuxer-max-bytes", "8388608"},
    {"demuxer-max-back-bytes", "4194304"},
    {"load-unsafe-playlists", "false"},
    {"resume-playback", "false"},
    {"ordered-chapters", "false"},
};

// What the player at FD answers to the request NUMBER. The caller's.
static char *
answer(int fd, int number)
{
	g_autofree char *mark = g_strdup_printf("\"request_id\":%d,", number);
	g_autoptr(GString) text = g_string_new(NULL);
	char byte;

	while (recv(fd, &byte, 1, 0) == 1) {
		if (byte != '\n')
			g_string_append_c(text, byte);
		else if (strstr(text->str, mark))
			return g_string_free(g_steal_pointer(&text), FALSE);
		else
			g_string_truncate(text, 0);
	}
	return g_strdup("");
}

static void
test_settings(void)
{
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 0, -1);
	int fd = connect_raw(bench);
	for (int i = 0; i < (int)G_N_ELEMENTS(settings); i++) {
		g_autofree char *ask =
		    g_strdup_printf("{\"command\":[\"get_property\",\"options/%s\"],"
				    "\"request_id\":%d}\n",
			settings[i].name, i + 1);
		g_autofree char *value = g_strdup_printf("\"data\":%s,", settings[i].value);
		g_assert_cmpint(send(fd, ask, strlen(ask), MSG_NOSIGNAL), >, 0);
		g_autofree char *said = answer(fd, i + 1);
		if (!strstr(said, value))
			g_error("%s: %s", settings[i].name, said);
	}
	close(fd);
	playbench_free(bench);
}

// A listener's mpv has settings, scripts and files beside the medium; this one does not care.
static void
test_mpv_of_the_user(void)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *scripts = g_build_filename(folder, "mpv", "scripts", NULL);
	g_autofree char *conf = g_build_filename(folder, "mpv", "mpv.conf", NULL);
	g_autofree char *script = g_build_filename(scripts, "x.lua", NULL);
	g_autofree char *ran = g_build_filename(folder, "ran", NULL);
	g_autofree char *lua = g_strdup_printf("io.open('%s', 'w'):close()\n", ran);
	g_autofree char *tour = playbench_path("keeping-up.mp3");
	g_autofree char *medium = g_build_filename(folder, "e.mp3", NULL);
	g_autofree char *beside = g_build_filename(folder, "e.srt", NULL);
	g_autofree char *feed = g_strconcat("file://", folder, "/feed.xml", NULL);

	g_assert_cmpint(g_mkdir_with_parents(scripts, 0700), ==, 0);
	g_assert_true(g_file_set_contents(conf, "volume=7\nspeed=3\n", -1, NULL));
	g_assert_true(g_file_set_contents(script, lua, -1, NULL));
	g_assert_cmpint(symlink(tour, medium), ==, 0);
	g_assert_true(
	    g_file_set_contents(beside, "1\n00:00:00,000 --> 00:00:09,000\nx\n", -1, NULL));
	int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	inotify_add_watch(watch, beside, IN_OPEN | IN_ACCESS);
	inotify_add_watch(watch, conf, IN_OPEN | IN_ACCESS);

	g_autofree char *home = g_strdup(g_getenv("HOME"));
	g_setenv("HOME", folder, TRUE);
	g_setenv("XDG_CONFIG_HOME", folder, TRUE);
	struct playbench *bench = playbench_new(feed, (const char *[]){medium, NULL});
	playbench_play(bench, 0, 1);
	gint64 second = 2;
	playbench_wait(bench, past, second);
	g_assert_cmpint(play_state(bench->play)->volume, !=, 7);
	g_assert_cmpfloat(play_state(bench->play)->speed, ==, 1);
	g_assert_false(g_file_test(ran, G_FILE_TEST_EXISTS));
	g_assert_false(opened(watch));
	playbench_free(bench);
	g_unsetenv("XDG_CONFIG_HOME");
	g_setenv("HOME", home ? home : "/", TRUE);
	close(watch);
	fixture_remove(folder);
}

// One clear sentence, and the place is kept.
static void
test_servers(void)
{
	static const struct {
		const char *target, *says;
	} cases[] = {
	    {"e.opus?status=404", "404"},
	    {"e.opus?status=503", "503"},
	    {"e.opus?auth=me:word", "password, which go with a download"},
	    {"page.html", "no audio"},
	    {"page.html?type=audio/mpeg", "no audio"},
	    {"e.opus?empty", "“"},
	};
	struct fixture *fixture = fixture_start();
	g_autofree char *tour = playbench_path("finding-your-way.opus");
	g_autofree char *served = g_build_filename(fixture->folder, "e.opus", NULL);
	g_autofree char *good = fixture_url(fixture, "e.opus");
	g_autofree char *audio = NULL;
	gsize len;

	g_assert_true(g_file_get_contents(tour, &audio, &len, NULL));
	g_assert_true(g_file_set_contents(served, audio, len, NULL));
	fixture_write(fixture, "page.html", "<!DOCTYPE html><html><body>Not here</body></html>");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *bad = fixture_url(fixture, cases[i].target);
		struct playbench *bench =
		    playbench_new("http://feeds.example/f", (const char *[]){good, bad, NULL});
		playbench_play(bench, 0, 20); // streams, with a seek
		g_assert_true(play_episode(bench->play, bench->ids[1], 12));
		playbench_wait(bench, playbench_troubled, 0);
		g_test_message("%s", play_state(bench->play)->trouble);
		g_assert_nonnull(strstr(play_state(bench->play)->trouble, cases[i].says));
		playbench_queue(bench, "1");
		g_assert_cmpfloat(fabs(playbench_stored(bench, 0) - 20), <, 1);
		g_assert_cmpfloat(playbench_stored(bench, 1), ==, 0);
		playbench_free(bench);
	}
	fixture_stop(fixture);
}

static GPid
spawn(struct playbench *bench, const char *idle)
{
	const char *argv[] = {g_getenv("HARK_PLAYER"), "--db", bench->paths->db, "--socket",
	    bench->paths->socket, "--profile", bench->folder, "--idle", idle, NULL};
	g_autoptr(GError) error = NULL;
	GPid pid;

	g_spawn_async("/", (char **)argv, NULL,
	    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, &error);
	g_assert_no_error(error);
	return pid;
}

static int
exit_code(GPid pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
wait_connected(struct playbench *bench)
{
	g_autoptr(GError) error = NULL;

	for (int ms = 0; ms < 5000 && !play_connect(bench->play, &error); ms += 10) {
		g_assert_no_error(error);
		g_usleep(10000);
	}
	g_assert_true(play_state(bench->play)->connected);
}

// Started at once, one is left and everybody finds it.
static void
test_twice(void)
{
	struct playbench *bench = playbench_tour();
	GPid pids[4];
	int left = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(pids); i++)
		pids[i] = spawn(bench, "60");
	wait_connected(bench);
	pid_t winner = playbench_pid(bench);
	for (size_t i = 0; i < G_N_ELEMENTS(pids); i++) {
		if (pids[i] == winner)
			left++;
		else
			g_assert_cmpint(exit_code(pids[i]), ==, 0);
	}
	g_assert_cmpint(left, ==, 1);
	playbench_play(bench, 0, -1);
	g_assert_cmpint(playbench_pid(bench), ==, winner);
	kill(winner, SIGTERM);
	g_assert_cmpint(exit_code(winner), ==, 0);
	g_assert_cmpint(g_access(bench->paths->socket, F_OK), !=, 0);
	playbench_free(bench);
}

// A socket, or a file, that nobody listens at.
static void
test_dead_socket(void)
{
	struct playbench *bench = playbench_tour();
	g_autoptr(GError) error = NULL;

	paths_ensure_runtime(bench->paths, &error);
	g_assert_no_error(error);
	g_assert_true(g_file_set_contents(bench->paths->socket, "", 0, NULL));
	playbench_play(bench, 0, -1);
	GStatBuf row;
	g_assert_cmpint(g_stat(bench->paths->socket, &row), ==, 0);
	g_assert_true(S_ISSOCK(row.st_mode));
	g_assert_cmpint(row.st_mode & 0777, ==, 0600);
	playbench_free(bench);
}

// A client that asks and never reads is dropped; the others and the sound go on.
static void
test_deaf_client(void)
{
	static const char asks[] = "{\"command\":[\"get_property\",\"property-list\"]}\n";
	struct playbench *bench = playbench_tour();
	ssize_t sent = 0;

	playbench_play(bench, 0, -1);
	int deaf = connect_raw(bench);
	for (int i = 0; i < 20000 && sent >= 0; i++)
		sent = send(deaf, asks, sizeof asks - 1, MSG_NOSIGNAL);
	g_assert_cmpint(sent, <, 0);
	g_assert_true(errno == EPIPE || errno == ECONNRESET);
	close(deaf);
	gint64 second = (gint64)play_state(bench->play)->position_s + 2;
	playbench_wait(bench, past, second);
	g_assert_true(play_state(bench->play)->connected);
	playbench_free(bench);
}

// The last words of one that hangs up at once are heard, whether it has read its answers or not.
static void
test_last_words(void)
{
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 0, -1);
	for (int volume = 31; volume < 51; volume++) {
		g_autofree char *words = g_strdup_printf(
		    "{\"command\":[\"set_property\",\"volume\",%d]}\n", volume);
		int fd = connect_raw(bench);
		struct pollfd hello = {.fd = fd, .events = POLLIN};

		if (volume % 2)
			g_assert_cmpint(poll(&hello, 1, 5000), ==, 1); // here, and never read
		g_assert_cmpint(
		    send(fd, words, strlen(words), MSG_NOSIGNAL), ==, (gssize)strlen(words));
		close(fd);
		for (int i = 0; i < 250 && play_state(bench->play)->volume != volume; i++)
			play_wait(bench->play, never, NULL, 20);
		g_assert_cmpint(play_state(bench->play)->volume, ==, volume);
	}
	playbench_free(bench);
}

// With nothing loaded and nobody there it ends; with something loaded it stays.
static void
test_idle(void)
{
	struct playbench *bench = playbench_tour();
	GPid pid = spawn(bench, "1");

	wait_connected(bench);
	play_wait(bench->play, never, NULL, 2000);
	g_assert_true(play_state(bench->play)->connected); // we are there
	play_free(bench->play);
	bench->play = play_new(bench->paths->socket);
	g_assert_cmpint(exit_code(pid), ==, 0);

	pid = spawn(bench, "1");
	wait_connected(bench);
	playbench_play(bench, 0, -1);
	g_assert_true(play_pause(bench->play, true));
	play_wait(bench->play, never, NULL, 300);
	play_free(bench->play);
	bench->play = play_new(bench->paths->socket);
	g_usleep(2500 * 1000);
	g_assert_cmpint(playbench_pid(bench), ==, pid);
	wait_connected(bench);
	g_assert_true(play_quit(bench->play));
	g_assert_cmpint(exit_code(pid), ==, 0);
	playbench_free(bench);
}

// mpv's own remote-control tools may tell it to quit: what was heard is kept.
static void
test_mpv_quit(void)
{
	static const char words[] = "{\"command\":[\"quit\"]}\n";
	struct playbench *bench = playbench_tour();

	playbench_play(bench, 0, 25);
	pid_t pid = playbench_pid(bench);
	int fd = connect_raw(bench);
	g_assert_cmpint(send(fd, words, sizeof words - 1, MSG_NOSIGNAL), >, 0);
	playbench_wait_gone(pid);
	close(fd);
	g_assert_cmpfloat(fabs(playbench_stored(bench, 0) - 25.5), <, 1);
	playbench_free(bench);
}

static guint64
signal_set(const char *status, const char *name)
{
	const char *line = strstr(status, name);

	g_assert_nonnull(line);
	return g_ascii_strtoull(line + strlen(name), NULL, 16);
}

// Whatever we ignore or block, the player begins as programs do (libmpv ignores SIGPIPE itself).
static void
test_signals(void)
{
	static const int numbers[] = {SIGTSTP, SIGQUIT, SIGUSR1};
	struct playbench *bench = playbench_tour();
	g_autoptr(GError) error = NULL;
	g_autofree char *status = NULL;
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		signal(numbers[i], SIG_IGN);
	play_start(bench->play, bench->paths->db, bench->folder, &error);
	g_assert_no_error(error);
	sigprocmask(SIG_SETMASK, &before, NULL);
	g_autofree char *path = g_strdup_printf("/proc/%d/status", (int)playbench_pid(bench));
	g_assert_true(g_file_get_contents(path, &status, NULL, NULL));
	g_assert_cmpuint(signal_set(status, "\nSigBlk:"), ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		g_assert_cmpuint(
		    signal_set(status, "\nSigIgn:") & G_GUINT64_CONSTANT(1) << (numbers[i] - 1), ==,
		    0);
		signal(numbers[i], SIG_DFL);
	}
	playbench_free(bench);
}

int
main(int argc, char **argv)
{
	playbench_init(&argc, &argv);
	for (size_t i = 0; i < G_N_ELEMENTS(tricks); i++) {
		g_autofree char *name = g_strconcat("/player/trick/", tricks[i].name, NULL);
		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_trick);
	}
	g_test_add_func("/player/remote-file", test_remote_file);
	g_test_add_func("/player/schemes", test_schemes);
	g_test_add_func("/player/settings", test_settings);
	g_test_add_func("/player/mpv-of-the-user", test_mpv_of_the_user);
	g_test_add_func("/player/servers", test_servers);
	g_test_add_func("/player/signals", test_signals);
	g_test_add_func("/player/twice", test_twice);
	g_test_add_func("/player/dead-socket", test_dead_socket);
	g_test_add_func("/player/deaf-client", test_deaf_client);
	g_test_add_func("/player/last-words", test_last_words);
	g_test_add_func("/player/idle", test_idle);
	g_test_add_func("/player/mpv-quit", test_mpv_quit);
	return g_test_run();
}
