// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of the store share: a library of their own, feeds put together by hand.
#ifndef HARK_TESTS_LIBRARY_H
#define HARK_TESTS_LIBRARY_H

#include "store/merge.h"
#include "store/shows.h"
#include "store/store.h"

// The clock of these tests: HARK_NOW is set to it. Days are counted from it, negative before.
#define LIBRARY_NOW_S 1700000000
#define LIBRARY_DAY_S 86400

// g_test_init and the clock.
void library_init(int *argc, char ***argv);

// The path of a new folder's hark.db; library_remove takes the folder away.
char *library_path(void);
void library_remove(const char *path);

// An empty library in memory.
struct store *library_open(void);

// Subscribes; the show's number.
gint64 library_show(struct store *store, const char *url);

// GUID and MEDIA may be NULL. PUBLISHED_S as of struct feed_episode.
struct feed_episode *library_episode(
    const char *guid, const char *title, gint64 published_s, const char *media);

// COUNT episodes "e1", "e2", ... a day apart, the first one yesterday, newest first.
GPtrArray *library_episodes(int count);

// A whole refresh at NOW_S that went well; the episodes are borrowed.
struct merge_counts library_refresh(struct store *store, gint64 show, const GPtrArray *episodes,
    gint64 now_s, enum merge_new new_goes, enum merge_first first);

// The same with the values of the manual: what is new goes to the inbox, at first the newest one.
struct merge_counts library_merge(
    struct store *store, gint64 show, const GPtrArray *episodes, gint64 now_s);

// A show with COUNT episodes.
gint64 library_fill(struct store *store, const char *url, int count);

// The number of the episode with that title; 0 none.
gint64 library_find(struct store *store, const char *title);

// ACTION_DOWNLOAD of one episode; the download's number, 0 none.
gint64 library_download(struct store *store, gint64 episode_id, GError **error);

// Titles of a list, joined by blanks.
char *library_titles(struct store *store, const GArray *ids);

#endif
