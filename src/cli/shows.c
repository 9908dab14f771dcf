// SPDX-License-Identifier: GPL-3.0-or-later
//
// shows, show, remove.
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/rows.h"
#include "store/texts.h"
#include "store/unite.h"
#include "text/extras.h"

static const struct column show_columns[] = {
    {"id", N_("ID"), 5, LOOK_PLAIN, true},
    {"inbox", N_("Inbox"), 5, LOOK_PLAIN, true},
    {"episodes", N_("All"), 5, LOOK_PLAIN, true, 50},
    {"last_refresh", N_("Refreshed"), 9, LOOK_DAY, true, 60},
    {"mark", "", 1},
    {"title", N_("Title"), 0},
    {NULL},
};

static const struct column show_rows[] = {
    // the same in a pipe
    {"id"},
    {"inbox"},
    {"episodes"},
    {"last_refresh"},
    {"title"},
    {"url"},
    {"error"},
    {NULL},
};

static const struct column error_columns[] = {
    {"id", N_("ID"), 5, LOOK_PLAIN, true},
    {"failures", N_("Failures"), 8, LOOK_PLAIN, true},
    {"last_refresh", N_("Last good"), 9, LOOK_DAY, true},
    {"next_try", N_("Next try"), 9, LOOK_DAY, true, 60},
    {"error", N_("Reason"), 0},
    {NULL},
};

static const struct column error_rows[] = {
    // the same in a pipe
    {"id"},
    {"failures"},
    {"http"},
    {"last_try"},
    {"last_refresh"},
    {"next_try"},
    {"title"},
    {"url"},
    {"error"},
    {NULL},
};

// --- remove --------------------------------------------------------------------------------------

struct removal {
	const struct show *show;
	GError *error;
};

static const struct column removed_columns[] = {
    {"id"},
    {"title"},
    {"url"},
    {NULL},
};

static bool
remove_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	struct removal *removal = data;
	const struct show *show = removal->show;
	struct record record = {0};

	if (reply->status != WORK_DONE || reply->error)
		return false;
	if (cli->out.mode == OUTPUT_TABLE) {
		if (!cli->quiet)
			fprintf(cli->out.file,
			    ngettext("Removed “%s” with %d episode. hark undo brings it back.\n",
				"Removed “%s” with %d episodes. hark undo brings it back.\n",
				show->episodes),
			    show->title, show->episodes);
		return false;
	}
	show_record(&record, show);
	list_put(&cli->out, &record, &removal->error);
	return false;
}

static bool
remove_one(struct cli *cli, const struct show *show, GError **error)
{
	struct removal removal = {.show = show};
	struct work_request *request = work_request_new(WORK_ACTION, NULL, 0);

	request->action = action_new(ACTION_SHOW_REMOVE, &show->id, 1, 0);
	if (!session_do(cli, request, remove_reply, &removal, error)) {
		g_clear_error(&removal.error);
		return false;
	}
	if (!removal.error)
		return true;
	g_propagate_error(error, removal.error);
	return false;
}

bool
command_remove(struct cli *cli, GError **error)
{
	g_autoptr(GPtrArray) shows = g_ptr_array_new_with_free_func((GDestroyNotify)show_free);
	bool ok = true;

	// All of them are found before the first one goes.
	for (int i = 0; i < cli->words_count; i++) {
		gint64 id = resolve_show(&cli->context, cli->words[i], error);
		struct show *show = id > 0 ? show_counted(cli->store, id, error) : NULL;
		if (!show)
			return false;
		g_ptr_array_add(shows, show);
	}
	list_begin(&cli->out, removed_columns);
	for (guint i = 0; ok && i < shows->len; i++)
		ok = remove_one(cli, shows->pdata[i], error);
	list_end(&cli->out);
	return ok;
}

// --- shows, show ---------------------------------------------------------------------------------

// The numbers of shows with an episode that the words let through, or whose title they fit.
static GHashTable *
wanted_shows(struct cli *cli, GError **error)
{
	g_autoptr(GHashTable) wanted =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	OWNED(filter) filter = words_filter(cli, 0, NULL, error);
	g_autoptr(GArray) ids = filter ? episodes_ids(cli->store, filter, ORDER_SHOW, error) : NULL;
	g_autofree char *words = g_strjoinv(" ", cli->words);
	g_autoptr(GArray) named = ids ? shows_match(cli->store, words, error) : NULL;

	if (!named)
		return NULL;
	for (guint at = 0; at < ids->len; at += 500) {
		g_autoptr(GPtrArray) rows = episodes_get(
		    cli->store, &g_array_index(ids, gint64, at), MIN(500, ids->len - at), error);
		if (!rows)
			return NULL;
		for (guint i = 0; i < rows->len; i++)
			if (rows->pdata[i])
				g_hash_table_add(
				    wanted, g_memdup2(&((struct episode *)rows->pdata[i])->show_id,
						sizeof(gint64)));
	}
	for (guint i = 0; i < named->len; i++)
		g_hash_table_add(
		    wanted, g_memdup2(&g_array_index(named, gint64, i), sizeof(gint64)));
	return g_steal_pointer(&wanted);
}

