// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the files of src/play share: the connection and the two directions of its lines.
#ifndef HARK_PLAY_PRIVATE_H
#define HARK_PLAY_PRIVATE_H

#include <jansson.h>

#include "play/play.h"

struct play {
	char *socket;
	int fd;
	GString *in, *out; // what is no whole line yet; what the socket has not taken yet
	struct play_state state;
	int protocol, schema; // of the player's hello; 0 before it
	bool told;	     // "hark-state" has arrived
	unsigned unknown;    // properties whose first value is outstanding, a bit each
	gint64 seek_sent_us; // our seek is under way since then; 0 none
	bool seek_done;	     // one has taken place since
	unsigned events;     // found and not given out yet
	// Of a player that is being begun (play/start.c).
	int timer; // ticks until it answers; -1 none
	char **argv;
	gint64 began_us, spawned_us;
	GString *wishes; // lines for when it answers
	GString *held;	 // lines for when it can be heard
	double held_to_s, held_by_s; // the seek for then: to (negative none), or by
	bool held_paused;
};

// play/play.c
// Connects and asks, without waiting. False with the socket closed; without ERROR where none runs.
bool play_dial(struct play *play, GError **error);
// Takes what has arrived. False where the player has left; the socket is closed then.
bool play_take(struct play *play);
// What dialled is greeted and speaks our protocol. Else one of another version is asked to leave.
bool play_greeted(struct play *play);
void play_hang_up(struct play *play);
void play_flush(struct play *play); // as much as the socket takes

// play/start.c
void play_step(struct play *play); // a tick of the timer
void play_give_up(struct play *play); // nothing is being begun any more
// Nothing is awaited any more: what was held is sent, or forgotten where SENT is false.
void play_settle(struct play *play, bool sent);

// play/state.c: takes a line of the player's.
void play_take_line(struct play *play, const char *line, size_t len);
// Asks for what the state is made of; what comes back ends in play_take_line.
bool play_ask(struct play *play);
// Nothing is outstanding.
bool play_knows(const struct play *play);

// play/play.c: sends COMMAND (an array, taken). REQUEST 0: the answer does not matter.
bool play_send(struct play *play, json_t *command, int request);

// Answers carry these back.
enum { PLAY_REQUEST_PROPERTY = 100 };

#endif
