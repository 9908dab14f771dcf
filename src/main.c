// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arguments, then hand over: to a subcommand, or to the interface.
#include "config.h"

#include <locale.h>

#include "app/app.h"
#include "base/i18n.h"
#include "cli/cli.h"

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
	if (start.interface) {
		struct app_start app = { .paths = start.paths, .options = start.options,
			.profile = start.profile, .commands = start.conf_commands,
			.problems = start.conf_problems, .message = start.message,
			.on_episode = start.on_episode };
		if (start.no_colour)
			options_set(start.options, 0, "color", "never", NULL);
		code = app_run(&app);
	}
	cli_start_clear(&start);
	return code;
}
