// SPDX-License-Identifier: GPL-3.0-or-later
//
// The player's lines become the state. mpv tells its properties one by one; what mpv has no word
// for comes as a client message "hark-state" with one JSON object.
#include "play/private.h"

#include <math.h>
#include <string.h>

// While paused after a seek the medium settles this near to the target, and the target is the
// truth.
#define SETTLES_S 0.5
// The first position after a seek is this near to it.
#define ARRIVES_S 1.0
// A seek that never answers (the medium cannot) is forgotten after this long.
#define SEEK_LASTS_US (2 * G_USEC_PER_SEC)

static unsigned
take_pause(struct play_state *state, const json_t *value)
{
	state->paused = json_is_true(value);
	if (!state->paused)
		state->seeking = false;
	return PLAY_PAUSE;
}

static unsigned
take_position(struct play_state *state, const json_t *value)
{
	double position_s = json_number_value(value);

	if (!json_is_number(value))
		return 0;
	if (state->seeking && fabs(position_s - state->position_s) < SETTLES_S)
		return 0;
	state->seeking = false;
	state->position_s = MAX(position_s, 0);
	return PLAY_POSITION;
}

static unsigned
take_duration(struct play_state *state, const json_t *value)
{
	if (!json_is_number(value))
		return 0;
	state->duration_s = json_number_value(value);
	return PLAY_POSITION;
}

static unsigned
take_speed(struct play_state *state, const json_t *value)
{
	state->speed = json_is_number(value) ? json_number_value(value) : 1;
	return PLAY_SOUND;
}

static unsigned
take_volume(struct play_state *state, const json_t *value)
{
	state->volume = (int)lround(json_number_value(value));
	return PLAY_SOUND;
}

static unsigned
take_mute(struct play_state *state, const json_t *value)
{
	state->muted = json_is_true(value);
	return PLAY_SOUND;
}

static unsigned
take_chapter(struct play_state *state, const json_t *value)
{
	state->chapter = json_is_integer(value) ? (int)json_integer_value(value) : -1;
	return PLAY_POSITION;
}

static const struct {
	const char *name;
	unsigned (*take)(struct play_state *state, const json_t *value);
} properties[] = {
    {"pause", take_pause},
    {"time-pos", take_position},
    {"duration", take_duration},
    {"speed", take_speed},
    {"volume", take_volume},
    {"mute", take_mute},
    {"chapter", take_chapter},
};

bool
play_ask(struct play *play)
{
	bool sent = true;

	play->unknown = (1u << G_N_ELEMENTS(properties)) - 1;
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		sent =
		    sent &&
		    play_send(play,
			json_pack("[s, i, s]", "observe_property", (int)i + 1, properties[i].name),
			0) &&
		    play_send(play, json_pack("[s, s]", "get_property", properties[i].name),
			PLAY_REQUEST_PROPERTY + (int)i);
	}
	return sent && play_send(play,
			   json_pack("[s, s, s]", "script-message-to", "main", "hark-hello"), 0);
}

bool
play_knows(const struct play *play)
{
	return play->protocol > 0 && play->told && play->unknown == 0;
}

// What was on its way before our seek took place says nothing about now; nor does where an earlier
// one of several went.
static bool
is_stale(struct play *play, const json_t *position)
{
	bool late = g_get_monotonic_time() - play->seek_sent_us >= SEEK_LASTS_US;
	double off_s = fabs(json_number_value(position) - play->state.position_s);

	if (play->seek_sent_us == 0)
		return false;
	if (!late && !(play->seek_done && off_s < ARRIVES_S))
		return true;
	play->seek_sent_us = 0;
	return false;
}

static void
take_property(struct play *play, size_t row, const json_t *value)
{
	if (properties[row].take != take_position || !is_stale(play, value))
		play->events |= properties[row].take(&play->state, value);
}

static bool
take_string(char **field, const json_t *value)
{
	const char *text = json_string_value(value);

	if (g_strcmp0(*field, text) == 0)
		return false;
	g_free(*field);
	*field = g_strdup(text);
	return true;
}

static void
take_hark_state(struct play *play, const char *text)
{
	struct play_state *state = &play->state;
	json_t *root = json_loads(text, 0, NULL);

	if (!json_is_object(root)) {
		json_decref(root);
		return;
	}
	gint64 id = json_integer_value(json_object_get(root, "episode"));
	bool loaded = json_is_true(json_object_get(root, "loaded"));
	bool silent = json_is_true(json_object_get(root, "silent"));
	const json_t *duration = json_object_get(root, "duration");
	bool another = id != state->episode_id;
	another |= take_string(&state->title, json_object_get(root, "title"));
	another |= take_string(&state->show_title, json_object_get(root, "show"));
	if (another) {
		play->seek_sent_us = 0;
		state->seeking = false;
		state->position_s = json_number_value(json_object_get(root, "position"));
		state->duration_s = -1;
	}
	if (!play->told && json_is_true(json_object_get(root, "seeking"))) {
		state->seeking = true;
		state->position_s = json_number_value(json_object_get(root, "position"));
	}
	// mpv tells a length once, and that may have been before this.
	if (state->duration_s < 0 && json_is_number(duration))
		state->duration_s = json_number_value(duration);
	if (another || loaded != state->loaded)
		play->events |= PLAY_EPISODE;
	state->episode_id = id;
	state->loaded = loaded;
	if (silent != state->silent)
		play->events |= PLAY_SOUND;
	state->silent = silent;
	state->sleep_s = json_number_value(json_object_get(root, "sleep"));
	if (take_string(&state->trouble, json_object_get(root, "trouble")))
		play->events |= PLAY_TROUBLE;
	play->told = true;
	json_decref(root);
}

static void
take_message(struct play *play, const json_t *args)
{
	const char *name = json_string_value(json_array_get(args, 0));
	const char *word = json_string_value(json_array_get(args, 1));

	if (g_strcmp0(name, "hark-state") == 0 && word)
		take_hark_state(play, word);
	else if (g_strcmp0(name, "hark-store") == 0)
		play->events |= PLAY_STORE;
}

static void
take_event(struct play *play, const char *event, const json_t *root)
{
	if (strcmp(event, "property-change") == 0) {
		size_t row = (size_t)json_integer_value(json_object_get(root, "id")) - 1;
		if (row < G_N_ELEMENTS(properties))
			take_property(play, row, json_object_get(root, "data"));
	} else if (strcmp(event, "client-message") == 0) {
		take_message(play, json_object_get(root, "args"));
	} else if (strcmp(event, "playback-restart") == 0) {
		play->seek_done = true;
	}
}

static void
take_answer(struct play *play, const json_t *root)
{
	json_int_t request = json_integer_value(json_object_get(root, "request_id"));
	size_t row = (size_t)request - PLAY_REQUEST_PROPERTY;

	if (request >= PLAY_REQUEST_PROPERTY && row < G_N_ELEMENTS(properties)) {
		play->unknown &= ~(1u << row);
		take_property(play, row, json_object_get(root, "data"));
	}
}

static void
take_hello(struct play *play, const json_t *root)
{
	play->protocol = (int)json_integer_value(json_object_get(root, "protocol"));
	play->schema = (int)json_integer_value(json_object_get(root, "schema"));
}

void
play_take_line(struct play *play, const char *line, size_t len)
{
	json_t *root = json_loadb(line, len, 0, NULL);
	const char *event = json_string_value(json_object_get(root, "event"));

	if (event)
		take_event(play, event, root);
	else if (json_object_get(root, "hark"))
		take_hello(play, root);
	else if (json_object_get(root, "error"))
		take_answer(play, root);
	json_decref(root);
}
