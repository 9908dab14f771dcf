// SPDX-License-Identifier: GPL-3.0-or-later
//
// Private to text/transcript*: one reader a format, and what they share.
#ifndef HARK_TEXT_TRANSCRIPT_READ_H
#define HARK_TEXT_TRANSCRIPT_READ_H

#include <glib.h>
#include <stdbool.h>

#include "text/transcript.h"

enum { TRANSCRIPT_MAX_CUES = 200000 };
#define TRANSCRIPT_MAX_S (7 * 24 * 3600.0)

struct transcript *transcript_new(enum transcript_source source);

// Adds a cue; SPEAKER may be NULL. TEXT is cleaned to one line; without any it is dropped, and so
// is a cue that begins where no medium reaches.
void transcript_add(struct transcript *transcript, double start_s, double end_s,
    const char *speaker, const char *text);

// Sorts by start, fills ends that are not known from the next start, drops what is over the bounds.
void transcript_finish(struct transcript *transcript);

// Readers. TEXT is valid UTF-8 with LF only. They may give a transcript without cues.
struct transcript *transcript_read_vtt(const char *text);
struct transcript *transcript_read_srt(const char *text);
struct transcript *transcript_read_json(const char *text, GError **error);
struct transcript *transcript_read_html(const char *text);
struct transcript *transcript_read_text(const char *text);

// Whether the line holds a timing as SRT or WebVTT write it.
bool transcript_is_timing(const char *line, size_t len);

// Cards that begin with "Name: ": the name becomes the speaker where it occurs at least twice or is
// a role. A card without one goes on with the voice before.
void transcript_name_voices(struct transcript *transcript);

// A cue without a speaker goes on with the voice of the one before.
void transcript_carry_voices(struct transcript *transcript);

// The name before the colon that ends at *COLON (bytes of TEXT), where it looks like a speaker's;
// NULL else. Owned by the caller.
char *voice_label(const char *text, size_t *after);

// Whether LEN bytes look like a person's name or a role.
bool voice_is_name(const char *name, size_t len);

// "Announcer", "Speaker 3", ...: a name even where it occurs once.
bool voice_is_role(const char *name);

// The cues of blocks FIRST to LAST of NOTES by their turns; without any cues where there are none
// and NEED_TURNS.
struct transcript *turns_read(
    const struct notes *notes, int first, int last, enum transcript_source source, bool need_turns);

// HTML of a transcript: like notes_parse, but "cite" and "time" are headings of these levels, and
// menus, heads and feet of a page are left out.
enum { TALK_CITE = 7, TALK_TIME = 8 };
struct notes *notes_parse_talk(const char *source);

#endif
