// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small texts of a feed: lines without markup, names, words that mean yes or no.
#include "base/text.h"
#include "text/entity.h"
#include "text/feed_private.h"

#include <string.h>

enum { TAG_MAX_BYTES = 2048 };

char *
feed_line(const char *text, size_t len, size_t max_chars)
{
	g_autofree char *line = text_clean_line(text, (gssize)len, max_chars);

	return *line ? g_steal_pointer(&line) : NULL;
}

// Behind the tag at P, NULL where none is; *NAME and *NAME_LEN: what it is called.
static const char *
tag_at(const char *p, const char *end, const char **name, size_t *name_len)
{
	const char *q = p + 1;

	if (end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
		const char *close = memmem(p, MIN((size_t)(end - p), TAG_MAX_BYTES), "-->", 3);
		*name = p;
		*name_len = 0;
		return close ? close + 3 : NULL;
	}
	q += q < end && *q == '/';
	if (q == end || !g_ascii_isalpha(*q))
		return NULL;
	*name = q;
	while (q < end && g_ascii_isalnum(*q))
		q++;
	*name_len = (size_t)(q - *name);
	if (q == end || !(g_ascii_isspace(*q) || *q == '/' || *q == '>'))
		return NULL;
	const char *close = memchr(q, '>', MIN((size_t)(end - q), TAG_MAX_BYTES));
	return close ? close + 1 : NULL;
}

static bool
is_one_of(const char *name, size_t len, const char *const *names)
{
	for (; *names; names++)
		if (strlen(*names) == len && g_ascii_strncasecmp(*names, name, len) == 0)
			return true;
	return false;
}

// TEXT without tags (with INLINE_ONLY: without those that people put into titles) and with its
// references as characters. Blocks end their line.
static GString *
undo_markup(const char *text, size_t len, bool inline_only)
{
	static const char *const inlines[] = { "b", "i", "p", "em", "strong", "a", "span", "br",
		"sup", "sub", "u", "font", "cite", "small", "code", "tt", NULL };
	static const char *const blocks[] = { "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3",
		"h4", "h5", "h6", "tr", "table", "blockquote", "hr", "pre", NULL };
	GString *out = g_string_sized_new(len);
	const char *p = text, *end = text + len;

	while (p < end) {
		const char *stop = p, *name;
		size_t name_len;
		gunichar character;
		while (stop < end && *stop != '<' && *stop != '&')
			stop++;
		g_string_append_len(out, p, stop - p);
		p = stop;
		if (p == end)
			break;
		const char *behind = *p == '<' ? tag_at(p, end, &name, &name_len) : NULL;
		int used = *p == '&' ? entity_read(p, end, &character) : 0;
		if (behind && (!inline_only || is_one_of(name, name_len, inlines))) {
			if (is_one_of(name, name_len, blocks))
				g_string_append_c(out, '\n');
			p = behind;
		} else if (used > 0) {
			if (character)
				g_string_append_unichar(out, character);
			p += used;
		} else {
			g_string_append_c(out, *p++);
		}
	}
	return out;
}

char *
feed_title_line(const char *text, size_t len)
{
	len = MIN(len, 65536);
	if (!memchr(text, '<', len) && !memchr(text, '&', len))
		return feed_line(text, len, FEED_TITLE_CHARS);
	g_autoptr(GString) plain = undo_markup(text, len, true);
	return feed_line(plain->str, plain->len, FEED_TITLE_CHARS);
}

char *
feed_plain_line(const char *text, size_t max_chars)
{
	if (!text)
		return NULL;
	g_autoptr(GString) plain = undo_markup(text, strlen(text), false);
	return feed_line(plain->str, plain->len, max_chars);
}

// Three and more line ends in a row are what dropped tags leave: two are kept.
static void
squeeze_lines(char *text)
{
	char *to = text;
	int ends = 0;

	for (const char *p = text; *p; p++) {
		ends = *p == '\n' ? ends + 1 : *p == ' ' && ends > 0 ? ends : 0;
		if (ends == 0 || (*p == '\n' && ends <= 2))
			*to++ = *p;
	}
	*to = '\0';
}

static bool
looks_html(const char *text)
{
	const char *end = text + strlen(text), *name;
	size_t name_len;

	for (const char *p = text; (p = strchr(p, '<')); p++)
		if (p[1] != '/' && p[1] != '!' && tag_at(p, end, &name, &name_len))
			return true;
	return false;
}

char *
feed_plain_block(const char *text)
{
	if (!text)
		return NULL;
	bool html = looks_html(text);
	g_autoptr(GString) plain = undo_markup(text, strlen(text), !html);
	g_autofree char *clean = text_clean_block(plain->str, (gssize)plain->len);
	if (html)
		squeeze_lines(clean);
	g_strstrip(clean);
	return *clean ? g_steal_pointer(&clean) : NULL;
}

bool
feed_has_text(const char *html)
{
	const char *end = html + strlen(html), *name;
	size_t name_len;

	for (const char *p = html; p < end;) {
		const char *behind = *p == '<' ? tag_at(p, end, &name, &name_len) : NULL;
		if (behind)
			p = behind;
		else if (g_ascii_isspace(*p))
			p++;
		else if (g_str_has_prefix(p, "&nbsp;"))
			p += 6;
		else
			return true;
	}
	return false;
}

// "mail@example.org (Name)", "Name (mail@example.org)", "Name <mail@example.org>": the name; what
// is none of these as it is.
char *
feed_author_name(const char *text, size_t len)
{
	g_autofree char *line = feed_title_line(text, len);
	const char *open = line ? strpbrk(line, "(<") : NULL;
	const char *close = open ? strchr(open, *open == '(' ? ')' : '>') : NULL;

	if (!close)
		return g_steal_pointer(&line);
	g_autofree char *before = feed_line(line, (size_t)(open - line), FEED_TITLE_CHARS);
	g_autofree char *inside = feed_line(open + 1, (size_t)(close - open - 1), FEED_TITLE_CHARS);
	if (before && inside && strchr(inside, '@'))
		return g_steal_pointer(&before);
	if (before && inside && *open == '(' && strchr(before, '@'))
		return g_steal_pointer(&inside);
	return g_steal_pointer(&line);
}

enum feed_explicit
feed_explicit_value(const char *text, size_t len)
{
	static const struct {
		const char *word;
		enum feed_explicit value;
	} words[] = {
		{ "true", FEED_EXPLICIT_YES },	{ "yes", FEED_EXPLICIT_YES },
		{ "explicit", FEED_EXPLICIT_YES }, { "false", FEED_EXPLICIT_NO },
		{ "no", FEED_EXPLICIT_NO },	{ "clean", FEED_EXPLICIT_NO },
	};
	g_autofree char *word = g_strstrip(g_strndup(text, len));

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_ascii_strcasecmp(words[i].word, word) == 0)
			return words[i].value;
	return FEED_EXPLICIT_UNKNOWN;
}
