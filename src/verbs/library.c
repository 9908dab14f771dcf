// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verbs that change the library: each resolves its words and posts one request to the worker.
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/actions.h"
#include "verbs/private.h"

static bool
post_ids(struct verb_context *context, struct verb_call *call, enum work_kind kind, GArray *ids)
{
	verb_post(context, call,
	    work_request_new(
		kind, ids ? (const gint64 *)(void *)ids->data : NULL, ids ? ids->len : 0));
	return true;
}

static bool
post_episodes(
    struct verb_context *context, struct verb_call *call, enum work_kind kind, GError **error)
{
	g_autoptr(GArray) ids = resolve_episodes(context, call->argc, call->argv, error);
	return ids && post_ids(context, call, kind, ids);
}

static bool
post_action(struct verb_context *context, struct verb_call *call, enum action_kind kind,
    const GArray *ids, int amount)
{
	struct work_request *request = work_request_new(WORK_ACTION, NULL, 0);

	request->action = action_new(
	    kind, ids ? (const gint64 *)(void *)ids->data : NULL, ids ? ids->len : 0, amount);
	verb_post(context, call, request);
	return true;
}

static bool
act_on_episodes(
    struct verb_context *context, struct verb_call *call, enum action_kind kind, GError **error)
{
	g_autoptr(GArray) ids = resolve_episodes(context, call->argc, call->argv, error);
	return ids && post_action(context, call, kind, ids, 0);
}

// The shows that the words name, or the one under the cursor.
static GArray *
resolve_shows(struct verb_context *context, const struct verb_call *call, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (int i = 0; i < MAX(call->argc, 1); i++) {
		gint64 id = resolve_show(context, call->argc > 0 ? call->argv[i] : NULL, error);
		if (id == 0)
			return NULL;
		g_array_append_val(ids, id);
	}
	return g_steal_pointer(&ids);
}

struct work_request *
verb_add_request(const char *word)
{
	struct work_request *request = work_request_new(WORK_ADD, NULL, 0);
	// A file is remembered by its whole path: the next refresh runs elsewhere.
	bool file = !strstr(word, "://") && g_file_test(word, G_FILE_TEST_EXISTS);

	request->address = file ? g_canonicalize_filename(word, NULL) : g_strdup(word);
	return request;
}

bool
verb_add(struct verb_context *context, struct verb_call *call, GError **error)
{
	for (int i = 0; i < call->argc; i++)
		verb_post(context, call, verb_add_request(call->argv[i]));
	return true;
}

bool
verb_refresh(struct verb_context *context, struct verb_call *call, GError **error)
{
	g_autoptr(GArray) ids = resolve_shows(context, call, error);
	return ids && post_ids(context, call, WORK_REFRESH, ids);
}

bool
verb_refresh_all(struct verb_context *context, struct verb_call *call, GError **error)
{
	struct work_request *request = work_request_new(WORK_REFRESH, NULL, 0);

	request->all = true; // by hand: what is still fresh as well
	verb_post(context, call, request);
	return true;
}

bool
verb_remove(struct verb_context *context, struct verb_call *call, GError **error)
{
	g_autoptr(GArray) ids = resolve_shows(context, call, error);
	return ids && post_action(context, call, ACTION_SHOW_REMOVE, ids, 0);
}

bool
verb_download(struct verb_context *context, struct verb_call *call, GError **error)
{
	return post_episodes(context, call, WORK_DOWNLOAD, error);
}

bool
verb_hold(struct verb_context *context, struct verb_call *call, GError **error)
{
	return post_episodes(context, call, WORK_DOWNLOAD_STOP, error);
}

bool
verb_fetch_transcript(struct verb_context *context, struct verb_call *call, GError **error)
{
	return post_episodes(context, call, WORK_TRANSCRIPT, error);
}

bool
verb_fetch_chapters(struct verb_context *context, struct verb_call *call, GError **error)
{
	return post_episodes(context, call, WORK_CHAPTERS, error);
}

bool
verb_played(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_PLAYED, error);
}

bool
verb_unplayed(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_UNPLAYED, error);
}

bool
verb_archive(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_ARCHIVE, error);
}

bool
verb_inbox(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_INBOX, error);
}

bool
verb_queue(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_QUEUE_LAST, error);
}

bool
verb_queue_next(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_QUEUE_NEXT, error);
}

bool
verb_queue_remove(struct verb_context *context, struct verb_call *call, GError **error)
{
	return act_on_episodes(context, call, ACTION_QUEUE_REMOVE, error);
}

bool
verb_queue_clear(struct verb_context *context, struct verb_call *call, GError **error)
{
	g_autoptr(GArray) ids = queue_ids(context->store, error);

	if (!ids)
		return false;
	if (ids->len == 0) {
		g_set_error_literal(
		    error, HARK_ERROR, HARK_ERROR_NOTHING, _("The queue is empty."));
		return false;
	}
	return post_action(context, call, ACTION_QUEUE_REMOVE, ids, 0);
}

bool
verb_queue_move(struct verb_context *context, struct verb_call *call, GError **error)
{
	const char *word = call->argv[call->argc - 1];
	char *end;
	long rows = strtol(word, &end, 10);

	if (end == word || *end || rows == 0 || rows < -G_MAXINT16 || rows > G_MAXINT16) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("“%s” is no number of rows: +1 moves down, -1 up."), word);
		return false;
	}
	g_autoptr(GArray) ids = resolve_episodes(context, call->argc - 1, call->argv, error);
	return ids && post_action(context, call, ACTION_QUEUE_MOVE, ids, (int)rows);
}

bool
verb_undo(struct verb_context *context, struct verb_call *call, GError **error)
{
	return post_action(context, call, ACTION_UNDO, NULL, 0);
}

bool
verb_redo(struct verb_context *context, struct verb_call *call, GError **error)
{
	return post_action(context, call, ACTION_REDO, NULL, 0);
}

bool
verb_set(struct verb_context *context, struct verb_call *call, GError **error)
{
	int name = call->argc == 3 ? 1 : 0;
	gint64 show_id = 0;

	if (name == 1 && (show_id = resolve_show(context, call->argv[0], error)) == 0)
		return false;
	const char *value = call->argc > 1 ? call->argv[name + 1] : "on";
	if (!options_set(context->options, show_id, call->argv[name], value, error))
		return false;
	if (context->worker)
		worker_set_options(context->worker, context->options);
	return true;
}
