// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an action did, in a sentence for the message line and for standard output.
#include "base/i18n.h"
#include "verbs/verbs.h"

static char *
done_sentence(const struct action_result *result)
{
	const char *title = result->title ? result->title : "";
	int n = result->changed;

	switch (result->kind) {
	case ACTION_PLAYED:
		return g_strdup_printf(
		    ngettext("Played: %1$s", "%2$d marked as played, %1$s first.", n), title, n);
	case ACTION_UNPLAYED:
		return g_strdup_printf(
		    ngettext("Not played: %1$s", "%2$d marked as not played, %1$s first.", n),
		    title, n);
	case ACTION_ARCHIVE:
		return g_strdup_printf(
		    ngettext("Not now: %1$s", "%2$d taken out of the inbox, %1$s first.", n), title,
		    n);
	case ACTION_DECIDED:
		return g_strdup_printf(
		    ngettext("Decided: %1$s", "%2$d decided, %1$s first.", n), title, n);
	case ACTION_INBOX:
		return g_strdup_printf(
		    ngettext("Back in the inbox: %1$s", "%2$d back in the inbox, %1$s first.", n),
		    title, n);
	case ACTION_QUEUE_LAST:
		return g_strdup_printf(
		    ngettext("Queued last: %1$s", "%2$d queued last, %1$s first.", n), title, n);
	case ACTION_QUEUE_NEXT:
		return g_strdup_printf(
		    ngettext("Queued next: %1$s", "%2$d queued next, %1$s first.", n), title, n);
	case ACTION_QUEUE_REMOVE:
		return g_strdup_printf(
		    ngettext("Out of the queue: %1$s", "%2$d out of the queue, %1$s first.", n),
		    title, n);
	case ACTION_QUEUE_MOVE:
	case ACTION_QUEUE_TOP:
		return g_strdup_printf(
		    ngettext("Moved: %1$s", "%2$d moved, %1$s first.", n), title, n);
	case ACTION_DOWNLOAD:
	case ACTION_FETCH:
		return g_strdup_printf(
		    ngettext("Download: %1$s", "%2$d to be downloaded, %1$s first.", n), title, n);
	case ACTION_SHOW_REMOVE:
		return g_strdup_printf(
		    ngettext("Unsubscribed: %1$s", "%2$d shows unsubscribed, %1$s first.", n),
		    title, n);
	case ACTION_UNDO:
	case ACTION_REDO:
		break;
	}
	return g_strdup(title);
}

char *
action_sentence(const struct action_result *result)
{
	if (result->changed == 0)
		return g_strdup(_("That was so already."));
	g_autofree char *done = done_sentence(result);
	if (result->undone)
		return g_strdup_printf(_("Taken back. %s"), done);
	if (result->redone)
		return g_strdup_printf(_("Done again. %s"), done);
	return g_steal_pointer(&done);
}
