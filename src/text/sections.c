// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts notes into sections at their headings. A line is a heading where it stands alone and either
// its whole wording is known, or it looks like one (SHOWNOTES section 2.9) and its wording tells a
// kind.
#include <string.h>

#include "text/highlights_find.h"
#include "text/phrases.h"

enum { HEADING_MAX_BYTES = 140, SHORT_MAX_BYTES = 60, TRANSCRIPT_MIN_BYTES = 800 };

static const struct note_block *
block_at(const struct notes *notes, guint index)
{
	return index < notes->blocks->len ? notes->blocks->pdata[index] : NULL;
}

static bool
is_upper(const char *text)
{
	int letters = 0;

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_islower(c))
			return false;
		letters += g_unichar_isupper(c) ? 1 : 0;
	}
	return letters >= 4;
}

// The last sentence of a paragraph that ends with a colon: "He did much. We also talked about:".
static const char *
last_clause(const char *text, size_t len)
{
	for (size_t i = len; i > 2; i--)
		if (text[i - 1] == ' ' && strchr(".!?", text[i - 2]))
			return text + i;
	return text;
}

struct heading {
	enum section_kind kind;
	bool is_heading;
};

static struct heading
read_heading(const struct notes *notes, guint index)
{
	const struct note_block *block = block_at(notes, index), *next = block_at(notes, index + 1);
	struct heading none = {SECTION_NONE, false};
	const char *text = block->text;
	size_t len = strlen(text);

	if (block->kind != NOTE_HEADING && block->kind != NOTE_PARAGRAPH)
		return none;
	bool colon = len > 1 && text[len - 1] == ':';

	if (colon) {
		const char *clause = last_clause(text, len);

		len -= clause - text;
		text = clause;
	}
	if (len == 0 || len > HEADING_MAX_BYTES)
		return none;

	bool list = next && next->kind == NOTE_ITEM;
	bool stop = strchr(".!?", text[len - 1]) != NULL;
	bool shaped =
	    block->kind == NOTE_HEADING || block->all_bold || (colon && (list || len <= 100)) ||
	    (list && len <= SHORT_MAX_BYTES && !stop) || (len <= SHORT_MAX_BYTES && is_upper(text));
	char folded[HEADING_MAX_BYTES + 32];
	bool exact;
	size_t folded_len = phrases_fold(text, len, folded, sizeof(folded));

	if (folded_len == 0 || (!shaped && folded_len > 40))
		return none;
	// "The conversation covers:" says more than the words that are looked for in a heading.
	if (colon && phrases_cue(folded, false) &&
	    (phrases_heading(folded, &exact) == SECTION_NONE || !exact))
		return (struct heading){SECTION_HIGHLIGHTS, true};

	enum section_kind kind = phrases_heading(folded, &exact);

	return (struct heading){kind, exact || shaped};
}

// Whether the heading at INDEX has a transcript under it and not just a link to one.
static bool
transcript_follows(const struct notes *notes, guint index)
{
	size_t bytes = 0;

	for (guint i = index + 1; i < notes->blocks->len; i++) {
		if (i <= index + 3 && i + 1 < notes->blocks->len) {
			struct heading heading = read_heading(notes, i);

			if (heading.is_heading && heading.kind != SECTION_NONE)
				return false;
		}
		bytes += strlen(block_at(notes, i)->text);
		if (bytes >= TRANSCRIPT_MIN_BYTES)
			return true;
	}
	return bytes > 0 && notes->blocks->len - index > 3;
}

static int
transcript_end(const struct notes *notes, guint index)
{
	guint last = notes->blocks->len;

	while (last > index + 1) {
		const struct note_block *block = block_at(notes, last - 1);
		char folded[80];

		phrases_fold(block->text, MIN(strlen(block->text), 70), folded, sizeof(folded));
		if (block->kind != NOTE_RULE && strlen(block->text) > 0 &&
		    !phrases_match(PHRASES_FOOTER, folded, false))
			break;
		last--;
	}
	return (int)last - 1;
}

GArray *
sections_find(const struct notes *notes)
{
	GArray *sections = g_array_new(FALSE, FALSE, sizeof(struct section));
	struct section section = {.kind = SECTION_NONE, .heading = -1, .first = 0};

	for (guint i = 0; i < notes->blocks->len; i++) {
		struct heading heading = read_heading(notes, i);
		bool rule = block_at(notes, i)->kind == NOTE_RULE;

		if (!heading.is_heading && !rule)
			continue;
		section.last = (int)i - 1;
		if (section.heading >= 0 || section.last >= section.first)
			g_array_append_val(sections, section);
		section = (struct section){
		    .kind = heading.kind, .heading = rule ? -1 : (int)i, .first = (int)i + 1};
		if (heading.kind == SECTION_TRANSCRIPT && transcript_follows(notes, i)) {
			section.last = transcript_end(notes, i);
			g_array_append_val(sections, section);
			return sections;
		}
	}
	section.last = (int)notes->blocks->len - 1;
	if (section.heading >= 0 || section.last >= section.first)
		g_array_append_val(sections, section);
	return sections;
}
