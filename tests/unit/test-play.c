// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client's side of the player's socket, against one that says what the test wants.
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "base/schema.h"
#include "play/play.h"

struct puppet {
	char *folder, *socket;
	int fd;
	const char *says; // to whoever connects, in small pieces
	GString *heard;
	GThread *thread;
};

static gpointer
serve(gpointer data)
{
	struct puppet *puppet = data;
	int fd = accept(puppet->fd, NULL, NULL);
	size_t len = strlen(puppet->says);
	char block[4096];
	ssize_t n;

	for (size_t at = 0, piece; at < len; at += piece) { // lines come in halves
		piece = MIN(len > 65536 ? 16384 : 7, len - at);
		if (send(fd, puppet->says + at, piece, MSG_NOSIGNAL) < 0)
			break;
	}
	while ((n = recv(fd, block, sizeof block, 0)) > 0)
		g_string_append_len(puppet->heard, block, n);
	close(fd);
	return NULL;
}

static void
puppet_start(struct puppet *puppet, const char *says)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	*puppet = (struct puppet){.says = says, .heard = g_string_new(NULL)};
	puppet->folder = g_dir_make_tmp("hark-play-XXXXXX", NULL);
	puppet->socket = g_build_filename(puppet->folder, "s", NULL);
	puppet->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_strlcpy(address.sun_path, puppet->socket, sizeof address.sun_path);
	g_assert_cmpint(
	    bind(puppet->fd, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_cmpint(listen(puppet->fd, 0), ==, 0);
	if (says)
		puppet->thread = g_thread_new("puppet", serve, puppet);
}

static void
puppet_end(struct puppet *puppet)
{
	if (puppet->thread)
		g_thread_join(puppet->thread);
	close(puppet->fd);
	g_unlink(puppet->socket);
	g_rmdir(puppet->folder);
	g_free(puppet->socket);
	g_free(puppet->folder);
	g_string_free(puppet->heard, TRUE);
}

static char *
hello(int protocol, int schema)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text, "{\"hark\":\"player\",\"protocol\":%d,\"schema\":%d}\n", protocol,
	    schema);
	for (int i = 0; i < 7; i++) // the properties' first values
		g_string_append_printf(
		    text, "{\"request_id\":%d,\"error\":\"success\",\"data\":null}\n", 100 + i);
	g_string_append(text, "[]\n\nno JSON\n{\"event\":7}\n");
	g_string_append(text,
	    "{\"event\":\"client-message\",\"args\":[\"hark-state\",\"{\\\"loaded\\\":true,"
	    "\\\"episode\\\":7,\\\"title\\\":\\\"seven\\\",\\\"position\\\":30.5,"
	    "\\\"seeking\\\":true}\"]}\n");
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
test_versions(void)
{
	static const struct {
		int protocol, schema;
		bool stays;
	} cases[] = {
	    {PLAY_PROTOCOL, STORE_SCHEMA, true},
	    {PLAY_PROTOCOL, STORE_SCHEMA + 1, true},
	    {PLAY_PROTOCOL, STORE_SCHEMA - 1, false},
	    {PLAY_PROTOCOL + 1, STORE_SCHEMA, false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *says = hello(cases[i].protocol, cases[i].schema);
		g_autoptr(GError) error = NULL;
		struct puppet puppet;
		puppet_start(&puppet, says);
		struct play *play = play_new(puppet.socket);
		g_assert_cmpint(play_connect(play, &error), ==, cases[i].stays);
		g_assert_no_error(error);
		const struct play_state *state = play_state(play);
		g_assert_cmpint(state->connected, ==, cases[i].stays);
		if (cases[i].stays) {
			g_assert_cmpint(state->episode_id, ==, 7);
			g_assert_cmpstr(state->title, ==, "seven");
			g_assert_cmpfloat(state->position_s, ==, 30.5);
			g_assert_true(state->seeking);
		}
		play_free(play);
		g_thread_join(g_steal_pointer(&puppet.thread));
		g_assert_cmpint(
		    strstr(puppet.heard->str, "hark-quit") == NULL, ==, cases[i].stays);
		puppet_end(&puppet);
	}
}

// What is no player: it says nothing, it never ends its line, it hangs up.
static void
test_strangers(void)
{
	g_autofree char *endless = g_strnfill(3 << 20, 'x');
	const struct {
		const char *says;
		bool error;
	} cases[] = {{"", true}, {"HTTP/1.1 200 OK\n", true}, {endless, false}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		struct puppet puppet;
		puppet_start(&puppet, cases[i].says);
		struct play *play = play_new(puppet.socket);
		g_assert_false(play_connect(play, &error));
		g_assert_cmpint(error != NULL, ==, cases[i].error);
		g_assert_cmpint(play_fd(play), ==, -1);
		play_free(play);
		puppet_end(&puppet);
	}
}

// One that does not even accept holds nobody up.
static void
test_hung(void)
{
	struct puppet puppet;
	struct play *plays[4];

	puppet_start(&puppet, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(plays); i++) {
		g_autoptr(GError) error = NULL;
		plays[i] = play_new(puppet.socket);
		g_assert_false(play_connect(plays[i], &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(plays); i++)
		play_free(plays[i]);
	puppet_end(&puppet);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	alarm(120); // what hangs has failed
	g_test_add_func("/play/versions", test_versions);
	g_test_add_func("/play/strangers", test_strangers);
	g_test_add_func("/play/hung", test_hung);
	return g_test_run();
}
