// SPDX-License-Identifier: GPL-3.0-or-later
//
// download, downloads: audio on this machine.
#include "store/files.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/rows.h"

static const struct column download_columns[] = {
    {"id", N_("ID"), 6, LOOK_PLAIN, true},
    {"state", N_("State"), 8},
    {"bytes", N_("Bytes"), 9, LOOK_SIZE, true, 60},
    {"total", N_("Of"), 9, LOOK_SIZE, true, 76},
    {"show", N_("Show"), 17, .from = 76},
    {"title", N_("Title"), 0},
    {NULL},
};

static const struct column download_rows[] = {
    // the same in a pipe
    {"id"},
    {"state"},
    {"bytes"},
    {"total"},
    {"show"},
    {"title"},
    {"file"},
    {"error"},
    {NULL},
};

static const char *const state_names[] = {
    [FILE_NONE] = "none",
    [FILE_WANTED] = "waiting",
    [FILE_RUNNING] = "running",
    [FILE_HELD] = "held",
    [FILE_FAILED] = "failed",
    [FILE_HERE] = "here",
};

static void
download_record(struct record *record, const struct download *download)
{
	record_int(record, "id", download->episode_id);
	record_string(record, "show", download->show_title);
	record_string(record, "title", download->title);
	record_string(record, "state", state_names[download->state]);
	record_bytes(record, "bytes", download->bytes);
	record_bytes(record, "total", download->total);
	record_bytes(record, "rate", -1); // whoever fetches it knows
	record_string(record, "file", download->state == FILE_HERE ? download->path : NULL);
	record_string(record, "error", download->error);
	record->strong = download->state == FILE_RUNNING;
}

static bool
holds(const GArray *ids, gint64 id)
{
	for (guint i = 0; i < ids->len; i++)
		if (g_array_index(ids, gint64, i) == id)
			return true;
	return false;
}

// Those of the episodes ONLY (NULL: all).
static bool
list_downloads(struct cli *cli, const GArray *only, GError **error)
{
	g_autoptr(GPtrArray) downloads = downloads_list(cli->store, error);
	bool ok = true;

	if (!downloads)
		return false;
	list_begin(&cli->out, cli->out.mode == OUTPUT_TABLE ? download_columns : download_rows);
	for (guint i = 0; ok && i < downloads->len; i++) {
		const struct download *download = downloads->pdata[i];
		struct record record = {0};
		if (only && !holds(only, download->episode_id))
			continue;
		download_record(&record, download);
		ok = list_put(&cli->out, &record, error);
	}
	list_end(&cli->out);
	return ok;
}

bool
command_downloads(struct cli *cli, GError **error)
{
	if (!list_downloads(cli, NULL, error))
		return false;
	return cli->out.rows > 0 || nothing(error, _("No files yet: hark download EP."));
}

static bool
download_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	// Cron hears of what begins to fail, or fails in another way.
	if (reply->status == WORK_ITEM && reply->file_error && !(cli->quiet && reply->file_told))
		session_complain_about(cli, NULL, reply->file_error);
	if (reply->status == WORK_PROGRESS && reply->total_bytes > 0) {
		g_autofree char *total = g_format_size((guint64)reply->total_bytes);
		g_autofree char *rate = g_format_size((guint64)MAX(reply->rate, 0));
		session_progress(cli, _("%d of %d: %d%% of %s, %s/s"), reply->done + 1,
		    reply->total, (int)(reply->bytes * 100 / reply->total_bytes), total, rate);
	}
	return false;
}

static bool
has_audio(struct cli *cli, gint64 id)
{
	OWNED(episode) episode = episode_get(cli->store, id, NULL);

	return episode && episode->media_url;
}

// Episodes of LIST that have audio and no file yet, added to IDS.
static bool
gather(struct cli *cli, struct filter *list, enum episode_order order, GArray *ids, GError **error)
{
	const char *const absent[] = {"not:downloaded", NULL};
	OWNED(filter) filter = list;
	struct filter *without = filter_parse(absent, error);

	if (!without)
		return false;
	filter_take(filter, without);
	g_autoptr(GArray) found = episodes_ids(cli->store, filter, order, error);
	if (!found)
		return false;
	for (guint i = 0; i < found->len; i++) {
		gint64 id = g_array_index(found, gint64, i);
		if (!holds(ids, id) && has_audio(cli, id))
			g_array_append_val(ids, id);
	}
	return true;
}

static GArray *
wanted(struct cli *cli, GError **error)
{
	bool lists = false;
	g_autoptr(GArray) ids = cli->words_count > 0 ? resolve_episodes(&cli->context,
							   cli->words_count, cli->words, error)
						     : g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!ids)
		return NULL;
	if (arguments_flag(cli->arguments, "new")) {
		lists = true;
		if (!gather(cli, filter_inbox(), ORDER_NEWEST, ids, error))
			return NULL;
	}
	if (arguments_flag(cli->arguments, "queue")) {
		lists = true;
		if (!gather(cli, filter_queue(), ORDER_QUEUE, ids, error))
			return NULL;
	}
	if (ids->len == 0 && !lists) {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("Usage: hark download EP… | --new | --queue"));
		return NULL;
	}
	return g_steal_pointer(&ids);
}

bool
command_download(struct cli *cli, GError **error)
{
	g_autoptr(GArray) ids = wanted(cli, error);

	if (!ids)
		return false;
	if (ids->len > 0) {
		struct work_request *request =
		    work_request_new(WORK_DOWNLOAD, (const gint64 *)(void *)ids->data, ids->len);
		request->undecided = cli->words_count == 0;
		if (!session_do(cli, request, download_reply, NULL, error))
			return false;
	}
	if (cli->quiet && cli->out.mode != OUTPUT_JSON)
		return true;
	return list_downloads(cli, ids, error);
}
