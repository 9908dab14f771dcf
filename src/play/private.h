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
};

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
