// SPDX-License-Identifier: GPL-3.0-or-later
//
// A library made by hand, a real hark-player on it that plays into nothing, and a client.
#ifndef HARK_TESTS_PLAYBENCH_H
#define HARK_TESTS_PLAYBENCH_H

#include <glib.h>

#include "base/paths.h"
#include "play/play.h"
#include "store/store.h"

struct playbench {
	char *folder; // of the profile
	struct paths *paths;
	struct store *store; // for setting up and for looking
	struct play *play;
	gint64 ids[8]; // the episodes
};

// Once: the environment.
void playbench_init(int *argc, char ***argv);

// A show at SHOW_URL with an episode for each of MEDIA (addresses; NULL ends them), titled "one",
// "two" ... No player runs yet.
struct playbench *playbench_new(const char *show_url, const char *const *media);
// The same with two spoken episodes of the tour and its mp3, by a local feed.
struct playbench *playbench_tour(void);
// Ends the player too.
void playbench_free(struct playbench *bench);

// Starts the player and plays; waits until it sounds.
void playbench_play(struct playbench *bench, int episode, double at_s);
// Waits (20 s) until DONE of the state holds.
void playbench_wait(struct playbench *bench,
    bool (*done)(const struct play_state *state, void *data), gint64 number);
bool playbench_sounds(const struct play_state *state, void *data); // that episode, and time passes
bool playbench_is_silent(const struct play_state *state, void *data); // nothing is loaded
bool playbench_troubled(const struct play_state *state, void *data);

// The position in the store.
double playbench_stored(struct playbench *bench, int episode);
// Waits until what is queued is EXPECTED, as "1,3": which of the episodes.
void playbench_queue(struct playbench *bench, const char *expected);

// Which process listens at the socket (0: none), and waiting for its end.
pid_t playbench_pid(struct playbench *bench);
void playbench_wait_gone(pid_t pid);

// The tour's NAME as a path, and as the address of a file.
char *playbench_path(const char *name);
char *playbench_uri(const char *name);

#endif
