// SPDX-License-Identifier: GPL-3.0-or-later
//
// HTML transcripts: "cite", "time" and "p" as the podcast namespace has them, else the running text
// of the page where it reads like a transcript and not like an error.
#include <string.h>

#include "text/notes_times.h"
#include "text/transcript_read.h"

enum { PAGE_MIN_BYTES = 1500 };

struct monologue {
	struct transcript *transcript;
	char *speaker;
	double start_s;
	GString *text;
};

static void
flush(struct monologue *talk)
{
	if (talk->text->len > 0 && talk->transcript->cues->len < TRANSCRIPT_MAX_CUES) {
		struct cue *cue = g_new0(struct cue, 1);

		cue->start_s = talk->start_s;
		cue->end_s = -1;
		cue->speaker = g_strdup(talk->speaker);
		cue->text = g_strndup(talk->text->str, talk->text->len);
		g_ptr_array_add(talk->transcript->cues, cue);
	}
	g_string_truncate(talk->text, 0);
}

static void
read_block(struct monologue *talk, const struct note_block *block)
{
	struct time_code code;

	if (block->kind == NOTE_HEADING && block->level == TALK_CITE) {
		size_t len = strlen(block->text);

		flush(talk);
		while (len > 0 && strchr(" :", block->text[len - 1]))
			len--;
		g_free(talk->speaker);
		talk->speaker = len > 0 ? g_strndup(block->text, len) : NULL;
	} else if (block->kind == NOTE_HEADING && block->level == TALK_TIME) {
		flush(talk);
		if (time_code_at(block->text, &code) > 0) {
			talk->start_s = code.seconds;
			talk->transcript->timed = true;
		}
	} else if (block->kind != NOTE_RULE && (talk->speaker || talk->start_s >= 0)) {
		if (talk->text->len > 0)
			g_string_append(talk->text, "\n\n");
		g_string_append(talk->text, block->text);
	}
}

static bool
has_marks(const struct notes *notes)
{
	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];

		if (block->kind == NOTE_HEADING && block->level >= TALK_CITE)
			return true;
	}
	return false;
}

static size_t
prose_bytes(const struct notes *notes)
{
	size_t bytes = 0;

	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];

		if (block->kind == NOTE_PARAGRAPH)
			bytes += strlen(block->text);
	}
	return bytes;
}

struct transcript *
transcript_read_html(const char *text)
{
	OWNED(notes) notes = notes_parse_talk(text);

	if (!has_marks(notes))
		return turns_read(notes, 0, (int)notes->blocks->len - 1, TRANSCRIPT_HTML,
		    prose_bytes(notes) < PAGE_MIN_BYTES);

	struct monologue talk = {
	    .transcript = transcript_new(TRANSCRIPT_HTML),
	    .start_s = -1,
	    .text = g_string_new(NULL),
	};

	for (guint i = 0; i < notes->blocks->len; i++)
		read_block(&talk, notes->blocks->pdata[i]);
	flush(&talk);
	g_free(talk.speaker);
	g_string_free(talk.text, TRUE);
	for (guint i = 0; talk.transcript->timed && i < talk.transcript->cues->len; i++) {
		struct cue *cue = talk.transcript->cues->pdata[i];

		cue->start_s = MAX(cue->start_s, 0);
	}
	return talk.transcript;
}
