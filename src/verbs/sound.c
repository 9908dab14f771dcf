// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verbs of the sound: each sends one command to the player, which is started where one is needed.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/store.h"
#include "store/texts.h"
#include "verbs/private.h"

#define CHAPTER_AGAIN_S 3.0 // later than this into a chapter, "-1" is its own beginning
#define SETTLES_S 0.25	    // paused, mpv stands so much before the place that was asked for

// The state of a player with something loaded, or NULL and the sentence that says there is none.
static const struct play_state *
loaded(struct verb_context *context, GError **error)
{
	g_autoptr(GError) failed = NULL;

	if (!play_state(context->play)->connected && !play_connect(context->play, &failed) &&
	    failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return NULL;
	}
	const struct play_state *state = play_state(context->play);
	if (state->connected && state->loaded)
		return state;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING, _("Nothing plays."));
	return NULL;
}

// The same where the player only begins: what it is told then waits.
static const struct play_state *
sounding(struct verb_context *context, GError **error)
{
	const struct play_state *state = play_state(context->play);

	return state->starting ? state : loaded(context, error);
}

// What can be sought in: also what is being opened, the player keeps the place until then.
static const struct play_state *
seekable(struct verb_context *context, GError **error)
{
	const struct play_state *state = play_state(context->play);

	return state->connected && state->title ? state : sounding(context, error);
}

static bool
sent(bool went, GError **error)
{
	if (!went)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("The player does not take the command."));
	return went;
}

static bool
start(struct verb_context *context, GError **error)
{
	if (context->at_once)
		return play_begin(context->play, context->paths->db, context->profile, error);
	return play_start(context->play, context->paths->db, context->profile, error);
}

// Plays what played last, else the top of the queue.
static bool
play_last(struct verb_context *context, GError **error)
{
	g_autofree char *word = store_get(context->store, "playing");
	gint64 id = word ? resolve_episode(context, word, NULL) : 0;

	if (id == 0) {
		g_autoptr(GArray) ids = queue_ids(context->store, error);
		if (!ids)
			return false;
		if (ids->len == 0) {
			g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING,
			    _("Nothing has played yet, and the queue is empty."));
			return false;
		}
		id = g_array_index(ids, gint64, 0);
	}
	return start(context, error) && sent(play_episode(context->play, id, -1), error);
}

// Where the voice stands for counting steps: two seeks to the next chapter are two chapters.
static double
standing(const struct play_state *state)
{
	return state->position_s + (state->paused && !state->seeking ? SETTLES_S : 0);
}

// Where chapter NUMBER (from 1) of an episode begins.
static bool
chapter_start(
    struct verb_context *context, gint64 episode_id, int number, double *start_s, GError **error)
{
	g_autoptr(GPtrArray) chapters = chapters_load(context->store, episode_id, NULL, error);

	if (!chapters)
		return false;
	if (number < 1 || number > (int)chapters->len) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING,
		    ngettext("There is no chapter %d: this episode has %u.",
			"There is no chapter %d: this episode has %u.", chapters->len),
		    number, chapters->len);
		return false;
	}
	*start_s = ((struct chapter *)chapters->pdata[number - 1])->start_s;
	return true;
}

// An absolute place for "play": TIME without a sign.
static bool
place(
    struct verb_context *context, const char *word, gint64 episode_id, double *at_s, GError **error)
{
	bool relative;
	int chapter;

	if (!resolve_time(word, at_s, &relative, &chapter, error))
		return false;
	if (relative) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("“%s” is no place to begin at: 90, 12:47 or chapter:3."), word);
		return false;
	}
	return chapter == 0 || chapter_start(context, episode_id, chapter, at_s, error);
}

// Whether WORD is audio by itself: an address or a file that no show here knows.
static bool
is_foreign(struct verb_context *context, const char *word)
{
	bool address = strstr(word, "://") != NULL;

	if (!address && !strchr(word, '/') && !strchr(word, '.'))
		return false;
	return (address || g_file_test(word, G_FILE_TEST_IS_REGULAR)) &&
	       resolve_episode(context, word, NULL) == 0;
}

bool
verb_play(struct verb_context *context, struct verb_call *call, GError **error)
{
	const char *word = call->argc > 0 ? call->argv[0] : NULL;
	gint64 id = 0;
	double at_s = -1;

	if (!word && context->current_id == 0)
		return play_last(context, error);
	if (!word || !is_foreign(context, word)) {
		if ((id = resolve_episode(context, word, error)) == 0)
			return false;
	}
	if (call->argc > 1 && !place(context, call->argv[1], id, &at_s, error))
		return false;
	if (!start(context, error))
		return false;
	if (id > 0)
		return sent(play_episode(context->play, id, at_s), error);
	g_autofree char *path =
	    strstr(word, "://") ? g_strdup(word) : g_canonicalize_filename(word, NULL);
	return sent(play_file(context->play, path, at_s), error);
}

bool
verb_pause(struct verb_context *context, struct verb_call *call, GError **error)
{
	return sounding(context, error) && sent(play_pause(context->play, true), error);
}

bool
verb_resume(struct verb_context *context, struct verb_call *call, GError **error)
{
	if (sounding(context, NULL))
		return sent(play_pause(context->play, false), error);
	return play_last(context, error);
}

