// SPDX-License-Identifier: GPL-3.0-or-later
//
// The functions behind the table of verbs, and what they share. For src/verbs only.
#ifndef HARK_VERBS_PRIVATE_H
#define HARK_VERBS_PRIVATE_H

#include "verbs/verbs.h"

typedef bool verb_function(struct verb_context *context, struct verb_call *call, GError **error);

// verbs/library.c: what goes to the worker.
verb_function verb_add, verb_archive, verb_download, verb_fetch_chapters, verb_fetch_transcript,
    verb_hold, verb_inbox, verb_played, verb_queue, verb_queue_clear, verb_queue_move,
    verb_queue_next, verb_queue_remove, verb_redo, verb_refresh, verb_refresh_all, verb_remove,
    verb_set, verb_undo, verb_unplayed;

// verbs/sound.c: what goes to the player.
verb_function verb_chapter, verb_cue, verb_mute, verb_next, verb_pause, verb_play, verb_previous,
    verb_resume, verb_seek, verb_speed, verb_stop, verb_toggle, verb_volume;

// Gives REQUEST to the worker and notes its serial in CALL.
void verb_post(struct verb_context *context, struct verb_call *call, struct work_request *request);

#endif
