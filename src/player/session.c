// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/session.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "base/jsonout.h"
#include "base/when.h"
#include "player/sound.h"
#include "player/voice.h"
#include "store/actions.h"

#define DECIDED_S 30.0 // heard this long, it is no longer undecided
#define HISTORY_MAX 100

struct session {
	struct clerk *clerk;
	struct engine *engine;
	const struct options *options;
	void (*leave)(void *data);
	void *leave_data;
	struct voice *now; // opened or sounding
	GQueue coming;	   // struct voice *: given to mpv, not started
	int finding;	   // asked of the clerk
	GArray *history;   // gint64: what played before, the latest last
	double seek_s;	   // to go there once it is opened; negative: none
	bool paused, silent;
	struct sound sound;
	char *trouble; // the last thing that went wrong; NULL none
};

struct session *
session_new(
    struct clerk *clerk, const struct options *options, void (*leave)(void *data), void *data)
{
	struct session *session = g_new0(struct session, 1);

	session->clerk = clerk;
	session->options = options;
	session->leave = leave;
	session->leave_data = data;
	session->history = g_array_new(FALSE, FALSE, sizeof(gint64));
	session->seek_s = -1;
	sound_init(&session->sound, options);
	clerk_post(clerk, (struct clerk_job){.kind = CLERK_RECALL});
	g_queue_init(&session->coming);
	return session;
}

void
session_free(struct session *session)
{
	g_queue_clear_full(&session->coming, (GDestroyNotify)voice_free);
	g_clear_pointer(&session->now, voice_free);
	g_array_unref(session->history);
	g_free(session->trouble);
	g_free(session);
}

void
session_use(struct session *session, struct engine *engine)
{
	session->engine = engine;
}

bool
session_is_idle(const struct session *session)
{
	return !session->now && session->finding == 0 &&
	       g_queue_is_empty((GQueue *)&session->coming);
}

// To the clients.

static void
tell(struct session *session)
{
	const struct voice *now = session->now;
	g_autoptr(GString) text = g_string_new(NULL);
	struct jsonout out;

	jsonout_init_string(&out, text);
	jsonout_begin_object(&out, NULL);
	jsonout_bool(&out, "loaded", now && now->began);
	jsonout_int(&out, "episode", now ? now->episode_id : 0);
	jsonout_string(&out, "title", now ? now->title : NULL);
	jsonout_string(&out, "show", now ? now->show_title : NULL);
	jsonout_double(&out, "position", now ? voice_place(now, session->paused) : 0);
	jsonout_length(&out, "duration", now ? now->duration_s : -1);
	jsonout_bool(&out, "seeking",
	    now && voice_place(now, session->paused) != now->position_s);
	jsonout_bool(&out, "silent", session->silent);
	jsonout_string(&out, "trouble", session->trouble);
	jsonout_double(&out, "sleep", 0);
	jsonout_end_object(&out);
	engine_tell(session->engine, "hark-state", text->str);
}

static void
trouble(struct session *session, char *sentence)
{
	g_free(session->trouble);
	session->trouble = sentence;
	tell(session);
}

// To the store.

static void
save(struct session *session, enum clerk_kind kind)
{
	struct voice *now = session->now;

	if (!now || now->episode_id == 0 || !now->began)
		return;
	if (kind == CLERK_POSITION && !voice_counts(now))
		return;
	now->saved_s = voice_place(now, session->paused);
	clerk_post(session->clerk, (struct clerk_job){.kind = kind,
				       .episode_id = now->episode_id,
				       .position_s = now->saved_s,
				       .duration_s = now->duration_s});
}

void
session_save(struct session *session)
{
	const struct voice *now = session->now;

	g_autofree char *kept = sound_to_keep(&session->sound);
	if (kept)
		clerk_post(session->clerk,
		    (struct clerk_job){.kind = CLERK_KEEP, .text = g_steal_pointer(&kept)});
	if (now && fabs(voice_place(now, session->paused) - now->saved_s) > 0.05)
		save(session, CLERK_POSITION);
}

static void
ask(struct session *session, enum clerk_kind kind, gint64 episode_id, double at_s,
    enum voice_intent intent)
{
	session_save(session); // so that it is found where it stands
	session->seek_s = -1;
	session->finding++;
	clerk_post(session->clerk,
	    (struct clerk_job){
		.kind = kind, .episode_id = episode_id, .at_s = at_s, .intent = intent});
}

// What the clients wish.

static void
refuse(struct session *session, struct voice *voice)
{
	trouble(session,
	    g_strdup_printf(_("“%s” is neither a file nor an http address; it is not played."),
		voice_name(voice)));
	voice_free(voice);
}

