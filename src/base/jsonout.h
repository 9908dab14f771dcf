// SPDX-License-Identifier: GPL-3.0-or-later
//
// A JSON writer that streams (RFC 8259): it keeps no document, only the depth. Strings are written
// as UTF-8; invalid bytes become U+FFFD. Members of an object take their KEY, elements take NULL.
#ifndef HARK_BASE_JSONOUT_H
#define HARK_BASE_JSONOUT_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

struct jsonout {
	FILE *file;	// where it goes, or
	GString *string; // here
	int depth;
	bool comma;	// the next value needs one before it
};

void jsonout_init_file(struct jsonout *out, FILE *file);
void jsonout_init_string(struct jsonout *out, GString *string);

void jsonout_begin_object(struct jsonout *out, const char *key);
void jsonout_end_object(struct jsonout *out);
void jsonout_begin_array(struct jsonout *out, const char *key);
void jsonout_end_array(struct jsonout *out);

void jsonout_string(struct jsonout *out, const char *key, const char *value); // NULL: null
void jsonout_int(struct jsonout *out, const char *key, gint64 value);
void jsonout_double(struct jsonout *out, const char *key, double value); // no ".0" behind it
void jsonout_bool(struct jsonout *out, const char *key, bool value);
void jsonout_null(struct jsonout *out, const char *key);
void jsonout_json(struct jsonout *out, const char *key, const char *json); // as it is; NULL: null
void jsonout_instant(struct jsonout *out, const char *key, gint64 instant_s); // ISO 8601 or null
void jsonout_length(struct jsonout *out, const char *key, double length_s);   // null when negative

// Ends a top-level document with a line feed and makes ready for the next one.
void jsonout_end_document(struct jsonout *out);

#endif
