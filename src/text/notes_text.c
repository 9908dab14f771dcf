// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plain-text show notes: empty lines part paragraphs, lines are kept. Feeds carry entities in plain
// text, and Markdown that was never rendered; both are read as far as they are unmistakable.
#include <string.h>

#include "text/entity.h"
#include "text/notes_build.h"

// Of a Markdown link; longer ones are none.
enum { WORDS_MAX_BYTES = 400, ADDRESS_MAX_BYTES = 2000 };

static const char *
find_in_line(const char *p, const char *end, const char *what)
{
	return g_strstr_len(p, end - p, what);
}

// "[words](https://...)" at P: gives what follows it.
static const char *
read_markdown_link(struct notes_builder *build, const char *p, const char *end)
{
	const char *close = find_in_line(p, MIN(end, p + WORDS_MAX_BYTES), "](");

	if (!close)
		return NULL;
	const char *url = close + 2;
	const char *url_end = url;

	end = MIN(end, url + ADDRESS_MAX_BYTES);

	for (int open = 0; url_end < end && *url_end != ' ' && (open > 0 || *url_end != ')');
	     url_end++)
		open += *url_end == '(' ? 1 : *url_end == ')' ? -1 : 0;
	if (url_end == end || *url_end != ')')
		return NULL;
	int link = build_link(build, url, url_end - url);
	unsigned style = build->style;

	if (link == 0)
		return NULL;
	p++;
	const char *last = close;

	while (close - p >= 4 && p[0] == '*' && p[1] == '*' && last[-1] == '*' && last[-2] == '*') {
		build->style |= NOTE_BOLD;
		p += 2;
		last -= 2;
	}
	build->link = link;
	build->style |= NOTE_LINK;
	build_text(build, p, last - p);
	build->style = style;
	build->link = 0;
	return url_end + 1;
}

static bool
is_escapable(char c)
{
	return c && strchr("\\`*_{}[]()#+-.!>|~", c) != NULL;
}

// The text of one line with its Markdown.
static void
read_line(struct notes_builder *build, const char *p, const char *end)
{
	const char *from = p;
	bool bold = false;

	while (p < end) {
		const char *next = NULL;

		if (*p == '\\' && p + 1 < end && is_escapable(p[1])) {
			build_text(build, from, p - from);
			from = p + 1;
			p += 2;
			continue;
		}
		if (*p == '[') {
			build_text(build, from, p - from);
			from = p;
			next = read_markdown_link(build, p, end);
		} else if (p[0] == '*' && p + 1 < end && p[1] == '*' &&
			   (bold || find_in_line(p + 2, end, "**"))) {
			build_text(build, from, p - from);
			bold = !bold;
			build->style ^= NOTE_BOLD;
			next = p + 2;
		} else if (*p == '`' && p + 1 < end && memchr(p + 1, '`', end - p - 1)) {
			const char *close = memchr(p + 1, '`', end - p - 1);

			build_text(build, from, p - from);
			build->style |= NOTE_MONO;
			build_text(build, p + 1, close - p - 1);
			build->style &= ~NOTE_MONO;
			next = close + 1;
		}
		if (next)
			p = from = next;
		else
			p++;
	}
	build_text(build, from, end - from);
	build->style = NOTE_PLAIN;
}

static bool
is_fence(const char *p, const char *end)
{
	return end - p >= 3 && (strncmp(p, "```", 3) == 0 || strncmp(p, "~~~", 3) == 0);
}

static bool
is_ornament(const char *p, const char *end)
{
	return end - p >= 3 && strchr("-=*_~", *p) &&
	       strspn(p, (char[]){*p, ' ', '\0'}) >= (size_t)(end - p);
}

static void
read_heading(struct notes_builder *build, const char *p, const char *end)
{
	int level = (int)strspn(p, "#");

	build_block(build, NOTE_HEADING, 0, 0, MIN(level, 6));
	for (p += level; end > p && (end[-1] == '#' || end[-1] == ' '); end--)
		;
	read_line(build, p, end);
	build_block(build, NOTE_PARAGRAPH, 0, 0, 0);
}

// The blanks before a line tell how deep an item stands; build_text would drop them.
static void
keep_indent(struct notes_builder *build, const char *p, const char *word)
{
	int cells = 0;

	for (; p < word; p++)
		cells += *p == '\t' ? 4 : 1;
	if (build_is_empty(build) || build->text->str[build->text->len - 1] == '\n')
		for (int i = 0; i < MIN(cells, 16); i++)
			g_string_append_c(build->text, ' ');
}

void
notes_read_text(struct notes_builder *build, const char *source, size_t len)
{
	g_autofree char *text =
	    memchr(source, '&', len) ? entity_decode(source, len) : g_strndup(source, len);
	bool code = false;

	build_block(build, NOTE_PARAGRAPH, 0, 0, 0);
	build->lines = true;
	for (const char *p = text; *p;) {
		const char *end = p + strcspn(p, "\r\n");
		const char *word = p + strspn(p, " \t");

		if (is_fence(word, end)) {
			code = !code;
			build_block(build, code ? NOTE_CODE : NOTE_PARAGRAPH, 0, 0, 0);
		} else if (code) {
			build_text(build, p, end - p);
			build_break(build);
		} else if (word == end) {
			build_block(build, NOTE_PARAGRAPH, 0, 0, 0);
		} else if (is_ornament(word, end)) {
			build_rule(build);
		} else if (*word == '#' && word[strspn(word, "#")] == ' ' &&
			   strspn(word, "#") <= 6) {
			read_heading(build, word, end);
		} else {
			keep_indent(build, p, word);
			read_line(build, word, end);
			build_break(build);
		}
		p = end;
		if (p[0] == '\r' && p[1] == '\n')
			p++;
		if (*p)
			p++;
	}
	build->lines = false;
}
