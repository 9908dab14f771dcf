// SPDX-License-Identifier: GPL-3.0-or-later
//
// The interface, from the first paint to the last.
#ifndef HARK_APP_APP_H
#define HARK_APP_APP_H

#include <glib.h>
#include <stdbool.h>

#include "base/paths.h"
#include "conf/options.h"

struct app_start {
	const struct paths *paths;
	struct options *options;   // ":set" changes them
	const char *profile;	   // as of paths_new
	const GPtrArray *commands; // struct conf_command *: the lines of hark.conf; may be NULL
	const GPtrArray *problems; // char *: what was wrong in it; may be NULL
	const char *message;	   // to say first; NULL none
	bool on_episode;	   // begin on the first episode of the first show (the tour)
};

// Runs the interface until it is left. Gives the exit code; what kept it from starting is printed
// on standard error. Everything is borrowed. No other thread may run when it is called.
int app_run(const struct app_start *start);

#endif
