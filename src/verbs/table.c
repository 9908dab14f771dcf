// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of verbs. A new verb is a row here and a function in library.c or sound.c.
#include "verbs/verbs.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "verbs/private.h"

#define ANY (-1)

const struct verb verbs[] = {
    {"add", 1, ANY, "ADDRESS…", N_("Subscribe to a feed: its address, its page or a file."),
	verb_add},
    {"archive", 0, ANY, "[EP…]", N_("Take the episode out of the inbox; its show keeps it."),
	verb_archive},
    {"chapter", 1, 1, "N|+1|-1", N_("Go to a chapter of what plays."), verb_chapter},
    {"cue", 1, 1, "+1|-1", N_("Go to the next or previous sentence of what plays."), verb_cue},
    {"download", 0, ANY, "[EP…]", N_("Fetch the audio to this machine."), verb_download},
    {"fetch-chapters", 0, ANY, "[EP…]", N_("Fetch the chapters that the feed offers."),
	verb_fetch_chapters},
    {"fetch-transcript", 0, ANY, "[EP…]", N_("Fetch the transcript that the feed offers."),
	verb_fetch_transcript},
    {"hold", 0, ANY, "[EP…]", N_("Hold a download; what has come is kept."), verb_hold},
    {"inbox", 0, ANY, "[EP…]", N_("Put the episode back into the inbox."), verb_inbox},
    {"mute", 0, 0, "", N_("Mute, and back."), verb_mute},
    {"next", 0, 0, "", N_("Play the next of the queue."), verb_next},
    {"pause", 0, 0, "", N_("Pause what plays."), verb_pause},
    {"play", 0, 2, "[EP [TIME]]", N_("Play an episode, where it was left or from TIME."),
	verb_play},
    {"played", 0, ANY, "[EP…]", N_("Mark as played."), verb_played},
    {"previous", 0, 0, "", N_("Play what played before."), verb_previous},
    {"queue", 0, ANY, "[EP…]", N_("Put at the end of the queue."), verb_queue},
    {"queue-clear", 0, 0, "", N_("Empty the queue."), verb_queue_clear},
    {"queue-move", 1, 2, "[EP] +N|-N", N_("Move down or up in the queue."), verb_queue_move},
    {"queue-next", 0, ANY, "[EP…]", N_("Put right after what plays."), verb_queue_next},
    {"queue-remove", 0, ANY, "[EP…]", N_("Take out of the queue."), verb_queue_remove},
    {"redo", 0, 0, "", N_("Do again what was undone."), verb_redo},
    {"refresh", 0, ANY, "[SHOW…]", N_("Ask a show's server for what is new."), verb_refresh},
    {"refresh-all", 0, 0, "", N_("Ask for what is new in all shows."), verb_refresh_all},
    {"remove", 0, ANY, "[SHOW…]", N_("Unsubscribe; undo brings everything back."), verb_remove},
    {"resume", 0, 0, "", N_("Go on with what plays, or with what played last."), verb_resume},
    {"seek", 1, 1, "TIME", N_("Go to a place: 90, 12:47, +30, -10, chapter:3."), verb_seek},
    {"set", 1, 3, "[SHOW] OPTION [VALUE]", N_("Set an option until the end of the program."),
	verb_set},
    {"speed", 1, 1, "X|+X|-X", N_("Set the speed, or change it."), verb_speed},
    {"stop", 0, 0, "", N_("Stop; the place is kept."), verb_stop},
    {"toggle", 0, 0, "", N_("Pause or go on; in silence, what played last."), verb_toggle},
    {"undo", 0, 0, "", N_("Take back the last change."), verb_undo},
    {"unplayed", 0, ANY, "[EP…]", N_("Mark as not played."), verb_unplayed},
    {"volume", 1, 1, "N|+N|-N", N_("Set the volume, or change it."), verb_volume},
};
const size_t verbs_count = G_N_ELEMENTS(verbs);

const struct verb *
verb_find(const char *name)
{
	for (size_t i = 0; i < verbs_count; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

bool
verb_run(
    const struct verb *verb, struct verb_context *context, struct verb_call *call, GError **error)
{
	if (call->argc < verb->min_args || (verb->max_args != ANY && call->argc > verb->max_args)) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("Usage: %s %s"), verb->name,
		    verb->usage);
		return false;
	}
	return verb->run(context, call, error);
}

void
verb_call_clear(struct verb_call *call)
{
	g_clear_pointer(&call->serials, g_array_unref);
	call->serial = 0;
}

void
verb_post(struct verb_context *context, struct verb_call *call, struct work_request *request)
{
	call->serial = worker_post(context->worker, request);
	if (!call->serials)
		call->serials = g_array_new(FALSE, FALSE, sizeof(guint64));
	g_array_append_val(call->serials, call->serial);
}
