// SPDX-License-Identifier: GPL-3.0-or-later
//
// One result as named values. The names and their order are those of --json (DESIGN section 5);
// --template and the columns of a list refer to the same names. Strings are borrowed: a record
// lives no longer than what it tells of.
#ifndef HARK_CLI_RECORD_H
#define HARK_CLI_RECORD_H

#include <glib.h>
#include <stdbool.h>

#include "base/jsonout.h"

enum value_kind {
	VALUE_STRING, // NULL: null
	VALUE_INT,
	VALUE_NUMBER, // double
	VALUE_BOOL,
	VALUE_INSTANT, // seconds since 1970; WHEN_UNKNOWN: null
	VALUE_LENGTH,  // seconds; negative: null
	VALUE_BYTES,   // negative: null
	VALUE_WORDS,   // an array of strings
};

struct value {
	const char *name;
	enum value_kind kind;
	bool hidden; // for columns and --template only, not in --json
	const char *text;
	gint64 number;
	double real;
	const char *const *words;
};

#define RECORD_MAX 24

struct record {
	struct value values[RECORD_MAX];
	int count;
	bool strong; // stands out in a list on a terminal
};

void record_string(struct record *record, const char *name, const char *text);
void record_int(struct record *record, const char *name, gint64 number);
void record_number(struct record *record, const char *name, double number);
void record_bool(struct record *record, const char *name, bool truth);
void record_instant(struct record *record, const char *name, gint64 instant_s);
void record_length(struct record *record, const char *name, double length_s);
void record_bytes(struct record *record, const char *name, gint64 bytes);
void record_words(struct record *record, const char *name, const char *const *words);
// A string that --json does not have.
void record_hidden(struct record *record, const char *name, const char *text);

// NULL where there is none of that name.
const struct value *record_find(const struct record *record, const char *name);

// As --template and rows in a pipe print it: "" for null; no TAB, line end or other control
// character in it.
char *value_text(const struct value *value);

// As an object, member KEY of what is open (NULL: an element).
void record_json(const struct record *record, const char *key, struct jsonout *json);

// FORMAT with each {name} replaced; \t \n \\ are escapes, {{ is a brace. NULL and
// HARK_ERROR_USAGE, naming what there is, for an unknown name or an open brace.
char *record_template(const struct record *record, const char *format, GError **error);

#endif
