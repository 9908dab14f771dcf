// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/keep.h"

#include <string.h>

#include "base/when.h"
#include "work/tidy.h"

#define TIDY_BYTES (64 * 1024 * 1024) // of the write-ahead log
#define BACK_OFF_S 300		      // after the first failure
#define BACK_OFF_MAX_S (24 * 3600)
#define FRESH_MAX_S (12 * 3600)	   // however long a server would like to be left alone
#define COMPLETE_S (7 * 24 * 3600) // of a show that says that nothing more will come
#define RETRY_AFTER_MAX_S (7 * 24 * 3600)

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

struct merge *
keep_begin(struct work *work, gint64 show_id, const char *on_add, GError **error)
{
	OWNED(show) show = show_get(work->store, show_id, error);

	if (!show)
		return NULL;
	const char *news_go = show->new_episodes
				  ? show->new_episodes
				  : options_string(work->options, show_id, OPT_NEW_EPISODES);
	const char *first = on_add ? on_add : options_string(work->options, show_id, OPT_ON_ADD);
	return merge_new(work->store, show_id, when_now(), goes(news_go), goes_first(first), error);
}

void
keep_pause(struct work *work)
{
	if (store_log_bytes(work->store) > TIDY_BYTES)
		tidy_wish(work->tidy);
}

gint64
keep_next_try(gint64 now_s, gint64 max_age_s, int ttl_minutes, bool complete)
{
	gint64 rest_s = MAX(MAX(max_age_s, 0), (gint64)ttl_minutes * 60);

	rest_s = complete ? COMPLETE_S : MIN(rest_s, FRESH_MAX_S);
	// A little less than asked: a timer on the hour is not to miss every other turn.
	return now_s + rest_s * 9 / 10;
}

gint64
keep_back_off(gint64 now_s, int failures, gint64 retry_after_s)
{
	gint64 rest_s = (gint64)BACK_OFF_S << CLAMP(failures - 1, 0, 10);

	rest_s = MIN(rest_s, BACK_OFF_MAX_S);
	rest_s += g_random_int_range(0, (gint32)(rest_s / 4) + 1);
	return now_s + MAX(rest_s, MIN(retry_after_s, RETRY_AFTER_MAX_S));
}
