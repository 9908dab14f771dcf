// SPDX-License-Identifier: GPL-3.0-or-later
//
// The player's one thread that touches the store, so that a database somebody else holds never
// holds back a sound or a key. Jobs are done in their order: what was written is what is looked up
// next.
#ifndef HARK_PLAYER_CLERK_H
#define HARK_PLAYER_CLERK_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "store/episodes.h"

enum clerk_kind {
	CLERK_FIND,	   // the episode, and where its audio is; answered
	CLERK_FIND_NEXT,   // the same for the queue's top; answered, episode NULL when it is empty
	CLERK_POSITION,	   // position_s, duration_s
	CLERK_FINISHED,	   // position_s, duration_s: heard to its end
	CLERK_BEGAN,	   // leaves the queue, is what played last
	CLERK_INTERRUPTED, // to the queue's top
	CLERK_DECIDED,	   // heard long enough to leave the inbox
	CLERK_CHAPTERS,	   // chapters of the file
	CLERK_KEEP,	   // text: speed and volume, for the next player
	CLERK_RECALL,	   // answered with that text, NULL where none was kept
	CLERK_LAST,	   // answered; nothing comes after it
};

struct clerk_job {
	enum clerk_kind kind;
	gint64 episode_id;
	double position_s, duration_s;
	double at_s;	     // CLERK_FIND: where to begin; negative: where it was left
	GPtrArray *chapters; // struct chapter *
	char *text;	     // taken
	int intent;	     // CLERK_FIND, CLERK_FIND_NEXT: comes back with the answer
};

struct clerk_answer {
	enum clerk_kind kind;
	int intent;
	struct episode *episode; // CLERK_FIND, CLERK_FIND_NEXT: NULL where there is none
	char *location;		 // absolute path or http(s)
	double start_s;
	char *text;    // CLERK_RECALL
	char *trouble; // a sentence: why not, or what could not be written
	bool changed;  // lists are stale
};

struct clerk;

// Opens the store DB in its thread; a store that cannot be opened is the trouble of every answer.
struct clerk *clerk_new(const char *db);

// Posts JOB (a copy; its chapters and text are taken).
void clerk_post(struct clerk *clerk, struct clerk_job job);
int clerk_fd(const struct clerk *clerk);	      // readable while answers wait
struct clerk_answer *clerk_take(struct clerk *clerk); // NULL: none
void clerk_answer_free(struct clerk_answer *answer);
OWNED_DEFINE(clerk_answer, clerk_answer_free)

// Ends the thread once everything posted is written; waits up to WAIT_MS for that and frees CLERK.
// False where it was not done in time (the thread goes on; the process has to end).
bool clerk_end(struct clerk *clerk, int wait_ms);

#endif
