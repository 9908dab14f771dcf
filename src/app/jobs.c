// SPDX-License-Identifier: GPL-3.0-or-later
//
// Work that was posted to the worker, and what is said when it is done.
#include <string.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/episodes.h"

struct job {
	guint64 serial;
	char *word; // what the user named; may be NULL
	int done, total;
	bool refresh;
	int added, failed;
	char *failure; // the first of them
	gint64 id;     // of a download that runs
	gint64 bytes, total_bytes;
	double rate;
};

void
app_job_free(gpointer data)
{
	struct job *job = data;
	g_free(job->word);
	g_free(job->failure);
	g_free(job);
}

void
jobs_post(struct app *app, struct work_request *request, const char *word)
{
	struct job *job = g_new0(struct job, 1);

	job->serial = worker_post(app->worker, request);
	job->word = g_strdup(word);
	g_hash_table_insert(app->jobs, &job->serial, job);
}

void
jobs_note(struct app *app, const struct verb_call *call, const char *word)
{
	for (guint i = 0; call->serials && i < call->serials->len; i++) {
		struct job *job = g_new0(struct job, 1);
		job->serial = g_array_index(call->serials, guint64, i);
		job->word = g_strdup(word);
		g_hash_table_insert(app->jobs, &job->serial, job);
	}
}

int
jobs_outstanding(struct app *app)
{
	return (int)g_hash_table_size(app->jobs);
}

void
jobs_refreshing(struct app *app, int *done, int *total)
{
	GHashTableIter all;
	gpointer job;

	*done = *total = 0;
	g_hash_table_iter_init(&all, app->jobs);
	while (g_hash_table_iter_next(&all, NULL, &job))
		if (((struct job *)job)->refresh) {
			*done += ((struct job *)job)->done;
			*total += ((struct job *)job)->total;
		}
}

bool
jobs_download(struct app *app, gint64 id, gint64 *bytes, gint64 *total, double *rate)
{
	GHashTableIter all;
	gpointer value;

	g_hash_table_iter_init(&all, app->jobs);
	while (g_hash_table_iter_next(&all, NULL, &value)) {
		const struct job *job = value;
		if (job->id != id)
			continue;
		*bytes = job->bytes;
		*total = job->total_bytes;
		*rate = job->rate;
		return true;
	}
	return false;
}

double
jobs_rate(struct app *app)
{
	GHashTableIter all;
	gpointer job;
	double rate = 0;

	g_hash_table_iter_init(&all, app->jobs);
	while (g_hash_table_iter_next(&all, NULL, &job))
		rate += ((struct job *)job)->rate;
	return rate;
}

// TITLE cut so that a sentence with it stays on the last line.
static char *
fitting(struct app *app, const char *title)
{
	return text_fit(title, MAX(app->grid->cols - 30, 20), app->marks->glyphs->ellipsis);
}

static void
say_action(struct app *app, const struct action_result *result)
{
	g_autofree char *title = fitting(app, result->title ? result->title : "");
	struct action_result cut = *result;

	if (result->kind == ACTION_QUEUE_MOVE && !result->undone && !result->redone)
		return; // it is seen
	cut.title = title;
	char *sentence = action_sentence(&cut);
	if (result->changed == 0 || result->undone) {
		app_say(app, sentence);
		return;
	}
	app_say(app, g_strdup_printf(_("%s   u undo"), sentence));
	g_free(sentence);
}

static void
say_added(struct app *app, const struct work_show *show)
{
	struct view *shows = app->screens[SCREEN_SHOWS].panes[0];

	if (show->error) {
		app_say(app, g_strdup(show->error));
		return;
	}
	if (strcmp(show->status, "known") == 0)
		app_say(app, g_strdup_printf(_("Already here as “%s”."), show->title));
	else
		app_say(app, g_strdup_printf(ngettext("Subscribed to %s: %d episode.",
						 "Subscribed to %s: %d episodes.", show->episodes),
				 show->title, show->episodes));
	if (app->screen == SCREEN_SHOWS)
		shows_go(shows, show->id);
}

