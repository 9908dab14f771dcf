// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shows: what somebody subscribed to.
#ifndef HARK_STORE_SHOWS_H
#define HARK_STORE_SHOWS_H

#include "base/owned.h"
#include "store/store.h"

struct show {
	gint64 id;
	char *url;     // to be asked; may hold a name and a password
	char *address; // the same without them, to be shown
	char *title, *link, *author, *description, *language, *image, *type;
	char **tags;	     // NULL-terminated
	int inbox, episodes; // counts: undecided; not removed
	// The refresh's memory.
	gint64 added_s, last_try_s, last_success_s, next_try_s; // WHEN_UNKNOWN: never
	gint64 told_s; // the last success that had anything to tell; WHEN_UNKNOWN: none
	int http_status;					// of the last try; 0 none
	int failures;						// in a row
	char *error;				// of the last try; NULL when it went well
	char *etag, *last_modified, *body_hash; // validators of what is stored
	int ttl_minutes; // of the feed: how long an answer stays fresh; 0 none
	bool gone;	 // 410: not asked again
	bool complete;
	char *new_episodes; // a word of that option, for this show alone; NULL: as it says
};

void show_free(struct show *show);
OWNED_DEFINE(show, show_free)

// All shows that are not removed, by sort title: struct show *.
GPtrArray *shows_list(struct store *store, GError **error);
// The same with the inbox counted only (episodes 0): a screen reads it at each change, and counting
// a hundred thousand episodes takes longer than a frame.
GPtrArray *shows_undecided(struct store *store, GError **error);

// Whether anything was subscribed to.
bool shows_any(struct store *store);

// NULL with HARK_ERROR_NOTHING where there is none (or removed). Without the counts (0), but of
// show_counted.
struct show *show_get(struct store *store, gint64 id, GError **error);
struct show *show_counted(struct store *store, gint64 id, GError **error);

// Their numbers, for a refresh of everything: those due at NOW_S (next_try_s), WHEN_UNKNOWN: all.
GArray *shows_due(struct store *store, gint64 now_s, GError **error);

// Subscribes to URL. *KNOWN tells that it was there already. A removed show comes back with
// everything it had. TITLE may be NULL (the address stands in until the feed is read).
gint64 show_add(
    struct store *store, const char *url, const char *title, bool *known, GError **error);

// What the user calls the show and the groups it stands in (char *), from a list of subscriptions:
// a name that was given before stays, tags are united. OWN_TITLE may be NULL.
bool show_label(
    struct store *store, gint64 id, const char *own_title, const GPtrArray *tags, GError **error);

// What the user calls it; NULL: as the feed does. The caller's.
char *show_own_title(struct store *store, gint64 id);

// Where its new episodes go from now on: WORD of the option new-episodes; NULL: as that says.
bool show_set_new_episodes(struct store *store, gint64 id, const char *word, GError **error);

// The show with that address (compared as STANDARDS 17.3 says), 0 none.
gint64 show_by_url(struct store *store, const char *url, GError **error);

// What SHOW means on a command line: a number, an address, or a part of a title (case- and
// accent-blind). Gives the numbers that fit, best first: an exact title alone wins.
GArray *shows_match(struct store *store, const char *words, GError **error);

// What a try of refreshing brought; called in the last transaction of a refresh.
struct show_outcome {
	gint64 tried_s;
	bool success; // 200 parsed or 304
	int http_status;
	const char *error; // NULL with success
	const char *etag, *last_modified,
	    *body_hash; // NULL: forget it (kept as they are on failure)
	gint64 next_try_s;
	const char *moved_to; // permanent move, or NULL
	bool gone;
	bool unreachable; // which is no fault of the show's: failures does not go up
};
bool show_set_outcome(
    struct store *store, gint64 id, const struct show_outcome *outcome, GError **error);

// It is not asked before NEXT_TRY_S; nothing else is known of it.
bool show_put_off(struct store *store, gint64 id, gint64 next_try_s, GError **error);

// Remembers a refresh of everything that was due at BEGUN_S and came to its end: when a show was
// tried last follows from it where the server had nothing new, so that such a show's row is not
// written (what is due goes by next_try_s; who failed or changed has a row that tells of it).
bool shows_note_refresh(struct store *store, gint64 begun_s, gint64 ended_s, GError **error);

#endif
