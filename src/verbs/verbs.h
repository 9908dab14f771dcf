// SPDX-License-Identifier: GPL-3.0-or-later
//
// What both the interface and the command line can do without a view: one row and one function a
// verb. A key is bound to a command line, the prompt and subcommands speak the same words. Verbs
// never print: they post to the worker or the player, or give an error.
// "pause" pauses only; Space is "toggle" (pause, go on, or play what played last).
#ifndef HARK_VERBS_VERBS_H
#define HARK_VERBS_VERBS_H

#include <glib.h>
#include <stdbool.h>

#include "base/paths.h"
#include "conf/options.h"
#include "play/play.h"
#include "store/store.h"
#include "work/worker.h"

// What a verb works with. Everything borrowed; owned by app or cli.
struct verb_context {
	const struct paths *paths;
	struct options *options;
	struct store *store; // query-only
	struct worker *worker;
	struct play *play;
	const char *profile;  // as of paths_new
	bool at_once;	      // a player is begun, not waited for
	gint64 current_id;    // episode under the cursor; 0 none (subcommands)
	gint64 current_show;  // show of that row; 0 none
	const GArray *marked; // gint64: marked rows, may be NULL; they go before current_id
};

struct verb_call {
	int argc; // words after the verb
	char **argv;
	guint64 serial;	 // out: of the last request posted; 0 none
	GArray *serials; // out: of all of them
};

struct verb {
	const char *name;
	int min_args, max_args; // -1: any
	const char *usage;	// "EP… | --queue"
	const char *sentence;	// N_(): what it does, for help, completion and the manual
	bool (*run)(struct verb_context *context, struct verb_call *call, GError **error);
};

extern const struct verb verbs[];
extern const size_t verbs_count;

// NULL where there is none.
const struct verb *verb_find(const char *name);

// Checks the number of words and runs it.
bool verb_run(
    const struct verb *verb, struct verb_context *context, struct verb_call *call, GError **error);
void verb_call_clear(struct verb_call *call);

// What an action did, in a sentence. The caller's.
char *action_sentence(const struct action_result *result);

// A request to subscribe to what WORD names: an address, or a file. The caller's.
struct work_request *verb_add_request(const char *word);

// EP and SHOW as CLI.md names them. A number, SHOW:latest, SHOW:oldest, @playing, @next. "" or
// NULL: the marked rows, else the row under the cursor. Errors list what fits (HARK_ERROR_USAGE) or
// say that nothing does (HARK_ERROR_NOTHING).
gint64 resolve_episode(struct verb_context *context, const char *word, GError **error);
gint64 resolve_show(struct verb_context *context, const char *word, GError **error);
// Several words, or none (the marked rows or the cursor's).
GArray *resolve_episodes(struct verb_context *context, int argc, char **argv, GError **error);

// TIME of CLI.md against what plays: 90  12:47  +30  -10  chapter:3. RELATIVE tells which.
bool resolve_time(const char *word, double *seconds, bool *relative, int *chapter, GError **error);

#endif
