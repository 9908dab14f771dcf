// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between our clients and mpv's own JSON IPC: bytes both ways, through bounded buffers. mpv never
// waits for a client; one that does not read is dropped when its buffer is full. Lives on the
// default main context.
#ifndef HARK_PLAYER_RELAY_H
#define HARK_PLAYER_RELAY_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

#define RELAY_BUFFER_BYTES (256 << 10) // each way, each client

struct relay;

// Listens at SOCKET (0600; what a dead player left there is removed: whoever calls holds the lock)
// and connects each client to MPV_SOCKET. HELLO, a whole line, goes to each first.
struct relay *relay_new(
    const char *socket, const char *mpv_socket, const char *hello, GError **error);

// Drops every client and removes SOCKET.
void relay_free(struct relay *relay);
OWNED_DEFINE(relay, relay_free)

unsigned relay_clients(const struct relay *relay);

#endif
