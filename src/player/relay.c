// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/relay.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"

#define CLIENTS_MAX 64
#define MPV_BEGINS_MS 2000 // its listener is a thread of its own

struct relay {
	char *socket, *mpv_socket, *hello;
	int fd;
	guint source;
	GPtrArray *clients; // struct client *, each a source that the main context owns too
};

struct end {
	int fd;
	gpointer tag;
	GByteArray *out; // what goes to it
	bool closed;	 // it has said all it will say
};

struct client {
	GSource base; // has to be first
	struct relay *relay;
	struct end user, mpv;
};

// Takes what FROM has as far as TO's buffer holds it. False: FROM is broken.
static bool
take(struct end *from, struct end *to)
{
	guint8 block[16384];

	while (!from->closed && to->out->len < RELAY_BUFFER_BYTES) {
		ssize_t n =
		    recv(from->fd, block, MIN(sizeof block, RELAY_BUFFER_BYTES - to->out->len), 0);
		// Behind the last words of one that closed without reading all stands a reset.
		from->closed = n == 0 || (n < 0 && errno == ECONNRESET);
		if (n < 0)
			return from->closed || errno == EAGAIN || errno == EINTR;
		g_byte_array_append(to->out, block, (guint)n);
	}
	return true;
}

static bool
give(struct end *to)
{
	while (to->out->len > 0) {
		ssize_t n = send(to->fd, to->out->data, to->out->len, MSG_NOSIGNAL);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		g_byte_array_remove_range(to->out, 0, (guint)n);
	}
	return true;
}

// A client that has hung up still gets its last words through; one whose buffer is full never
// reads.
static bool
goes_on(const struct client *client)
{
	if (client->mpv.closed || client->user.out->len >= RELAY_BUFFER_BYTES)
		return false;
	return !client->user.closed || client->mpv.out->len > 0;
}

static void
wait_for(struct client *client, struct end *end, const struct end *other)
{
	GIOCondition condition = end->out->len > 0 ? G_IO_OUT : 0;

	if (!end->closed && other->out->len < RELAY_BUFFER_BYTES)
		condition |= G_IO_IN;
	g_source_modify_unix_fd(&client->base, end->tag, condition);
}

static gboolean
client_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
	struct client *client = (struct client *)source;
	struct end *user = &client->user, *mpv = &client->mpv;

	// mpv is always read, so that it never waits.
	bool alive = take(mpv, user) && take(user, mpv) && give(mpv);
	if (!user->closed)
		alive = alive && give(user);
	if (!alive || !goes_on(client)) {
		if (user->out->len >= RELAY_BUFFER_BYTES)
			log_line(LOG_STORY, "player: a client that does not read is dropped");
		g_ptr_array_remove_fast(client->relay->clients, client);
		return G_SOURCE_REMOVE;
	}
	wait_for(client, user, mpv);
	wait_for(client, mpv, user);
	return G_SOURCE_CONTINUE;
}

static void
client_finalize(GSource *source)
{
	struct client *client = (struct client *)source;

	close(client->user.fd);
	close(client->mpv.fd);
	g_byte_array_unref(client->user.out);
	g_byte_array_unref(client->mpv.out);
}

static gboolean
client_check(GSource *source)
{
	struct client *client = (struct client *)source;

	return g_source_query_unix_fd(source, client->user.tag) != 0 ||
	       g_source_query_unix_fd(source, client->mpv.tag) != 0;
}

static GSourceFuncs client_funcs = {
    .check = client_check, .dispatch = client_dispatch, .finalize = client_finalize};

static void
client_remove(gpointer data)
{
	struct client *client = data;

	g_source_destroy(&client->base);
	g_source_unref(&client->base);
}

static bool
address_set(struct sockaddr_un *address, const char *path, GError **error)
{
	address->sun_family = AF_UNIX;
	if (g_strlcpy(address->sun_path, path, sizeof address->sun_path) < sizeof address->sun_path)
		return true;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("The path of the player's socket is too long: %s."), path);
	return false;
}

static int
connect_mpv(const char *path)
{
	struct sockaddr_un address = {0};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd >= 0 && address_set(&address, path, NULL) &&
	    connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
client_add(struct relay *relay, int user_fd, int mpv_fd)
{
	struct client *client = (struct client *)g_source_new(&client_funcs, sizeof *client);

	client->relay = relay;
	client->user = (struct end){.fd = user_fd, .out = g_byte_array_new()};
	client->mpv = (struct end){.fd = mpv_fd, .out = g_byte_array_new()};
	g_byte_array_append(
	    client->user.out, (const guint8 *)relay->hello, (guint)strlen(relay->hello));
	client->user.tag = g_source_add_unix_fd(&client->base, user_fd, G_IO_IN | G_IO_OUT);
	client->mpv.tag = g_source_add_unix_fd(&client->base, mpv_fd, G_IO_IN);
	g_ptr_array_add(relay->clients, client);
	g_source_attach(&client->base, NULL);
}

static gboolean
on_knock(gint fd, GIOCondition condition, gpointer data)
{
	struct relay *relay = data;
	int user_fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (user_fd < 0)
		return G_SOURCE_CONTINUE;
	int mpv_fd = relay->clients->len < CLIENTS_MAX ? connect_mpv(relay->mpv_socket) : -1;
	if (mpv_fd >= 0)
		client_add(relay, user_fd, mpv_fd);
	else
		close(user_fd);
	return G_SOURCE_CONTINUE;
}

static bool
wait_for_mpv(const char *path, GError **error)
{
	for (int ms = 0; ms < MPV_BEGINS_MS; ms += 5) {
		int fd = connect_mpv(path);
		if (fd >= 0) {
			close(fd);
			return true;
		}
		g_usleep(5000);
	}
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("libmpv does not listen at %s."), path);
	return false;
}

static int
listen_at(const char *path, GError **error)
{
	struct sockaddr_un address = {0};

	if (!address_set(&address, path, error))
		return -1;
	unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t mask = umask(0177);
	bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0;
	umask(mask);
	if (bound && listen(fd, 16) == 0)
		return fd;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Could not listen at %s: %s."), path,
	    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

struct relay *
relay_new(const char *socket, const char *mpv_socket, const char *hello, GError **error)
{
	if (!wait_for_mpv(mpv_socket, error))
		return NULL;
	int fd = listen_at(socket, error);
	if (fd < 0)
		return NULL;
	struct relay *relay = g_new0(struct relay, 1);
	relay->socket = g_strdup(socket);
	relay->mpv_socket = g_strdup(mpv_socket);
	relay->hello = g_strdup(hello);
	relay->clients = g_ptr_array_new_with_free_func(client_remove);
	relay->fd = fd;
	relay->source = g_unix_fd_add(fd, G_IO_IN, on_knock, relay);
	return relay;
}

void
relay_free(struct relay *relay)
{
	g_source_remove(relay->source);
	unlink(relay->socket);
	close(relay->fd);
	g_ptr_array_unref(relay->clients);
	g_free(relay->socket);
	g_free(relay->mpv_socket);
	g_free(relay->hello);
	g_free(relay);
}

unsigned
relay_clients(const struct relay *relay)
{
	return relay->clients->len;
}
