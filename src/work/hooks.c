// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/hooks.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "store/episodes.h"
#include "work/child.h"

#define MAX_EACH 5	    // of one show at once: a call each; of more one call for all
#define MAX_WAITING 100	    // calls; what is beyond is left out
#define MAX_UNHEARD 20	    // sentences that wait for somebody to ask
#define MAX_FACT_CHARS 2000 // of a value in the environment

enum fact {
	FACT_EVENT,
	FACT_SHOW,
	FACT_SHOW_ID,
	FACT_TITLE,
	FACT_ID,
	FACT_URL,
	FACT_LINK,
	FACT_PUBLISHED,
	FACT_SECONDS,
	FACT_HIGHLIGHT,
	FACT_NEW,
	FACT_UPDATED,
	FACT_SHOWS,
	FACT_FAILED,
	FACTS
};

static const char *const fact_names[FACTS] = {"HARK_EVENT", "HARK_SHOW", "HARK_SHOW_ID",
    "HARK_TITLE", "HARK_ID", "HARK_URL", "HARK_LINK", "HARK_PUBLISHED", "HARK_SECONDS",
    "HARK_HIGHLIGHT", "HARK_NEW", "HARK_UPDATED", "HARK_SHOWS", "HARK_FAILED"};

// One time that a hook is to run.
struct call {
	enum option_id hook;
	char *line;
	char *facts[FACTS]; // NULL: does not apply
};

// What a refresh has brought so far.
struct sum {
	int shows, added, updated, failed;
};

struct hooks {
	struct work *work;
	GQueue waiting;	      // struct call *
	struct call *running; // NULL none
	GHashTable *sums;     // serial of a refresh -> struct sum *
	GHashTable *said;     // sentences, until nothing waits: each is said once
	GPtrArray *unheard;   // char *: the same, until somebody asks
	GPtrArray *askers;    // struct job * of WORK_HOOKS
};

static void
call_free(gpointer data)
{
	struct call *call = data;

	if (!call)
		return;
	for (int i = 0; i < FACTS; i++)
		g_free(call->facts[i]);
	g_free(call->line);
	g_free(call);
}

struct hooks *
hooks_new(struct work *work)
{
	struct hooks *hooks = g_new0(struct hooks, 1);

	hooks->work = work;
	g_queue_init(&hooks->waiting);
	hooks->sums = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	hooks->said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	hooks->unheard = g_ptr_array_new_with_free_func(g_free);
	hooks->askers = g_ptr_array_new();
	return hooks;
}

void
hooks_free(struct hooks *hooks)
{
	g_queue_clear_full(&hooks->waiting, call_free);
	call_free(hooks->running);
	g_hash_table_unref(hooks->sums);
	g_hash_table_unref(hooks->said);
	g_ptr_array_unref(hooks->unheard);
	g_ptr_array_unref(hooks->askers);
	g_free(hooks);
}

static void
tell(struct job *job, const char *sentence)
{
	struct work_reply *reply = job_reply(job, WORK_ITEM, 0);

	reply->file_error = g_strdup(sentence);
	job_post(job, reply);
}

static void
complain(struct hooks *hooks, const struct call *call, const GError *error)
{
	char *sentence = g_strdup_printf("%s: %s", option_rows[call->hook].name, error->message);

	if (!g_hash_table_add(hooks->said, sentence))
		return;
	log_line(LOG_STORY, "%s", sentence);
	if (hooks->askers->len)
		tell(hooks->askers->pdata[0], sentence);
	else if (hooks->unheard->len < MAX_UNHEARD)
		g_ptr_array_add(hooks->unheard, g_strdup(sentence));
}

// A program that cannot be started would not be for the next call either.
static void
drop_like(struct hooks *hooks, const struct call *call)
{
	for (GList *link = hooks->waiting.head; link;) {
		struct call *other = link->data;
		GList *next = link->next;
		if (!strcmp(other->line, call->line)) {
			g_queue_delete_link(&hooks->waiting, link);
			call_free(other);
		}
		link = next;
	}
}

static void on_done(void *user, const char *out, const GError *error);

static bool
start(struct hooks *hooks, struct call *call, GError **error)
{
	char **env = g_get_environ();

	for (int i = 0; i < FACTS; i++)
		env = g_environ_setenv(
		    env, fact_names[i], call->facts[i] ? call->facts[i] : "", TRUE);
	struct child_wish wish = {
	    .line = call->line,
	    .env = env,
	    .timeout_s = options_int(hooks->work->options, 0, OPT_HOOK_TIMEOUT),
	    .done = on_done,
	    .user = hooks,
	};
	bool ok = children_start(hooks->work->children, &wish, error);
	g_strfreev(env);
	return ok;
}

static void
go_on(struct hooks *hooks)
{
	while (!hooks->running && hooks->waiting.length) {
		g_autoptr(GError) error = NULL;
		struct call *call = g_queue_pop_head(&hooks->waiting);
		if (start(hooks, call, &error)) {
			hooks->running = call;
			return;
		}
		complain(hooks, call, error);
		drop_like(hooks, call);
		call_free(call);
	}
	if (hooks->running)
		return;
	g_hash_table_remove_all(hooks->said);
	while (hooks->askers->len)
		job_release(g_ptr_array_steal_index(hooks->askers, 0));
}

static void
on_done(void *user, const char *out, const GError *error)
{
	struct hooks *hooks = user;

	if (error)
		complain(hooks, hooks->running, error);
	g_clear_pointer(&hooks->running, call_free);
	go_on(hooks);
}

