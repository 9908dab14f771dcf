// SPDX-License-Identifier: GPL-3.0-or-later
//
// How results leave on standard output (CLI.md, "Output"): on a terminal aligned, cut to the width
// and coloured; in a pipe rows of fields by TAB, nothing cut; or --json, or --template. A list
// streams: nothing is kept but the row at hand.
#ifndef HARK_CLI_OUTPUT_H
#define HARK_CLI_OUTPUT_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/jsonout.h"
#include "cli/record.h"

enum output_mode { OUTPUT_ROWS, OUTPUT_TABLE, OUTPUT_JSON, OUTPUT_TEMPLATE };

enum column_look { // on a terminal; in a pipe values stand as value_text gives them
	LOOK_PLAIN,
	LOOK_DAY,
	LOOK_LENGTH,
	LOOK_CLOCK,
	LOOK_SIZE, // of files
};

struct column {
	const char *name; // of the value
	const char *head; // N_()
	int width;	  // cells; 0: shares what is left (the last such one gets it)
	enum column_look look;
	bool right;
	int from; // narrower terminals do without it
};

struct output {
	FILE *file;
	enum output_mode mode;
	const char *template;
	int width; // of the terminal
	bool colour;
	struct jsonout json;
	const struct column *columns; // of the list that is open; a row without name ends them
	guint rows;
};

void output_init(struct output *output, FILE *file, bool json, const char *template, bool colour);

// A list of records with COLUMNS.
void list_begin(struct output *output, const struct column *columns);
bool list_put(struct output *output, const struct record *record, GError **error);
void list_end(struct output *output);

// One record as the whole document of --json or --template; else *DONE is false and the caller
// prints it as it likes.
bool output_one(struct output *output, const struct record *record, bool *done, GError **error);

// TEXT wrapped by Unicode's rules to the terminal (in a pipe: as it is), FIRST before the first
// line, as many blanks before the others.
void output_wrapped(struct output *output, const char *first, const char *text);

// Cells for running text: the terminal's width, at most LIMIT.
int output_text_width(const struct output *output, int limit);

// Escape sequences, "" without colour.
const char *output_bold(const struct output *output);
const char *output_plain(const struct output *output);

#endif
