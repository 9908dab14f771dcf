// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/keep.h"

#include <string.h>

#include "base/when.h"
#include "work/address.h"

#define BATCH 200			    // episodes a transaction: some 10 ms
#define CHECKPOINT_BYTES (64 * 1024 * 1024) // of the log, between batches
#define BACK_OFF_S 300			    // after the first failure
#define BACK_OFF_MAX_S (24 * 3600)
#define FRESH_MAX_S (12 * 3600) // however long a server would like to be left alone
#define RETRY_AFTER_MAX_S (7 * 24 * 3600)

struct keep {
	struct work *work;
	struct merge *merge;
	char *feed_url;
	GPtrArray *batch; // struct feed_episode *
};

static const struct {
	const char *word;
	int value;
} news[] =
    {
	{"inbox", MERGE_TO_INBOX},
	{"queue", MERGE_TO_QUEUE},
	{"queue-next", MERGE_TO_QUEUE_NEXT},
	{"archive", MERGE_TO_ARCHIVE},
},
  firsts[] = {
      {"newest", MERGE_FIRST_NEWEST},
      {"none", MERGE_FIRST_NONE},
      {"all", MERGE_FIRST_ALL},
};

static enum merge_new
goes(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(news); i++)
		if (!strcmp(news[i].word, word))
			return (enum merge_new)news[i].value;
	return MERGE_TO_INBOX;
}

static enum merge_first
goes_first(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(firsts); i++)
		if (!strcmp(firsts[i].word, word))
			return (enum merge_first)firsts[i].value;
	return MERGE_FIRST_NEWEST;
}

struct keep *
keep_new(struct work *work, gint64 show_id, const char *feed_url, const char *on_add,
    GError **error)
{
	OWNED(show) show = show_get(work->store, show_id, error);

	if (!show)
		return NULL;
	const char *news_go = show->new_episodes
				  ? show->new_episodes
				  : options_string(work->options, show_id, OPT_NEW_EPISODES);
	struct merge *merge = merge_new(work->store, show_id, when_now(), goes(news_go),
	    goes_first(on_add ? on_add : options_string(work->options, show_id, OPT_ON_ADD)),
	    error);

	if (!merge)
		return NULL;
	struct keep *keep = g_new0(struct keep, 1);
	keep->work = work;
	keep->merge = merge;
	keep->feed_url = g_strdup(feed_url);
	keep->batch = g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	return keep;
}

void
keep_free(struct keep *keep)
{
	merge_free(keep->merge);
	g_ptr_array_unref(keep->batch);
	g_free(keep->feed_url);
	g_free(keep);
}

// Takes out what this feed may not lead to. Other schemes are nobody's: they stay as they are.
static void
guard(const char *feed_url, struct feed_episode *episode)
{
	for (guint i = episode->enclosures->len; i-- > 0;) {
		const struct feed_enclosure *enclosure = episode->enclosures->pdata[i];
		if (!address_allowed(feed_url, enclosure->url))
			g_ptr_array_remove_index(episode->enclosures, i);
	}
	for (guint i = episode->transcripts->len; i-- > 0;) {
		const struct feed_transcript *transcript = episode->transcripts->pdata[i];
		if (!address_allowed(feed_url, transcript->url))
			g_ptr_array_remove_index(episode->transcripts, i);
	}
	if (episode->chapters_url && !address_allowed(feed_url, episode->chapters_url))
		g_clear_pointer(&episode->chapters_url, g_free);
}

static bool
store_batch(struct keep *keep, GError **error)
{
	if (work_is_stopping(keep->work, error) || !merge_episodes(keep->merge, keep->batch, error))
		return false;
	g_ptr_array_set_size(keep->batch, 0);
	store_checkpoint(keep->work->store, CHECKPOINT_BYTES);
	return true;
}

bool
keep_episodes(struct keep *keep, GPtrArray *episodes, GError **error)
{
	bool ok = true;

	g_ptr_array_set_free_func(episodes, NULL);
	for (guint i = 0; i < episodes->len; i++) {
		guard(keep->feed_url, episodes->pdata[i]);
		g_ptr_array_add(keep->batch, episodes->pdata[i]);
		if (ok && keep->batch->len >= BATCH)
			ok = store_batch(keep, error);
	}
	g_ptr_array_unref(episodes);
	return ok;
}

bool
keep_finish(struct keep *keep, struct feed *feed, const struct show_outcome *outcome,
    struct merge_counts *counts, GError **error)
{
	GPtrArray *left = feed->episodes;

	feed->episodes = g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	if (!keep_episodes(keep, left, error))
		return false;
	if (keep->batch->len && !store_batch(keep, error))
		return false;
	return merge_finish(keep->merge, feed, outcome, counts, error);
}

gint64
keep_next_try(gint64 now_s, gint64 max_age_s, int ttl_minutes)
{
	gint64 rest_s = MAX(MAX(max_age_s, 0), (gint64)ttl_minutes * 60);

	// A little less than asked: a timer on the hour is not to miss every other turn.
	return now_s + MIN(rest_s, FRESH_MAX_S) * 9 / 10;
}

gint64
keep_back_off(gint64 now_s, int failures, gint64 retry_after_s)
{
	gint64 rest_s = (gint64)BACK_OFF_S << CLAMP(failures - 1, 0, 10);

	rest_s = MIN(rest_s, BACK_OFF_MAX_S);
	rest_s += g_random_int_range(0, (gint32)(rest_s / 4) + 1);
	return now_s + MAX(rest_s, MIN(retry_after_s, RETRY_AFTER_MAX_S));
}
