// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server of the tests: HTTP as it is in the wild, on loopback.
//
//	fixture-server FOLDER
//
// serves the files of FOLDER, prints "PORT\n" on stdout as soon as it listens (127.0.0.1, a free
// port) and ends by SIGTERM or when the reader of its stdout has gone (where that is a pipe). Files
// are read anew for every answer, so a test may change them. What an answer does beside that is
// said in the query of the address; words are joined with "&", values percent-encoded:
//
//	etag            an ETag made of the content; If-None-Match is answered 304
//	modified        Last-Modified; If-Modified-Since is answered 304 (the same string only)
//	cache=SECONDS   Cache-Control: max-age
//	expires=SECONDS Expires: so many seconds from now
//	redirect=CODE   that status, and Location: to=ADDRESS (default: this path without query)
//	loop            302 to itself
//	gzip            FILE.gz with Content-Encoding: gzip
//	type=TYPE       Content-Type instead of the one by extension; "none" sends no such line
//	status=CODE     that status (404, 410, 429, 503, ...) and a small HTML page, not the file
//	retry=VALUE     Retry-After
//	auth=NAME:WORD  401 without these Basic credentials
//	drip=BYTES      so many bytes ten times a second
//	truncate=BYTES  promises all, closes after so many
//	length=BYTES    promises so many instead
//	nolength        no Content-Length: the end of the connection ends the body
//	zeros=BYTES     so many zero bytes instead of the file
//	empty           a body of no bytes
//	headers=BYTES   so many bytes of headers that mean nothing
//	echo            the request's own head as the body
//	hang            takes the request and never answers; hang=body: after the head
//	drop            closes without an answer
//
// Range and If-Range are honoured (206, 416) unless "norange" is said. A folder is answered with an
// HTML page. Asked as a proxy ("GET http://host/path") it answers as if it were the host, but it
// leads nobody through (CONNECT: 403). "/-/log" gives what was asked so far, a line each: "STATUS
// METHOD TARGET".
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_HEAD 65536
#define DRIP_MS 100

struct client {
	int fd;
	GString *request;
	GHashTable *query; // of the target; NULL until the head is whole
	GString *head;	   // answer, sent first
	char *body;	   // NULL: zeros
	gint64 body_bytes; // to be sent
	gint64 sent;	   // of head and body together
	gint64 drip;	   // bytes at a time; 0: as fast as it goes
	gint64 next_us;	   // when the next drip is due
	bool hang;
};

static GString *server_log;
static const char *server_folder;

static void
client_free(gpointer data)
{
	struct client *client = data;

	close(client->fd);
	g_string_free(client->request, TRUE);
	g_string_free(client->head, TRUE);
	if (client->query)
		g_hash_table_unref(client->query);
	g_free(client->body);
	g_free(client);
}

static const char *
asked(const struct client *client, const char *word)
{
	return g_hash_table_lookup(client->query, word);
}

static gint64
asked_number(const struct client *client, const char *word, gint64 otherwise)
{
	const char *value = asked(client, word);

	return value ? g_ascii_strtoll(value, NULL, 10) : otherwise;
}

// "a&b=c%20d" -> {a: "", b: "c d"}
static GHashTable *
query_parse(const char *query)
{
	GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) parts = g_strsplit(query ? query : "", "&", -1);

	for (char **part = parts; *part; part++) {
		char *equals = strchr(*part, '=');
		if (equals)
			*equals++ = '\0';
		g_hash_table_insert(
		    words, g_strdup(*part), g_uri_unescape_string(equals ? equals : "", NULL));
	}
	return words;
}

// The value of a header line of the request, the caller's; NULL where it is missing.
static char *
header(const struct client *client, const char *name)
{
	g_auto(GStrv) lines = g_strsplit(client->request->str, "\r\n", -1);
	size_t len = strlen(name);

	for (char **line = lines; *line; line++)
		if (!g_ascii_strncasecmp(*line, name, len) && (*line)[len] == ':')
			return g_strdup(g_strstrip(*line + len + 1));
	return NULL;
}

