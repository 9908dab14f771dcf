// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hands an address to the opener: a program of its own, never a shell.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/log.h"
#include "conf/line.h"

static void
in_child(gpointer data)
{
	signal(SIGPIPE, SIG_DFL);
	setsid();
}

static gboolean
spawn(char **argv, GError **error)
{
	return g_spawn_async(NULL, argv, NULL,
	    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, in_child,
	    NULL, NULL, error);
}

void
open_url(struct app *app, const char *url)
{
	g_autoptr(GError) error = NULL;
	const char *opener = options_string(app->options, 0, OPT_OPENER);
	g_autoptr(GPtrArray) commands = line_parse(opener && *opener ? opener : "xdg-open", &error);

	if (!commands || commands->len == 0) {
		app_error(app, g_steal_pointer(&error));
		return;
	}
	g_autoptr(GStrvBuilder) words = g_strv_builder_new();
	for (char **word = commands->pdata[0]; *word; word++)
		g_strv_builder_add(words, *word);
	g_strv_builder_add(words, url);
	g_auto(GStrv) argv = g_strv_builder_end(words);
	g_autofree char *shown = log_url(url);
	if (spawn(argv, &error))
		app_say(app, g_strdup_printf(_("Opened %s."), shown));
	else
		app_say(app,
		    g_strdup_printf(_("Nothing opens %s: %s. “:set opener PROGRAM” names one."),
			shown, error->message));
}
