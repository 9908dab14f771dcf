// SPDX-License-Identifier: GPL-3.0-or-later
//
// Show notes as a whole: the steps from bytes to blocks, and back to plain text.
#include "text/notes.h"

#include <string.h>

#include "base/text.h"
#include "text/notes_build.h"
#include "text/transcript_read.h"

enum { SOURCE_MAX = 4 * 1024 * 1024 };

static void
note_link_free(struct note_link *link)
{
	g_free(link->url);
	g_free(link->text);
	g_free(link);
}

void
notes_free(struct notes *notes)
{
	if (!notes)
		return;
	g_ptr_array_unref(notes->blocks);
	g_ptr_array_unref(notes->links);
	g_free(notes);
}

static bool
is_all_bold(const struct note_block *block)
{
	size_t bold = 0, blanks = 0;

	for (guint i = 0; i < block->spans->len; i++) {
		const struct note_span *span = &g_array_index(block->spans, struct note_span, i);

		if (span->style & NOTE_BOLD)
			bold += span->len;
	}
	if (bold == 0)
		return false;
	for (const char *p = block->text; *p; p++)
		blanks += *p == ' ' || *p == '\n' || *p == ':';
	return bold + blanks >= strlen(block->text);
}

static struct notes *
notes_new(void)
{
	struct notes *notes = g_new0(struct notes, 1);

	notes->blocks = g_ptr_array_new_with_free_func((GDestroyNotify)note_block_free);
	notes->links = g_ptr_array_new_with_free_func((GDestroyNotify)note_link_free);
	return notes;
}

static void
mark_bold(struct notes *notes)
{
	for (guint i = 0; i < notes->blocks->len; i++) {
		struct note_block *block = notes->blocks->pdata[i];

		block->all_bold = block->kind == NOTE_PARAGRAPH && is_all_bold(block);
	}
}

struct notes *
notes_parse(const char *source, gssize len, const char *base, double duration_s)
{
	struct notes *notes = notes_new();

	if (!source)
		return notes;

	size_t size = MIN(len < 0 ? strlen(source) : (size_t)len, SOURCE_MAX);
	g_autofree char *valid = NULL;

	if (!g_utf8_validate(source, size, NULL)) {
		valid = g_utf8_make_valid(source, size);
		source = valid;
		size = strlen(valid);
	}

	struct notes_builder build;

	build_init(&build, notes, base);
	notes->was_html = notes_is_html(source, size);
	if (notes->was_html)
		notes_read_html(&build, source, size);
	else
		notes_read_text(&build, source, size);
	build_block(&build, NOTE_PARAGRAPH, 0, 0, 0);
	notes_split_lines(notes);
	notes_find_urls(&build);
	notes_name_links(notes);
	notes_find_times(notes, duration_s);
	mark_bold(notes);
	build_clear(&build);
	return notes;
}

struct notes *
notes_parse_talk(const char *source)
{
	struct notes *notes = notes_new();
	struct notes_builder build;

	build_init(&build, notes, NULL);
	build.talk = true;
	notes->was_html = true;
	notes_read_html(&build, source, strlen(source));
	build_block(&build, NOTE_PARAGRAPH, 0, 0, 0);
	mark_bold(notes);
	build_clear(&build);
	return notes;
}

static bool
is_close(const struct note_block *above, const struct note_block *below)
{
	return (above->kind == NOTE_ITEM && below->kind == NOTE_ITEM) ||
	       (above->kind == NOTE_ROW && below->kind == NOTE_ROW);
}

char *
notes_text(const struct notes *notes)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];

		if (i > 0)
			g_string_append(
			    out, is_close(notes->blocks->pdata[i - 1], block) ? "\n" : "\n\n");
		if (block->kind == NOTE_RULE) {
			g_string_append(out, "---");
			continue;
		}
		int indent = 2 * MIN(block->depth, 20);
		g_autofree char *mark = block->kind != NOTE_ITEM ? g_strdup("")
					: block->number > 0 ? g_strdup_printf("%d. ", block->number)
							    : g_strdup("• ");

		g_string_append_printf(out, "%*s%s", indent, "", mark);
		indent += text_width(mark, -1);
		for (const char *p = block->text; *p;) {
			size_t part = strcspn(p, "\n");

			g_string_append_len(out, p, part);
			p += part;
			if (*p == '\n') {
				g_string_append_printf(out, "\n%*s", indent, "");
				p++;
			}
		}
	}
	if (out->len > 0)
		g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}
