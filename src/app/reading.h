// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reading pane: four texts about one episode, each a row of a table with a file of its own.
#ifndef HARK_APP_READING_H
#define HARK_APP_READING_H

#include "app/state.h"
#include "store/episodes.h"
#include "text/notes.h"
#include "text/transcript.h"
#include "ui/textview.h"

// What a line of text stands for: Enter goes there.
struct read_item {
	double time_s; // negative: no place in the audio
	int link;      // number of the link, 0 none
	int more;      // how many links the line has
};

struct reading_text {
	struct textview text;
	GArray *items; // struct read_item; text_line.item is its index
	bool laid;     // for CELLS, with the pane ALONE on the screen or not
	int cells;
	bool alone;
};

struct reading {
	struct view view;
	gint64 episode_id; // 0 none
	struct episode *episode;
	enum reading_tab_id tab;
	struct reading_text texts[READ_TABS];
	bool voice; // shows what plays, whatever it is

	struct notes *notes;	       // NULL not read
	GPtrArray *chapters;	       // struct chapter *; NULL not read
	struct transcript *transcript; // in passages; NULL none or not read
	bool transcript_read;
	gint64 transcript_version;
	bool asked[READ_TABS];	// for what its feed offers there, once an episode
	char *transcript_host; // being fetched from there
	bool follow;	       // the cursor stays with the voice
	int cue;	       // that was spoken last, -1 none
	int time_cells;	       // of the margin
};

struct reading_tab {
	const char *name; // N_()
	// Fills the text for CELLS; the lines were emptied.
	void (*lay)(struct reading *self, struct reading_text *text, int cells);
	// How many things there are; 0: no number is shown. May be NULL.
	int (*count)(struct reading *self);
};

extern const struct reading_tab reading_tabs[READ_TABS];

void notes_lay(struct reading *self, struct reading_text *text, int cells);
void transcript_lay(struct reading *self, struct reading_text *text, int cells);
void chapters_lay(struct reading *self, struct reading_text *text, int cells);
void links_lay(struct reading *self, struct reading_text *text, int cells);

// Read when first asked for. Never NULL.
const struct notes *reading_notes(struct reading *self);
const GPtrArray *reading_chapters(struct reading *self);

// A new item; gives its number.
int reading_item(struct reading_text *text, double time_s, int link);

// read_transcript.c: the head's words, the marks of what is spoken, and where the voice is.
char *transcript_head(struct reading *self, bool wide);
void transcript_mark(struct reading *self, struct area area);
void transcript_follow(struct reading *self);
bool transcript_is_same(struct reading *self); // as the one that was read
bool transcript_wants_fetch(struct reading *self);

// The mark of the chapter that plays.
void chapters_mark(struct reading *self, struct area area);

#endif
