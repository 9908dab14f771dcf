// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line's words, sorted: the subcommand, its words, its options and the global ones,
// which may stand anywhere. A minus with a digit after it is a word (seek -10), "-" alone too;
// "--" ends the options.
#ifndef HARK_CLI_ARGUMENTS_H
#define HARK_CLI_ARGUMENTS_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "cli/command.h"

struct arguments {
	const struct command *command; // NULL none: the interface, or --help, --version
	GPtrArray *words;	       // char *, borrowed from argv
	GPtrArray *given;	       // struct given_option, in order
	int verbose;		       // how many -v
};

struct given_option {
	const char *name, *value; // value NULL for a switch
};

// NULL with HARK_ERROR_USAGE: the sentence names the nearest option or command.
struct arguments *arguments_parse(int argc, char **argv, GError **error);
void arguments_free(struct arguments *arguments);
OWNED_DEFINE(arguments, arguments_free)

bool arguments_flag(const struct arguments *arguments, const char *name);
// The value of the last --NAME, NULL where it was not given.
const char *arguments_value(const struct arguments *arguments, const char *name);

// The one of NAMES (NULL-terminated) that WORD was probably meant to be, or NULL.
const char *nearest_name(const char *word, const char *const *names);

#endif
