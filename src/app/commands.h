// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands that need a view: a row and a function each. What needs none is in verbs/.
#ifndef HARK_APP_COMMANDS_H
#define HARK_APP_COMMANDS_H

#include <stddef.h>

#include "app/state.h"

struct app_command {
	const char *name;
	int min_args, max_args; // -1 any
	const char *usage;
	const char *sentence;			    // N_()
	void (*run)(struct app *app, char **words); // WORDS[0] is the name
};

extern const struct app_command app_commands[];
extern const size_t app_commands_count;

// NULL where there is none.
const struct app_command *app_command_find(const char *name);

// app/commands_text.c
void do_find_here(struct app *app, char **words);
void do_find_next(struct app *app, char **words);
void do_filter(struct app *app, char **words);
void do_notes(struct app *app, char **words);
void do_voice(struct app *app, char **words);
void do_scroll_details(struct app *app, char **words);
void do_open_link(struct app *app, char **words);

// app/commands_leave.c
void do_back(struct app *app, char **words);
void do_peel(struct app *app, char **words);
void do_left(struct app *app, char **words);
void do_right(struct app *app, char **words);
void do_detach(struct app *app, char **words);
void do_cancel(struct app *app, char **words);
void do_quit_now(struct app *app, char **words);

#endif
