// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts in plain text (Markdown of some shows included), and those inside the notes.
#include <string.h>

#include "text/highlights.h"
#include "text/transcript_read.h"

enum { TURNS_MIN = 4, FRONT_MATTER_MAX_BYTES = 16 * 1024 };

// Behind the "---" lines that some archives put over a transcript.
static const char *
skip_front_matter(const char *text)
{
	if (!g_str_has_prefix(text, "---\n"))
		return text;
	const char *end = strstr(text + 4, "\n---\n");

	return end && end - text < FRONT_MATTER_MAX_BYTES ? end + 5 : text;
}

struct transcript *
transcript_read_text(const char *text)
{
	OWNED(notes) notes = notes_parse(skip_front_matter(text), -1, NULL, -1);

	return turns_read(notes, 0, (int)notes->blocks->len - 1, TRANSCRIPT_TEXT, false);
}

static struct transcript *
from_section(const struct notes *notes, const GArray *sections)
{
	for (guint i = 0; i < sections->len; i++) {
		const struct section *section = &g_array_index(sections, struct section, i);
		size_t bytes = 0;

		if (section->kind != SECTION_TRANSCRIPT)
			continue;
		for (int b = section->first; b <= section->last; b++)
			bytes += strlen(((const struct note_block *)notes->blocks->pdata[b])->text);
		// Less is a link to a transcript or a sentence about one.
		if (bytes >= 400)
			return turns_read(
			    notes, section->first, section->last, TRANSCRIPT_NOTES, false);
	}
	return NULL;
}

static bool
begins_turn(const struct note_block *block)
{
	size_t after;
	g_autofree char *name =
	    block->kind == NOTE_PARAGRAPH ? voice_label(block->text, &after) : NULL;

	return name != NULL;
}

// Where turns begin and go on to the end, without a heading over them; -1 where they do not.
static int
find_turns(const struct notes *notes)
{
	int total = 0, seen = 0, blocks = (int)notes->blocks->len;

	for (int i = 0; i < blocks; i++)
		total += begins_turn(notes->blocks->pdata[i]);
	if (total < TURNS_MIN)
		return -1;
	for (int i = 0; i < blocks; i++) {
		if (!begins_turn(notes->blocks->pdata[i]))
			continue;
		// From here on every third paragraph begins a turn at least.
		if ((total - seen) * 3 >= blocks - i && total - seen >= TURNS_MIN)
			return i;
		seen++;
	}
	return -1;
}

struct transcript *
transcript_from_notes(const struct notes *notes)
{
	g_autoptr(GArray) sections = sections_find(notes);
	OWNED(transcript) transcript = from_section(notes, sections);

	if (!transcript) {
		int first = find_turns(notes);

		if (first >= 0)
			transcript = turns_read(
			    notes, first, (int)notes->blocks->len - 1, TRANSCRIPT_NOTES, true);
	}
	if (!transcript || transcript->cues->len == 0)
		return NULL;
	transcript_finish(transcript);
	return g_steal_pointer(&transcript);
}
