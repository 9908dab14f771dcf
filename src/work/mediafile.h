// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file of audio while it grows: its name, its lock, the room on the disk.
#ifndef HARK_WORK_MEDIAFILE_H
#define HARK_WORK_MEDIAFILE_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

struct mediafile {
	char *path; // as it will be called; path.part until then
	int fd;
};

// What a name is made of.
struct mediafile_facts {
	const char *folder; // of all shows; made where it is missing
	const char *show_title, *title;
	gint64 published_s;
	const char *content_type, *feed_type, *url; // for the extension; may be NULL
	const char *wish;			    // path of an earlier try; NULL none
	gint64 bytes;				    // to come; -1 unknown
};

// Chooses the name, looks for room, opens and locks the .part, which is emptied. HARK_ERROR_AGAIN
// where another process has it.
struct mediafile *mediafile_open(const struct mediafile_facts *facts, GError **error);
// Whether somebody fetches the file that will be called PATH.
bool mediafile_is_taken(const char *path);
bool mediafile_write(struct mediafile *file, const char *bytes, size_t len, GError **error);
// Everything is on disk and has its name.
bool mediafile_finish(struct mediafile *file, GError **error);
void mediafile_free(struct mediafile *file); // without mediafile_finish the .part stays
OWNED_DEFINE(mediafile, mediafile_free)

#endif
