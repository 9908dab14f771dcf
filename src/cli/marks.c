// SPDX-License-Identifier: GPL-3.0-or-later
//
// mark, undo, queue: what the user does to episodes.
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "cli/rows.h"
#include "store/actions.h"

static bool
put_result(struct cli *cli, const struct action_result *result, GError **error)
{
	g_autofree char *sentence = action_sentence(result);
	struct record record = {0};
	bool done;

	record_int(&record, "id", result->first_id);
	record_string(&record, "title", result->title);
	record_int(&record, "changed", result->changed);
	record_bool(&record, "undone", result->undone);
	record_string(&record, "sentence", sentence);
	if (!output_one(&cli->out, &record, &done, error))
		return false;
	if (!done && !cli->quiet)
		fprintf(cli->out.file, "%s\n", sentence);
	return true;
}

static bool
action_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	GError **failed = data;

	if (reply->status == WORK_DONE && !reply->error)
		put_result(cli, &reply->action, failed);
	return false;
}

// Runs the verb NAME with the words after SKIP and prints what it did.
static bool
act(struct cli *cli, const char *name, int skip, GError **error)
{
	struct verb_call call = session_call(cli, skip);
	GError *failed = NULL;
	bool ok = verb_run(verb_find(name), &cli->context, &call, error) &&
		  session_wait(cli, &call, action_reply, &failed, error);

	verb_call_clear(&call);
	if (!failed)
		return ok;
	if (ok)
		g_propagate_error(error, failed);
	else
		g_error_free(failed);
	return false;
}

static bool
fail_word(const char *word, const char *const *words, GError **error)
{
	g_autofree char *all = g_strjoinv(", ", (char **)words);

	g_set_error(
	    error, HARK_ERROR, HARK_ERROR_USAGE, _("“%s” is none of these: %s."), word, all);
	return false;
}

bool
command_mark(struct cli *cli, GError **error)
{
	static const char *const marks[] = {"played", "unplayed", "inbox", "archive", NULL};

	if (!g_strv_contains(marks, cli->words[0]))
		return fail_word(cli->words[0], marks, error);
	return act(cli, cli->words[0], 1, error);
}

bool
command_undo(struct cli *cli, GError **error)
{
	return act(cli, "undo", 0, error);
}

static const struct {
	const char *word, *verb;
	bool takes_episodes;
} queue_rows[] = {
    {"add", "queue", true},
    {"next", "queue-next", true},
    {"remove", "queue-remove", true},
    {"clear", "queue-clear", false},
};

bool
command_queue(struct cli *cli, GError **error)
{
	const char *words[G_N_ELEMENTS(queue_rows) + 1] = {NULL};

	if (cli->words_count == 0) {
		g_autoptr(GArray) ids = queue_ids(cli->store, error);
		if (!ids || !list_episodes(cli, ids, error))
			return false;
		return ids->len > 0 || nothing(error, _("The queue is empty."));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(queue_rows); i++) {
		words[i] = queue_rows[i].word;
		if (strcmp(cli->words[0], words[i]) != 0)
			continue;
		if ((cli->words_count > 1) == queue_rows[i].takes_episodes)
			return act(cli, queue_rows[i].verb, 1, error);
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("Usage: hark queue %s%s"),
		    words[i], queue_rows[i].takes_episodes ? " EP…" : "");
		return false;
	}
	return fail_word(cli->words[0], words, error);
}
