// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/marks.h"

const struct marks marks_utf8 = {.new = "◉",
    .begun = "◔",
    .played = "✓",
    .here = "⇣",
    .coming = "»",
    .playing = "♫",
    .failed = "!",
    .spoken = "▸",
    .estimated = "~",
    .cursor = ">",
    .cursor_other = "›",
    .bullet = "‣",
    .refresh = "⟳",
    .marked = "+",
    .dots = "…",
    .glyphs = &glyphs_utf8};
const struct marks marks_ascii = {.new = "*",
    .begun = "-",
    .played = "x",
    .here = "d",
    .coming = ".",
    .playing = "p",
    .failed = "!",
    .spoken = "|",
    .estimated = "~",
    .cursor = ">",
    .cursor_other = ":",
    .bullet = "-",
    .refresh = "r",
    .marked = "+",
    .dots = "...",
    .glyphs = &glyphs_ascii};

const char *
mark_state(const struct marks *marks, const struct episode *episode, bool playing, unsigned *style)
{
	*style = STYLE_MARK;
	if (playing)
		return marks->playing;
	switch (episode->state) {
	case EPISODE_NEW:
		return marks->new;
	case EPISODE_BEGUN:
		return marks->begun;
	case EPISODE_PLAYED:
		*style = STYLE_DIM;
		return marks->played;
	default:
		return "";
	}
}

const char *
mark_file(const struct marks *marks, const struct episode *episode, unsigned *style)
{
	*style = STYLE_MARK;
	switch (episode->file_state) {
	case FILE_HERE:
		return marks->here;
	case FILE_WANTED:
	case FILE_RUNNING:
	case FILE_HELD:
		return marks->coming;
	case FILE_FAILED:
		*style = STYLE_ALERT;
		return marks->failed;
	default:
		return "";
	}
}
