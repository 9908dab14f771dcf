// SPDX-License-Identifier: GPL-3.0-or-later
//
// set, config, tour: what is about the program itself.
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "cli/profile.h"
#include "cli/session.h"
#include "conf/line.h"

static const struct column option_columns[] = {
    {"name", N_("Option"), 20},
    {"value", N_("Value"), 14},
    {"sentence", N_("What it does"), 0, .from = 60},
    {NULL},
};

static bool
put_option(struct cli *cli, enum option_id id, GError **error)
{
	const struct option_row *row = &option_rows[id];
	g_autofree char *value = options_text(cli->start->options, 0, id);
	struct record record = {0};

	record_string(&record, "name", row->name);
	record_string(&record, "value", value);
	record_string(&record, "default", row->fallback);
	record_bool(&record, "per_show", row->per_show);
	record_string(&record, "sentence", _(row->sentence));
	record.strong = strcmp(value, row->fallback) != 0;
	return list_put(&cli->out, &record, error);
}

static bool
fail_unknown_option(const char *word, GError **error)
{
	const char *names[OPT_COUNT + 1] = {NULL};

	for (int i = 0; i < OPT_COUNT; i++)
		names[i] = option_rows[i].name;
	const char *nearest = nearest_name(word, names);
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    nearest ? _("There is no option “%s”. Nearest: %s") : _("There is no option “%s”."),
	    word, nearest);
	return false;
}

bool
command_set(struct cli *cli, GError **error)
{
	int only = cli->words_count > 0 ? options_find(cli->words[0]) : -1;
	bool ok = true;

	if (cli->words_count > 0 && only < 0)
		return fail_unknown_option(cli->words[0], error);
	list_begin(&cli->out, option_columns);
	for (int id = 0; ok && id < OPT_COUNT; id++)
		if (only < 0 || only == id)
			ok = put_option(cli, id, error);
	list_end(&cli->out);
	return ok;
}

bool
command_config(struct cli *cli, GError **error)
{
	g_autofree char *file = g_build_filename(cli->start->paths->config_dir, "hark.conf", NULL);
	const GPtrArray *problems = cli->start->conf_problems;
	bool there = g_file_test(file, G_FILE_TEST_EXISTS), done;
	struct record record = {0};

	record_string(&record, "file", file);
	record_bool(&record, "exists", there);
	record_int(&record, "problems", problems->len);
	if (!output_one(&cli->out, &record, &done, error))
		return false;
	if (!done) {
		fprintf(cli->out.file, "%s\n", file);
		if (!there)
			session_say(cli, _("It does not exist: every option has its default."));
	}
	if (problems->len > 0)
		cli->exit_code = HARK_ERROR_FAILED; // said already, before the command ran
	return true;
}

static bool
subscribe(struct cli *cli, const char *feed, GError **error)
{
	struct work_request *request = work_request_new(WORK_ADD, NULL, 0);

	request->address = g_strdup(feed);
	return session_do(cli, request, NULL, NULL, error);
}

bool
command_tour(struct cli *cli, GError **error)
{
	g_autofree char *feed = g_build_filename(paths_pkgdata(), "tour", "feed.xml", NULL);

	if (!g_file_test(feed, G_FILE_TEST_IS_REGULAR)) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("The tour is not installed: there is no %s."), feed);
		return false;
	}
	if (!cli->start->profile && !profile_throw_away(cli->start, error))
		return false;
	if (!session_up(cli, NEEDS_WORKER, error) || !subscribe(cli, feed, error))
		return false;
	if (cli->exit_code != 0) // it was said why
		return true;
	cli->start->on_episode = true;
	cli->start->message = g_strdup(_("Enter plays this. It explains itself; T reads along."));
	cli->start->interface = true;
	return true;
}
