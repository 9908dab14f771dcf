// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log: one mutable global, allowed. Lines go to PATH ("-v" the story, "-vv" keys and
// transfers); without log_open nothing is written. In each line the query strings and credentials
// of URLs are cut, and control characters made blanks.
#ifndef HARK_BASE_LOG_H
#define HARK_BASE_LOG_H

#include <glib.h>
#include <stdbool.h>

enum log_level { LOG_OFF, LOG_STORY, LOG_ALL };

// Opens PATH for appending, 0600. Before any thread.
bool log_open(const char *path, enum log_level level, GError **error);
void log_close(void);
void log_line(enum log_level level, const char *format, ...) G_GNUC_PRINTF(2, 3);

// URL without user, password, query and fragment, for logs and messages. Owned by the caller.
char *log_url(const char *url);

// URL without user and password, the rest as it is: for rows, documents and exports. Owned by the
// caller.
char *url_without_login(const char *url);

#endif
