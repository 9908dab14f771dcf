// SPDX-License-Identifier: GPL-3.0-or-later
//
// Show notes: any bytes become blocks whose spans lie within them, and all that reads blocks copes.
#include "fuzz.h"

#include <string.h>

#include "text/chapters.h"
#include "text/highlights.h"
#include "text/notes.h"
#include "text/transcript.h"

const char *const fuzz_texts[] = {"<p>Topics:</p><ul><li>a <b>b</b><li>c</ul><p>Links</p>",
    "00:00 Intro\n12:47 [Topic](https://a.example/x)\n1:02:03 End",
    "We talked about: one thingWhy two. Three.",
    "<ol start=5><li><blockquote><pre>x\n y</pre></blockquote>", "// A // B // C //",
    "Emily: Hi.\n\nDave: So.", "**Michael #1:** [x](https://a.example) - y\n\n- z",
    "(1:00) A(2:00) B(3:00) C", "see http://", NULL};
const char *const fuzz_folders[] = {"shownotes", NULL};

static void
check_block(const struct note_block *block)
{
	size_t at = 0, len = strlen(block->text);

	g_assert(g_utf8_validate(block->text, -1, NULL));
	for (guint i = 0; i < block->spans->len; i++) {
		const struct note_span *span = &g_array_index(block->spans, struct note_span, i);

		g_assert(span->start >= at && span->len > 0 && span->start + span->len <= len);
		g_assert(g_utf8_validate(block->text + span->start, span->len, NULL));
		g_assert((span->link > 0) == ((span->style & NOTE_LINK) != 0));
		at = span->start + span->len;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	OWNED(notes) notes = notes_parse((const char *)data, size, "https://base.example/", 3600);
	OWNED(highlights) found = highlights_find(notes);
	OWNED(transcript) transcript = transcript_from_notes(notes);
	g_autoptr(GPtrArray) chapters = chapters_from_notes(notes);
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct note_line));
	g_autofree char *row = highlights_row(notes, NULL), *text = notes_text(notes);

	(void)chapters;
	g_assert(g_utf8_validate(text, -1, NULL) && !strchr(row, '\n'));
	for (guint i = 0; i < notes->blocks->len; i++) {
		check_block(notes->blocks->pdata[i]);
		notes_wrap(notes, (int)i, 10 + size % 60, lines);
	}
	for (guint i = 0; i < found->items->len; i++)
		g_assert(g_utf8_validate(found->items->pdata[i], -1, NULL));
	return 0;
}