bool
verb_toggle(struct verb_context *context, struct verb_call *call, GError **error)
{
	if (sounding(context, NULL))
		return sent(play_toggle(context->play), error);
	return play_last(context, error);
}

bool
verb_stop(struct verb_context *context, struct verb_call *call, GError **error)
{
	return sounding(context, error) && sent(play_stop(context->play), error);
}

bool
verb_next(struct verb_context *context, struct verb_call *call, GError **error)
{
	return loaded(context, error) && resolve_episode(context, "@next", error) > 0 &&
	       sent(play_next(context->play, 1), error);
}

bool
verb_previous(struct verb_context *context, struct verb_call *call, GError **error)
{
	return loaded(context, error) && sent(play_next(context->play, -1), error);
}

bool
verb_seek(struct verb_context *context, struct verb_call *call, GError **error)
{
	double seconds;
	bool relative;
	int chapter;

	if (!resolve_time(call->argv[0], &seconds, &relative, &chapter, error))
		return false;
	const struct play_state *state = seekable(context, error);
	if (!state)
		return false;
	if (chapter > 0 && !chapter_start(context, state->episode_id, chapter, &seconds, error))
		return false;
	return sent(
	    relative ? play_seek_by(context->play, seconds) : play_seek_to(context->play, seconds),
	    error);
}

bool
verb_chapter(struct verb_context *context, struct verb_call *call, GError **error)
{
	const char *word = call->argv[0];
	bool step = *word == '+' || *word == '-';
	char *end;
	long number = strtol(word, &end, 10);

	if (end == word || *end || labs(number) > G_MAXINT16) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("“%s” is no chapter: a number, +1 or -1."), word);
		return false;
	}
	const struct play_state *state = loaded(context, error);
	double start_s;
	if (!state)
		return false;
	if (step) {
		g_autoptr(GPtrArray) chapters =
		    chapters_load(context->store, state->episode_id, NULL, error);
		if (!chapters)
			return false;
		int at = chapters_at(chapters, standing(state));
		const struct chapter *now = at >= 0 ? chapters->pdata[at] : NULL;
		if (number < 0 && now && state->position_s - now->start_s > CHAPTER_AGAIN_S)
			number++;
		number = at + 1 + number;
	}
	return chapter_start(context, state->episode_id, (int)number, &start_s, error) &&
	       sent(play_seek_to(context->play, start_s), error);
}

bool
verb_cue(struct verb_context *context, struct verb_call *call, GError **error)
{
	int step = atoi(call->argv[0]);

	if (step == 0 || abs(step) > 1000) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("“%s” is no step: +1 is the next sentence, -1 the previous one."),
		    call->argv[0]);
		return false;
	}
	const struct play_state *state = loaded(context, error);
	if (!state)
		return false;
	g_autoptr(GError) failed = NULL;
	OWNED(transcript) transcript = transcript_load(context->store, state->episode_id, &failed);
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (transcript && !transcript->timed && state->duration_s > 0)
		transcript_estimate(transcript, state->duration_s);
	if (!transcript || transcript->cues->len == 0 ||
	    (!transcript->timed && !transcript->estimated)) {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING,
		    _("What plays has no transcript to step through."));
		return false;
	}
	OWNED(transcript) passages = transcript_passages(transcript); // as they are shown
	int at = CLAMP(
	    transcript_at(passages, standing(state)) + step, 0, (int)passages->cues->len - 1);
	const struct cue *cue = passages->cues->pdata[at];
	return sent(play_seek_to(context->play, MAX(cue->start_s, 0)), error);
}

// A number that may be signed (then it is added to NOW), kept within MIN and MAX.
static bool
amount(const char *word, double now, double min, double max, double *value, GError **error)
{
	char *end;
	double number = g_ascii_strtod(word, &end);

	if (end == word || *end || !isfinite(number)) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("“%s” is no number."), word);
		return false;
	}
	if (*word == '+' || *word == '-')
		number += now;
	else if (number < min || number > max) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("“%s” is out of bounds: from %g to %g."), word, min, max);
		return false;
	}
	*value = CLAMP(number, min, max);
	return true;
}

bool
verb_speed(struct verb_context *context, struct verb_call *call, GError **error)
{
	const struct play_state *state = sounding(context, error);
	const struct option_row *row = &option_rows[OPT_SPEED];
	double speed;

	if (!state || !amount(call->argv[0], state->speed, row->min, row->max, &speed, error))
		return false;
	return sent(play_set_speed(context->play, round(speed * 100) / 100), error);
}

bool
verb_volume(struct verb_context *context, struct verb_call *call, GError **error)
{
	const struct play_state *state = sounding(context, error);
	const struct option_row *row = &option_rows[OPT_VOLUME];
	double volume;

	if (!state || !amount(call->argv[0], state->volume, row->min, row->max, &volume, error))
		return false;
	return sent(play_set_volume(context->play, (int)lround(volume)), error);
}

bool
verb_mute(struct verb_context *context, struct verb_call *call, GError **error)
{
	const struct play_state *state = sounding(context, error);
	return state && sent(play_set_mute(context->play, !state->muted), error);
}
