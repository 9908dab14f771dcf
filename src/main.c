// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arguments, then hand over: to a subcommand, or to the interface.
#include "config.h"

#include <locale.h>
#include <stdio.h>

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
		fputs(_("hark: The interface is not built in yet; hark --help lists what works.\n"),
		    stderr);
		code = 1;
	}
	cli_start_clear(&start);
	return code;
}
