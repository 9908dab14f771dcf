// SPDX-License-Identifier: GPL-3.0-or-later
//
// The player's socket, seen from a client: a state struct and a descriptor. hark-player relays our
// lines to mpv's own JSON IPC and its answers back, so this speaks that protocol (one JSON object a
// line). What mpv has no verb for goes by script-message "hark-...".
#ifndef HARK_PLAY_PLAY_H
#define HARK_PLAY_PLAY_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

#define PLAY_PROTOCOL 1

struct play_state {
	bool connected;
	bool starting; // a player was begun for us; nothing can be heard yet
	bool loaded; // it can be heard; false while it is being opened
	bool paused;
	bool seeking;		       // paused after a seek: position_s is the target
	gint64 episode_id;	       // 0: none, or a file that is no episode
	char *title, *show_title;      // NULL none
	double position_s, duration_s; // duration negative while unknown
	double speed;
	int volume;
	bool muted;
	int chapter;	// index, -1 before the first or none
	bool silent;	// no sound device: plays silently on time
	char *trouble;	// the last thing that went wrong, a sentence; NULL none
	double sleep_s; // seconds left; 0 off
};

enum play_event { // bits of what play_read found
	PLAY_POSITION = 1 << 0,
	PLAY_EPISODE = 1 << 1, // another one, or none
	PLAY_PAUSE = 1 << 2,
	PLAY_SOUND = 1 << 3, // speed, volume, mute
	PLAY_TROUBLE = 1 << 4,
	PLAY_GONE = 1 << 5,  // the player has left; state.connected is false
	PLAY_STORE = 1 << 6, // the player wrote to the store (queue advanced, chapters found)
};

struct play;

// SOCKET is paths.socket. Connects to nothing yet.
struct play *play_new(const char *socket);
void play_free(struct play *play); // the player goes on
OWNED_DEFINE(play, play_free)

// Connects to a running player and takes its hello. False without ERROR set where none runs; one of
// another protocol or an older schema was told to save and leave.
bool play_connect(struct play *play, GError **error);

// Starts hark-player for database DB (setsid, descriptors to /dev/null) where none runs, and
// connects. PROFILE as of paths_new. Waits up to 5 s for its socket.
bool play_start(struct play *play, const char *db, const char *profile, GError **error);

// The same without waiting, for the interface: play_read goes on with it and state.starting tells.
// Verbs sent meanwhile are kept, up to a bound: episodes and files until the player answers, the
// rest until it can be heard. One that does not begin within 5 s is PLAY_TROUBLE with the sentence.
// False only where the program cannot be started at all.
bool play_begin(struct play *play, const char *db, const char *profile, GError **error);

// -1 while not connected and none is being begun. For poll (readable). Changes; ask each time.
int play_fd(const struct play *play);

// Takes what has arrived, never blocks. Bits of enum play_event.
unsigned play_read(struct play *play);

// What is known now. Borrowed.
const struct play_state *play_state(const struct play *play);

// The verbs: sent at once, never waiting for an answer; what came of it arrives as events. False
// where no player is connected or being begun, or its buffer is full.
bool play_episode(struct play *play, gint64 episode_id, double at_s); // at_s < 0: where it was left
bool play_file(struct play *play, const char *path_or_url, double at_s);
bool play_pause(struct play *play, bool paused);
bool play_toggle(struct play *play);
bool play_stop(struct play *play); // saves the position and unloads
bool play_quit(struct play *play); // the same, and the player ends
bool play_seek_to(struct play *play, double position_s);
bool play_seek_by(struct play *play, double delta_s);
bool play_set_speed(struct play *play, double speed);
bool play_set_volume(struct play *play, int volume);
bool play_set_mute(struct play *play, bool muted);
bool play_next(struct play *play, int step); // +1 next of the queue, -1 what played before

// For subcommands: reads until DONE(state, data) or TIMEOUT_MS. False at the time-out or PLAY_GONE.
bool play_wait(struct play *play, bool (*done)(const struct play_state *state, void *data),
    void *data, int timeout_ms);

#endif
