// SPDX-License-Identifier: GPL-3.0-or-later
//
// Notes as text: title, the highlights, then what the notes say; and their links as a list.
#include <string.h>

#include "app/reading.h"
#include "app/rows.h"
#include "base/i18n.h"
#include "base/when.h"
#include "text/highlights.h"

static unsigned
span_style(const struct note_span *span)
{
	if (span->style & NOTE_TIMESTAMP)
		return STYLE_TIME;
	if (span->style & NOTE_LINK)
		return STYLE_LINK;
	if (span->style & NOTE_MONO)
		return STYLE_MONO;
	if (span->style & NOTE_BOLD)
		return STYLE_STRONG;
	return span->style & NOTE_ITALIC ? STYLE_ITALIC : STYLE_TEXT;
}

static unsigned
block_style(const struct note_block *block)
{
	if (block->kind == NOTE_HEADING || block->all_bold)
		return STYLE_HEADING;
	if (block->kind == NOTE_CODE)
		return STYLE_MONO;
	return block->kind == NOTE_RULE ? STYLE_DIM : STYLE_TEXT;
}

// One laid line with the spans of its block that lie in it; what Enter does there is an item.
static void
add_note_line(
    struct reading_text *text, const struct note_block *block, const struct note_line *laid)
{
	struct text_line *line = textview_add(&text->text, -1, laid->indent + 1, block_style(block),
	    block->text + laid->start, (gssize)laid->len);
	struct read_item found = {-1, 0, 0};

	g_strlcpy(line->margin, laid->prefix, sizeof line->margin);
	line->margin_style = STYLE_DIM;
	for (guint i = 0; i < block->spans->len; i++) {
		const struct note_span *span = &g_array_index(block->spans, struct note_span, i);
		size_t start = MAX(span->start, laid->start);
		size_t end = MIN(span->start + span->len, laid->start + laid->len);
		if (start >= end)
			continue;
		text_line_span(line, start - laid->start, end - start, span_style(span));
		if (span->style & NOTE_TIMESTAMP && found.time_s < 0)
			found.time_s = span->time_s;
		if (span->style & NOTE_LINK && found.link != span->link) {
			found.link = found.link ? found.link : span->link;
			found.more++;
		}
	}
	if (found.time_s >= 0 || found.link > 0) {
		line->item = (int)text->items->len;
		g_array_append_val(text->items, found);
	}
}

static void
add_margin_wrapped(struct reading_text *text, int item, int indent, int cells, unsigned style,
    const char *margin, unsigned margin_style, const char *words)
{
	guint first = text->text.lines->len;

	textview_wrap(&text->text, item, indent, cells - indent + 1, style, words);
	struct text_line *line = text->text.lines->pdata[first];
	g_strlcpy(line->margin, margin, sizeof line->margin);
	line->margin_style = margin_style;
}

static void
lay_title(struct reading *self, struct reading_text *text, int cells)
{
	const struct episode *episode = self->episode;
	g_autofree char *day = row_day_long(episode->published_s);
	g_autofree char *length = when_length(episode->duration_s);
	const char *dot = self->view.app->marks->glyphs->dot;
	g_autoptr(GString) facts = g_string_new(episode->show_title);

	if (self->view.area.cols != self->view.app->grid->cols) // else the head has it
		textview_wrap(&text->text, -1, 1, cells, STYLE_STRONG, episode->title);
	if (*day)
		g_string_append_printf(facts, " %s %s", dot, day);
	if (*length)
		g_string_append_printf(facts, " %s %s", dot, length);
	textview_wrap(&text->text, -1, 1, cells, STYLE_DIM, facts->str);
	textview_add(&text->text, -1, 1, STYLE_TEXT, "", 0);
}

static void
lay_highlights(struct reading *self, struct reading_text *text, int cells)
{
	OWNED(highlights) found = highlights_find(reading_notes(self));
	const struct marks *marks = self->view.app->marks;

	if (!found || found->items->len + found->times->len == 0)
		return;
	textview_add(&text->text, -1, 1, STYLE_HEAD, _("Highlights"), -1);
	for (guint i = 0; i < found->items->len; i++)
		add_margin_wrapped(text, -1, 3, cells, STYLE_TEXT, marks->bullet, STYLE_MARK,
		    found->items->pdata[i]);
	for (guint i = 0; i < found->times->len; i++) {
		const struct highlight_time *time = found->times->pdata[i];
		g_autofree char *clock = when_clock(time->start_s);
		add_margin_wrapped(text, reading_item(text, time->start_s, 0), 10, cells,
		    STYLE_TEXT, clock, STYLE_TIME, time->title);
	}
	textview_add(&text->text, -1, 1, STYLE_TEXT, "", 0);
}

void
notes_lay(struct reading *self, struct reading_text *text, int cells)
{
	const struct notes *notes = reading_notes(self);
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct note_line));

	lay_title(self, text, cells);
	guint before = text->text.lines->len;
	lay_highlights(self, text, cells);
	if (text->text.lines->len > before && notes->blocks->len > 0)
		textview_add(&text->text, -1, 1, STYLE_HEAD, _("Notes"), -1);
	for (guint i = 0; i < notes->blocks->len; i++)
		notes_wrap(notes, (int)i, cells, lines);
	for (guint i = 0; i < lines->len; i++) {
		const struct note_line *line = &g_array_index(lines, struct note_line, i);
		if (line->block < 0)
			textview_add(&text->text, -1, 1, STYLE_TEXT, "", 0);
		else
			add_note_line(text, notes->blocks->pdata[line->block], line);
	}
	if (notes->blocks->len == 0)
		textview_wrap(&text->text, -1, 1, cells, STYLE_DIM,
		    _("The feed says nothing about this episode."));
}

static const char *
bare_address(const char *url)
{
	const char *rest = strstr(url, "://");
	return rest ? rest + 3 : url;
}

void
links_lay(struct reading *self, struct reading_text *text, int cells)
{
	const struct notes *notes = reading_notes(self);
	const struct episode *episode = self->episode;

	if (episode->link && *episode->link) {
		add_margin_wrapped(text, reading_item(text, -1, 0), 5, cells, STYLE_TEXT, "  0",
		    STYLE_KEY, _("The episode's page"));
		textview_wrap(&text->text, (int)text->items->len - 1, 5, cells - 4, STYLE_LINK,
		    bare_address(episode->link));
	}
	for (guint i = 0; i < notes->links->len; i++) {
		const struct note_link *link = notes->links->pdata[i];
		char number[16];
		int item = reading_item(text, -1, (int)i + 1);
		bool named = *link->text && strcmp(link->text, link->url) != 0 &&
			     strcmp(link->text, bare_address(link->url)) != 0;

		g_snprintf(number, sizeof number, "%3u", i + 1);
		add_margin_wrapped(text, item, 5, cells, named ? STYLE_TEXT : STYLE_LINK, number,
		    STYLE_KEY, named ? link->text : bare_address(link->url));
		if (named)
			textview_wrap(
			    &text->text, item, 5, cells - 4, STYLE_LINK, bare_address(link->url));
	}
	if (text->text.lines->len == 0)
		textview_wrap(&text->text, -1, 1, cells, STYLE_DIM,
		    _("The notes of this episode have no links."));
}
