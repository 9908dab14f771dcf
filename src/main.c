// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arguments, then hand over: to a subcommand, or to the interface.
#include "config.h"

#include <locale.h>

#include "app/app.h"
#include "base/i18n.h"
#include "cli/cli.h"

static int
open_interface(const struct cli_start *start)
{
	struct app_start app = {
		.paths = start->paths,
		.options = start->options,
		.profile = start->profile,
		.commands = start->conf_commands,
		.problems = start->conf_problems,
		.message = start->message,
		.on_episode = start->on_episode,
	};

	return app_run(&app);
}

int
main(int argc, char **argv)
{
	struct cli_start start = { 0 };

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); // numbers are typed and written the same everywhere
	bindtextdomain(PACKAGE, LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
	textdomain(PACKAGE);

	int code = cli_run(argc, argv, &start);
	if (start.interface)
		code = open_interface(&start);
	cli_start_clear(&start);
	return code;
}
