// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fixture server as a unit test uses it: started, with a folder of its own, and stopped.
#ifndef HARK_TESTS_FIXTURE_H
#define HARK_TESTS_FIXTURE_H

#include <glib.h>

struct fixture {
	char *folder; // what is served
	char *base;   // "http://127.0.0.1:PORT"
	GPid pid;
	int port;
	int out; // the server ends when this is closed
};

struct fixture *fixture_start(void);
void fixture_stop(struct fixture *fixture); // removes the folder

// Writes a file that is served. TEXT ends at its NUL.
void fixture_write(const struct fixture *fixture, const char *name, const char *text);
// The address of TARGET ("feed.xml?etag"). The caller's.
char *fixture_url(const struct fixture *fixture, const char *target);

// What was asked so far, a line each: "STATUS METHOD TARGET". The caller's.
char *fixture_log(const struct fixture *fixture);

// A new folder below the temporary one; and away with it and what is in it.
char *fixture_folder(void);
void fixture_remove(const char *folder);

#endif