static void
load(struct session *session, struct voice *voice)
{
	double speed = options_double(session->options, voice->show_id, OPT_SPEED);
	struct engine_load load = {
	    .location = voice->location,
	    .episode_id = voice->episode_id,
	    .title = voice->title,
	    .start_s = voice->start_s,
	    .speed = speed == options_double(session->options, 0, OPT_SPEED) ? 0 : speed,
	};

	voice->serial = engine_load(session->engine, &load);
	if (voice->serial > 0) {
		g_queue_push_tail(&session->coming, voice);
		return;
	}
	refuse(session, voice);
}

void
session_answer(struct session *session, const struct clerk_answer *answer)
{
	bool found = answer->kind == CLERK_FIND || answer->kind == CLERK_FIND_NEXT;

	if (found)
		session->finding--;
	if (answer->text && sound_recall(&session->sound, answer->text))
		engine_sound(session->engine, session->sound.speed, session->sound.volume);
	if (answer->trouble)
		trouble(session, g_strdup(answer->trouble));
	else if (found && answer->episode)
		load(session, voice_from_answer(answer));
	else if (found && answer->intent == VOICE_FORWARD)
		trouble(session, g_strdup(_("Nothing comes after this: the queue is empty.")));
	if (answer->changed)
		engine_tell(session->engine, "hark-store", NULL);
}

// The number that the word INDEX is; -1 where it is none or no place.
static double
place(int argc, const char **argv, int index)
{
	double at_s = argc > index ? g_ascii_strtod(argv[index], NULL) : -1;

	return isfinite(at_s) && at_s >= 0 ? at_s : -1;
}

// Nothing is on its way to the ear: what plays is what was asked for last.
static bool
is_settled(const struct session *session)
{
	return session->now && session->finding == 0 &&
	       g_queue_is_empty((GQueue *)&session->coming);
}

static void
go_to(struct session *session, double at_s)
{
	bool opened = is_settled(session) && session->now->began;

	session->seek_s = opened || session_is_idle(session) ? -1 : at_s;
	if (!opened || at_s < 0)
		return;
	session->now->target_s = session->paused ? at_s : -1;
	session->now->wish_s = at_s;
	session->now->returns = true;
	engine_seek(session->engine, at_s);
}

static void
wish_play(struct session *session, int argc, const char **argv)
{
	gint64 id = argc > 1 ? g_ascii_strtoll(argv[1], NULL, 10) : 0;
	double at_s = place(argc, argv, 2);

	if (id <= 0)
		return;
	trouble(session, NULL);
	if (is_settled(session) && session->now->episode_id == id) {
		engine_pause(session->engine, false);
		if (at_s >= 0)
			go_to(session, at_s);
		return;
	}
	ask(session, CLERK_FIND, id, at_s, VOICE_PLAY);
}

static void
wish_file(struct session *session, int argc, const char **argv)
{
	if (argc < 2)
		return;
	// JSON holds no path that is not UTF-8; an address does.
	g_autofree char *path = g_filename_from_uri(argv[1], NULL, NULL);
	session->seek_s = -1;
	trouble(session, NULL);
	load(session, voice_from_location(path ? path : argv[1], place(argc, argv, 2)));
}

static void
wish_stop(struct session *session, int argc, const char **argv)
{
	session_save(session);
	session->seek_s = -1;
	engine_stop(session->engine);
}

static void
wish_quit(struct session *session, int argc, const char **argv)
{
	session->leave(session->leave_data);
}

static void
wish_next(struct session *session, int argc, const char **argv)
{
	ask(session, CLERK_FIND_NEXT, 0, -1, VOICE_FORWARD);
}

static void
wish_previous(struct session *session, int argc, const char **argv)
{
	GArray *history = session->history;

	while (history->len > 0) {
		gint64 id = g_array_index(history, gint64, history->len - 1);
		g_array_set_size(history, history->len - 1);
		if (!session->now || session->now->episode_id != id) {
			ask(session, CLERK_FIND, id, -1, VOICE_BACK);
			return;
		}
	}
	trouble(session, g_strdup(_("Nothing played before this.")));
}

static void
wish_seek(struct session *session, int argc, const char **argv)
{
	go_to(session, place(argc, argv, 1));
}

static void
wish_hello(struct session *session, int argc, const char **argv)
{
	tell(session);
}

