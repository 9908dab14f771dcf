// SPDX-License-Identifier: GPL-3.0-or-later
//
// Episodes as lists and screens need them. A list is an array of numbers plus the rows on screen:
// never all rows in memory, never OFFSET.
#ifndef HARK_STORE_EPISODES_H
#define HARK_STORE_EPISODES_H

#include "base/owned.h"
#include "store/filter.h"
#include "store/store.h"

enum episode_state {   // what the first mark shows, strongest first
	EPISODE_PLAIN, // neither new nor begun nor played ("unplayed" in JSON)
	EPISODE_NEW,   // in the inbox: came after subscribing, undecided
	EPISODE_BEGUN, // has a position
	EPISODE_PLAYED,
	EPISODE_ARCHIVED, // decided against
};

enum file_state { FILE_NONE, FILE_WANTED, FILE_RUNNING, FILE_HELD, FILE_FAILED, FILE_HERE };

struct episode {
	gint64 id, show_id;
	char *show_title;
	char *guid, *title, *link, *author, *image;
	gint64 published_s; // or first seen, where the feed has none
	double duration_s;  // WHEN_NO_LENGTH
	double position_s;  // 0: at its beginning
	enum episode_state state;
	bool in_inbox;
	int queue_place;	      // 1-based; 0 not queued
	char *media_url, *media_type; // main enclosure; NULL none
	gint64 media_bytes;
	enum file_state file_state;
	char *file; // path of the local file; NULL none
	char *file_error;
	bool has_transcript; // stored, offered by the feed, or in the notes
	bool has_chapters;
	char *highlight; // the row's line; may be ""
	int season;
	char *number, *type;
	bool left_feed; // no longer in the feed
};

void episode_free(struct episode *episode);
OWNED_DEFINE(episode, episode_free)

const char *episode_state_name(enum episode_state state); // new begun played archived unplayed

enum episode_order { ORDER_NEWEST, ORDER_OLDEST, ORDER_QUEUE, ORDER_SHOW };

// The numbers that FILTER lets through (gint64), in ORDER. FILTER NULL: all.
GArray *episodes_ids(
    struct store *store, const struct filter *filter, enum episode_order order, GError **error);

// The COUNT episodes of a show that came last, by the date of publishing, the newest last.
GArray *episodes_latest(struct store *store, gint64 show_id, int count, GError **error);

// Rows for numbers (COUNT of them), in their order; a number that is gone gives NULL in its place.
GPtrArray *episodes_get(struct store *store, const gint64 *ids, size_t count, GError **error);

// One; NULL with HARK_ERROR_NOTHING where there is none.
struct episode *episode_get(struct store *store, gint64 id, GError **error);

// The show notes as the feed gave them; NULL with no error set where there are none.
char *episode_notes(struct store *store, gint64 id, GError **error);

// Whether an episode with that media address or file is known; 0 none.
gint64 episode_by_media(struct store *store, const char *url_or_path, GError **error);

#endif
