// SPDX-License-Identifier: GPL-3.0-or-later
//
// add, refresh: what asks servers.
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "cli/rows.h"

static const struct column added_columns[] = {
    {"id", N_("ID"), 5, LOOK_PLAIN, true},
    {"status", N_("Status"), 9},
    {"episodes", N_("Episodes"), 8, LOOK_PLAIN, true},
    {"title", N_("Title"), 0},
    {NULL},
};

static const struct column refreshed_columns[] = {
    {"id", N_("ID"), 5, LOOK_PLAIN, true},
    {"status", N_("Status"), 9},
    {"new", N_("New"), 5, LOOK_PLAIN, true},
    {"title", N_("Title"), 0},
    {NULL},
};

// --- add -----------------------------------------------------------------------------------------

struct adding {
	const struct verb_call *call;
	GHashTable *told; // indexes of the words that have their row
	GError *error;
};

static const char *
address_of(const struct adding *adding, guint64 serial, int *index)
{
	for (guint i = 0; i < adding->call->serials->len; i++)
		if (g_array_index(adding->call->serials, guint64, i) == serial) {
			*index = (int)i;
			return adding->call->argv[i];
		}
	return NULL;
}

static void
put_added(struct cli *cli, struct adding *adding, const char *address, const struct work_show *show,
    const char *message)
{
	struct record record = {0};
	g_autofree char *shown = url_without_login(address);

	record_string(&record, "address", shown);
	record_string(&record, "status", show && !message ? show->status : "failed");
	if (show && show->id > 0)
		record_int(&record, "id", show->id);
	else
		record_string(&record, "id", NULL);
	record_string(&record, "title", show ? show->title : NULL);
	record_string(&record, "url", show ? show->url : NULL);
	record_int(&record, "episodes", show ? show->episodes : 0);
	record_string(&record, "error", message);
	if (!adding->error && (!message || cli->out.mode == OUTPUT_JSON))
		list_put(&cli->out, &record, &adding->error);
}

static bool
add_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	struct adding *adding = data;
	int index = 0;
	const char *address = address_of(adding, reply->serial, &index);
	gpointer key = GINT_TO_POINTER(index + 1);

	if (!address)
		return false;
	if (reply->status == WORK_ITEM && reply->show) {
		const char *message = reply->show->error;
		g_hash_table_add(adding->told, key);
		put_added(cli, adding, address, reply->show, message);
		if (message)
			session_complain_about(cli, NULL, message);
	} else if (reply->status == WORK_DONE && reply->error) {
		if (g_hash_table_add(adding->told, key))
			put_added(cli, adding, address, NULL, reply->error->message);
		else
			return true;
	} else if (reply->status == WORK_PROGRESS) {
		g_autofree char *shown = log_url(address);
		session_progress(cli, _("Fetching %s"), shown);
	}
	return false;
}

bool
command_add(struct cli *cli, GError **error)
{
	struct verb_call call = session_call(cli, 0);
	struct adding adding = {.call = &call, .told = g_hash_table_new(NULL, NULL)};

	bool ok = verb_run(verb_find("add"), &cli->context, &call, error);
	if (ok) {
		list_begin(&cli->out, added_columns);
		ok = session_wait(cli, &call, add_reply, &adding, error);
		list_end(&cli->out);
	}
	if (ok && adding.error) {
		g_propagate_error(error, g_steal_pointer(&adding.error));
		ok = false;
	}
	g_hash_table_unref(adding.told);
	g_clear_error(&adding.error);
	verb_call_clear(&call);
	return ok;
}

// --- refresh -------------------------------------------------------------------------------------

struct refreshing {
	int shows, added, updated, failed;
	GPtrArray *complaints; // char *, title and sentence in turn
	GError *error;
};

static void
refreshed_record(struct record *record, const struct work_show *show)
{
	record_int(record, "id", show->id);
	record_string(record, "title", show->title);
	record_string(record, "url", show->url);
	record_string(record, "status", show->status);
	record_int(record, "http", show->http);
	record_int(record, "new", show->added);
	record_int(record, "updated", show->updated);
	record_bytes(record, "bytes", show->bytes);
	record_int(record, "ms", show->ms);
	record_string(record, "error", show->error);
	record->strong = show->added > 0;
}

// Without a network every show has failed, and one sentence says it; cron hears nothing of that.
static void
complain(struct cli *cli, const struct refreshing *refreshing, const GError *end)
{
	const GPtrArray *complaints = refreshing->complaints;

	if (g_error_matches(end, HARK_ERROR, HARK_ERROR_AGAIN))
		return;
	for (guint i = 0; i + 1 < complaints->len; i += 2)
		session_complain_about(cli, complaints->pdata[i], complaints->pdata[i + 1]);
}

