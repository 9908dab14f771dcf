// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a command for reading takes a file instead of an episode: notes and transcripts that a
// script has, read as those of a feed are.
#ifndef HARK_CLI_DOCUMENT_H
#define HARK_CLI_DOCUMENT_H

#include <glib.h>
#include <stdbool.h>

// Whether WORD is the path of something that can be read from: a file, a pipe (/dev/stdin).
bool document_is_there(const char *word);

// The bytes of PATH, with a NUL behind; *LEN may be NULL. Fails above MAX_BYTES.
char *document_read(const char *path, gsize max_bytes, gsize *len, GError **error);

#endif
