// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chapters: podcast JSON 1.2 (STANDARDS 12.1), psc (12.2), timestamps in the notes (18).
#ifndef HARK_TEXT_CHAPTERS_H
#define HARK_TEXT_CHAPTERS_H

#include <glib.h>
#include <stdbool.h>

struct chapter {
	double start_s;
	double end_s; // negative: unknown
	char *title; // one line; "" where it has none
	char *url, *image; // may be NULL
};

struct chapter *chapter_new(double start_s, double end_s, const char *title, const char *url,
    const char *image);
void chapter_free(struct chapter *chapter);

// Podcast JSON: lenient as STANDARDS says (times as strings, null fields, unsorted; toc:false left
// out). struct chapter * by start. Fails with what is wrong (an HTML page, no "chapters").
GPtrArray *chapters_from_json(const char *bytes, size_t len, GError **error);

// The chapters that a list of times in NOTES makes: at least two, rising; else none. struct chapter
// *.
struct notes;
GPtrArray *chapters_from_notes(const struct notes *notes);

// Sorts by start, drops doubles, fills missing ends from the next start (the last from DURATION_S
// where known).
void chapters_finish(GPtrArray *chapters, double duration_s);

// The index of the chapter at POSITION_S, or -1.
int chapters_at(const GPtrArray *chapters, double position_s);

#endif
