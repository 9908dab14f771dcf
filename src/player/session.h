// SPDX-License-Identifier: GPL-3.0-or-later
//
// What plays, what comes next and where each was left: mpv's events and the clients' wishes come
// in, words to mpv, to the store and to the clients go out. Main thread only.
#ifndef HARK_PLAYER_SESSION_H
#define HARK_PLAYER_SESSION_H

#include "base/owned.h"
#include "conf/options.h"
#include "player/clerk.h"
#include "player/engine.h"

struct session;

// Everything borrowed. LEAVE is called when a client asks the player to end.
struct session *session_new(
    struct clerk *clerk, const struct options *options, void (*leave)(void *data), void *data);
void session_free(struct session *session);
OWNED_DEFINE(session, session_free)

// The engine comes after the session, whose session_take it calls.
void session_use(struct session *session, struct engine *engine);

void session_take(void *session, const struct engine_event *event);
void session_answer(struct session *session, const struct clerk_answer *answer);

// Every few seconds, and before the end: what was heard is written down.
void session_save(struct session *session);

// Nothing is loaded or about to be.
bool session_is_idle(const struct session *session);

#endif
