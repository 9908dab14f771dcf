// SPDX-License-Identifier: GPL-3.0-or-later
//
// import, export: lists of subscriptions from and for other programs.
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "cli/rows.h"
#include "store/shows.h"
#include "text/opml.h"

#define LIST_MAX_BYTES (64 * 1024 * 1024)

static const struct column imported_columns[] = {
    {"id", N_("ID"), 5, LOOK_PLAIN, true},
    {"status", N_("Status"), 9},
    {"line", N_("Line"), 5, LOOK_PLAIN, true},
    {"address", N_("Address"), 0},
    {NULL},
};

// --- import --------------------------------------------------------------------------------------

struct importing {
	const char *name; // of the list
	int added, known, failed;
	GError *error;
};

static void
put_imported(struct cli *cli, struct importing *importing, const struct work_show *show)
{
	struct record record = {0};

	record_string(&record, "address", show->url);
	record_string(&record, "status", show->status);
	if (show->id)
		record_int(&record, "id", show->id);
	else
		record_string(&record, "id", NULL);
	record_string(&record, "title", show->title);
	record_string(&record, "url", show->id ? show->url : NULL);
	record_int(&record, "episodes", 0);
	record_int(&record, "line", show->line);
	record_string(&record, "error", show->error);
	if (!importing->error && (!show->error || cli->out.mode == OUTPUT_JSON))
		list_put(&cli->out, &record, &importing->error);
}

static bool
import_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	struct importing *importing = data;
	const struct work_show *show = reply->show;

	if (reply->status != WORK_ITEM)
		return false;
	importing->failed += show->error != NULL;
	importing->known += !strcmp(show->status, "known");
	importing->added += !strcmp(show->status, "added");
	if (!cli->quiet || cli->out.mode == OUTPUT_JSON)
		put_imported(cli, importing, show);
	if (show->error) {
		g_autofree char *where = g_strdup_printf("%s:%d", importing->name, show->line);
		session_complain_about(cli, where, show->error);
	}
	return false;
}

static char *
read_all(FILE *file, const char *name, gsize *len, GError **error)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	char piece[64 * 1024];
	size_t got;

	while ((got = fread(piece, 1, sizeof piece, file)) > 0 && bytes->len <= LIST_MAX_BYTES)
		g_string_append_len(bytes, piece, (gssize)got);
	if (ferror(file) || bytes->len > LIST_MAX_BYTES) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("“%s” cannot be read: %s"),
		    name, ferror(file) ? g_strerror(errno) : _("it is larger than 64 MB"));
		return NULL;
	}
	*len = bytes->len;
	return g_string_free(g_steal_pointer(&bytes), FALSE);
}

static GPtrArray *
read_list(const char *word, const char *name, GError **error)
{
	bool is_stdin = strcmp(word, "-") == 0;
	FILE *file = is_stdin ? stdin : fopen(word, "rbe");
	gsize len;

	if (!file) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("“%s” cannot be opened: %s"),
		    word, g_strerror(errno));
		return NULL;
	}
	g_autofree char *bytes = read_all(file, name, &len, error);
	if (!is_stdin)
		fclose(file);
	GPtrArray *list = bytes ? subscriptions_read(bytes, len, error) : NULL;
	if (bytes && !list)
		g_prefix_error(error, "%s: ", name);
	return list;
}

static void
say_imported(struct cli *cli, const struct importing *importing)
{
	session_say(
	    cli, ngettext("%d show added.", "%d shows added.", importing->added), importing->added);
	if (importing->known)
		session_say(cli,
		    ngettext("%d was known already.", "%d were known already.", importing->known),
		    importing->known);
	if (importing->added)
		session_say(cli, _("hark refresh reads what is new."));
}

bool
command_import(struct cli *cli, GError **error)
{
	const char *word = cli->words[0];
	struct importing importing = {.name = strcmp(word, "-") ? word : _("standard input")};
	GPtrArray *list = read_list(word, importing.name, error);

	if (!list)
		return false;
	if (!list->len) {
		g_ptr_array_unref(list);
		return nothing(error, _("The list names no show."));
	}
	struct work_request *request = work_request_new(WORK_IMPORT, NULL, 0);
	request->list = list;
	list_begin(&cli->out, imported_columns);
	bool ok = session_do(cli, request, import_reply, &importing, error);
	list_end(&cli->out);
	if (ok && importing.error) {
		g_propagate_error(error, g_steal_pointer(&importing.error));
		return false;
	}
	g_clear_error(&importing.error);
	if (ok && cli->out.mode == OUTPUT_TABLE)
		say_imported(cli, &importing);
	return ok;
}

// --- export --------------------------------------------------------------------------------------

static GPtrArray *
export_list(struct cli *cli, bool logins, GError **error)
{
	g_autoptr(GPtrArray) shows = shows_list(cli->store, error);
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)subscription_free);

	for (guint i = 0; shows && i < shows->len; i++) {
		const struct show *show = shows->pdata[i];
		struct subscription *one = subscription_new(logins ? show->url : show->address, 0);
		one->title = g_strdup(show->title);
		one->own_title = show_own_title(cli->store, show->id);
		one->link = g_strdup(show->link);
		for (char **tag = show->tags; *tag; tag++)
			g_ptr_array_add(one->tags, g_strdup(*tag));
		g_ptr_array_add(list, one);
	}
	if (shows)
		return list;
	g_ptr_array_unref(list);
	return NULL;
}

bool
command_export(struct cli *cli, GError **error)
{
	bool logins = arguments_flag(cli->arguments, "with-logins");
	g_autoptr(GPtrArray) list = export_list(cli, logins, error);

	if (!list)
		return false;
	g_autofree char *opml = opml_write(list);
	if (cli->words_count && strcmp(cli->words[0], "-") != 0)
		return g_file_set_contents_full(cli->words[0], opml, -1,
		    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
		    logins ? 0600 : 0644, error);
	fputs(opml, cli->out.file);
	return true;
}
