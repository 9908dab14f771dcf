// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/refreshing.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "base/when.h"
#include "store/unite.h"
#include "work/address.h"
#include "work/keep.h"

// Whether the show may live at TO: not without https if it had that, and where another one lives
// that answers they become one.
static bool
may_move(struct refreshing *refreshing, const char *to)
{
	const struct show *show = refreshing->show;
	struct store *store = refreshing->task.job->work->store;

	if (!strcmp(to, show->url) || !address_is_remote(to) ||
	    (g_str_has_prefix(show->url, "https:") && !g_str_has_prefix(to, "https:")))
		return false;
	gint64 other = show_by_url(store, to, NULL);
	if (!other || other == show->id)
		return true;
	OWNED(show) twin = show_get(store, other, NULL);
	if (twin && twin->last_success_s != WHEN_UNKNOWN && !twin->failures)
		refreshing->twin = other;
	return false;
}

// Where the show lives from now on; NULL where it stays.
static const char *
new_home(struct refreshing *refreshing, const struct net_answer *answer)
{
	const char *to = answer->moved_to ? answer->moved_to : refreshing->home;

	return to && may_move(refreshing, to) ? to : NULL;
}

// The feed says that it lives elsewhere: that is asked before it is believed, once.
static void
note_home(struct refreshing *refreshing, const struct net_answer *answer, const struct feed *feed)
{
	g_autofree char *normal = feed->new_feed_url ? address_normal(feed->new_feed_url) : NULL;
	g_autofree char *to = normal ? address_moved(refreshing->show->url, normal) : NULL;

	if (refreshing->first) {
		// There it says that it lives here: nobody moves.
		if (to && !strcmp(to, refreshing->show->url))
			g_clear_pointer(&refreshing->home, g_free);
	} else if (to && !answer->moved_to && may_move(refreshing, to)) {
		refreshing->home = g_steal_pointer(&to);
	}
}

// It was not asked, since its server wants no questions now: that is no failure of the show.
static void
put_off(struct refreshing *refreshing, const struct net_answer *answer, struct work_show *item)
{
	struct work *work = refreshing->task.job->work;
	gint64 next_try_s = keep_back_off(refreshing->now_s, 1, answer->retry_after_s);
	g_autoptr(GError) trouble = NULL;

	item->status = "later";
	if (!show_put_off(work->store, refreshing->show_id, next_try_s, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
}

void
outcome_fail(struct refreshing *refreshing, const struct net_answer *answer, const GError *error,
    struct work_show *item)
{
	struct work *work = refreshing->task.job->work;
	g_autofree char *sentence = g_strdup(error->message);
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .http_status = answer->status,
	    .error = sentence,
	    .gone = answer->status == 410,
	    .unreachable = answer->unreachable,
	    // Where nobody was reached, nobody is to be spared.
	    .next_try_s = answer->unreachable
			      ? refreshing->now_s
			      : keep_back_off(refreshing->now_s, refreshing->show->failures + 1,
				    answer->retry_after_s),
	};
	g_autoptr(GError) trouble = NULL;

	if (answer->put_off) {
		put_off(refreshing, answer, item);
		return;
	}
	item->status = outcome.gone ? "gone" : "failed";
	g_free(item->error);
	item->error = g_steal_pointer(&sentence);
	if (answer->unreachable)
		refreshing->task.job->unreachable++;
	if (!g_error_matches(error, HARK_ERROR, HARK_ERROR_INTERRUPTED) &&
	    !show_set_outcome(work->store, refreshing->show_id, &outcome, &trouble))
		log_line(LOG_STORY, "%s", trouble->message);
}

// Whether the row says all that this answer does: then the end of the whole refresh is written for
// it (shows_note_refresh), and nothing here.
static bool
goes_without_saying(const struct refreshing *refreshing, const struct show_outcome *outcome)
{
	const struct show *show = refreshing->show;
	const struct job *job = refreshing->task.job;
	bool due = show->next_try_s == WHEN_UNKNOWN || show->next_try_s <= job->begun_s;

	return !job->request->ids && due && outcome->next_try_s <= refreshing->now_s &&
	       !outcome->moved_to && !show->failures && !show->gone && !show->error &&
	       show->last_success_s != WHEN_UNKNOWN && !g_strcmp0(outcome->etag, show->etag) &&
	       !g_strcmp0(outcome->last_modified, show->last_modified);
}

bool
outcome_unchanged(struct refreshing *refreshing, const struct net_answer *answer,
    struct work_show *item, GError **error)
{
	const struct show *show = refreshing->show;
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = answer->etag ? answer->etag : show->etag,
	    .last_modified = answer->last_modified ? answer->last_modified : show->last_modified,
	    .body_hash = show->body_hash,
	    .next_try_s = keep_next_try(
		refreshing->now_s, answer->max_age_s, show->ttl_minutes, show->complete),
	};

	item->status = "unchanged";
	outcome.moved_to = new_home(refreshing, answer);
	if (outcome.moved_to)
		item->status = "moved";
	return goes_without_saying(refreshing, &outcome) ||
	       show_set_outcome(
		   refreshing->task.job->work->store, refreshing->show_id, &outcome, error);
}

bool
outcome_changed(struct refreshing *refreshing, const struct net_answer *answer,
    const struct feed *feed, struct work_show *item, GError **error)
{
	struct merge_counts counts = {0};

	note_home(refreshing, answer, feed);
	bool confirming = refreshing->home && !refreshing->first;
	bool disowned = refreshing->first && !refreshing->home;
	// What broke off, and what has moved and was not found there, is asked for anew next time.
	bool whole = !feed->truncated && !confirming && !disowned;
	bool validators = answer->etag || answer->last_modified;
	struct show_outcome outcome = {
	    .tried_s = refreshing->now_s,
	    .success = true,
	    .http_status = answer->status,
	    .etag = whole ? answer->etag : NULL,
	    .last_modified = whole ? answer->last_modified : NULL,
	    .body_hash = whole && !validators ? g_checksum_get_string(refreshing->sum) : NULL,
	    .next_try_s = keep_next_try(
		refreshing->now_s, answer->max_age_s, feed->ttl_minutes, feed->complete),
	    .moved_to = confirming ? NULL : new_home(refreshing, answer),
	};
	if (!merge_finish(refreshing->merge, feed, &outcome, &counts, error))
		return false;
	if (refreshing->task.job->request->all_pages && feed->next_page &&
	    address_allowed(refreshing->show->url, feed->next_page)) {
		g_free(refreshing->next_page);
		refreshing->next_page = g_strdup(feed->next_page);
	}
	item->added = counts.added;
	item->updated = counts.updated;
	item->status = counts.added || counts.updated ? "updated" : "unchanged";
	if (outcome.moved_to)
		item->status = "moved";
	return true;
}

// Two shows at one address are one. A feed's own word for it may be a line copied from another
// feed: it counts where both have an episode in common.
void
outcome_meet(struct refreshing *refreshing, struct work_show *item, GError **error)
{
	struct store *store = refreshing->task.job->work->store;

	if (!refreshing->answer->moved_to &&
	    !shows_share_episodes(store, refreshing->show_id, refreshing->twin))
		return;
	if (!show_unite(store, refreshing->show_id, refreshing->twin, refreshing->now_s, error))
		return;
	item->status = "moved";
	item->added = item->updated = 0; // the other one had them
}
