// SPDX-License-Identifier: GPL-3.0-or-later
//
// The profile of this run: the user's own folders, --profile DIR, or a throw-away one; then its
// hark.conf.
#ifndef HARK_CLI_PROFILE_H
#define HARK_CLI_PROFILE_H

#include <stdbool.h>

#include "cli/arguments.h"
#include "cli/cli.h"

// Takes --profile and --clean.
bool profile_choose(struct cli_start *start, const struct arguments *arguments, GError **error);

// A throw-away profile for START, which has none yet.
bool profile_throw_away(struct cli_start *start, GError **error);

// Paths, options, log (VERBOSE: how many -v), once. What is wrong in hark.conf goes to
// start->conf_problems.
bool profile_ready(struct cli_start *start, int verbose, GError **error);

#endif
