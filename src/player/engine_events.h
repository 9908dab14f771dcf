// SPDX-License-Identifier: GPL-3.0-or-later
//
// What mpv says, made into the engine's events. For src/player/engine.c only.
#ifndef HARK_PLAYER_ENGINE_EVENTS_H
#define HARK_PLAYER_ENGINE_EVENTS_H

#include <mpv/client.h>

#include "player/engine.h"

struct engine {
	mpv_handle *mpv;
	int wake_fd; // written by libmpv's threads, read by ours
	guint source;
	engine_take *take;
	void *data;
	guint64 serial; // of the last load
	bool silent_on_purpose;
	bool restarted;	 // since the last load: positions before that are the old medium's
	gint64 entry;	 // the one that was started last
	char *complaint; // the first thing mpv logged about it
	bool failing;	 // it has failed, and why is not logged yet
	gint64 failed_entry;
	int failed_code; // mpv's
};

// Asks mpv for what the events are made of.
void engine_observe(struct engine *engine);
void engine_take_event(struct engine *engine, const mpv_event *event);
// No event is left: tells of a failure that waited for its reason.
void engine_settle(struct engine *engine);

#endif
