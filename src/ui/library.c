// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library.h"

#include <curses.h>

static char *
curses_compiled(void)
{
	return g_strdup(NCURSES_VERSION);
}

// curses_version() says "ncurses 6.4.20221231".
static char *
curses_running(void)
{
	const char *text = curses_version();
	return g_strdup(g_str_has_prefix(text, "ncurses ") ? text + 8 : text);
}

const struct library ui_libraries[] = {
    {"ncurses", curses_compiled, curses_running},
    {NULL},
};