static const struct {
	const char *name;
	void (*run)(struct session *session, int argc, const char **argv);
} wishes[] = {
    {"hark-hello", wish_hello}, // say the state
    {"hark-play", wish_play},	// EPISODE [SECONDS]
    {"hark-file", wish_file},	// PATH|URL [SECONDS]
    {"hark-stop", wish_stop},
    {"hark-quit", wish_quit},
    {"hark-seek", wish_seek}, // SECONDS, in what was asked for last, be it opened yet or not
    {"hark-next", wish_next},
    {"hark-previous", wish_previous},
};

// What mpv says.

static void
on_message(struct session *session, const struct engine_event *event)
{
	for (size_t i = 0; event->argc > 0 && i < G_N_ELEMENTS(wishes); i++)
		if (strcmp(wishes[i].name, event->argv[0]) == 0)
			wishes[i].run(session, event->argc, event->argv);
}

static void
on_accepted(struct session *session, const struct engine_event *event)
{
	for (GList *link = session->coming.head; link; link = link->next) {
		struct voice *voice = link->data;
		if (voice->serial != event->serial)
			continue;
		voice->entry = event->entry;
		if (event->entry == 0) {
			g_queue_delete_link(&session->coming, link);
			refuse(session, voice);
		}
		return;
	}
}

static void
on_start(struct session *session, const struct engine_event *event)
{
	struct voice *voice = NULL;

	g_clear_pointer(&session->now, voice_free);
	while (!voice && !g_queue_is_empty(&session->coming)) {
		struct voice *first = g_queue_peek_head(&session->coming);
		if (first->entry == 0 || first->entry > event->entry)
			break; // a later one: this is somebody else's
		g_queue_pop_head(&session->coming);
		if (first->entry == event->entry)
			voice = first;
		else
			voice_free(first); // replaced before it began
	}
	if (!voice) {
		voice = voice_from_location(event->text ? event->text : "", 0);
		voice->entry = event->entry;
	}
	session->now = voice;
	tell(session);
}

static void
on_loaded(struct session *session, const struct engine_event *event)
{
	struct voice *now = session->now;

	if (!now)
		return;
	now->began = true;
	g_clear_pointer(&session->trouble, g_free);
	if (now->episode_id > 0) {
		clerk_post(session->clerk,
		    (struct clerk_job){.kind = CLERK_BEGAN, .episode_id = now->episode_id});
		if (event->chapters->len > 0)
			clerk_post(
			    session->clerk, (struct clerk_job){.kind = CLERK_CHAPTERS,
						.episode_id = now->episode_id,
						.duration_s = now->duration_s,
						.chapters = g_ptr_array_ref(event->chapters)});
	}
	if (session->seek_s >= 0 && is_settled(session))
		go_to(session, session->seek_s);
	tell(session);
}

// A place that could not be reached is said, and stays the one to go on from.
static void
look_where(struct session *session)
{
	struct voice *now = session->now;
	g_autofree char *wish = when_clock(now->wish_s);

	if (voice_missed(now))
		trouble(session,
		    g_strdup_printf(_("“%1$s” cannot be played from %2$s: its server gives it from "
				      "the beginning only. Download it to go there."),
			voice_name(now), wish));
}

static void
on_position(struct session *session, const struct engine_event *event)
{
	struct voice *now = session->now;

	if (!now || !now->began)
		return;
	double heard_s = now->heard_s;
	bool write = voice_move(now, event->value);
	if (now->heard_s > heard_s)
		look_where(session);
	if (write)
		save(session, CLERK_POSITION);
	if (now->heard_s < DECIDED_S || now->decided || now->episode_id == 0)
		return;
	now->decided = true;
	clerk_post(session->clerk,
	    (struct clerk_job){.kind = CLERK_DECIDED, .episode_id = now->episode_id});
}

static void
on_duration(struct session *session, const struct engine_event *event)
{
	if (session->now && event->value > 0)
		session->now->duration_s = event->value;
}

static void
on_paused(struct session *session, const struct engine_event *event)
{
	session->paused = event->value != 0;
	if (session->paused)
		session_save(session);
	else if (session->now)
		session->now->target_s = -1;
}

static void
on_speed(struct session *session, const struct engine_event *event)
{
	gint64 show = session->now ? session->now->show_id : 0;

	// What a show has for itself is not the others'.
	if (options_double(session->options, show, OPT_SPEED) ==
	    options_double(session->options, 0, OPT_SPEED))
		sound_take(&session->sound, &session->sound.speed, event->value);
}

static void
on_volume(struct session *session, const struct engine_event *event)
{
	sound_take(&session->sound, &session->sound.volume, event->value);
}

static void
on_sought(struct session *session, const struct engine_event *event)
{
	if (session->now)
		session->now->sought = true;
}

