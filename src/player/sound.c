// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/sound.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>

#define SAME 0.001

void
sound_init(struct sound *sound, const struct options *options)
{
	*sound = (struct sound){
	    .options = options,
	    .speed = options_double(options, 0, OPT_SPEED),
	    .volume = options_int(options, 0, OPT_VOLUME),
	};
}

void
sound_take(struct sound *sound, double *field, double value)
{
	sound->unkept |= fabs(value - *field) > SAME;
	*field = value;
}

// With what hark.conf said at the time: where that has changed since, it counts.
char *
sound_to_keep(struct sound *sound)
{
	if (!sound->unkept)
		return NULL;
	sound->unkept = false;
	return g_strdup_printf("%.3f %.1f %.3f %d", sound->speed, sound->volume,
	    options_double(sound->options, 0, OPT_SPEED),
	    options_int(sound->options, 0, OPT_VOLUME));
}

bool
sound_recall(struct sound *sound, const char *text)
{
	const struct option_row *speeds = &option_rows[OPT_SPEED];
	const struct option_row *volumes = &option_rows[OPT_VOLUME];
	double speed, volume, conf_speed;
	int conf_volume;

	if (sscanf(text, "%lf %lf %lf %d", &speed, &volume, &conf_speed, &conf_volume) != 4)
		return false;
	if (fabs(conf_speed - options_double(sound->options, 0, OPT_SPEED)) < SAME)
		sound->speed = CLAMP(speed, speeds->min, speeds->max);
	if (conf_volume == options_int(sound->options, 0, OPT_VOLUME))
		sound->volume = CLAMP(volume, volumes->min, volumes->max);
	return true;
}
