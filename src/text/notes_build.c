// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes the blocks and spans of show notes while a reader walks through the source.
#include "text/notes_build.h"

#include <string.h>

#include "base/text.h"
#include "text/feed.h"

struct note_block *
note_block_new(enum note_block_kind kind)
{
	struct note_block *block = g_new0(struct note_block, 1);

	block->kind = kind;
	block->spans = g_array_new(FALSE, FALSE, sizeof(struct note_span));
	return block;
}

void
note_block_free(struct note_block *block)
{
	g_free(block->text);
	g_array_unref(block->spans);
	g_free(block);
}

void
build_init(struct notes_builder *build, struct notes *notes, const char *base)
{
	*build = (struct notes_builder){
	    .notes = notes,
	    .base = base,
	    .by_url = g_hash_table_new(g_str_hash, g_str_equal),
	    .text = g_string_sized_new(256),
	    .spans = g_array_new(FALSE, FALSE, sizeof(struct note_span)),
	};
}

void
build_clear(struct notes_builder *build)
{
	g_hash_table_unref(build->by_url);
	g_string_free(build->text, TRUE);
	g_array_unref(build->spans);
}

bool
build_is_empty(const struct notes_builder *build)
{
	return build->text->len == 0;
}

// Trailing blanks and breaks go, and with them what spans lay over them.
static void
trim_end(struct notes_builder *build)
{
	size_t len = build->text->len;

	while (len > 0 && strchr(" \n", build->text->str[len - 1]))
		len--;
	g_string_truncate(build->text, len);
	while (build->spans->len > 0) {
		struct note_span *span =
		    &g_array_index(build->spans, struct note_span, build->spans->len - 1);

		if (span->start < len) {
			span->len = MIN(span->len, len - span->start);
			break;
		}
		g_array_set_size(build->spans, build->spans->len - 1);
	}
}

static void
finish_block(struct notes_builder *build)
{
	build->blank = false;
	trim_end(build);
	if (build->text->len == 0)
		return;

	struct note_block *block = note_block_new(build->kind);

	block->depth = build->depth;
	block->number = build->number;
	block->level = build->level;
	block->text = g_strndup(build->text->str, build->text->len);
	g_array_append_vals(block->spans, build->spans->data, build->spans->len);
	g_ptr_array_add(build->notes->blocks, block);
	g_string_truncate(build->text, 0);
	g_array_set_size(build->spans, 0);
}

void
build_block(
    struct notes_builder *build, enum note_block_kind kind, int depth, int number, int level)
{
	finish_block(build);
	build->kind = kind;
	build->depth = depth;
	build->number = number;
	build->level = level;
}

static void
append_styled(struct notes_builder *build, const char *bytes, size_t len, unsigned style, int link)
{
	size_t start = build->text->len;

	g_string_append_len(build->text, bytes, len);
	if (style == NOTE_PLAIN)
		return;
	if (build->spans->len > 0) {
		struct note_span *last =
		    &g_array_index(build->spans, struct note_span, build->spans->len - 1);

		if (last->start + last->len == start && last->style == style &&
		    last->link == link) {
			last->len += len;
			return;
		}
	}
	struct note_span span = {.start = start, .len = len, .style = style, .link = link};

	g_array_append_val(build->spans, span);
}

static void
append(struct notes_builder *build, const char *bytes, size_t len)
{
	append_styled(build, bytes, len, build->style, build->link);
}

void
build_break(struct notes_builder *build)
{
	build->blank = false;
	if (build->text->len == 0)
		return;
	if (build->text->str[build->text->len - 1] == '\n' && build->kind != NOTE_CODE) {
		int depth = build->kind == NOTE_ITEM ? build->depth + 1 : build->depth;
		enum note_block_kind kind = build->kind == NOTE_QUOTE ? NOTE_QUOTE : NOTE_PARAGRAPH;

		build_block(build, kind, depth, 0, 0);
		return;
	}
	g_string_append_c(build->text, '\n');
}

