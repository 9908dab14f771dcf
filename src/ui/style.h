// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a cell looks like is a style's number; colours and attributes are rows of one table. Each
// colour keeps 4.5:1 on black and on white alike, and no meaning hangs on colour alone.
#ifndef HARK_UI_STYLE_H
#define HARK_UI_STYLE_H

enum style {
	STYLE_TEXT,
	STYLE_DIM, // what the eye meets last
	STYLE_STRONG,
	STYLE_HEAD,    // of a pane
	STYLE_TAB,     // another screen's name
	STYLE_TAB_ON,  // this screen's
	STYLE_LINE,    // between panes
	STYLE_MARK,    // of a row
	STYLE_ALERT,   // what went wrong
	STYLE_KEY,     // a key's name in hints and help
	STYLE_HEADING, // in text
	STYLE_ITALIC,
	STYLE_MONO,
	STYLE_LINK,
	STYLE_TIME,   // a place in the audio
	STYLE_MATCH,  // what was looked for
	STYLE_SPOKEN, // what the voice says now
	STYLE_BAR,    // the part that was heard
	STYLE_BAR_REST,
	STYLE_QUESTION,
	STYLE_VOICE, // the first of STYLE_VOICES voices
	STYLE_COUNT = STYLE_VOICE + 5,
};

#define STYLE_VOICES 5

// Bits above the number.
#define STYLE_NUMBER 0x00ff
#define STYLE_CURSOR 0x0100 // the current row, in reverse
#define STYLE_BOLD 0x0200   // beside the style's own attributes

enum style_attribute {
	ATTRIBUTE_BOLD = 1,
	ATTRIBUTE_ITALIC = 2,
	ATTRIBUTE_UNDERLINE = 4,
	ATTRIBUTE_REVERSE = 8,
};

struct style_row {
	const char *name;
	int colour;	     // 0xRRGGBB, -1 the terminal's own
	int basic;	     // where there are 8 to 16 colours: 0-7, -1 the terminal's own
	unsigned attributes; // enum style_attribute
	unsigned mono;	     // the same without colours
};

extern const struct style_row style_rows[STYLE_COUNT];

// The number of the colour nearest to RGB in the 256 of xterm (16 to 255).
int style_nearest(int rgb);

#endif