static bool
refresh_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	struct refreshing *refreshing = data;
	const struct work_show *show = reply->show;
	struct record record = {0};

	if (reply->status == WORK_ITEM && show) {
		refreshing->shows++;
		refreshing->added += show->added;
		refreshing->updated += show->updated;
		refreshing->failed += show->error != NULL;
		refreshed_record(&record, show);
		// Cron hears of what begins to fail, or fails in another way.
		if (show->error && !(cli->quiet && show->told)) {
			g_ptr_array_add(refreshing->complaints, g_strdup(show->title));
			g_ptr_array_add(refreshing->complaints, g_strdup(show->error));
		}
		// To a person at a terminal a show without news is none.
		bool tell = cli->out.mode != OUTPUT_TABLE || cli->words_count > 0 || show->added ||
			    strcmp(show->status, "unchanged") != 0;
		bool silent = cli->quiet && cli->out.mode != OUTPUT_JSON;
		if (tell && !silent && !refreshing->error) {
			session_progress(cli, NULL);
			list_put(&cli->out, &record, &refreshing->error);
		}
	}
	if (reply->status == WORK_DONE)
		complain(cli, refreshing, reply->error);
	else if (reply->total > 0)
		session_progress(cli, "⟳ %d/%d", reply->done, reply->total);
	return false;
}

// "shows" inside the document, then the sums.
static void
refresh_document(struct cli *cli, const struct refreshing *refreshing, gint64 ms)
{
	struct jsonout *json = &cli->out.json;

	jsonout_end_array(json);
	jsonout_int(json, "new", refreshing->added);
	jsonout_int(json, "updated", refreshing->updated);
	jsonout_int(json, "failed", refreshing->failed);
	jsonout_int(json, "ms", ms);
	jsonout_end_object(json);
	jsonout_end_document(json);
}

static bool
hook_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	if (reply->file_error)
		session_complain_about(cli, NULL, reply->file_error);
	return false;
}

static struct work_request *
refresh_request(struct cli *cli, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (cli->words_count == 0 && arguments_flag(cli->arguments, "all-pages")) {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("--all-pages wants a show: hark refresh --all-pages SHOW."));
		return NULL;
	}

	for (int i = 0; i < cli->words_count; i++) {
		gint64 id = resolve_show(&cli->context, cli->words[i], error);
		if (id == 0)
			return NULL;
		g_array_append_val(ids, id);
	}
	if (cli->words_count == 0 && !shows_any(cli->store)) {
		nothing(error, _("There are no shows yet: hark add ADDRESS."));
		return NULL;
	}
	struct work_request *request =
	    work_request_new(WORK_REFRESH, (const gint64 *)(void *)ids->data, ids->len);
	// By hand, as the interface's R: what is still fresh as well. Cron asks for what is due.
	request->all = cli->out.mode == OUTPUT_TABLE && !cli->quiet;
	request->all_pages = arguments_flag(cli->arguments, "all-pages");
	// An unchanged feed would not tell where its next page is.
	request->force = request->all_pages || arguments_flag(cli->arguments, "force");
	request->no_wait = arguments_flag(cli->arguments, "no-wait");
	return request;
}

bool
command_refresh(struct cli *cli, GError **error)
{
	gint64 began_us = g_get_monotonic_time();
	g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);
	struct refreshing refreshing = {.complaints = complaints};
	struct work_request *request = refresh_request(cli, error);

	if (!request)
		return false;
	bool document = cli->out.mode == OUTPUT_JSON;
	cli->out.columns = refreshed_columns;
	if (document) {
		jsonout_begin_object(&cli->out.json, NULL);
		jsonout_begin_array(&cli->out.json, "shows");
	}
	bool ok = session_do(cli, request, refresh_reply, &refreshing, error);
	// Nobody waits for cron: what lists show of new shows' notes is read now.
	if (ok && cli->quiet)
		ok = session_do(cli, work_request_new(WORK_UNREAD, NULL, 0), NULL, NULL, error);
	if (ok)
		ok = session_do(
		    cli, work_request_new(WORK_HOOKS, NULL, 0), hook_reply, NULL, error);
	if (document)
		refresh_document(cli, &refreshing, (g_get_monotonic_time() - began_us) / 1000);
	else if (ok && refreshing.shows == 0 && cli->exit_code == 0)
		session_say(cli, _("Nothing is due yet; hark refresh SHOW asks anyway."));
	else if (ok && cli->out.mode == OUTPUT_TABLE && !refreshing.error)
		session_say(cli, ngettext("%d new episode.", "%d new episodes.", refreshing.added),
		    refreshing.added);
	if (ok && refreshing.error) {
		g_propagate_error(error, g_steal_pointer(&refreshing.error));
		return false;
	}
	g_clear_error(&refreshing.error);
	return ok;
}
