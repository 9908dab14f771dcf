// SPDX-License-Identifier: GPL-3.0-or-later
//
// The connection to the player: connecting, bytes in and out, and the verbs.
#include "play/private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/schema.h"

#define HELLO_MS 2000
#define LINE_MAX_BYTES (1 << 20) // a longer line is no player of ours
#define OUT_MAX_BYTES (64 << 10)

struct play *
play_new(const char *socket)
{
	struct play *play = g_new0(struct play, 1);

	play->socket = g_strdup(socket);
	play->fd = play->timer = -1;
	play->in = g_string_new(NULL);
	play->out = g_string_new(NULL);
	play->wishes = g_string_new(NULL);
	play->held = g_string_new(NULL);
	play->state.speed = 1;
	play->state.volume = 100;
	play->state.duration_s = -1;
	play->state.chapter = -1;
	play->held_to_s = -1;
	return play;
}

void
play_hang_up(struct play *play)
{
	if (play->fd >= 0)
		close(play->fd);
	play->fd = -1;
	play->protocol = play->schema = 0;
	play->told = false;
	play->seek_sent_us = 0;
	g_string_truncate(play->in, 0);
	g_string_truncate(play->out, 0);
	play->state.connected = false;
	play->state.loaded = false;
	play->state.seeking = false;
}

void
play_free(struct play *play)
{
	play_give_up(play);
	play_hang_up(play);
	g_string_free(play->in, TRUE);
	g_string_free(play->out, TRUE);
	g_string_free(play->wishes, TRUE);
	g_string_free(play->held, TRUE);
	g_free(play->state.title);
	g_free(play->state.show_title);
	g_free(play->state.trouble);
	g_free(play->socket);
	g_free(play);
}

int
play_fd(const struct play *play)
{
	return play->timer >= 0 ? play->timer : play->fd;
}

const struct play_state *
play_state(const struct play *play)
{
	return &play->state;
}

void
play_flush(struct play *play)
{
	while (play->out->len > 0) {
		ssize_t n = send(play->fd, play->out->str, play->out->len, MSG_NOSIGNAL);
		if (n <= 0)
			return; // full: the next turn goes on; gone: the next read sees it
		g_string_erase(play->out, 0, n);
	}
}

// Takes COMMAND. False where LINES would grow too long.
static bool
put(GString *lines, json_t *command, int request)
{
	json_t *root = json_pack("{s: o, s: i}", "command", command, "request_id", request);
	char *text = json_dumps(root, JSON_COMPACT);
	bool fits = lines->len + strlen(text) < OUT_MAX_BYTES;

	if (fits) {
		g_string_append(lines, text);
		g_string_append_c(lines, '\n');
	}
	free(text);
	json_decref(root);
	return fits;
}

bool
play_send(struct play *play, json_t *command, int request)
{
	if (play->fd < 0) {
		json_decref(command);
		return false;
	}
	bool fits = put(play->out, command, request);
	play_flush(play);
	return fits;
}

// Speed, pause, place: they are about what is heard.
static bool
adjust(struct play *play, json_t *command)
{
	if (play->state.starting)
		return put(play->held, command, 0);
	return play_send(play, command, 0);
}

static void
take_lines(struct play *play)
{
	const char *start = play->in->str, *end = start + play->in->len, *stop;

	for (; (stop = memchr(start, '\n', end - start)); start = stop + 1)
		play_take_line(play, start, stop - start);
	g_string_erase(play->in, 0, start - play->in->str);
}

