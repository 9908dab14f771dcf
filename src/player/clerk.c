// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/clerk.h"

#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/files.h"
#include "store/shows.h"
#include "store/store.h"
#include "store/texts.h"

struct clerk {
	char *db;
	struct mailbox *jobs, *answers;
	GThread *thread;
};

static void
job_free(struct clerk_job *job)
{
	if (job->chapters)
		g_ptr_array_unref(job->chapters);
	g_free(job->text);
	g_free(job);
}

void
clerk_answer_free(struct clerk_answer *answer)
{
	if (answer->episode)
		episode_free(answer->episode);
	g_free(answer->location);
	g_free(answer->text);
	g_free(answer->trouble);
	g_free(answer);
}

static bool
is_local(const char *address)
{
	return address && (address[0] == '/' || g_ascii_strncasecmp(address, "file:", 5) == 0);
}

static char *
local_path(const char *address, GError **error)
{
	return address[0] == '/' ? g_strdup(address) : g_filename_from_uri(address, NULL, error);
}

// Where the audio is: the file that was fetched, else the enclosure. A path may only come from a
// feed that is itself a file: a stranger's feed could name anything on this machine.
static char *
find_audio(struct store *store, const struct episode *episode, GError **error)
{
	if (episode->file && episode->file_state == FILE_HERE) {
		if (access(episode->file, R_OK) == 0)
			return g_strdup(episode->file);
		if (access(episode->file, F_OK) != 0 && !file_forget(store, episode->id, error))
			return NULL;
	}
	if (!episode->media_url) {
		g_set_error(
		    error, HARK_ERROR, HARK_ERROR_NOTHING, _("“%s” has no audio."), episode->title);
		return NULL;
	}
	if (!is_local(episode->media_url))
		return g_strdup(episode->media_url);
	OWNED(show) show = show_get(store, episode->show_id, error);
	if (!show)
		return NULL;
	if (is_local(show->url))
		return local_path(episode->media_url, error);
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("The feed of “%s” names a file of this machine as its audio; that is not opened."),
	    episode->title);
	return NULL;
}

static bool
find(struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	gint64 id = job->episode_id;

	if (job->kind == CLERK_FIND_NEXT) {
		g_autoptr(GArray) queue = queue_ids(store, error);
		if (!queue || queue->len == 0)
			return queue != NULL;
		id = g_array_index(queue, gint64, 0);
	}
	OWNED(episode) episode = episode_get(store, id, error);
	if (!episode)
		return false;
	answer->location = find_audio(store, episode, error);
	if (!answer->location)
		return false;
	answer->start_s = job->at_s >= 0 ? job->at_s : MAX(episode->position_s, 0);
	answer->episode = g_steal_pointer(&episode);
	return true;
}

static bool
save_position(
    struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	return position_save(
	    store, job->episode_id, job->position_s, job->duration_s, when_now(), error);
}

static bool
finish(
    struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	// The end that was reached is where it ends, whatever the feed says.
	double end_s = MAX(job->position_s, job->duration_s);

	answer->changed = true;
	return position_save(store, job->episode_id, end_s, end_s, when_now(), error) &&
	       queue_drop(store, job->episode_id, error);
}

static bool
begin(struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	char id[32];

	g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, job->episode_id);
	answer->changed = true;
	return queue_drop(store, job->episode_id, error) && store_set(store, "playing", id, error);
}

static bool
interrupt(
    struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	answer->changed = true;
	return queue_push_top(store, job->episode_id, error);
}

static bool
decide(
    struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	OWNED(action) action = action_new(ACTION_DECIDED, &job->episode_id, 1, 0);
	struct action_result result = {0};
	bool done = action_apply(store, action, when_now(), &result, error);

	answer->changed = done && result.changed > 0;
	action_result_clear(&result);
	return done;
}

