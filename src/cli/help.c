// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "conf/options.h"
#include "store/filter.h"
#include "verbs/verbs.h"

#define WIDTH 79
#define LABEL 10 // cells of a group's name
#define OPTION_CELLS 22

// What the words of a usage stand for; printed below the listing.
static const struct {
	const char *name, *text;
} meanings[] = {
    {"EP", N_("a number from any list, SHOW:latest, SHOW:oldest, @playing, @next,\n"
	      "a file or address, or - for standard input, one a line, first field")},
    {"SHOW", N_("a number, an address, or a part of a title that fits one show")},
    {"FILTER", N_("new begun played queued downloaded archived not:played show:NAME\n"
		  "longer:30m shorter:1h newer:1w older:1y after:2020-03\n"
		  "before:2021, and words")},
    {"TIME", N_("90  12:47  +30  -10  chapter:3   (a leading minus is no option)")},
    {N_("Always"), N_("--json  --template '{id} {title}'  --quiet  --no-wait  --profile DIR\n"
		      "--clean  --no-color  -v  --version      More: hark COMMAND --help")},
};

static void
put_label(FILE *file, const char *label)
{
	fprintf(file, "%s%*s", label, MAX(LABEL - text_width(label, -1), 1), "");
}

// TEXT of several lines beside LABEL.
static void
put_meaning(FILE *file, const char *label, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	put_label(file, label);
	for (int i = 0; lines[i]; i++)
		fprintf(file, "%*s%s\n", i > 0 ? LABEL : 0, "", lines[i]);
}

// How COMMAND stands in the listing: its own line where it has one.
static char *
listed(const struct command *command)
{
	if (command->listed)
		return g_strdup(command->listed);
	return command->usage ? g_strdup_printf("%s %s", command->name, command->usage)
			      : g_strdup(command->name);
}

void
help_listing(struct output *output)
{
	FILE *file = output->file;
	const char *group = NULL;
	int column = 0;

	fprintf(file,
	    _("hark                   the interface       hark tour   try it, nothing kept\n"));
	for (size_t i = 0; i < commands_count; i++) {
		g_autofree char *piece = listed(&commands[i]);
		int cells = text_width(piece, -1);
		bool same = group && strcmp(group, commands[i].group) == 0;
		if (!*piece)
			continue;
		if (!same || column + 2 + cells > WIDTH) {
			if (group)
				fputc('\n', file);
			put_label(file, same ? "" : _(commands[i].group));
			column = LABEL;
		} else {
			fputs("  ", file);
			column += 2;
		}
		fputs(piece, file);
		column += cells;
		group = commands[i].group;
	}
	fputs("\n\n", file);
	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++)
		put_meaning(file, _(meanings[i].name), _(meanings[i].text));
}

static void
put_option(FILE *file, const struct cli_option *row)
{
	g_autofree char *letter =
	    row->letter ? g_strdup_printf("-%c, ", row->letter) : g_strdup("");
	g_autofree char *words = g_strdup_printf("  %s--%s%s%s", letter, row->name,
	    row->argument ? " " : "", row->argument ? row->argument : "");

	fprintf(file, "%s%*s%s\n", words, MAX(OPTION_CELLS - text_width(words, -1), 2), "",
	    _(row->sentence));
}

void
help_command(struct output *output, const struct command *command)
{
	FILE *file = output->file;
	g_autofree char *usage = command_usage(command);

	fprintf(file, _("Usage: %s\n\n"), usage);
	fprintf(file, "%s\n", _(command->sentence));
	if (command->details)
		fprintf(file, "%s\n", _(command->details));
	if (command->options) {
		fputc('\n', file);
		for (const struct cli_option *row = command->options; row->name; row++)
			put_option(file, row);
	}
	fprintf(file, "\n%s\n",
	    _("EP, SHOW, FILTER, TIME and the options that always work: hark --help"));
}

static void
options_json(struct jsonout *json, const struct cli_option *rows)
{
	jsonout_begin_array(json, "options");
	for (; rows && rows->name; rows++) {
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "name", rows->name);
		jsonout_string(json, "argument", rows->argument);
		jsonout_string(json, "sentence", _(rows->sentence));
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
named_json(struct jsonout *json, const char *name, const char *usage, const char *sentence)
{
	jsonout_string(json, "name", name);
	jsonout_string(json, "usage", usage);
	jsonout_string(json, "sentence", sentence ? _(sentence) : NULL);
}

void
help_json(struct output *output)
{
	struct jsonout *json = &output->json;

	jsonout_begin_object(json, NULL);
	jsonout_begin_array(json, "commands");
	for (size_t i = 0; i < commands_count; i++) {
		jsonout_begin_object(json, NULL);
		named_json(json, commands[i].name, commands[i].usage, commands[i].sentence);
		options_json(json, commands[i].options);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	options_json(json, global_options);
	jsonout_begin_array(json, "verbs");
	for (size_t i = 0; i < verbs_count; i++) {
		jsonout_begin_object(json, NULL);
		named_json(json, verbs[i].name, verbs[i].usage, verbs[i].sentence);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	jsonout_begin_array(json, "settings");
	for (size_t i = 0; i < OPT_COUNT; i++) {
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "name", option_rows[i].name);
		jsonout_string(json, "default", option_rows[i].fallback);
		jsonout_string(json, "sentence", _(option_rows[i].sentence));
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	jsonout_begin_array(json, "filters");
	for (size_t i = 0; filter_words[i][0]; i++) {
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "name", filter_words[i][0]);
		jsonout_string(json, "sentence", _(filter_words[i][1]));
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	jsonout_end_object(json);
	jsonout_end_document(json);
}
