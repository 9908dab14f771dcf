// SPDX-License-Identifier: GPL-3.0-or-later
//
// One medium: from the wish to hear it to its end.
#ifndef HARK_PLAYER_VOICE_H
#define HARK_PLAYER_VOICE_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "player/clerk.h"

enum voice_intent {
	VOICE_PLAY,    // the user chose it: what it interrupts goes to the queue's top
	VOICE_FORWARD, // ">": what it leaves is there again by "<"
	VOICE_BACK,    // "<": what it interrupts goes to the queue's top
	VOICE_ADVANCE, // the one before has ended
};

struct voice {
	guint64 serial; // of the load
	gint64 entry;	// mpv's number; 0 until it is known
	enum voice_intent intent;
	gint64 episode_id, show_id; // 0: a file that is no episode
	char *title, *show_title;
	char *location;
	double position_s, duration_s; // negative: unknown
	double start_s;		       // where it was asked to begin
	double target_s;	       // where a client went last; negative: nowhere
	double wish_s;		       // a place that is not reached yet; negative: none
	double stored_s;	       // where it was left before
	double kept_s; // could not be gone on from: less is not written; negative: none
	double heard_s;		       // of the medium, in this sitting
	double saved_s;		       // the position that is written; negative: none
	bool began;		       // it was opened and has sound
	bool decided;
	bool returns; // the place that is wished was asked for while it sounded
	bool sought; // the next position is another place: not heard, but to be written
};

struct voice *voice_from_answer(const struct clerk_answer *answer);
struct voice *voice_from_location(const char *location, double start_s);
void voice_free(struct voice *voice);
OWNED_DEFINE(voice, voice_free)

// Where it stands. Paused after an exact seek mpv settles a little before the place that was asked
// for, and the place is the truth.
double voice_place(const struct voice *voice, bool paused);

// Takes a position; true where it has to be written at once.
bool voice_move(struct voice *voice, double position_s);

// It sounds: was the place that was wished not reached? Says so once, and keeps where it was left.
bool voice_missed(struct voice *voice);
// Where it stands is to be written: it neither is on its way nor was sent back.
bool voice_counts(const struct voice *voice);
// It ended on the way to a place that a fresh connection may reach: a server without ranges was
// asked to go back.
bool voice_may_return(const struct voice *voice);

// How to call it in a sentence.
const char *voice_name(const struct voice *voice);

// An end this far from where it should be is a broken stream.
bool voice_broke_off(const struct voice *voice);
// It ended without ever sounding.
bool voice_was_mute(const struct voice *voice);

#endif