static bool
save_chapters(
    struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	answer->changed = true;
	chapters_finish(job->chapters, job->duration_s);
	return chapters_save(store, job->episode_id, CHAPTERS_FILE, job->chapters, error);
}

static bool
keep(struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	return store_set(store, "sound", job->text, error);
}

static bool
recall(
    struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	answer->text = store_get(store, "sound");
	return true;
}

static bool
last(struct store *store, const struct clerk_job *job, struct clerk_answer *answer, GError **error)
{
	store_checkpoint(store, 0);
	return true;
}

static const struct {
	bool (*run)(struct store *store, const struct clerk_job *job, struct clerk_answer *answer,
	    GError **error);
	bool answered; // even when all went well and no list is stale
} desk[] = {
    [CLERK_FIND] = {find, true},
    [CLERK_FIND_NEXT] = {find, true},
    [CLERK_POSITION] = {save_position, false},
    [CLERK_FINISHED] = {finish, false},
    [CLERK_BEGAN] = {begin, false},
    [CLERK_INTERRUPTED] = {interrupt, false},
    [CLERK_DECIDED] = {decide, false},
    [CLERK_CHAPTERS] = {save_chapters, false},
    [CLERK_KEEP] = {keep, false},
    [CLERK_RECALL] = {recall, true},
    [CLERK_LAST] = {last, true},
};

static gpointer
work(gpointer data)
{
	struct clerk *clerk = data;
	g_autoptr(GError) unopened = NULL;
	OWNED(store) store = store_open(clerk->db, STORE_WRITE, &unopened);
	bool ends = false;

	while (!ends) {
		g_autoptr(GError) failed = NULL;
		struct clerk_job *job = mailbox_wait(clerk->jobs, -1);
		if (!job)
			continue;
		OWNED(clerk_answer) answer = g_new0(struct clerk_answer, 1);
		answer->kind = job->kind;
		answer->intent = job->intent;
		ends = job->kind == CLERK_LAST;
		if (!store || !desk[job->kind].run(store, job, answer, &failed)) {
			answer->trouble = g_strdup(store ? failed->message : unopened->message);
			log_line(LOG_STORY, "player: %s", answer->trouble);
		}
		if (desk[job->kind].answered || answer->trouble || answer->changed)
			mailbox_post(clerk->answers, g_steal_pointer(&answer));
		job_free(job);
	}
	return NULL;
}

struct clerk *
clerk_new(const char *db)
{
	struct clerk *clerk = g_new0(struct clerk, 1);

	clerk->db = g_strdup(db);
	clerk->jobs = mailbox_new((GDestroyNotify)job_free, NULL, NULL);
	clerk->answers = mailbox_new((GDestroyNotify)clerk_answer_free, NULL, NULL);
	clerk->thread = g_thread_new("store", work, clerk);
	return clerk;
}

void
clerk_post(struct clerk *clerk, struct clerk_job job)
{
	mailbox_post(clerk->jobs, g_memdup2(&job, sizeof job));
}

int
clerk_fd(const struct clerk *clerk)
{
	return mailbox_fd(clerk->answers);
}

struct clerk_answer *
clerk_take(struct clerk *clerk)
{
	return mailbox_take(clerk->answers);
}

bool
clerk_end(struct clerk *clerk, int wait_ms)
{
	gint64 end_us = g_get_monotonic_time() + wait_ms * (gint64)1000;
	bool ended = false;

	clerk_post(clerk, (struct clerk_job){.kind = CLERK_LAST});
	while (!ended) {
		gint64 left_ms = MAX((end_us - g_get_monotonic_time()) / 1000, 0);
		OWNED(clerk_answer) answer = mailbox_wait(clerk->answers, (int)left_ms);
		if (!answer)
			return false;
		ended = answer->kind == CLERK_LAST;
	}
	g_thread_join(clerk->thread);
	mailbox_free(clerk->jobs);
	mailbox_free(clerk->answers);
	g_free(clerk->db);
	g_free(clerk);
	return true;
}
