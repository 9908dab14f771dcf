// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the files of the episode lists share: data (view_episodes.c), painting (episodes_draw.c) and
// what keys do (episodes_keys.c).
#ifndef HARK_APP_VIEW_EPISODES_H
#define HARK_APP_VIEW_EPISODES_H

#include "app/state.h"
#include "store/episodes.h"

struct episodes {
	struct view view;
	GArray *ids;	 // gint64
	GPtrArray *rows; // struct episode *, from ids[first] on; NULL: to be read
	guint first;
	int lines; // of a row

	enum shows_kind kind; // what is listed
	bool queue;
	gint64 show_id;
	char *source_title;
	bool read; // ids were read once

	char *filter; // as typed; NULL none
	guint unfiltered;
	guint64 awaited; // serial of the reader's answer; 0 none
	GPtrArray *summed; // struct episode *, NULL where one is gone: inbox and queue, for sums

	GArray *marked; // gint64, in the order they were marked

	GPtrArray *found; // rows that were searched last
	guint found_first;
};

void episodes_open(struct view *view);
void episodes_close(struct view *view);
void episodes_rows(struct view *view);
void episodes_moved(struct view *view);
bool episodes_key(struct view *view, char **words);
bool episodes_search(struct view *view, int index, const char *folded);
void episodes_filter(struct view *view, const char *words, bool done);
const char *episodes_filter_words(struct view *view);
gint64 episodes_episode(struct view *view);
gint64 episodes_show(struct view *view);
const struct hint *episodes_hints(struct view *view);

// What is left to hear of the first COUNT rows, in seconds. Inbox and queue only.
double episodes_left_s(const struct episodes *self, guint count);
char *queue_empty_words(void);
const GArray *episodes_all(struct view *view);
void episodes_toggle_mark(struct episodes *self, int index);
// From the last mark on; without one this row alone.
void episodes_mark_to(struct episodes *self, int index);
bool episodes_is_marked(const struct episodes *self, gint64 id);

#endif
