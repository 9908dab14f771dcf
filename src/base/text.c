// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text from outside made ours, and the forms in which texts are compared. What becomes of it on
// the screen is in text_cells.c.
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

// Characters that are never kept: nobody sees them, and some turn the line around. Joiners and
// variation selectors are invisible too, but letters and emoji are spelt with them.
static bool
is_dropped(ucs4_t uc)
{
	return uc >= 0xad && uc_is_property_default_ignorable_code_point(uc) &&
	       !uc_is_property_join_control(uc) && !uc_is_property_variation_selector(uc);
}

static bool
is_control(ucs4_t uc)
{
	return uc < 0x20 || (uc >= 0x7f && uc < 0xa0);
}

// NEL and Unicode's line and paragraph separators, which end a line like LF.
static bool
is_line_end(ucs4_t uc)
{
	return uc == '\n' || uc == '\r' || uc == 0x85 || uc == 0x2028 || uc == 0x2029;
}

static size_t
length_of(const char *bytes, gssize len)
{
	if (!bytes)
		return 0;
	return len < 0 ? strlen(bytes) : (size_t)len;
}

// Reads one character, at least one byte; broken bytes give U+FFFD.
static ucs4_t
next_char(const char **p, const char *end)
{
	ucs4_t uc;
	if ((unsigned char)**p < 0x80)
		return (unsigned char)*(*p)++;
	*p += u8_mbtouc(&uc, (const uint8_t *)*p, (size_t)(end - *p));
	return uc;
}

static void
append_char(GString *out, ucs4_t uc)
{
	if (uc < 0x80)
		g_string_append_c(out, (char)uc);
	else
		g_string_append_unichar(out, uc);
}

// Is BYTES already what text_clean_line would make of it? For ASCII only, which most text is.
static bool
is_clean_ascii(const char *bytes, size_t len)
{
	char last = ' ';
	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];
		if (c < ' ' || c > '~' || (c == ' ' && last == ' '))
			return false;
		last = c;
	}
	return len == 0 || last != ' ';
}

// Cuts TEXT after MAX_CHARS characters, or before: where the last cluster that fits ends.
static void
cut_chars(GString *text, size_t max_chars)
{
	const char *limit = text->str, *end = text->str + text->len;
	while (max_chars && limit < end) {
		limit = g_utf8_next_char(limit);
		max_chars--;
	}
	if (limit >= end)
		return;
	const char *cut = text->str;
	for (const char *p = text->str; p <= limit && p < end;) {
		struct text_cluster cluster;
		cut = p;
		p = text_cluster_next(p, end, &cluster);
	}
	g_string_truncate(text, (gsize)((cut > text->str ? cut : limit) - text->str));
}

char *
text_clean_line(const char *bytes, gssize len, size_t max_chars)
{
	size_t size = length_of(bytes, len);
	if (is_clean_ascii(bytes, size))
		return g_strchomp(
		    g_strndup(size ? bytes : "", max_chars ? MIN(size, max_chars) : size));

	// Beyond the limit only as many characters are read as tell whether its last cluster fits.
	size_t room = max_chars ? max_chars + 64 : G_MAXSIZE;
	g_autoptr(GString) out = g_string_sized_new(MIN(size, room) + 16);
	const char *p = bytes, *end = bytes + size;
	bool blank = false;
	while (p < end && room) {
		ucs4_t uc = next_char(&p, end);
		if (uc == ' ' || is_control(uc) || is_line_end(uc)) {
			blank = out->len > 0;
			continue;
		}
		if (is_dropped(uc))
			continue;
		if (blank) {
			g_string_append_c(out, ' ');
			room--;
		}
		blank = false;
		append_char(out, uc);
		if (room)
			room--;
	}
	if (max_chars) {
		cut_chars(out, max_chars);
		while (out->len && out->str[out->len - 1] == ' ')
			g_string_truncate(out, out->len - 1);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
text_clean_block(const char *bytes, gssize len)
{
	size_t size = length_of(bytes, len);
	g_autoptr(GString) out = g_string_sized_new(size + 16);
	const char *p = bytes, *end = bytes + size;
	while (p < end) {
		const char *plain = p;
		while (p < end && ((*p >= ' ' && *p <= '~') || *p == '\n'))
			p++;
		g_string_append_len(out, plain, p - plain);
		if (p == end)
			break;
		ucs4_t uc = next_char(&p, end);
		if (uc == '\r' && p < end && *p == '\n')
			continue;
		if (is_line_end(uc))
			g_string_append_c(out, '\n');
		else if (is_control(uc))
			g_string_append_c(out, ' ');
		else if (!is_dropped(uc))
			append_char(out, uc);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
is_ascii(const char *text)
{
	while (*text)
		if ((unsigned char)*text++ >= 0x80)
			return false;
	return true;
}

// Accents, vowel points and the like. Classes below 10 are no decoration: the voicing marks of
// kana, viramas, nuktas.
static bool
is_accent(ucs4_t uc)
{
	return uc >= 0x300 && uc_combining_class(uc) >= 10;
}

char *
text_fold(const char *text)
{
	if (is_ascii(text))
		return g_ascii_strdown(text, -1);
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	size_t len;
	uint8_t *folded =
	    u8_casefold((const uint8_t *)valid, strlen(valid) + 1, NULL, UNINORM_NFD, NULL, &len);
	if (!folded) // out of memory; GLib would have stopped as well
		g_error("text_fold: %zu bytes", strlen(valid));
	g_autoptr(GString) out = g_string_sized_new(len);
	const char *p = (const char *)folded, *end = p + len - 1;
	while (p < end) {
		const char *start = p;
		if (!is_accent(next_char(&p, end)))
			g_string_append_len(out, start, p - start);
	}
	free(folded);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

bool
text_stands_alone(gunichar c)
{
	GUnicodeScript script = c < 0x2E80 ? G_UNICODE_SCRIPT_COMMON : g_unichar_get_script(c);

	return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
	       script == G_UNICODE_SCRIPT_KATAKANA;
}

// Titles begin with these and are not filed under them. Those that are more often something else
// than an article ("I", "O", "As") are missing.
static const char *const articles[] = {"a ", "an ", "the ", "der ", "die ", "das ", "ein ", "eine ",
    "le ", "la ", "les ", "l'", "l’", "un ", "une ", "el ", "los ", "las ", "una ", "il ", "lo ",
    "gli ", "de ", "het ", "een "};

char *
text_sort_key(const char *title)
{
	g_autofree char *valid = g_utf8_make_valid(title, -1);
	g_autofree char *folded = g_utf8_casefold(valid, -1);
	const char *start = folded;
	for (size_t i = 0; i < G_N_ELEMENTS(articles); i++) {
		size_t len = strlen(articles[i]);
		if (g_str_has_prefix(folded, articles[i]) && folded[len]) {
			start = folded + len;
			break;
		}
	}
	return g_utf8_collate_key(start, -1);
}
