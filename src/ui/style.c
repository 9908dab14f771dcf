// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style.h"

#include <stdlib.h>

#define GREY 0x767676
#define TEAL 0x008787
#define AMBER 0xaf5f00
#define BLUE 0x5f5fff
#define VIOLET 0x875fd7
#define PINK 0xd700af
#define ROSE 0xaf5f5f

enum { BASIC_RED = 1, BASIC_YELLOW = 3, BASIC_BLUE = 4, BASIC_MAGENTA = 5, BASIC_CYAN = 6 };

const struct style_row style_rows[STYLE_COUNT] = {
    [STYLE_TEXT] = {"text", -1, -1, 0, 0},
    [STYLE_DIM] = {"dim", GREY, -1, 0, 0},
    [STYLE_STRONG] = {"strong", -1, -1, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_HEAD] = {"head", TEAL, BASIC_CYAN, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_TAB] = {"tab", GREY, -1, 0, 0},
    [STYLE_TAB_ON] = {"tab-on", TEAL, BASIC_CYAN, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_LINE] = {"line", GREY, -1, 0, 0},
    [STYLE_MARK] = {"mark", TEAL, BASIC_CYAN, 0, 0},
    [STYLE_ALERT] = {"alert", ROSE, BASIC_RED, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_KEY] = {"key", TEAL, BASIC_CYAN, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_HEADING] = {"heading", -1, -1, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_ITALIC] = {"italic", -1, -1, ATTRIBUTE_ITALIC, ATTRIBUTE_UNDERLINE},
    [STYLE_MONO] = {"mono", VIOLET, BASIC_MAGENTA, 0, 0},
    [STYLE_LINK] = {"link", BLUE, BASIC_BLUE, ATTRIBUTE_UNDERLINE, ATTRIBUTE_UNDERLINE},
    [STYLE_TIME] = {"time", AMBER, BASIC_YELLOW, 0, 0},
    [STYLE_MATCH] = {"match", AMBER, BASIC_YELLOW, ATTRIBUTE_BOLD | ATTRIBUTE_UNDERLINE,
	ATTRIBUTE_BOLD | ATTRIBUTE_UNDERLINE},
    [STYLE_SPOKEN] = {"spoken", AMBER, BASIC_YELLOW, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_BAR] = {"bar", TEAL, BASIC_CYAN, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_BAR_REST] = {"bar-rest", GREY, -1, 0, 0},
    [STYLE_QUESTION] = {"question", -1, -1, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_VOICE] = {"voice-1", BLUE, BASIC_BLUE, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_VOICE + 1] = {"voice-2", AMBER, BASIC_YELLOW, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_VOICE + 2] = {"voice-3", TEAL, BASIC_CYAN, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_VOICE + 3] = {"voice-4", PINK, BASIC_MAGENTA, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
    [STYLE_VOICE + 4] = {"voice-5", VIOLET, BASIC_MAGENTA, ATTRIBUTE_BOLD, ATTRIBUTE_BOLD},
};

static int
distance(int rgb, int red, int green, int blue)
{
	int r = (rgb >> 16 & 255) - red, g = (rgb >> 8 & 255) - green, b = (rgb & 255) - blue;
	return r * r + g * g + b * b;
}

int
style_nearest(int rgb)
{
	static const int steps[] = {0, 95, 135, 175, 215, 255};
	int best = 16, best_distance = distance(rgb, 0, 0, 0);

	for (int i = 16; i < 256; i++) {
		int cube = i - 16, grey = 8 + 10 * (i - 232);
		int d = i < 232
			    ? distance(rgb, steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
			    : distance(rgb, grey, grey, grey);
		if (d < best_distance) {
			best = i;
			best_distance = d;
		}
	}
	return best;
}
