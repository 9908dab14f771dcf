// SPDX-License-Identifier: GPL-3.0-or-later
//
// One show being asked: how that goes (refresh_show.c), and what is stored of how it ended
// (refresh_outcome.c).
#ifndef HARK_WORK_REFRESHING_H
#define HARK_WORK_REFRESHING_H

#include "work/pages.h"
#include "work/reading.h"
#include "work/refresh_show.h"

// One show being asked.
struct refreshing {
	struct task task;
	gint64 show_id;
	struct show *show;
	struct reading *reading; // from the first block until its end
	guint groups_lost;	 // before that
	struct merge *merge;
	GChecksum *sum; // of the body, where the server has no validators
	GString *held;	// the body so far, while its hash may say that nothing has changed
	struct net_answer *answer; // once it has ended
	GError *error;		   // why nothing comes of it
	bool stopped;		   // the reading has no use for more
	gint64 twin;		   // the show that lives where this one has moved to; 0 none
	char *home;		   // where the feed says that it lives now; to be confirmed
	struct work_show *first;   // what came of the old address, while HOME is asked
	struct pages *pages;	   // older ones, when the newest is stored
	char *next_page;
	GPtrArray *joined; // struct joined *: others that asked for the same show meanwhile
	gint64 now_s;
};

// The feed was read (FEED), or had not changed: stored, with a move where there is one; ITEM tells
// of it. refreshing->home is set where FEED says that it lives elsewhere, refreshing->twin where
// another show lives there.
bool outcome_changed(struct refreshing *refreshing, const struct net_answer *answer,
    const struct feed *feed, struct work_show *item, GError **error);
bool outcome_unchanged(struct refreshing *refreshing, const struct net_answer *answer,
    struct work_show *item, GError **error);

// It failed, or was put off.
void outcome_fail(struct refreshing *refreshing, const struct net_answer *answer,
    const GError *error, struct work_show *item);

// The show becomes its twin.
void outcome_meet(struct refreshing *refreshing, struct work_show *item, GError **error);

#endif