// A run of white space outside of code. An empty line ends the paragraph even in HTML, where many
// publishers leave it to the page to make paragraphs of them.
static void
append_white(struct notes_builder *build, int feeds)
{
	if (feeds >= 2 && build->kind != NOTE_ROW) {
		build_break(build);
		build_break(build);
	} else if (feeds == 1 && build->lines) {
		build_break(build);
	} else if (build->text->len > 0 && build->text->str[build->text->len - 1] != '\n') {
		build->blank = true;
		build->blank_style = build->style;
		build->blank_link = build->link;
	}
}

static const char *
white_end(const char *p, const char *end, int *feeds)
{
	for (*feeds = 0; p < end; p++) {
		if (*p == '\n')
			++*feeds;
		else if (*p == (char)0xc2 && end - p > 1 && p[1] == (char)0xa0)
			p++; // NO-BREAK SPACE
		else if (*p != ' ' && *p != '\t' && *p != '\r')
			break;
	}
	return p;
}

// Whether there is something in the bytes that cleaning would touch besides white space.
static bool
needs_cleaning(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = bytes[i];

		if ((c < 0x20 && c != '\n') || c == 0x7f || c == 0xc2 || c == 0xd8 || c == 0xe2 ||
		    c == 0xef)
			return true;
	}
	return false;
}

static bool
is_white(const char *p, const char *end)
{
	unsigned char c = *p;

	if (c > ' ')
		return c == 0xc2 && end - p > 1 && p[1] == (char)0xa0;
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// Behind the words at P that need no work: single blanks between them.
static const char *
words_end(const char *p, const char *end)
{
	while (p < end) {
		if (!is_white(p, end))
			p++;
		else if (*p == ' ' && end - p > 1 && !is_white(p + 1, end))
			p += 2;
		else
			break;
	}
	return p;
}

static void
append_clean(struct notes_builder *build, const char *p, const char *end)
{
	if (build->kind == NOTE_CODE) {
		append(build, p, end - p);
		return;
	}
	while (p < end) {
		int feeds;
		const char *words = white_end(p, end, &feeds);

		if (words > p)
			append_white(build, feeds);
		p = words_end(words, end);
		if (p == words)
			continue;
		if (build->blank) {
			build->blank = false;
			append_styled(build, " ", 1, build->blank_style, build->blank_link);
		}
		append(build, words, p - words);
	}
}

void
build_text(struct notes_builder *build, const char *bytes, size_t len)
{
	if (!needs_cleaning(bytes, len)) {
		append_clean(build, bytes, bytes + len);
		return;
	}
	g_autofree char *clean = text_clean_block(bytes, len);

	append_clean(build, clean, clean + strlen(clean));
}

void
build_rule(struct notes_builder *build)
{
	build_block(build, NOTE_PARAGRAPH, 0, 0, 0);

	GPtrArray *blocks = build->notes->blocks;
	const struct note_block *last = blocks->len > 0 ? blocks->pdata[blocks->len - 1] : NULL;

	if (!last || last->kind == NOTE_RULE)
		return;
	struct note_block *rule = note_block_new(NOTE_RULE);

	rule->text = g_strdup("");
	g_ptr_array_add(blocks, rule);
}

int
build_link(struct notes_builder *build, const char *url, size_t len)
{
	g_autofree char *raw = g_strndup(url, len);
	g_autofree char *line = text_clean_line(raw, -1, 4096);
	g_autofree char *full = feed_resolve(build->base, line);

	if (!full || (g_ascii_strncasecmp(full, "http://", 7) != 0 &&
			 g_ascii_strncasecmp(full, "https://", 8) != 0 &&
			 g_ascii_strncasecmp(full, "mailto:", 7) != 0))
		return 0;

	int known = GPOINTER_TO_INT(g_hash_table_lookup(build->by_url, full));

	if (known > 0)
		return known;
	struct note_link *link = g_new0(struct note_link, 1);

	link->url = g_steal_pointer(&full);
	g_ptr_array_add(build->notes->links, link);
	g_hash_table_insert(
	    build->by_url, link->url, GINT_TO_POINTER((int)build->notes->links->len));
	return (int)build->notes->links->len;
}
