// SPDX-License-Identifier: GPL-3.0-or-later
//
// hark.conf: lines of the command language. "set OPTION VALUE" goes to the options; every other
// command (bind, ...) is kept for whoever knows it: the interface.
#ifndef HARK_CONF_FILE_H
#define HARK_CONF_FILE_H

#include <glib.h>
#include <stdbool.h>

#include "conf/options.h"

struct conf_command {
	char **words;
	int line;
};

// Reads PATH into OPTIONS; a missing file is fine. Commands other than "set" are appended to
// COMMANDS (GPtrArray of struct conf_command *, freed by it; may be NULL). What is wrong is skipped
// and appended to PROBLEMS ("hark.conf:3: ...", GPtrArray of char *, may be NULL). False only where
// the file cannot be read.
bool conf_file_read(const char *path, struct options *options, GPtrArray *commands,
    GPtrArray *problems, GError **error);

void conf_command_free(struct conf_command *command);

#endif