// NULL where no program is set. The end of a refresh always has its place.
static struct call *
call_new(struct hooks *hooks, enum option_id hook, gint64 show_id)
{
	const char *line = options_string(hooks->work->options, show_id, hook);

	if (!*line)
		return NULL;
	if (hooks->waiting.length >= MAX_WAITING && hook != OPT_ON_REFRESH_DONE) {
		log_line(
		    LOG_STORY, "%s: too many at once, one is left out", option_rows[hook].name);
		return NULL;
	}
	struct call *call = g_new0(struct call, 1);
	call->hook = hook;
	call->line = g_strdup(line);
	g_queue_push_tail(&hooks->waiting, call);
	return call;
}

static void
set_text(struct call *call, enum fact fact, const char *text)
{
	call->facts[fact] = text ? text_clean_line(text, -1, MAX_FACT_CHARS) : NULL;
}

static void
set_number(struct call *call, enum fact fact, gint64 number)
{
	call->facts[fact] = g_strdup_printf("%" G_GINT64_FORMAT, number);
}

static void
call_episode(struct hooks *hooks, const struct episode *episode, int count)
{
	struct call *call = call_new(hooks, OPT_ON_NEW_EPISODE, episode->show_id);

	if (!call)
		return;
	g_autofree char *url = episode->media_url ? url_without_login(episode->media_url) : NULL;
	g_autofree char *published = when_iso(episode->published_s);
	set_text(call, FACT_EVENT, "new-episode");
	set_text(call, FACT_SHOW, episode->show_title);
	set_number(call, FACT_SHOW_ID, episode->show_id);
	set_text(call, FACT_TITLE, episode->title);
	set_number(call, FACT_ID, episode->id);
	set_text(call, FACT_URL, url);
	set_text(call, FACT_LINK, episode->link);
	set_text(call, FACT_PUBLISHED, published);
	if (episode->duration_s > 0)
		set_number(call, FACT_SECONDS, (gint64)episode->duration_s);
	set_text(call, FACT_HIGHLIGHT, episode->highlight);
	set_number(call, FACT_NEW, count);
}

// The newest last: it is on top of what the user sees.
static void
call_episodes(struct hooks *hooks, const struct work_show *show)
{
	struct store *store = hooks->work->store;
	int news = show->added - show->archived;
	int each = news <= MAX_EACH ? news : 1;
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) ids = episodes_latest(store, show->id, show->added, &error);
	g_autoptr(GPtrArray) rows = NULL;

	if (ids && ids->len > (guint)news) // older pages come behind
		g_array_set_size(ids, (guint)news);
	if (ids && ids->len > (guint)each)
		g_array_remove_range(ids, 0, ids->len - (guint)each);
	if (ids)
		rows = episodes_get(store, (const gint64 *)(void *)ids->data, ids->len, &error);
	if (!rows) {
		log_line(LOG_STORY, "%s", error->message);
		return;
	}
	for (guint i = 0; i < rows->len; i++)
		if (rows->pdata[i])
			call_episode(hooks, rows->pdata[i], each > 1 ? 1 : news);
}

static struct sum *
sum_of(struct hooks *hooks, guint64 serial)
{
	struct sum *sum = g_hash_table_lookup(hooks->sums, &serial);

	if (!sum) {
		sum = g_new0(struct sum, 1);
		g_hash_table_insert(hooks->sums, g_memdup2(&serial, sizeof serial), sum);
	}
	return sum;
}

static void
hear_show(struct hooks *hooks, guint64 serial, const struct work_show *show)
{
	struct sum *sum = sum_of(hooks, serial);

	sum->shows++;
	sum->added += show->added - show->archived;
	sum->updated += show->updated;
	sum->failed += show->error != NULL;
	if (show->tell && show->added > show->archived &&
	    *options_string(hooks->work->options, show->id, OPT_ON_NEW_EPISODE))
		call_episodes(hooks, show);
}

static void
hear_end(struct hooks *hooks, guint64 serial)
{
	const struct sum *sum = g_hash_table_lookup(hooks->sums, &serial);
	struct call *call = sum ? call_new(hooks, OPT_ON_REFRESH_DONE, 0) : NULL;

	if (call) {
		set_text(call, FACT_EVENT, "refresh-done");
		set_number(call, FACT_NEW, sum->added);
		set_number(call, FACT_UPDATED, sum->updated);
		set_number(call, FACT_SHOWS, sum->shows);
		set_number(call, FACT_FAILED, sum->failed);
	}
	g_hash_table_remove(hooks->sums, &serial);
}

void
hooks_hear(struct hooks *hooks, const struct work_reply *reply)
{
	if (reply->kind != WORK_REFRESH || atomic_load(hooks->work->stopping))
		return;
	if (reply->status == WORK_ITEM && reply->show)
		hear_show(hooks, reply->serial, reply->show);
	else if (reply->status == WORK_DONE)
		hear_end(hooks, reply->serial);
	go_on(hooks);
}

void
hooks_begin(struct job *job)
{
	struct hooks *hooks = job->work->hooks;

	for (guint i = 0; i < hooks->unheard->len; i++)
		tell(job, hooks->unheard->pdata[i]);
	g_ptr_array_set_size(hooks->unheard, 0);
	if (!hooks->running)
		return;
	job_hold(job);
	g_ptr_array_add(hooks->askers, job);
}
