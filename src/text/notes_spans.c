// SPDX-License-Identifier: GPL-3.0-or-later
//
// Work on blocks that stand: marks laid over spans, bare addresses, the names of links.
#include <string.h>

#include "base/text.h"
#include "text/notes_build.h"

static void
add_span(GArray *spans, size_t start, size_t end, unsigned style, int link, double time_s)
{
	if (end <= start || style == NOTE_PLAIN)
		return;
	struct note_span span = {
	    .start = start, .len = end - start, .style = style, .link = link, .time_s = time_s};

	g_array_append_val(spans, span);
}

// The stretch [START, END) of MARK with what spans from *NEXT on lie under it.
static void
lay_mark(GArray *out, const GArray *spans, guint *next, const struct note_mark *mark)
{
	size_t at = mark->start, end = mark->start + mark->len;

	for (guint i = *next; i < spans->len; i++) {
		const struct note_span *span = &g_array_index(spans, struct note_span, i);

		if (span->start >= end)
			break;
		size_t from = MAX(span->start, at), to = MIN(span->start + span->len, end);

		if (from >= to)
			continue;
		add_span(out, at, from, mark->style, mark->link, mark->time_s);
		add_span(out, from, to, span->style | mark->style,
		    mark->link > 0 ? mark->link : span->link,
		    mark->style & NOTE_TIMESTAMP ? mark->time_s : span->time_s);
		at = to;
	}
	add_span(out, at, end, mark->style, mark->link, mark->time_s);
}

void
notes_mark(struct note_block *block, const GArray *marks)
{
	if (marks->len == 0)
		return;
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct note_span));
	GArray *spans = block->spans;
	size_t at = 0;
	guint next = 0;

	for (guint m = 0; m <= marks->len; m++) {
		const struct note_mark *mark =
		    m < marks->len ? &g_array_index(marks, struct note_mark, m) : NULL;
		size_t stop = mark ? mark->start : G_MAXSIZE;

		// What stands before the mark stays as it is.
		for (; next < spans->len; next++) {
			const struct note_span *span =
			    &g_array_index(spans, struct note_span, next);

			if (span->start >= stop)
				break;
			add_span(out, MAX(span->start, at), MIN(span->start + span->len, stop),
			    span->style, span->link, span->time_s);
			if (span->start + span->len > stop)
				break;
		}
		if (!mark)
			break;
		lay_mark(out, spans, &next, mark);
		at = mark->start + mark->len;
		while (
		    next < spans->len && g_array_index(spans, struct note_span, next).start +
						 g_array_index(spans, struct note_span, next).len <=
					     at)
			next++;
	}
	g_array_unref(block->spans);
	block->spans = out;
}

static bool
ends_address(const char *p)
{
	return *p == '\0' || strchr(" \t\n<>\"", *p) || strncmp(p, "“", 3) == 0 ||
	       strncmp(p, "”", 3) == 0 || strncmp(p, "…", 3) == 0;
}

// Full stops, commas and closing brackets that were never opened belong to the sentence.
static size_t
address_len(const char *p)
{
	size_t len = 0, open = 0, closed = 0;

	while (!ends_address(p + len)) {
		open += p[len] == '(';
		closed += p[len] == ')';
		len++;
	}
	while (len > 0) {
		char last = p[len - 1];

		if (last == ')' && closed > open)
			closed--;
		else if (!strchr(".,;:!?'*]}|", last))
			break;
		len--;
	}
	return len;
}

static const char *
next_address(const char *p)
{
	for (; (p = strstr(p, "://")); p += 3) {
		static const char *const schemes[] = {"https", "http"};

		for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
			size_t n = strlen(schemes[i]);
			const char *start = p - n;

			// (The caller sees to it that at least N bytes stand before.)
			if (g_ascii_strncasecmp(start, schemes[i], n) == 0)
				return start;
		}
	}
	return NULL;
}

static bool
in_link(const struct note_block *block, guint *next, size_t at)
{
	for (; *next < block->spans->len; ++*next) {
		const struct note_span *span =
		    &g_array_index(block->spans, struct note_span, *next);

		if (span->start + span->len <= at)
			continue;
		return span->start <= at && span->link > 0;
	}
	return false;
}

static void
find_urls(struct notes_builder *build, struct note_block *block)
{
	if (block->kind == NOTE_CODE || !strstr(block->text, "://"))
		return;
	// So that looking back from "://" never leaves the string.
	g_autofree char *padded = g_strconcat("     ", block->text, NULL);
	g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct note_mark));
	guint next = 0;

	for (const char *p = padded + 5; (p = next_address(p));) {
		size_t len = address_len(p);
		struct note_mark mark = {.start = p - padded - 5, .len = len, .style = NOTE_LINK};

		if (len > strlen("https://") && !in_link(block, &next, mark.start))
			mark.link = build_link(build, p, len);
		if (mark.link > 0)
			g_array_append_val(marks, mark);
		p += MAX(len, strlen("http://"));
	}
	notes_mark(block, marks);
}

void
notes_find_urls(struct notes_builder *build)
{
	for (guint i = 0; i < build->notes->blocks->len; i++)
		find_urls(build, build->notes->blocks->pdata[i]);
}

// The text under the first of a link's spans and those that go on without a gap.
static void
name_link(struct notes *notes, const struct note_block *block, guint *index)
{
	const struct note_span *spans = (const struct note_span *)(void *)block->spans->data;
	const struct note_span *first = &spans[*index];
	size_t end = first->start + first->len;

	while (*index + 1 < block->spans->len && spans[*index + 1].link == first->link &&
	       spans[*index + 1].start == end) {
		++*index;
		end += spans[*index].len;
	}
	struct note_link *link = notes->links->pdata[first->link - 1];

	if (!link->text && end > first->start)
		link->text = text_clean_line(block->text + first->start, end - first->start, 500);
}

void
notes_name_links(struct notes *notes)
{
	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];

		for (guint s = 0; s < block->spans->len; s++)
			if (g_array_index(block->spans, struct note_span, s).link > 0)
				name_link(notes, block, &s);
	}
	for (guint i = 0; i < notes->links->len; i++) {
		struct note_link *link = notes->links->pdata[i];

		if (!link->text)
			link->text = g_strdup(link->url);
	}
}
