// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts: SRT, WebVTT, podcast JSON (with its wild forms), HTML and plain text (STANDARDS 11),
// and speaker turns inside the notes. A broken cue is skipped, never the file. Bounds: 20 MB,
// 200,000 cues. Text is cleaned; a cue's text may hold "\n\n" between paragraphs (notes, text,
// HTML).
#ifndef HARK_TEXT_TRANSCRIPT_H
#define HARK_TEXT_TRANSCRIPT_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "text/notes.h"

enum { TRANSCRIPT_BYTES = 20 * 1024 * 1024 }; // longer ones are not read

struct cue {
	double start_s, end_s; // negative: not known (untimed)
	char *speaker;	       // NULL: not said. A cue that continues a voice carries its name too
	char *text;
};

// Names are what `source` of `transcript --format json` prints.
enum transcript_source {
	TRANSCRIPT_SRT,
	TRANSCRIPT_VTT,
	TRANSCRIPT_JSON,
	TRANSCRIPT_HTML,
	TRANSCRIPT_TEXT,
	TRANSCRIPT_NOTES,
};

struct transcript {
	enum transcript_source source;
	bool timed;	  // the cues carry the document's own times
	bool estimated;	  // start_s was filled by transcript_estimate
	char *language;	  // may be NULL
	GPtrArray *cues;  // struct cue *, by start where timed
	GPtrArray *warnings; // char *
};

void cue_free(struct cue *cue);
void transcript_free(struct transcript *transcript);
OWNED_DEFINE(transcript, transcript_free)

const char *transcript_source_name(enum transcript_source source);

// Decides the format by content, then URL's extension, then TYPE (both may be NULL). Fails where
// nothing readable comes out, saying what it is (an HTML error page where no transcript was,
// empty).
struct transcript *transcript_parse(const char *bytes, size_t len, const char *type,
    const char *url, GError **error);

// The transcript inside show notes, by its section or its turns; NULL where there is none.
struct transcript *transcript_from_notes(const struct notes *notes);

// Gives untimed cues times by their share of characters over DURATION_S (> 0); sets estimated.
void transcript_estimate(struct transcript *transcript, double duration_s);

// Joins cues of one voice into passages fit for reading (sentence ends, 5 to 12 s) where the
// document cuts words or half-sentences; times stay true. An estimated one, whose cues are whole
// turns, is first cut at its sentences. A new transcript.
struct transcript *transcript_passages(const struct transcript *transcript);

// Index of the last cue with start <= POSITION_S (STANDARDS 11.6), -1 before the first. By binary
// search.
int transcript_at(const struct transcript *transcript, double position_s);

// As WebVTT (voices by <v>), SRT ("Name: " at a change), plain text ("Name: text") or Markdown
// (passages, with name and time before them).
char *transcript_to_vtt(const struct transcript *transcript);
char *transcript_to_srt(const struct transcript *transcript);
char *transcript_to_text(const struct transcript *transcript);
char *transcript_to_markdown(const struct transcript *transcript);

// Which of several offered documents is tried first: lower is better. Timed before untimed, TYPE
// and URL tell; REL "captions" helps; LANGUAGE equal to WANTED (both may be NULL) helps.
int transcript_rank(const char *type, const char *url, const char *rel, const char *language,
    const char *wanted);

#endif