static const char *
type_of(const char *path)
{
	static const char *const types[][2] = {
	    {".xml", "application/rss+xml"},
	    {".rss", "application/rss+xml"},
	    {".html", "text/html"},
	    {".json", "application/json"},
	    {".vtt", "text/vtt"},
	    {".srt", "application/x-subrip"},
	    {".txt", "text/plain"},
	    {".mp3", "audio/mpeg"},
	    {".m4a", "audio/mp4"},
	    {".opus", "audio/ogg"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (g_str_has_suffix(path, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

static void
add_header(struct client *client, const char *name, const char *value)
{
	if (value)
		g_string_append_printf(client->head, "%s: %s\r\n", name, value);
}

static void
begin(struct client *client, int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {{200, "OK"}, {206, "Partial Content"}, {301, "Moved Permanently"},
	    {302, "Found"}, {304, "Not Modified"}, {401, "Unauthorized"}, {404, "Not Found"},
	    {410, "Gone"}, {416, "Range Not Satisfiable"}, {429, "Too Many Requests"},
	    {503, "Service Unavailable"}};
	const char *reason = "Other";

	for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (reasons[i].status == status)
			reason = reasons[i].reason;
	g_string_printf(client->head, "HTTP/1.1 %d %s\r\nConnection: close\r\n", status, reason);
}

static void
set_body(struct client *client, char *taken, gint64 bytes)
{
	g_free(client->body);
	client->body = taken;
	client->body_bytes = bytes;
}

// A small page, as servers send with errors.
static void
set_page(struct client *client, int status)
{
	begin(client, status);
	add_header(client, "Content-Type", "text/html; charset=utf-8");
	char *page = g_strdup_printf("<!DOCTYPE html>\n<html><head><title>%d</title></head>"
				     "<body><h1>%d</h1></body></html>\n",
	    status, status);
	set_body(client, page, (gint64)strlen(page));
}

// Whether the request may be answered 304 or only in part, by the validators of the content.
static int
set_file(struct client *client, const char *path, char *taken, gint64 bytes)
{
	g_autofree char *sum = g_compute_checksum_for_data(
	    G_CHECKSUM_MD5, (const guchar *)(taken ? taken : ""), taken ? (gsize)bytes : 0);
	g_autofree char *etag = g_strdup_printf("\"%.16s\"", sum);
	struct stat st = {0};
	stat(path, &st);
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(st.st_mtime);
	g_autofree char *modified = g_date_time_format(time, "%a, %d %b %Y %H:%M:%S GMT");
	g_autofree char *none_match = header(client, "If-None-Match");
	g_autofree char *since = header(client, "If-Modified-Since");
	g_autofree char *range = header(client, "Range");
	g_autofree char *if_range = header(client, "If-Range");
	const char *type = asked(client, "type");
	int status = 200;
	gint64 from = 0;

	set_body(client, taken, bytes);
	if ((asked(client, "etag") && none_match && !strcmp(none_match, etag)) ||
	    (asked(client, "modified") && !none_match && since && !strcmp(since, modified)))
		status = 304;
	else if (range && taken && !asked(client, "norange") &&
		 (!if_range || !strcmp(if_range, etag) || !strcmp(if_range, modified)) &&
		 sscanf(range, "bytes=%" G_GINT64_FORMAT "-", &from) == 1)
		status = from < bytes ? 206 : 416;

	begin(client, status);
	if (asked(client, "etag"))
		add_header(client, "ETag", etag);
	if (asked(client, "modified"))
		add_header(client, "Last-Modified", modified);
	if (asked(client, "gzip"))
		add_header(client, "Content-Encoding", "gzip");
	if (!type || strcmp(type, "none"))
		add_header(client, "Content-Type", type ? type : type_of(path));
	if (status == 206) {
		g_string_append_printf(client->head,
		    "Content-Range: bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
		    "/%" G_GINT64_FORMAT "\r\n",
		    from, bytes - 1, bytes);
		memmove(client->body, client->body + from, (size_t)(bytes - from));
		client->body_bytes = bytes - from;
	} else if (status == 416) {
		g_string_append_printf(
		    client->head, "Content-Range: bytes */%" G_GINT64_FORMAT "\r\n", bytes);
	}
	if (status == 304 || status == 416)
		client->body_bytes = 0;
	return status;
}

static int
answer_content(struct client *client, const char *path)
{
	g_autofree char *file = g_build_filename(server_folder, path, NULL);
	g_autofree char *packed = g_strconcat(file, ".gz", NULL);
	char *bytes = NULL;
	gsize len = 0;

	if (!strcmp(path, "/-/log"))
		return set_file(client, ".txt", g_strdup(server_log->str), (gint64)server_log->len);
	if (asked(client, "echo"))
		return set_file(
		    client, ".txt", g_strdup(client->request->str), (gint64)client->request->len);
	if (asked(client, "zeros"))
		return set_file(client, file, NULL, asked_number(client, "zeros", 0));
	if (asked(client, "empty"))
		return set_file(client, file, g_strdup(""), 0);
	if (strstr(path, "..") ||
	    !g_file_get_contents(asked(client, "gzip") ? packed : file, &bytes, &len, NULL)) {
		int status = g_file_test(file, G_FILE_TEST_IS_DIR) ? 200 : 404;
		set_page(client, status);
		return status;
	}
	return set_file(client, file, bytes, (gint64)len);
}

static bool
allowed(const struct client *client)
{
	const char *auth = asked(client, "auth");

	if (!auth)
		return true;
	g_autofree char *given = header(client, "Authorization");
	g_autofree char *word = g_base64_encode((const guchar *)auth, strlen(auth));
	g_autofree char *wanted = g_strconcat("Basic ", word, NULL);
	return given && !strcmp(given, wanted);
}

static int
answer(struct client *client, const char *path, const char *target)
{
	if (!allowed(client)) {
		set_page(client, 401);
		add_header(client, "WWW-Authenticate", "Basic realm=\"fixture\"");
		return 401;
	}
	if (asked(client, "loop") || asked(client, "redirect")) {
		const char *to = asked(client, "loop") ? target : asked(client, "to");
		int status = (int)asked_number(client, "redirect", 302);
		set_page(client, status);
		add_header(client, "Location", to ? to : path);
		return status;
	}
	if (asked(client, "status")) {
		int status = (int)asked_number(client, "status", 500);
		set_page(client, status);
		return status;
	}
	return answer_content(client, path);
}

// The request's head is whole: what will be sent is decided here.
static void
decide(struct client *client)
{
	g_auto(GStrv) words = g_strsplit(client->request->str, " ", 3);
	const char *target = words[0] && words[1] ? words[1] : "/";
	const char *host = *target != '/' ? strstr(target, "://") : NULL;
	const char *local = host ? strchr(host + 3, '/') : target;
	g_auto(GStrv) parts = g_strsplit(local ? local : "/", "?", 2);
	g_autofree char *path = g_uri_unescape_string(parts[0] ? parts[0] : "/", NULL);

	client->query = query_parse(parts[0] ? parts[1] : NULL);
	bool tunnel = !g_strcmp0(words[0], "CONNECT");
	int status = tunnel ? 403 : answer(client, path ? path : "/", target);
	if (tunnel)
		set_page(client, status);
	g_string_append_printf(server_log, "%d %s %s\n", status, words[0], target);

	add_header(client, "Retry-After", asked(client, "retry"));
	for (gint64 bytes = asked_number(client, "headers", 0); bytes > 0; bytes -= 100)
		g_string_append_printf(client->head, "X-Nothing: %087d\r\n", 0);
	if (asked(client, "cache"))
		g_string_append_printf(
		    client->head, "Cache-Control: max-age=%s\r\n", asked(client, "cache"));
	if (asked(client, "expires")) {
		gint64 until_s =
		    g_get_real_time() / G_USEC_PER_SEC + asked_number(client, "expires", 0);
		g_autoptr(GDateTime) until = g_date_time_new_from_unix_utc(until_s);
		g_autofree char *text = g_date_time_format(until, "%a, %d %b %Y %H:%M:%S GMT");
		g_string_append_printf(client->head, "Expires: %s\r\n", text);
	}
	if (!asked(client, "nolength") && status != 304)
		g_string_append_printf(client->head, "Content-Length: %" G_GINT64_FORMAT "\r\n",
		    asked_number(client, "length", client->body_bytes));
	g_string_append(client->head, "\r\n");
	client->body_bytes =
	    MIN(client->body_bytes, asked_number(client, "truncate", client->body_bytes));
	client->drip = asked_number(client, "drip", 0);
	client->hang = asked(client, "hang");
	if (client->hang) {
		client->body_bytes = 0;
		if (strcmp(asked(client, "hang"), "body"))
			g_string_truncate(client->head, 0);
	}
	if (asked(client, "drop")) {
		g_string_truncate(client->head, 0);
		client->body_bytes = 0;
	}
}

// False when the client is to be closed.
static bool
client_read(struct client *client)
{
	char bytes[4096];
	ssize_t got = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);

	if (got <= 0)
		return got < 0 && errno == EAGAIN;
	if (client->query)
		return true;
	g_string_append_len(client->request, bytes, got);
	if (strstr(client->request->str, "\r\n\r\n"))
		decide(client);
	return client->request->len < MAX_HEAD;
}

// Bytes still to go; of a client that has nothing to send yet: -1.
static gint64
client_left(const struct client *client)
{
	if (!client->query)
		return -1;
	return (gint64)client->head->len + client->body_bytes - client->sent;
}

static bool
client_write(struct client *client)
{
	static const char zeros[65536];
	gint64 head = (gint64)client->head->len;
	const char *from = zeros;
	gint64 len;

	if (client->sent < head) {
		from = client->head->str + client->sent;
		len = head - client->sent;
	} else {
		if (client->body)
			from = client->body + (client->sent - head);
		len = client_left(client);
		if (client->drip) {
			len = MIN(len, client->drip);
			client->next_us = g_get_monotonic_time() + DRIP_MS * 1000;
		}
		len = MIN(len, (gint64)sizeof zeros);
	}
	ssize_t put = send(client->fd, from, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (put < 0)
		return errno == EAGAIN;
	client->sent += put;
	return true;
}

static void
fill_poll(const struct client *client, struct pollfd *fd, gint64 now_us, int *timeout_ms)
{
	*fd = (struct pollfd){.fd = client->fd, .events = POLLIN};
	if (client_left(client) <= 0)
		return;
	if (client->next_us <= now_us)
		fd->events |= POLLOUT;
	else
		*timeout_ms = DRIP_MS / 2;
}

// False when the client is done with.
static bool
serve(struct client *client, short events)
{
	if (events & (POLLERR | POLLNVAL))
		return false;
	if (events & (POLLIN | POLLHUP) && !client_read(client))
		return false;
	if (events & POLLOUT && !client_write(client))
		return false;
	return client_left(client) != 0 || client->hang;
}

static int
listen_anywhere(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0 ||
	    listen(fd, 128) < 0 || getsockname(fd, (struct sockaddr *)&address, &len) < 0) {
		perror("fixture-server");
		return -1;
	}
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

static void
turn(int listener, GPtrArray *clients)
{
	g_autofree struct pollfd *fds = g_new0(struct pollfd, clients->len + 2);
	gint64 now_us = g_get_monotonic_time();
	int timeout_ms = -1;

	for (guint i = 0; i < clients->len; i++)
		fill_poll(clients->pdata[i], &fds[i], now_us, &timeout_ms);
	fds[clients->len] = (struct pollfd){.fd = listener, .events = POLLIN};
	fds[clients->len + 1] =
	    (struct pollfd){.fd = STDOUT_FILENO}; // POLLERR: its reader has gone
	if (poll(fds, clients->len + 2, timeout_ms) < 0)
		return;
	if (fds[clients->len + 1].revents & POLLERR)
		_exit(0);
	bool more = fds[clients->len].revents & POLLIN;
	for (guint i = clients->len; i-- > 0;)
		if (!serve(clients->pdata[i], fds[i].revents))
			g_ptr_array_remove_index(clients, i);
	int fd = more ? accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
	if (fd >= 0) {
		struct client *client = g_new0(struct client, 1);
		client->fd = fd;
		client->request = g_string_new(NULL);
		client->head = g_string_new(NULL);
		g_ptr_array_add(clients, client);
	}
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: fixture-server FOLDER\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	server_folder = argv[1];
	server_log = g_string_new(NULL);
	int listener = listen_anywhere();
	if (listener < 0)
		return 1;
	g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func(client_free);
	for (;;)
		turn(listener, clients);
}