// Whether all words are tags that SHOW has: one without episodes is found by them too.
static bool
has_tags(const struct cli *cli, const struct show *show)
{
	for (int i = 0; i < cli->words_count; i++) {
		bool found = false;
		if (!g_str_has_prefix(cli->words[i], "tag:"))
			return false;
		g_autofree char *wanted = text_fold(cli->words[i] + strlen("tag:"));
		for (char **tag = show->tags; *tag && !found; tag++) {
			g_autofree char *folded = text_fold(*tag);
			found = strcmp(folded, wanted) == 0;
		}
		if (!found)
			return false;
	}
	return true;
}

// Beside what is said of every show.
static void
error_record(struct record *record, const struct show *show)
{
	record_int(record, "http", show->http_status);
	record_int(record, "failures", show->failures);
	record_instant(record, "last_try", show->last_try_s);
	record_instant(record, "next_try", show->gone ? WHEN_UNKNOWN : show->next_try_s);
}

bool
command_shows(struct cli *cli, GError **error)
{
	g_autoptr(GPtrArray) shows = shows_list(cli->store, error);
	g_autoptr(GHashTable) wanted = NULL;
	bool ok = true;

	if (!shows)
		return false;
	if (cli->words_count > 0 && !(wanted = wanted_shows(cli, error)))
		return false;
	bool errors = arguments_flag(cli->arguments, "errors");
	bool table = cli->out.mode == OUTPUT_TABLE;
	list_begin(&cli->out, errors  ? table ? error_columns : error_rows
			      : table ? show_columns
				      : show_rows);
	for (guint i = 0; ok && i < shows->len; i++) {
		const struct show *show = shows->pdata[i];
		struct record record = {0};
		if (errors && !show->failures && !show->gone)
			continue;
		if (wanted && !g_hash_table_contains(wanted, &show->id) && !has_tags(cli, show))
			continue;
		show_record(&record, show);
		if (errors)
			error_record(&record, show);
		ok = list_put(&cli->out, &record, error);
	}
	list_end(&cli->out);
	if (!ok || cli->out.rows > 0)
		return ok;
	if (errors && shows->len)
		return nothing(error, _("No show fails."));
	return nothing(error, wanted ? _("No show fits the filter.")
				     : _("There are no shows yet: hark add ADDRESS."));
}

// What the refresh remembers.
static void
put_state(struct cli *cli, const struct show *show)
{
	g_autofree char *tried = when_iso(show->last_try_s);
	g_autofree char *next = show->gone ? NULL : when_iso(show->next_try_s);
	g_autofree char *failures = show->failures ? g_strdup_printf("%d", show->failures) : NULL;
	g_autofree char *moves = show_moves(cli->store, show->id);
	g_auto(GStrv) lines = g_strsplit(moves ? moves : "", "\n", -1);

	put_fact(cli, _("tried"), tried);
	put_fact(cli, _("next try"), next);
	put_fact(cli, _("failures"), failures);
	for (char **line = lines; *line; line++)
		put_fact(cli, _("moved"), *line);
	if (show->gone)
		put_fact(cli, _("gone"),
		    _("the server says that this feed is no more; "
		      "hark refresh SHOW asks once more"));
}

bool
command_show(struct cli *cli, GError **error)
{
	gint64 id = resolve_show(&cli->context, cli->words[0], error);
	OWNED(show) show = id > 0 ? show_counted(cli->store, id, error) : NULL;
	struct record record = {0};
	bool done;

	if (!show)
		return false;
	show_record(&record, show);
	if (!output_one(&cli->out, &record, &done, error))
		return false;
	if (done)
		return true;
	g_autofree char *extras = extras_of_show(cli->store, show->id, NULL);
	g_autoptr(GPtrArray) facts = extras_facts(extras);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, show->id);
	g_autofree char *episodes = g_strdup_printf("%d", show->episodes);
	g_autofree char *inbox = g_strdup_printf("%d", show->inbox);
	g_autofree char *refreshed = when_iso(show->last_success_s);
	g_autofree char *about = text_clean_line(show->description ? show->description : "", -1, 0);
	put_fact(cli, _("id"), number);
	put_fact(cli, _("title"), show->title);
	put_fact(cli, _("author"), show->author);
	put_fact(cli, _("about"), about);
	put_fact(cli, _("page"), show->link);
	put_fact(cli, _("feed"), show->address);
	put_extras(cli, facts);
	put_fact(cli, _("episodes"), episodes);
	put_fact(cli, _("inbox"), inbox);
	put_fact(cli, _("refreshed"), refreshed);
	put_fact(cli, _("trouble"), show->error);
	put_state(cli, show);
	return true;
}
