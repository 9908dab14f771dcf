// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paragraphs whose lines open with bullets or numbers, or stand as headings over others, become
// blocks of their own, so that plain text and HTML with line breaks read like lists.
#include <string.h>

#include "text/notes_build.h"

enum { INDENT_LEVELS = 8, HEADING_MAX_BYTES = 100 };

static const char *const bullets[] = {"•", "·", "‣", "▪", "▫", "■", "□", "●", "○", "◦", "►", "▶",
    "▸", "➤", "➡", "→", "✓", "✔", "✅", "☑", "⁃", "∙", "–"};

struct line {
	size_t start, end; // of the block's text, bullet and blanks left out
	int indent;
	int number;
	bool item;
	bool heading;
};

// Bytes of the bullet or number that opens the line, blanks after it too; 0 where none does.
static size_t
bullet_len(const char *p, const char *end, int *number)
{
	size_t n = 0;

	*number = 0;
	if (end - p < 3)
		return 0;
	if (*p == '*' && p[1] != '*' && p[1] != ' ')
		return memchr(p + 1, '*', end - p - 1) || g_ascii_isdigit(p[1]) ? 0 : 1;
	if ((*p == '*' || *p == '-' || *p == '+') && p[1] == ' ') {
		n = 1;
	} else if (g_ascii_isdigit(*p)) {
		size_t digits = 0;

		while (digits < 3 && g_ascii_isdigit(p[digits]))
			*number = *number * 10 + (p[digits++] - '0');
		if (p + digits + 1 < end && (p[digits] == '.' || p[digits] == ')') &&
		    p[digits + 1] == ' ' && *number > 0)
			n = digits + 1;
	} else {
		for (size_t i = 0; i < G_N_ELEMENTS(bullets) && n == 0; i++)
			if (strncmp(p, bullets[i], strlen(bullets[i])) == 0)
				n = strlen(bullets[i]);
		// A dash needs its blank, a dot does not.
		if (n > 0 && strncmp(p, "–", 3) == 0 && p[n] != ' ')
			n = 0;
		if (n > 0 && strncmp(p + n, "\xef\xb8\x8f", 3) == 0)
			n += 3; // VARIATION SELECTOR-16
	}
	if (n == 0)
		*number = 0;
	else
		while (p + n < end && p[n] == ' ')
			n++;
	return p + n < end ? n : 0;
}

static bool
looks_like_heading(const char *p, const char *end)
{
	return end > p && end - p <= HEADING_MAX_BYTES && end[-1] == ':';
}

static struct line
read_line(const char *text, size_t start, size_t end)
{
	struct line line = {.start = start, .end = end};

	while (line.start < end && text[line.start] == ' ')
		line.start++;
	line.indent = (int)(line.start - start);

	size_t bullet = bullet_len(text + line.start, text + end, &line.number);

	line.item = bullet > 0;
	line.start += bullet;
	line.heading = !line.item && looks_like_heading(text + line.start, text + end);
	return line;
}

static struct note_block *
slice(const struct note_block *block, size_t start, size_t end, guint *next)
{
	struct note_block *part = note_block_new(block->kind);

	while (end > start && strchr(" \n", block->text[end - 1]))
		end--;
	part->depth = block->depth;
	part->text = g_strndup(block->text + start, end - start);
	for (; *next < block->spans->len; ++*next) {
		struct note_span span = g_array_index(block->spans, struct note_span, *next);
		size_t from = MAX(span.start, start), to = MIN(span.start + span.len, end);

		if (span.start >= end)
			break;
		if (from < to) {
			span.start = from - start;
			span.len = to - from;
			g_array_append_val(part->spans, span);
		}
		if (to == end)
			break;
	}
	return part;
}

// How deep an item stands by its indent, against the items before it.
static int
depth_of(int indents[INDENT_LEVELS], int *levels, int indent)
{
	while (*levels > 0 && indents[*levels - 1] > indent)
		--*levels;
	if ((*levels == 0 || indents[*levels - 1] + 1 < indent) && *levels < INDENT_LEVELS)
		indents[(*levels)++] = indent;
	return MAX(0, *levels - 1);
}

static void
split_block(const struct note_block *block, GPtrArray *out, int indents[INDENT_LEVELS], int *levels)
{
	const char *text = block->text;
	size_t len = strlen(text), open = 0; // start of lines not given out yet
	bool single = !strchr(text, '\n');
	guint next = 0;

	for (size_t at = 0; at < len;) {
		size_t end = at + strcspn(text + at, "\n");
		struct line line = read_line(text, at, end);

		if (line.item || (line.heading && !single)) {
			if (open < at)
				g_ptr_array_add(out, slice(block, open, at, &next));
			struct note_block *part = slice(block, line.start, line.end, &next);

			if (line.item) {
				part->kind = NOTE_ITEM;
				part->number = line.number;
				part->depth += depth_of(indents, levels, line.indent);
			}
			g_ptr_array_add(out, part);
			open = end + 1;
		} else if (open == at && line.start > at) {
			open = line.start;
		}
		if (!line.item)
			*levels = 0;
		at = end + 1;
	}
	if (open < len)
		g_ptr_array_add(out, slice(block, open, len, &next));
}

static bool
has_lines(const struct note_block *block)
{
	int number;
	size_t blanks = strspn(block->text, " ");

	return blanks > 0 || strchr(block->text, '\n') ||
	       bullet_len(block->text + blanks, block->text + strlen(block->text), &number) > 0;
}

void
notes_split_lines(struct notes *notes)
{
	GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify)note_block_free);
	int indents[INDENT_LEVELS], levels = 0;

	for (guint i = 0; i < notes->blocks->len; i++) {
		struct note_block *block = notes->blocks->pdata[i];

		if (block->kind == NOTE_PARAGRAPH && has_lines(block)) {
			split_block(block, out, indents, &levels);
			note_block_free(block);
		} else {
			levels = block->kind == NOTE_CODE ? levels : 0;
			g_ptr_array_add(out, block);
		}
	}
	g_ptr_array_set_free_func(notes->blocks, NULL);
	g_ptr_array_unref(notes->blocks);
	notes->blocks = out;
}
