// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of times in notes, in the forms of SHOWNOTES section 3: a code before its title, behind it,
// alone on its line, or many in one line.
#include <string.h>

#include "base/text.h"
#include "text/highlights_find.h"
#include "text/notes_times.h"

enum { TITLE_MAX_BYTES = 300, RUN_MIN = 3 };

struct times_reader {
	const struct notes *notes;
	GArray *out;
	int block;
};

static void
found_time_clear(gpointer data)
{
	g_free(((struct found_time *)data)->title);
}

// What stands between START and END without the signs that part a title from codes.
static char *
title_of(const char *start, const char *end)
{
	for (;;) {
		if (start < end && strchr(" -:|)]>}.,*~", *start))
			start++;
		else if (end - start >= 3 &&
			 (strncmp(start, "–", 3) == 0 || strncmp(start, "—", 3) == 0))
			start += 3;
		else
			break;
	}
	for (;;) {
		if (end > start && strchr(" -:|([<{*@~", end[-1]))
			end--;
		else if (end - start >= 3 &&
			 (strncmp(end - 3, "–", 3) == 0 || strncmp(end - 3, "—", 3) == 0))
			end -= 3;
		else
			break;
	}
	return text_clean_line(start, MIN(end - start, TITLE_MAX_BYTES), 0);
}

static void
add(struct times_reader *reader, double start_s, char *title, bool listed)
{
	struct found_time time = {
	    .start_s = start_s, .title = title, .listed = listed, .block = reader->block};

	g_array_append_val(reader->out, time);
}

// The title of a code that stands alone: the heading above it, or the line under it.
static char *
title_beside(const struct times_reader *reader, const char *after_line)
{
	const GPtrArray *blocks = reader->notes->blocks;
	const struct note_block *above =
	    reader->block > 0 ? blocks->pdata[reader->block - 1] : NULL;
	const struct note_block *below =
	    reader->block + 1 < (int)blocks->len ? blocks->pdata[reader->block + 1] : NULL;
	const char *text = NULL;
	struct time_code code;

	if (*after_line == '\n' && after_line[1])
		text = after_line + 1;
	else if (below && below->kind == NOTE_ITEM)
		text = below->text;
	else if (above && above->kind == NOTE_HEADING)
		text = above->text;
	else if (below && below->kind == NOTE_PARAGRAPH && strlen(below->text) < TITLE_MAX_BYTES)
		text = below->text;
	if (!text || time_code_at(time_code_line_start(text), &code) > 0)
		return g_strdup("");
	return title_of(text, text + strcspn(text, "\n"));
}

static bool
is_bracketed(const char *line, const char *code)
{
	while (code > line && strchr(" @~", code[-1]))
		code--;
	return code > line && strchr("([<", code[-1]);
}

// The codes SPANS[0..COUNT) of one line.
static void
read_line(struct times_reader *reader, const char *text, const char *line, const char *end,
    const struct note_span *const *spans, guint count)
{
	const char *first = text + spans[0]->start, *last = text + spans[count - 1]->start;
	const char *behind = last + spans[count - 1]->len;
	bool leads = time_code_line_start(line) == first;
	guint bracketed = 0;

	for (guint i = 0; i < count; i++)
		bracketed += is_bracketed(line, text + spans[i]->start);
	if (leads || bracketed >= RUN_MIN) {
		for (guint i = 0; i < count; i++) {
			const char *from = text + spans[i]->start + spans[i]->len;
			const char *to = i + 1 < count ? text + spans[i + 1]->start : end;
			char *title = title_of(from, to);

			if (*title == '\0' && i + 1 == count && i == 0) {
				g_free(title);
				title = title_beside(reader, end);
			} else if (*title == '\0' && i + 1 < count) {
				// "0:00 - 2:39 Title": the second code is where it ends.
				g_free(title);
				i++;
				title = title_of(text + spans[i]->start + spans[i]->len,
				    i + 1 < count ? text + spans[i + 1]->start : end);
				add(reader, spans[i - 1]->time_s, title, *title != '\0');
				continue;
			} else if (i > 0 && !is_bracketed(line, text + spans[i]->start) &&
				   to == end && *title == '\0') {
				g_free(title); // the length of the chapter before
				continue;
			}
			add(reader, spans[i]->time_s, title, *title != '\0');
		}
		return;
	}
	g_autofree char *rest = title_of(behind, end);
	bool trails =
	    count == 1 && *rest == '\0' && first > line &&
	    (is_bracketed(line, first) ||
		((const struct note_block *)reader->notes->blocks->pdata[reader->block])->kind ==
		    NOTE_ITEM);

	for (guint i = 0; i < count; i++)
		add(reader, spans[i]->time_s, trails ? title_of(line, first) : g_strdup(""),
		    trails && end - line < TITLE_MAX_BYTES);
}

static void
read_block(struct times_reader *reader)
{
	const struct note_block *block = reader->notes->blocks->pdata[reader->block];
	g_autoptr(GPtrArray) spans = g_ptr_array_new();
	const char *text = block->text, *line = text, *end = NULL;

	for (guint i = 0; i <= block->spans->len; i++) {
		const struct note_span *span =
		    i < block->spans->len ? &g_array_index(block->spans, struct note_span, i)
					  : NULL;

		if (span && !(span->style & NOTE_TIMESTAMP))
			continue;
		if (!end)
			end = line + strcspn(line, "\n");
		if (spans->len > 0 && (!span || text + span->start >= end)) {
			read_line(reader, text, line, end, (const void *)spans->pdata, spans->len);
			g_ptr_array_set_size(spans, 0);
		}
		while (span && text + span->start >= end && *end) {
			line = end + 1;
			end = line + strcspn(line, "\n");
		}
		if (span)
			g_ptr_array_add(spans, (void *)span);
	}
}

GArray *
times_find(const struct notes *notes, const GArray *sections)
{
	struct times_reader reader = {
	    .notes = notes, .out = g_array_new(FALSE, FALSE, sizeof(struct found_time))};

	g_array_set_clear_func(reader.out, found_time_clear);
	for (guint s = 0; s < sections->len; s++) {
		const struct section *section = &g_array_index(sections, struct section, s);
		int first = section->heading >= 0 ? section->heading : section->first;

		if (section->kind == SECTION_TRANSCRIPT)
			continue;
		for (reader.block = first; reader.block <= section->last; reader.block++)
			read_block(&reader);
	}
	return reader.out;
}
