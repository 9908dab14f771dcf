// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a subcommand is: a row of the table in table.c, and a function in the file of its group. The
// listing, each command's help and the check of the manual come from these rows.
#ifndef HARK_CLI_COMMAND_H
#define HARK_CLI_COMMAND_H

#include <glib.h>
#include <stdbool.h>

struct cli;

struct cli_option {
	const char *name;     // without "--"; NULL ends a table
	char letter;	      // 0 none
	const char *argument; // NULL: a switch
	const char *sentence; // N_()
};

enum command_needs { // what is made ready before it runs; each includes what it stands on
	NEEDS_NOTHING,
	NEEDS_PATHS = 1 << 0, // and the options of hark.conf
	NEEDS_STORE = 1 << 1,
	NEEDS_WORKER = 1 << 2,
	NEEDS_PLAYER = 1 << 3,	  // connected where one runs
	NEEDS_INTERFACE = 1 << 4, // it opens on what the command has made ready
	TAKES_STDIN = 1 << 5, // "-" among the words stands for the first fields of standard input
};

struct command {
	const char *group; // N_(): its line of the listing
	const char *name;
	const char *usage;    // "EP…"; NULL: it takes no words
	const char *listed;   // how it stands in the listing; NULL: name and usage, "": not
	const char *sentence; // N_()
	const char *details;  // N_(): further lines of its help; NULL none
	const struct cli_option *options; // NULL none
	int min_words, max_words;	  // -1: any
	unsigned needs;
	bool (*run)(struct cli *cli, GError **error);
};

extern const struct command commands[];
extern const size_t commands_count;
extern const struct cli_option global_options[];

const struct command *command_find(const char *name);

// "hark NAME WORDS [--OPTION ARGUMENT]…". The caller's.
char *command_usage(const struct command *command);

// src/cli/refresh.c
bool command_add(struct cli *cli, GError **error);
bool command_refresh(struct cli *cli, GError **error);

// src/cli/shows.c
bool command_remove(struct cli *cli, GError **error);
bool command_shows(struct cli *cli, GError **error);
bool command_show(struct cli *cli, GError **error);

// src/cli/subscriptions.c
bool command_import(struct cli *cli, GError **error);
bool command_export(struct cli *cli, GError **error);

// src/cli/episodes.c
bool command_episodes(struct cli *cli, GError **error);
bool command_inbox(struct cli *cli, GError **error);

// src/cli/marks.c
bool command_search(struct cli *cli, GError **error);
bool command_mark(struct cli *cli, GError **error);
bool command_undo(struct cli *cli, GError **error);
bool command_queue(struct cli *cli, GError **error);

// src/cli/reading.c
bool command_notes(struct cli *cli, GError **error);
bool command_highlights(struct cli *cli, GError **error);
bool command_links(struct cli *cli, GError **error);
bool command_chapters(struct cli *cli, GError **error);

// src/cli/speech.c
bool command_transcript(struct cli *cli, GError **error);

// src/cli/parse.c
bool command_parse(struct cli *cli, GError **error);

// src/cli/files.c
bool command_download(struct cli *cli, GError **error);
bool command_downloads(struct cli *cli, GError **error);

// src/cli/playing.c
bool command_play(struct cli *cli, GError **error);
bool command_sound(struct cli *cli, GError **error); // the verb of the same name
bool command_status(struct cli *cli, GError **error);

// src/cli/program.c
bool command_set(struct cli *cli, GError **error);
bool command_config(struct cli *cli, GError **error);
bool command_tour(struct cli *cli, GError **error);

#endif
