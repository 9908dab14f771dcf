// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of audio on this machine, wanted or here.
#ifndef HARK_STORE_FILES_H
#define HARK_STORE_FILES_H

#include "base/owned.h"
#include "store/episodes.h"

struct download {
	gint64 id, episode_id, show_id;
	char *show_title, *title;
	char *url, *type;
	enum file_state state;
	char *path;	     // final path, once chosen
	gint64 bytes, total; // so far; -1 unknown
	char *error;
	int tries;
	gint64 published_s;
};

void download_free(struct download *download);
OWNED_DEFINE(download, download_free)

// The download of an episode, which ACTION_DOWNLOAD makes. NULL with HARK_ERROR_NOTHING where there
// is none: the episode has no enclosure, or it was never wanted.
struct download *download_of(struct store *store, gint64 episode_id, GError **error);

GPtrArray *downloads_list(struct store *store, GError **error); // struct download *, running first
struct download *download_get(struct store *store, gint64 id, GError **error);
bool download_set_state(struct store *store, gint64 id, enum file_state state, gint64 bytes,
    gint64 total, const char *path, const char *message, GError **error);

// What waits, and what a process that is gone left running (FILE_WANTED, FILE_RUNNING), oldest wish
// first: numbers of downloads. Who takes one locks its .part first: another process may have it.
GArray *downloads_waiting(struct store *store, GError **error);

// The audio of a local file is gone from disk: the row says so.
bool file_forget(struct store *store, gint64 episode_id, GError **error);

#endif
