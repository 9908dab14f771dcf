// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker on a throw-away profile, and what it answers, for unit tests of src/work.
#ifndef HARK_TESTS_WORKBENCH_H
#define HARK_TESTS_WORKBENCH_H

#include "fixture.h"
#include "store/store.h"
#include "work/worker.h"

struct workbench {
	char *folder; // of the profile
	struct paths *paths;
	struct options *options;
	struct worker *worker;
	struct store *store; // for reading
};

// Once, before any thread: the environment.
void workbench_init(int *argc, char ***argv);

struct workbench *workbench_new(void);
void workbench_free(struct workbench *bench);

// What came of a request (taken): its items in order, and its end.
struct workbench_result {
	GPtrArray *items; // struct work_reply *
	int progress;	  // how many replies told of progress
	struct work_reply *end;
};

struct workbench_result workbench_run(struct workbench *bench, struct work_request *request);
void workbench_result_clear(struct workbench_result *result);

// The show of the I-th item.
const struct work_show *workbench_show(const struct workbench_result *result, guint i);

// Adds ADDRESS, which must work; its number.
gint64 workbench_add(struct workbench *bench, const char *address);

// The next reply, within 20 s. The caller's.
struct work_reply *workbench_next(struct workbench *bench);

struct work_request *request_address(enum work_kind kind, const char *address);
struct work_request *request_id(enum work_kind kind, gint64 id);

// A number out of the library's shows and episodes, for asserting.
int workbench_shows(struct workbench *bench);
GArray *workbench_episodes(struct workbench *bench, gint64 show_id);

#endif
