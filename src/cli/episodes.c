// SPDX-License-Identifier: GPL-3.0-or-later
//
// episodes, inbox: the lists.
#include "base/i18n.h"
#include "cli/rows.h"

bool
command_episodes(struct cli *cli, GError **error)
{
	OWNED(filter) filter = words_filter(cli, 0, NULL, error);
	g_autoptr(GArray) ids =
	    filter ? episodes_ids(cli->store, filter, ORDER_NEWEST, error) : NULL;

	if (!ids || !list_episodes(cli, ids, error))
		return false;
	if (ids->len > 0)
		return true;
	if (cli->words_count > 0)
		return nothing(error, _("No episode fits the filter."));
	return nothing(error, _("There are no episodes yet: hark add ADDRESS."));
}

bool
command_inbox(struct cli *cli, GError **error)
{
	OWNED(filter) filter = words_filter(cli, 0, filter_inbox(), error);
	g_autoptr(GArray) ids =
	    filter ? episodes_ids(cli->store, filter, ORDER_NEWEST, error) : NULL;

	if (!ids || !list_episodes(cli, ids, error))
		return false;
	if (ids->len > 0)
		return true;
	if (cli->words_count > 0)
		return nothing(error, _("Nothing undecided fits the filter."));
	return nothing(error, _("Nothing undecided."));
}
