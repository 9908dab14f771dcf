// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/fetch.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/shows.h"
#include "store/texts.h"
#include "work/address.h"

#define MAX_DOCUMENT_BYTES 20000000

struct fetching;

// What differs between the two kinds of documents.
struct fetch_row {
	bool (*wanted)(struct store *store, gint64 episode_id, GError **error);
	GPtrArray *(*offers)(struct store *store, gint64 episode_id, GError **error);
	bool (*keep)(struct fetching *fetching, const struct net_answer *answer, GError **error);
	bool (*keep_failure)(
	    struct store *store, gint64 episode_id, const char *message, GError **error);
};

struct fetching {
	struct task task;
	const struct fetch_row *row;
	gint64 episode_id;
	char *feed_url;	   // of its show: what the offers may lead to hangs on it
	GPtrArray *offers; // struct offer *
	guint next;	   // index into offers
	GString *body;
	GError *error; // of the first offer that failed
};

static void
fetching_free(struct fetching *fetching)
{
	g_free(fetching->feed_url);
	g_ptr_array_unref(fetching->offers);
	g_string_free(fetching->body, TRUE);
	g_clear_error(&fetching->error);
	g_free(fetching);
}

static void
fetching_drop(struct task *task)
{
	fetching_free((struct fetching *)task);
}

static GPtrArray *
chapters_offers(struct store *store, gint64 episode_id, GError **error)
{
	g_autoptr(GError) trouble = NULL;
	struct offer *offer = chapters_offer(store, episode_id, &trouble);
	GPtrArray *offers = g_ptr_array_new_with_free_func((GDestroyNotify)offer_free);

	if (offer)
		g_ptr_array_add(offers, offer);
	return offers;
}

static const struct offer *
current(const struct fetching *fetching)
{
	return fetching->offers->pdata[fetching->next - 1];
}

static bool
keep_transcript(struct fetching *fetching, const struct net_answer *answer, GError **error)
{
	const struct offer *offer = current(fetching);
	const char *type = offer->type ? offer->type : answer->content_type;
	OWNED(transcript)
	transcript =
	    transcript_parse(fetching->body->str, fetching->body->len, type, offer->url, error);

	if (!transcript)
		return false;
	if (!transcript->language)
		transcript->language = g_strdup(offer->language);
	return transcript_save(
	    fetching->task.job->work->store, fetching->episode_id, transcript, offer->url, error);
}

static bool
keep_chapters(struct fetching *fetching, const struct net_answer *answer, GError **error)
{
	g_autoptr(GPtrArray) chapters =
	    chapters_from_json(fetching->body->str, fetching->body->len, error);

	return chapters && chapters_save(fetching->task.job->work->store, fetching->episode_id,
			       CHAPTERS_JSON, chapters, error);
}

static const struct fetch_row transcript_row = {
    transcript_wanted, transcript_offers, keep_transcript, transcript_save_failure};
static const struct fetch_row chapters_row = {
    chapters_wanted, chapters_offers, keep_chapters, chapters_save_failure};

static void
finish(struct fetching *fetching)
{
	struct work_reply *reply = job_reply(fetching->task.job, WORK_ITEM, fetching->episode_id);

	if (fetching->error)
		reply->file_error = g_strdup(fetching->error->message);
	task_end(&fetching->task, reply);
	fetching_free(fetching);
}

static bool
on_data(void *user, const struct net_answer *answer, const char *bytes, size_t len, GError **error)
{
	struct fetching *fetching = user;

	g_string_append_len(fetching->body, bytes, (gssize)len);
	return true;
}

static void ask_next(struct fetching *fetching);

static void
on_done(void *user, const struct net_answer *answer, const GError *failure)
{
	struct fetching *fetching = user;
	GError *error = failure ? g_error_copy(failure) : NULL;

	fetching->task.transfer = NULL;
	if (!error && !fetching->row->keep(fetching, answer, &error)) {
		g_autofree char *url = address_shown(current(fetching)->url);
		if (!strstr(error->message, url))
			g_prefix_error(&error, "%s: ", url);
	}
	if (!error) {
		g_clear_error(&fetching->error);
		finish(fetching);
		return;
	}
	log_line(LOG_STORY, "%s", error->message);
	if (!fetching->error)
		fetching->error = error;
	else
		g_error_free(error);
	ask_next(fetching);
}

static void
ask_next(struct fetching *fetching)
{
	struct work *work = fetching->task.job->work;
	g_autoptr(GError) trouble = NULL;

	if (fetching->next == fetching->offers->len) {
		if (fetching->error &&
		    !fetching->row->keep_failure(
			work->store, fetching->episode_id, fetching->error->message, &trouble))
			log_line(LOG_STORY, "%s", trouble->message);
		finish(fetching);
		return;
	}
	const struct offer *offer = fetching->offers->pdata[fetching->next++];
	g_string_truncate(fetching->body, 0);
	fetching->task.transfer =
	    net_start(work->net, &(struct net_request){
				     .url = offer->url,
				     .account = fetching->feed_url,
				     .accept = NET_DOCUMENT,
				     .max_bytes = MAX_DOCUMENT_BYTES,
				     .local = address_allowed(fetching->feed_url, offer->url),
				     .urgent = true,
				     .data = on_data,
				     .done = on_done,
				     .user = fetching,
				 });
}

static char *
feed_of(struct store *store, gint64 episode_id, GError **error)
{
	OWNED(episode) episode = episode_get(store, episode_id, error);
	OWNED(show) show = episode ? show_get(store, episode->show_id, NULL) : NULL;

	if (!episode)
		return NULL;
	return g_strdup(show ? show->url : ""); // a removed show's documents may still be read
}

static void
fetch(struct job *job, const struct fetch_row *row, gint64 episode_id)
{
	struct store *store = job->work->store;
	struct fetching *fetching = g_new0(struct fetching, 1);

	fetching->row = row;
	fetching->episode_id = episode_id;
	fetching->body = g_string_new(NULL);
	task_begin(&fetching->task, job, fetching_drop);
	fetching->feed_url = feed_of(store, episode_id, &fetching->error);
	bool wanted = fetching->feed_url &&
		      (job->request->force || row->wanted(store, episode_id, &fetching->error));
	if (wanted)
		fetching->offers = row->offers(store, episode_id, &fetching->error);
	if (!fetching->offers) {
		fetching->offers = g_ptr_array_new();
		finish(fetching);
		return;
	}
	ask_next(fetching);
}

void
fetch_begin(struct job *job)
{
	const GArray *ids = job->request->ids;
	const struct fetch_row *row =
	    job->request->kind == WORK_CHAPTERS ? &chapters_row : &transcript_row;

	job->total = ids ? (int)ids->len : 0;
	for (int i = 0; i < job->total; i++)
		fetch(job, row, g_array_index(ids, gint64, (guint)i));
}
