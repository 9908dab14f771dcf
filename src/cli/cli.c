// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "cli/help.h"
#include "cli/profile.h"
#include "cli/session.h"

#define STDIN_LINES_MAX 100000

// Fields are parted by TAB: a file's name may hold blanks. A number ends at a blank as well.
static char *
first_field(char *line)
{
	char *field = g_strchug(line);
	size_t digits = strspn(field, "0123456789");

	field[strcspn(field, "\t\r\n")] = '\0';
	if (digits > 0 && field[digits] == ' ')
		field[digits] = '\0';
	return g_strchomp(field);
}

// The first field of every line of standard input, appended to WORDS.
static bool
read_stdin(GPtrArray *words, GError **error)
{
	g_autofree char *line = NULL;
	size_t size = 0;
	guint before = words->len;

	while (getline(&line, &size, stdin) >= 0 && words->len - before < STDIN_LINES_MAX) {
		char *field = first_field(line);
		if (*field)
			g_ptr_array_add(words, g_strdup(field));
	}
	if (words->len > before)
		return true;
	g_set_error_literal(
	    error, HARK_ERROR, HARK_ERROR_NOTHING, _("Nothing came on standard input."));
	return false;
}

static bool
gather_words(struct cli *cli, GPtrArray *words, GError **error)
{
	const GPtrArray *given = cli->arguments->words;

	for (guint i = 0; i < given->len; i++) {
		const char *word = given->pdata[i];
		if ((cli->command->needs & TAKES_STDIN) && strcmp(word, "-") == 0) {
			if (!read_stdin(words, error))
				return false;
		} else {
			g_ptr_array_add(words, g_strdup(word));
		}
	}
	cli->words_count = (int)words->len;
	g_ptr_array_add(words, NULL);
	cli->words = (char **)words->pdata;
	return true;
}

static bool
check_terminal(GError **error)
{
	const char *term = getenv("TERM");

	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && g_strcmp0(term, "dumb") != 0)
		return true;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("The interface needs a terminal. Without one there are hark shows, hark episodes, "
	      "hark notes EP, hark transcript EP, hark play EP; hark --help lists them all."));
	return false;
}

static bool
run_command(struct cli *cli, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	if ((cli->command->needs & NEEDS_INTERFACE) && !check_terminal(error))
		return false;
	if (!gather_words(cli, words, error) ||
	    !session_up(
		cli, cli->command->needs & ~(unsigned)(TAKES_STDIN | NEEDS_INTERFACE), error))
		return false;
	for (guint i = 0; cli->start->conf_problems && i < cli->start->conf_problems->len; i++)
		session_say(cli, "hark: %s", (char *)cli->start->conf_problems->pdata[i]);
	bool ok = cli->command->run(cli, error);
	session_down(cli);
	return ok;
}

// What needs no subcommand. *DONE tells that it was one of those.
static bool
run_global(struct cli *cli, bool *done, GError **error)
{
	const struct arguments *arguments = cli->arguments;

	*done = true;
	if (arguments_flag(arguments, "help")) {
		if (cli->out.mode == OUTPUT_JSON)
			help_json(&cli->out);
		else if (arguments->command)
			help_command(&cli->out, arguments->command);
		else
			help_listing(&cli->out);
		return true;
	}
	if (arguments_flag(arguments, "version")) {
		cli->start->paths = paths_new(cli->start->profile, NULL);
		version_print(&cli->out, cli->start);
		return true;
	}
	*done = false;
	if (arguments->command)
		return true;
	*done = true;
	cli->start->interface = check_terminal(error) && session_up(cli, NEEDS_PATHS, error);
	return cli->start->interface;
}

static bool
run(struct cli *cli, GError **error)
{
	bool done;

	if (!run_global(cli, &done, error))
		return false;
	return done || run_command(cli, error);
}

int
cli_run(int argc, char **argv, struct cli_start *start)
{
	struct cli cli = {.start = start, .signals_fd = -1};
	g_autoptr(GError) error = NULL;
	OWNED(arguments) arguments = arguments_parse(argc, argv, &error);
	const char *no_colour = getenv("NO_COLOR");

	output_init(&cli.out, stdout, false, NULL, false);
	if (arguments) {
		cli.arguments = arguments;
		cli.command = arguments->command;
		cli.quiet = arguments_flag(arguments, "quiet");
		cli.progress = !cli.quiet && isatty(STDERR_FILENO);
		start->no_colour =
		    arguments_flag(arguments, "no-color") || (no_colour && *no_colour);
		output_init(&cli.out, stdout, arguments_flag(arguments, "json"),
		    arguments_value(arguments, "template"), !start->no_colour);
		if (profile_choose(start, arguments, &error))
			run(&cli, &error);
	}
	if ((fflush(stdout) != 0 || ferror(stdout)) && !error)
		g_set_error(&error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("Standard output takes no more: %s"), g_strerror(errno));
	if (error)
		session_complain(&cli, error);
	session_down(&cli);
	return cli.exit_code;
}
