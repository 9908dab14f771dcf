// SPDX-License-Identifier: GPL-3.0-or-later
//
// hark-player: one for each database, found by a lock that dies with it. It ends by itself when
// nothing is loaded and nobody is connected.
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/jsonout.h"
#include "base/paths.h"
#include "conf/file.h"
#include "conf/options.h"
#include "play/play.h"
#include "player/clerk.h"
#include "player/engine.h"
#include "player/relay.h"
#include "player/session.h"
#include "store/store.h"

#define SAVE_S 5
#define IDLE_S 10
#define LAST_MS 5000 // how long the last writing may wait for others

struct player {
	char *db, *socket, *mpv_socket, *profile;
	int idle_s;
	gint64 busy_us; // when somebody was here last
	GMainLoop *loop;
	struct options *options;
	struct clerk *clerk;
	struct session *session;
	struct engine *engine;
	struct relay *relay;
};

static void
leave(void *data)
{
	struct player *player = data;

	g_main_loop_quit(player->loop);
}

static gboolean
on_signal(gpointer data)
{
	leave(data);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_save(gpointer data)
{
	struct player *player = data;

	session_save(player->session);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_look(gpointer data)
{
	struct player *player = data;
	gint64 now_us = g_get_monotonic_time();

	if (!session_is_idle(player->session) || relay_clients(player->relay) > 0)
		player->busy_us = now_us;
	if (now_us - player->busy_us >= player->idle_s * (gint64)G_USEC_PER_SEC)
		leave(player);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_answer(gint fd, GIOCondition condition, gpointer data)
{
	struct player *player = data;

	for (;;) {
		OWNED(clerk_answer) answer = clerk_take(player->clerk);
		if (!answer)
			return G_SOURCE_CONTINUE;
		session_answer(player->session, answer);
	}
}

// The lock of SOCKET. -1 with no error where another player holds it.
static int
take_lock(const char *socket, GError **error)
{
	g_autofree char *path = g_strconcat(socket, ".lock", NULL);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd < 0 || errno != EWOULDBLOCK)
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Could not lock %s: %s."), path,
		    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static char *
hello_line(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct jsonout out;

	jsonout_init_string(&out, text);
	jsonout_begin_object(&out, NULL);
	jsonout_string(&out, "hark", "player");
	jsonout_string(&out, "version", PACKAGE_VERSION);
	jsonout_int(&out, "protocol", PLAY_PROTOCOL);
	jsonout_int(&out, "schema", STORE_SCHEMA);
	jsonout_end_object(&out);
	g_strchomp(text->str);
	return g_strconcat(text->str, "\n", NULL);
}

static bool
begin(struct player *player, GError **error)
{
	g_autofree char *hello = hello_line();
	const char *device = options_string(player->options, 0, OPT_AUDIO_DEVICE);
	const char *ao = g_getenv("HARK_AO");
	bool none = g_strcmp0(device, "null") == 0;
	struct engine_settings settings = {
	    .ipc_path = player->mpv_socket,
	    .ao = none	      ? "null"
		  : ao && *ao ? ao
			      : NULL,
	    .device = none ? NULL : device,
	    .ca_file = options_string(player->options, 0, OPT_CA_FILE),
	    .proxy = options_string(player->options, 0, OPT_PROXY),
	    .speed = options_double(player->options, 0, OPT_SPEED),
	    .volume = options_int(player->options, 0, OPT_VOLUME),
	};

	player->clerk = clerk_new(player->db);
	player->session = session_new(player->clerk, player->options, leave, player);
	player->engine = engine_new(&settings, session_take, player->session, error);
	if (!player->engine)
		return false;
	session_use(player->session, player->engine);
	player->relay = relay_new(player->socket, player->mpv_socket, hello, error);
	return player->relay != NULL;
}

static void
run(struct player *player)
{
	player->busy_us = g_get_monotonic_time();
	g_unix_signal_add(SIGTERM, on_signal, player);
	g_unix_signal_add(SIGINT, on_signal, player);
	g_unix_signal_add(SIGHUP, on_signal, player);
	g_unix_fd_add(clerk_fd(player->clerk), G_IO_IN, on_answer, player);
	g_timeout_add_seconds(SAVE_S, on_save, player);
	g_timeout_add(500, on_look, player);
	g_main_loop_run(player->loop);
}

// Nobody new from here on; then what was heard is written; then the sound ends.
static bool
end(struct player *player)
{
	bool written = true;

	if (player->relay)
		relay_free(player->relay);
	if (player->session)
		session_save(player->session);
	if (player->clerk)
		written = clerk_end(player->clerk, LAST_MS);
	if (player->engine)
		engine_free(player->engine);
	unlink(player->mpv_socket);
	if (player->session)
		session_free(player->session);
	return written;
}

static bool
read_options(struct player *player, GError **error)
{
	OWNED(paths) paths = paths_new(player->profile, error);

	if (!paths || !paths_ensure_runtime(paths, error))
		return false;
	if (!player->db)
		player->db = g_strdup(paths->db);
	if (!player->socket)
		player->socket = g_strdup(paths->socket);
	g_autofree char *conf = g_build_filename(paths->config_dir, "hark.conf", NULL);
	player->options = options_new();
	return conf_file_read(conf, player->options, NULL, NULL, error);
}

static bool
parse(struct player *player, int *argc, char ***argv, GError **error)
{
	gboolean version = FALSE;
	const GOptionEntry entries[] = {
	    {"db", 0, 0, G_OPTION_ARG_FILENAME, &player->db, N_("The library"), "PATH"},
	    {"socket", 0, 0, G_OPTION_ARG_FILENAME, &player->socket, N_("Where to listen"), "PATH"},
	    {"profile", 0, 0, G_OPTION_ARG_FILENAME, &player->profile, N_("The profile's folder"),
		"DIR"},
	    {"idle", 0, 0, G_OPTION_ARG_INT, &player->idle_s,
		N_("Seconds without sound and clients before it ends"), "SECONDS"},
	    {"version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Say the version"), NULL},
	    {NULL},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_summary(context, _("Plays for hark, which starts it when needed."));
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, error))
		return false;
	if (version) {
		printf("hark-player %s\n", PACKAGE_VERSION);
		exit(0);
	}
	return true;
}

// The exit code: 0 also where another player is there already.
static int
play(struct player *player, GError **error)
{
	int lock = take_lock(player->socket, error);

	if (lock < 0)
		return *error ? HARK_ERROR_FAILED : 0;
	// Not longer than the socket's own path, which may just fit.
	const char *name_end = g_strrstr(player->socket, ".sock");
	int len = name_end ? (int)(name_end - player->socket) : (int)strlen(player->socket);
	player->mpv_socket = g_strdup_printf("%.*s.mpv", len, player->socket);
	player->loop = g_main_loop_new(NULL, FALSE);
	bool began = begin(player, error);
	if (began)
		run(player);
	bool written = end(player);
	g_main_loop_unref(player->loop);
	close(lock);
	return began && written ? 0 : HARK_ERROR_FAILED;
}

int
main(int argc, char **argv)
{
	struct player player = {.idle_s = IDLE_S};
	g_autoptr(GError) error = NULL;
	int code = HARK_ERROR_USAGE;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); // libmpv insists
	bindtextdomain(PACKAGE, LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8"); // what is said goes out as JSON
	textdomain(PACKAGE);
	if (parse(&player, &argc, &argv, &error) && read_options(&player, &error))
		code = play(&player, &error);
	if (error)
		fprintf(stderr, "hark-player: %s\n", error->message);
	if (player.options)
		options_free(player.options);
	g_free(player.db);
	g_free(player.socket);
	g_free(player.mpv_socket);
	g_free(player.profile);
	return code;
}