bool
play_take(struct play *play)
{
	char block[16384];
	ssize_t n = 0;

	play_flush(play);
	while ((n = recv(play->fd, block, sizeof block, 0)) > 0) {
		g_string_append_len(play->in, block, n);
		take_lines(play);
		if (play->in->len > LINE_MAX_BYTES)
			break;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	play_hang_up(play);
	return false;
}

unsigned
play_read(struct play *play)
{
	const struct play_state *state = &play->state;

	if (play->timer >= 0) {
		play_step(play);
	} else if (play->fd >= 0 && !play_take(play)) {
		play_settle(play, false);
		play->events |= PLAY_GONE;
	}
	if (state->starting && state->connected && (state->loaded || state->trouble))
		play_settle(play, state->loaded);
	unsigned events = play->events;
	play->events = 0;
	return events;
}

// Reads until KNOWS or the time is up. False then, or when the player has left.
static bool
read_until(struct play *play, bool (*done)(const struct play *play, const void *data),
    const void *data, int timeout_ms)
{
	gint64 end_us = g_get_monotonic_time() + timeout_ms * (gint64)1000;
	unsigned events = 0;

	while (!done(play, data)) {
		gint64 left_ms = (end_us - g_get_monotonic_time()) / 1000;
		if (play_fd(play) < 0 || left_ms < 0)
			break;
		struct pollfd wait = {.fd = play_fd(play), .events = POLLIN};
		poll(&wait, 1, (int)left_ms);
		events |= play_read(play);
	}
	play->events |= events; // whoever reads next learns of them too
	return done(play, data);
}

static bool
knows(const struct play *play, const void *data)
{
	return play_knows(play);
}

// A player older than the store's schema could not write positions any more.
static bool
is_ours(const struct play *play)
{
	return play->protocol == PLAY_PROTOCOL && play->schema >= STORE_SCHEMA;
}

bool
play_dial(struct play *play, GError **error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (g_strlcpy(address.sun_path, play->socket, sizeof address.sun_path) >=
	    sizeof address.sun_path) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("The path of the player's socket is too long: %s."), play->socket);
		return false;
	}
	// Not blocking from the start: a player that hangs, with a full backlog, is not waited for.
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		int failed = errno;
		if (fd >= 0)
			close(fd);
		if (failed == ENOENT || failed == ECONNREFUSED)
			return false; // none runs
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("Could not reach the player at %s: %s."), play->socket, g_strerror(failed));
		return false;
	}
	play->fd = fd;
	if (play_ask(play))
		return true;
	play_hang_up(play);
	return false;
}

bool
play_greeted(struct play *play)
{
	if (play->fd >= 0 && play_knows(play) && is_ours(play)) {
		play->state.connected = true;
		play->events = 0; // all of it is the first look
		return true;
	}
	// One of another version saves and makes room for ours; one that ends already just does.
	if (play->fd >= 0 && play->protocol != 0 && !is_ours(play)) // not play_quit: that may wait
		play_send(
		    play, json_pack("[s, s, s]", "script-message-to", "main", "hark-quit"), 0);
	return false;
}

bool
play_connect(struct play *play, GError **error)
{
	if (play->state.connected)
		return true;
	if (play->timer >= 0 || !play_dial(play, error))
		return false;
	read_until(play, knows, NULL, HELLO_MS);
	if (play_greeted(play))
		return true;
	bool mute = play->fd >= 0 && play->protocol == 0;
	play_hang_up(play);
	if (mute)
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("What listens at %s does not answer as hark's player."), play->socket);
	return false;
}

// Verbs.

static bool
message(struct play *play, const char *name, const char *first, const char *second)
{
	// NULL ends the list; what is no UTF-8 cannot be said.
	json_t *command = json_pack("[s, s, s, s*, s*]", "script-message-to", "main", name, first,
	    first ? second : NULL);

	if (command && play->timer >= 0)
		return put(play->wishes, command, 0);
	return command && play_send(play, command, 0);
}

static bool
start_at(struct play *play, const char *name, const char *what, double at_s)
{
	char at[G_ASCII_DTOSTR_BUF_SIZE];

	g_clear_pointer(&play->state.trouble, g_free); // what comes next is this one's
	return message(play, name, what, at_s < 0 ? NULL : g_ascii_dtostr(at, sizeof at, at_s));
}

