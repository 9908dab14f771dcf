// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/voice.h"

#include <math.h>

#include "base/log.h"
#include "base/text.h"

// Positions come about twenty times a second; a longer step was a jump, even at a high speed.
#define STEP_S 5.0
// Lengths of streams are often estimates.
#define SHORT_S 10.0
#define SHORT_SHARE 0.9
#define SETTLES_S 0.5

struct voice *
voice_from_answer(const struct clerk_answer *answer)
{
	const struct episode *episode = answer->episode;
	struct voice *voice = voice_from_location(answer->location, answer->start_s);

	voice->intent = answer->intent;
	voice->episode_id = episode->id;
	voice->show_id = episode->show_id;
	g_free(voice->title);
	voice->title = g_strdup(episode->title);
	voice->show_title = g_strdup(episode->show_title);
	voice->duration_s = episode->duration_s;
	voice->stored_s = episode->position_s;
	return voice;
}

struct voice *
voice_from_location(const char *location, double start_s)
{
	struct voice *voice = g_new0(struct voice, 1);
	g_autofree char *name =
	    location[0] == '/' ? g_path_get_basename(location) : log_url(location);

	voice->location = g_strdup(location);
	voice->title = text_clean_line(name, -1, 0); // a file may be called anything
	voice->start_s = voice->position_s = MAX(start_s, 0);
	voice->wish_s = start_s > 0 ? start_s : -1;
	voice->kept_s = voice->duration_s = -1;
	voice->saved_s = voice->target_s = -1;
	return voice;
}

void
voice_free(struct voice *voice)
{
	g_free(voice->title);
	g_free(voice->show_title);
	g_free(voice->location);
	g_free(voice);
}

double
voice_place(const struct voice *voice, bool paused)
{
	bool settled = voice->target_s >= 0 &&
		       fabs(voice->position_s - voice->target_s) < SETTLES_S;

	return paused && settled ? voice->target_s : voice->position_s;
}

bool
voice_move(struct voice *voice, double position_s)
{
	double step_s = position_s - voice->position_s;
	bool now = voice->sought && fabs(position_s - voice->saved_s) > 0.5;

	if (!voice->sought && step_s > 0 && step_s < STEP_S)
		voice->heard_s += step_s;
	voice->sought = false;
	voice->position_s = MAX(position_s, 0);
	return now;
}

bool
voice_missed(struct voice *voice)
{
	double wish_s = voice->wish_s;

	if (wish_s < 0)
		return false;
	bool missed = wish_s - voice->position_s > STEP_S;
	if (!missed)
		voice->kept_s = -1;
	else if (!voice->returns)
		voice->kept_s = voice->stored_s;
	voice->wish_s = -1;
	return missed;
}

bool
voice_counts(const struct voice *voice)
{
	return voice->position_s >= MAX(voice->kept_s, voice->wish_s - STEP_S);
}

bool
voice_may_return(const struct voice *voice)
{
	return voice->location[0] != '/' && voice->returns && voice->wish_s >= 0 &&
	       voice->duration_s - voice->wish_s > SHORT_S;
}

const char *
voice_name(const struct voice *voice)
{
	return voice->title && *voice->title ? voice->title : voice->location;
}

bool
voice_broke_off(const struct voice *voice)
{
	return voice->location[0] != '/' && voice->duration_s - voice->position_s > SHORT_S &&
	       voice->position_s < voice->duration_s * SHORT_SHARE;
}

bool
voice_was_mute(const struct voice *voice)
{
	return voice->heard_s == 0 && voice->duration_s - voice->position_s > SHORT_S;
}
