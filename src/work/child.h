// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs of the user's that run beside the worker: an argv, never a shell. Each begins a session
// of its own, with signals as they are by default, /dev/null as its input and no descriptor but its
// output; what it prints is kept up to a bound. Nothing here waits: children_turn looks how they
// are. One whose time is up is ended with all of its group.
#ifndef HARK_WORK_CHILD_H
#define HARK_WORK_CHILD_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct children;

struct child_wish {
	const char *line; // of the command language: the program and its arguments
	char **env;	  // the whole of it (g_get_environ and more); NULL: as ours
	int timeout_s;
	// The end, once; never after children_free. ERROR (borrowed) is NULL where it ended with
	// status 0; else its message names the program and says what came. OUT is what it printed.
	void (*done)(void *user, const char *out, const GError *error);
	void (*drop)(void *user); // once, after DONE or without it; not where it cannot be started
	void *user;
};

struct children *children_new(void);
void children_free(struct children *children); // ends what runs
OWNED_DEFINE(children, children_free)

// Takes copies. Fails with a sentence that names the program where it cannot be started.
bool children_start(struct children *children, const struct child_wish *wish, GError **error);

// Looks, and tells of those that have ended. To be called every CHILDREN_TICK_MS while
// children_running.
#define CHILDREN_TICK_MS 20
void children_turn(struct children *children);
bool children_running(const struct children *children);

#endif
