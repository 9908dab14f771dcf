// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/warning.h"

#include <string.h>

#include "base/i18n.h"

static void
warning_free(void *data)
{
	struct warning *warning = data;

	g_free(warning->text);
	g_free(warning);
}

GPtrArray *
warnings_new(void)
{
	return g_ptr_array_new_with_free_func(warning_free);
}

void
warnings_add(GPtrArray *warnings, unsigned line, const char *text)
{
	guint at = 0; // those of one line by their text: how the bytes were cut must not show

	for (guint i = 0; i < warnings->len; i++) {
		const struct warning *known = warnings->pdata[i];
		int order = strcmp(known->text, text);
		if (order == 0)
			return;
		if (known->line < line || (known->line == line && order < 0))
			at = i + 1;
	}
	struct warning *warning = g_new(struct warning, 1);
	*warning = (struct warning){ line, g_strdup(text) };
	g_ptr_array_insert(warnings, (gint)at, warning);
}

char *
warning_line(const struct warning *warning)
{
	return g_strdup_printf(_("line %u: %s"), warning->line, warning->text);
}
