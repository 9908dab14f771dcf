// SPDX-License-Identifier: GPL-3.0-or-later
//
// --help and --version, out of the tables.
#ifndef HARK_CLI_HELP_H
#define HARK_CLI_HELP_H

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/output.h"

void help_listing(struct output *output);
void help_command(struct output *output, const struct command *command);
// All tables as one document: for completion, and for the test of the manual.
void help_json(struct output *output);

// PATHS may be NULL (they could not be found out).
void version_print(struct output *output, const struct cli_start *start);

#endif