// What the end of NOW means for the queue and for "<".
static void
remember(struct session *session)
{
	const struct voice *now = session->now, *next = g_queue_peek_head(&session->coming);
	gint64 id = now->episode_id;

	if (id == 0 || !now->began || !next || next->episode_id == id)
		return;
	if (next->intent != VOICE_BACK) {
		g_array_append_val(session->history, id);
		if (session->history->len > HISTORY_MAX)
			g_array_remove_index(session->history, 0);
	}
	bool heard = now->duration_s > 0 && now->duration_s - now->position_s < POSITION_END_S;
	if (!heard && (next->intent == VOICE_PLAY || next->intent == VOICE_BACK))
		clerk_post(session->clerk,
		    (struct clerk_job){.kind = CLERK_INTERRUPTED, .episode_id = id});
}

static bool
is_now(const struct session *session, const struct engine_event *event)
{
	return session->now && session->now->entry == event->entry;
}

static void
leave_voice(struct session *session)
{
	g_clear_pointer(&session->now, voice_free);
	if (g_queue_is_empty(&session->coming)) // else the next one speaks for itself, at once
		tell(session);
}

static void
on_stopped(struct session *session, const struct engine_event *event)
{
	if (!is_now(session, event))
		return;
	session_save(session);
	remember(session);
	leave_voice(session);
}

static void
fail(struct session *session, const char *why)
{
	struct voice *now = session->now;

	session_save(session);
	session->seek_s = -1;
	trouble(session, g_strdup_printf(_("“%s” could not be played: %s."), voice_name(now), why));
	leave_voice(session);
}

static void
on_failed(struct session *session, const struct engine_event *event)
{
	if (is_now(session, event))
		fail(session, event->text);
}

// Once more from the beginning of the file, to the place that was wished.
static void
go_back(struct session *session)
{
	const struct voice *now = session->now;
	struct voice *again = voice_from_location(now->location, now->wish_s);

	again->intent = VOICE_ADVANCE;
	again->episode_id = now->episode_id;
	again->show_id = now->show_id;
	g_free(again->title);
	again->title = g_strdup(now->title);
	again->show_title = g_strdup(now->show_title);
	again->stored_s = again->start_s;
	bool paused = session->paused;
	load(session, again);
	if (paused)
		engine_pause(session->engine, true);
	leave_voice(session);
}

static void
on_finished(struct session *session, const struct engine_event *event)
{
	struct voice *now = session->now;

	if (!is_now(session, event))
		return;
	if (voice_may_return(now)) {
		go_back(session);
		return;
	}
	if (voice_was_mute(now)) {
		fail(session, _("there is no audio in it that can be decoded"));
		return;
	}
	if (voice_broke_off(now)) {
		g_autofree char *at = when_clock(now->position_s);
		session_save(session);
		trouble(session, g_strdup_printf(_("The connection broke at %s."), at));
		leave_voice(session);
		return;
	}
	save(session, CLERK_FINISHED);
	if (now->episode_id > 0)
		g_array_append_val(session->history, now->episode_id);
	if (g_queue_is_empty(&session->coming) && session->finding == 0)
		ask(session, CLERK_FIND_NEXT, 0, -1, VOICE_ADVANCE);
	leave_voice(session);
}

static void
on_silent(struct session *session, const struct engine_event *event)
{
	bool silent = event->value != 0;

	if (silent == session->silent)
		return;
	session->silent = silent;
	tell(session);
}

static void
on_gone(struct session *session, const struct engine_event *event)
{
	session->leave(session->leave_data);
}

static void (*const reactions[ENGINE_KINDS])(struct session *, const struct engine_event *) = {
    [ENGINE_ACCEPTED] = on_accepted,
    [ENGINE_START] = on_start,
    [ENGINE_LOADED] = on_loaded,
    [ENGINE_POSITION] = on_position,
    [ENGINE_DURATION] = on_duration,
    [ENGINE_PAUSED] = on_paused,
    [ENGINE_SPEED] = on_speed,
    [ENGINE_VOLUME] = on_volume,
    [ENGINE_SOUGHT] = on_sought,
    [ENGINE_FINISHED] = on_finished,
    [ENGINE_STOPPED] = on_stopped,
    [ENGINE_FAILED] = on_failed,
    [ENGINE_SILENT] = on_silent,
    [ENGINE_MESSAGE] = on_message,
    [ENGINE_GONE] = on_gone,
};

void
session_take(void *data, const struct engine_event *event)
{
	reactions[event->kind](data, event);
}
