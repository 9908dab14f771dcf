// SPDX-License-Identifier: GPL-3.0-or-later
//
// Speed and volume, as they are when no show has its own: what one player ends with, the next one
// begins with, unless hark.conf has changed since.
#ifndef HARK_PLAYER_SOUND_H
#define HARK_PLAYER_SOUND_H

#include <stdbool.h>

#include "conf/options.h"

struct sound {
	const struct options *options;
	double speed, volume;
	bool unkept; // not written down yet
};

void sound_init(struct sound *sound, const struct options *options);

// VALUE is what *FIELD of SOUND is now.
void sound_take(struct sound *sound, double *field, double value);

// What is to be written down, NULL: nothing new. The caller's.
char *sound_to_keep(struct sound *sound);

// Takes what was written down. False where it is no such text.
bool sound_recall(struct sound *sound, const char *text);

#endif
