// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line as main sees it: it runs a subcommand, or says that the interface is wanted and
// with what.
#ifndef HARK_CLI_CLI_H
#define HARK_CLI_CLI_H

#include <glib.h>
#include <stdbool.h>

#include "base/paths.h"
#include "conf/options.h"

struct cli_start {
	bool interface;	 // nothing was to be done but to open it (then paths and options are there)
	char *profile;	 // as of paths_new; NULL the user's own
	int keeper;	 // process that removes a throw-away profile when we end, however; 0 none
	int keeper_fd;	 // it waits for the end of this
	struct paths *paths;
	struct options *options;
	GPtrArray *conf_commands; // of hark.conf, without "set": struct conf_command *
	GPtrArray *conf_problems; // char *, for the interface's first message
	bool on_episode;	  // begin on the first episode of the first show
	char *message;		  // the first one; NULL none
	bool no_colour;
};

// Gives the exit code. START is filled; cleared by the caller in any case.
int cli_run(int argc, char **argv, struct cli_start *start);

// Stops a player of a throw-away profile and removes it (waits for that), frees the rest.
void cli_start_clear(struct cli_start *start);

#endif
