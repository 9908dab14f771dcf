// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where things lie: XDG Base Directory 0.8 (empty = unset, a relative value is ignored), or one
// folder for a throw-away profile. Folders are made 0700 when first needed.
#ifndef HARK_BASE_PATHS_H
#define HARK_BASE_PATHS_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct paths {
	char *config_dir;  // holds hark.conf
	char *data_dir;	   // holds hark.db and media/
	char *state_dir;   // log
	char *cache_dir;   // documents, cover art
	char *runtime_dir; // sockets and locks, 0700, owner checked
	char *db;	   // data_dir/hark.db
	char *socket;	   // runtime_dir/HASH-of-db-path.sock (the player)
	char *player_lock; // socket with .lock
};

// PROFILE NULL: the user's own folders. Else everything lies below PROFILE (config, data, state,
// cache); runtime stays in XDG_RUNTIME_DIR or /tmp/hark-UID, since a socket's path is short.
// Makes no folder. Fails where a socket's path would be too long or runtime_dir is not ours.
struct paths *paths_new(const char *profile, GError **error);
void paths_free(struct paths *paths);
OWNED_DEFINE(paths, paths_free)

// Makes DIR and what is above it, 0700. The message names DIR.
bool paths_ensure_dir(const char *dir, GError **error);

// Makes runtime_dir and looks again whether it is ours alone. Before a socket or lock is made.
bool paths_ensure_runtime(const struct paths *paths, GError **error);

// A file name that is safe on every file system, made of TEXT (titles): no separators, no control
// characters, no leading dot, no name Windows reserves, at most MAX_BYTES at a cluster's border.
char *paths_safe_name(const char *text, size_t max_bytes);

// PATH as options hold it: "~/" at its beginning is the user's home. Owned by the caller.
char *paths_expand(const char *path);

// Where data/ is found: HARK_DATADIR (tests, ./run), else the installed pkgdatadir.
const char *paths_pkgdata(void);

#endif
