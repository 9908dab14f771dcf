// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a subcommand works with. What is costly is made when the row of the table says so, or on the
// first call; Ctrl-C is heard while the worker runs.
#ifndef HARK_CLI_SESSION_H
#define HARK_CLI_SESSION_H

#include <glib.h>
#include <signal.h>
#include <stdbool.h>

#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "verbs/verbs.h"

struct cli {
	const struct command *command;
	const struct arguments *arguments;
	struct cli_start *start; // profile, paths, options
	struct output out;
	bool quiet;
	bool progress; // standard error is a terminal that wants to see it
	bool progress_shown;
	int exit_code; // of what failed on the way; 0 nothing
	char **words;  // NULL-terminated, "-" replaced by what standard input names
	int words_count;
	struct store *store;
	struct worker *worker;
	struct play *play;
	struct verb_context context;
	int signals_fd; // readable at SIGINT, SIGTERM, SIGHUP while the worker runs; -1
	sigset_t signals_before;
};

bool session_up(struct cli *cli, unsigned needs, GError **error);
void session_down(struct cli *cli);

// Ends the worker before its time: signals do what they did before.
void session_end_worker(struct cli *cli);

// The words after the first SKIP, for a verb.
struct verb_call session_call(const struct cli *cli, int skip);

// Waits until everything that CALL posted is answered. EACH (may be NULL) sees every reply; a
// request that failed as a whole is complained about, unless EACH took it. False with
// HARK_ERROR_INTERRUPTED at Ctrl-C.
typedef bool session_reply(struct cli *cli, const struct work_reply *reply, void *data);
bool session_wait(
    struct cli *cli, const struct verb_call *call, session_reply *each, void *data, GError **error);

// Posts REQUEST and waits.
bool session_do(
    struct cli *cli, struct work_request *request, session_reply *each, void *data, GError **error);

// Says on standard error what failed, and remembers the exit code. What is no fault (nothing there,
// try again) is silent with --quiet.
void session_complain(struct cli *cli, const GError *error);
void session_complain_about(struct cli *cli, const char *what, const char *message);

// A sentence on standard error that is no fault; nothing with --quiet.
void session_say(struct cli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);
// One that is overwritten by the next; only on a terminal. NULL wipes it.
void session_progress(struct cli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
