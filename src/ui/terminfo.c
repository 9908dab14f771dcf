// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminfo.h"

#include <curses.h>
#include <term.h>
#include <unistd.h>

bool
terminfo_knows(const char *name)
{
	int found = 0;

	if (!name || !*name || setupterm(name, STDOUT_FILENO, &found) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}