static void
count_show(struct job *job, const struct work_show *show)
{
	job->added += show->added;
	if (!show->error)
		return;
	job->failed++;
	if (!job->failure)
		job->failure =
		    g_strdup_printf("%s: %s", show->title ? show->title : show->url, show->error);
}

static void
say_refreshed(struct app *app, const struct job *job)
{
	if (job->failed > 0)
		app_say(
		    app, job->failed == 1
			     ? g_strdup(job->failure)
			     : g_strdup_printf(ngettext("%d show failed; the first: %s",
						   "%d shows failed; the first: %s", job->failed),
				   job->failed, job->failure));
	else if (job->added > 0)
		app_say(app,
		    g_strdup_printf(
			ngettext("%d new episode.", "%d new episodes.", job->added), job->added));
	else
		app_say(app, g_strdup(_("Nothing new.")));
}

static void
say_downloaded(struct app *app, const struct work_reply *reply)
{
	OWNED(episode) episode = episode_get(app->store, reply->id, NULL);
	g_autofree char *title = fitting(app, episode ? episode->title : reply->path);
	app_say(app, g_strdup_printf(_("Downloaded: %s."), title));
}

static void
item_finished(struct app *app, struct job *job, struct work_reply *reply)
{
	if (reply->kind == WORK_ADD && reply->show)
		say_added(app, reply->show);
	else if (reply->kind == WORK_REFRESH && reply->show)
		count_show(job, reply->show);
	else if (reply->kind == WORK_ACTION)
		return;
	else if (reply->file_error)
		app_say(app, g_strdup(reply->file_error));
	else if (reply->kind == WORK_DOWNLOAD && reply->path)
		say_downloaded(app, reply);
}

// What hooks have to say comes after their refresh.
static void
wait_for_hooks(struct app *app)
{
	if (*options_string(app->options, 0, OPT_ON_NEW_EPISODE) ||
	    *options_string(app->options, 0, OPT_ON_REFRESH_DONE))
		jobs_post(app, work_request_new(WORK_HOOKS, NULL, 0), NULL);
}

static void
request_finished(struct app *app, struct job *job, struct work_reply *reply)
{
	if (reply->error)
		app_say(app, g_strdup(reply->error->message));
	else if (reply->kind == WORK_ACTION)
		say_action(app, &reply->action);
	else if (reply->kind == WORK_REFRESH)
		say_refreshed(app, job);
	if (job->refresh || reply->kind == WORK_TRANSCRIPT) // which have brought words to find
		worker_post(app->worker, work_request_new(WORK_UNREAD, NULL, 0));
	g_hash_table_remove(app->jobs, &reply->serial);
	if (reply->kind == WORK_REFRESH)
		wait_for_hooks(app);
}

void
jobs_reply(struct app *app, struct work_reply *reply)
{
	struct view *view = app_view(app);

	if (reply->kind == WORK_UNREAD) { // rows show the same, read out of their notes
		work_reply_free(reply);
		return;
	}
	app_changed(app);
	app->check_now = app->check_now || reply->kind == WORK_ACTION || reply->status == WORK_DONE;
	app->store_changed = true;
	if (reply->kind == WORK_PREVIEW) {
		if (!view || !add_reply(view, reply))
			work_reply_free(reply);
		return;
	}
	struct job *job = g_hash_table_lookup(app->jobs, &reply->serial);
	if (!job) { // known only since its answer came before the note of it
		job = g_new0(struct job, 1);
		job->serial = reply->serial;
		g_hash_table_insert(app->jobs, &job->serial, job);
	}
	job->refresh = reply->kind == WORK_REFRESH || reply->kind == WORK_ADD;
	if (reply->total > 0) {
		job->done = reply->done;
		job->total = reply->total;
	}
	if (reply->kind == WORK_DOWNLOAD && reply->status == WORK_PROGRESS) {
		job->id = reply->id;
		job->bytes = reply->bytes;
		job->total_bytes = reply->total_bytes;
		job->rate = reply->rate;
	}
	if (reply->status == WORK_ITEM)
		item_finished(app, job, reply);
	else if (reply->status == WORK_DONE)
		request_finished(app, job, reply);
	work_reply_free(reply);
}
