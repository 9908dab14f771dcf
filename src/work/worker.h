// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worker: one thread that does all network and all writing of this process. Requests go in by a
// mailbox, replies come out by another; both belong to whoever holds them. A subcommand runs the
// same worker and waits for its replies.
#ifndef HARK_WORK_WORKER_H
#define HARK_WORK_WORKER_H

#include <glib.h>
#include <stdbool.h>

#include "base/mailbox.h"
#include "base/owned.h"
#include "base/paths.h"
#include "conf/options.h"
#include "store/actions.h"
#include "store/episodes.h"

enum work_kind {
	WORK_ADD,	    // address: subscribe and read (web page: its feed); the choices
	WORK_IMPORT,	    // list: subscribe to all of it, nothing is fetched; an item each
	WORK_REFRESH,	    // ids: shows; none: all that are due (ALL, FORCE: all)
	WORK_TRANSCRIPT,    // ids: episodes whose transcript is wanted
	WORK_CHAPTERS,	    // the same for chapters documents
	WORK_DOWNLOAD,	    // ids: episodes; none: what waits from before
	WORK_DOWNLOAD_STOP, // ids: episodes: hold what comes down, its .part kept;
			    // DROP: call it off, nothing is kept
	WORK_ACTION,	    // action
	WORK_SET,	    // address (the key), value: store_set
	WORK_PREVIEW,	    // address: read a feed without subscribing
	WORK_UNREAD,	    // what waits to be read out of notes (store/unread.h), little by little
			    // while nothing else is to do; done when none is left
	WORK_HOOKS,	    // wait for the hooks; an item for each that fails: file_error
	WORK_COUNT
};

struct work_request {
	enum work_kind kind;
	guint64 serial; // set by worker_post
	GArray *ids;	// gint64, may be NULL
	char *address, *value;
	char *new_episodes, *on_add; // ADD: words of these options, NULL as they say; the first is
				     // kept with the show
	struct action *action;
	GPtrArray *list; // IMPORT: struct subscription * (text/opml.h)
	bool all;	 // REFRESH without ids: also those whose answer is still fresh
			 // (what failed keeps its pause)
	bool all_pages;	 // REFRESH: also the feed's older pages (RFC 5005)
	bool force;	 // REFRESH: without validators' word and next_try; TRANSCRIPT, CHAPTERS:
			 // though one is stored or has failed within a day
	bool undecided;	 // DOWNLOAD: for a machine, which decides nothing
	bool drop;	 // DOWNLOAD_STOP
	bool no_wait;	 // REFRESH: fail with HARK_ERROR_AGAIN where another one holds the lock
};

struct work_request *work_request_new(enum work_kind kind, const gint64 *ids, size_t count);
void work_request_free(struct work_request *request);

enum work_status {
	WORK_PROGRESS, // more will follow: done/total, or a download's bytes. Of a refresh without
	// ids and with total 0: another hark refreshes, this one waits and joins in
	WORK_ITEM, // one show or episode of the request is finished (show_result filled)
	WORK_DONE, // the request is finished, wholly or with failures
};

// One show of a refresh or an add; the fields of `refresh --json`.
struct work_show {
	gint64 id;
	char *title, *url;
	const char *status; // added known updated unchanged moved gone later failed; not owned
	int http, added, updated;
	int archived; // of added: from older pages, which is no news
	int line;     // of an import: where it stands in the list
	int episodes; // 0 where nothing has changed
	gint64 bytes;
	int ms;
	char *error; // NULL when it went well
	bool told;   // the last try said the same
	bool tell;   // hooks hear of its new episodes: not of a show's first, and only once
};

struct work_reply {
	enum work_kind kind;
	enum work_status status;
	guint64 serial;
	gint64 id;		     // episode or show that it is about; 0 none
	int done, total;	     // of the request
	gint64 bytes, total_bytes;   // of a download; -1 unknown
	double rate;		     // bytes a second
	char *path;		     // of a finished download
	char *file_error;	     // an item that failed: the sentence
	bool file_told;		     // which its last try said, too
	struct work_show *show;	     // ADD, REFRESH items
	struct action_result action; // WORK_ACTION
	struct feed *feed;	     // PREVIEW
	GError *error;		     // the request failed as a whole
};

void work_reply_free(struct work_reply *reply);
OWNED_DEFINE(work_reply, work_reply_free)

struct worker;

// Starts the thread; PATHS is borrowed for its life, OPTIONS copied. The store is opened by the
// thread itself: where that fails every request is answered with the error.
struct worker *worker_start(
    const struct paths *paths, const struct options *options, GError **error);

// Finishes what is in hand within a moment, keeps .part files, checkpoints, joins. Takes a few
// hundred ms, and longer only where a long log is moved: transfers are dropped. Where another
// process holds the database, what the user did last waits for it, up to STORE_HURRY_USER_MS; what
// is lost then is told to the log.
void worker_stop(struct worker *worker);
OWNED_DEFINE(worker, worker_stop)

// Gives REQUEST away; its serial is in every reply. Never blocks.
guint64 worker_post(struct worker *worker, struct work_request *request);

// Replies to everything posted: struct work_reply *. Owned by the worker.
struct mailbox *worker_replies(struct worker *worker);

// New values of the options.
void worker_set_options(struct worker *worker, const struct options *options);

#endif
