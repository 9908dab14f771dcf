// SPDX-License-Identifier: GPL-3.0-or-later
//
// libmpv, made safe: only the engine's files talk to it. Everything is asked for without waiting;
// what comes of it arrives as events on the main thread.
#ifndef HARK_PLAYER_ENGINE_H
#define HARK_PLAYER_ENGINE_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

enum engine_kind {
	ENGINE_ACCEPTED, // serial, entry: what engine_load asked for has this number now; 0: mpv
			 // does not take it
	ENGINE_START,	 // entry, text (path): it is being opened
	ENGINE_LOADED,	 // entry, chapters (may be empty): it begins to sound
	ENGINE_POSITION, // value
	ENGINE_DURATION, // value
	ENGINE_PAUSED,	 // value 0 or 1
	ENGINE_SPEED,	 // value
	ENGINE_VOLUME,	 // value
	ENGINE_SOUGHT,	 // the next position is another place
	ENGINE_FINISHED, // entry: to its end, or as far as the bytes came
	ENGINE_STOPPED,	 // entry: stopped or replaced
	ENGINE_FAILED,	 // entry, text: what came back, a part of a sentence
	ENGINE_SILENT,	 // value 0 or 1: no sound device, the silent one stands in
	ENGINE_MESSAGE,	 // argc, argv: a client says "script-message-to main ..."
	ENGINE_GONE,	 // a client told mpv to quit
	ENGINE_KINDS
};

struct engine_event {
	enum engine_kind kind;
	guint64 serial;
	gint64 entry; // mpv's playlist_entry_id: positions and ends are booked by it
	double value;
	const char *text;
	GPtrArray *chapters; // struct chapter *
	int argc;
	const char **argv;
};

struct engine_settings {
	const char *ipc_path; // mpv's own socket, for the relay
	const char *ao;	      // "null": silent on purpose; NULL: the best there is
	const char *device;   // mpv's name; NULL or "" the default
	const char *ca_file;  // to trust; "" the system's
	const char *proxy;    // as the option says: "" the environment's, "off", or an address
	double speed;
	int volume;
};

struct engine;
typedef void engine_take(void *data, const struct engine_event *event);

// NULL with a sentence where libmpv does not begin. TAKE gets every event, on the thread that runs
// the default main context.
struct engine *engine_new(
    const struct engine_settings *settings, engine_take *take, void *data, GError **error);
void engine_free(struct engine *engine); // waits for libmpv to end
OWNED_DEFINE(engine, engine_free)

struct engine_load {
	const char *location; // absolute path, http or https
	gint64 episode_id;    // 0: no episode; others see it as the script option hark-episode
	const char *title;    // NULL: the medium's own
	double start_s;
	double speed; // 0: as it is
};

// Replaces what plays; it sounds even after a pause. Gives a serial for ENGINE_ACCEPTED, 0 where
// LOCATION is neither an absolute path nor http(s).
guint64 engine_load(struct engine *engine, const struct engine_load *load);
void engine_stop(struct engine *engine);
void engine_seek(struct engine *engine, double position_s);
void engine_pause(struct engine *engine, bool paused);
void engine_sound(struct engine *engine, double speed, double volume);

// Tells every client: a client message of these words (WORD may be NULL).
void engine_tell(struct engine *engine, const char *name, const char *word);

#endif