bool
play_episode(struct play *play, gint64 episode_id, double at_s)
{
	char id[32];

	g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, episode_id);
	return start_at(play, "hark-play", id, at_s);
}

bool
play_file(struct play *play, const char *path_or_url, double at_s)
{
	// JSON holds no path that is not UTF-8; an address does.
	g_autofree char *address = g_utf8_validate(path_or_url, -1, NULL)
				       ? NULL
				       : g_filename_to_uri(path_or_url, NULL, NULL);

	return start_at(play, "hark-file", address ? address : path_or_url, at_s);
}

static bool
set_property(struct play *play, const char *name, json_t *value)
{
	return adjust(play, json_pack("[s, s, o]", "set_property", name, value));
}

bool
play_pause(struct play *play, bool paused)
{
	play->held_paused = paused;
	return set_property(play, "pause", json_boolean(paused));
}

bool
play_toggle(struct play *play)
{
	play->held_paused = !play->held_paused;
	return adjust(play, json_pack("[s, s]", "cycle", "pause"));
}

bool
play_stop(struct play *play)
{
	// What is only coming cannot be stopped yet.
	return adjust(play, json_pack("[s, s, s]", "script-message-to", "main", "hark-stop"));
}

bool
play_quit(struct play *play)
{
	return message(play, "hark-quit", NULL, NULL);
}

bool
play_seek_to(struct play *play, double position_s)
{
	struct play_state *state = &play->state;

	position_s = MAX(position_s, 0);
	if (state->duration_s > 0)
		position_s = MIN(position_s, state->duration_s);
	char at[G_ASCII_DTOSTR_BUF_SIZE];
	if (state->starting) {
		play->held_to_s = position_s;
		return true;
	}
	// Not mpv's own: that would seek in what is about to be replaced.
	if (!message(play, "hark-seek", g_ascii_formatd(at, sizeof at, "%.3f", position_s), NULL))
		return false;
	play->seek_sent_us = g_get_monotonic_time();
	play->seek_done = false;
	play->events |= PLAY_POSITION;
	state->position_s = position_s;
	state->seeking = state->paused;
	return true;
}

bool
play_seek_by(struct play *play, double delta_s)
{
	if (play->state.starting && play->held_to_s < 0) { // where it was left is not known yet
		play->held_by_s += delta_s;
		return true;
	}
	if (play->state.starting)
		return play_seek_to(play, play->held_to_s + delta_s);
	// From where we said we are: several in a row add up, and while paused they count from the
	// target.
	return play_seek_to(play, play->state.position_s + delta_s);
}

// What is set is believed at once, so that a second key adds to the first; the player's word
// corrects it.
bool
play_set_speed(struct play *play, double speed)
{
	if (!set_property(play, "speed", json_real(speed)))
		return false;
	play->state.speed = speed;
	play->events |= PLAY_SOUND;
	return true;
}

bool
play_set_volume(struct play *play, int volume)
{
	if (!set_property(play, "volume", json_integer(volume)))
		return false;
	play->state.volume = volume;
	play->events |= PLAY_SOUND;
	return true;
}

bool
play_set_mute(struct play *play, bool muted)
{
	if (!set_property(play, "mute", json_boolean(muted)))
		return false;
	play->state.muted = muted;
	play->events |= PLAY_SOUND;
	return true;
}

bool
play_next(struct play *play, int step)
{
	return message(play, step < 0 ? "hark-previous" : "hark-next", NULL, NULL);
}

struct wish {
	bool (*done)(const struct play_state *state, void *data);
	void *data;
};

static bool
wish_done(const struct play *play, const void *data)
{
	const struct wish *wish = data;

	return wish->done(&play->state, wish->data);
}

bool
play_wait(struct play *play, bool (*done)(const struct play_state *state, void *data), void *data,
    int timeout_ms)
{
	struct wish wish = {done, data};

	return read_until(play, wish_done, &wish, timeout_ms) && play_fd(play) >= 0;
}
