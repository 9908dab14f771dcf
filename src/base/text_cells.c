// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text as cells: clusters, widths, cutting, places where a line may break.
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <unistr.h>

enum {
	CLUSTER_BYTES = 256, // a longer pile of marks is cut into several clusters
	PAINT_CHARS = 5,     // what fits an ncurses cell: CCHARW_MAX
	ZWJ = 0x200d,
	REGIONAL_A = 0x1f1e6,
	REGIONAL_Z = 0x1f1ff,
};

static bool
is_plain(char c)
{
	return c >= ' ' && c <= '~';
}

// Reads one character; a broken byte is a character of its own, U+FFFD.
static size_t
read_char(const char *p, const char *end, ucs4_t *uc)
{
	return (size_t)u8_mbtouc(uc, (const uint8_t *)p, (size_t)(end - p));
}

static bool
is_regional(ucs4_t uc)
{
	return uc >= REGIONAL_A && uc <= REGIONAL_Z;
}

// Where the cluster at P ends. Whether there is a border between two characters depends on what is
// before it only, so a window that grows until it shows one gives the same answer as the whole.
static const char *
cluster_end(const char *p, const char *end)
{
	ucs4_t uc;
	size_t first = read_char(p, end, &uc);
	if (p + first == end || is_plain(p[first]))
		return p + first;
	size_t left = (size_t)(end - p), second = read_char(p + first, end, &uc);
	for (size_t window = first + second;; window = MIN(window * 4, CLUSTER_BYTES)) {
		char borders[CLUSTER_BYTES];
		size_t size = MIN(window, left);
		while (size < left && size > first && ((unsigned char)p[size] & 0xc0) == 0x80)
			size--;
		u8_grapheme_breaks((const uint8_t *)p, size, borders);
		for (size_t i = first; i < size; i++)
			if (borders[i])
				return p + i;
		if (size == left || window == CLUSTER_BYTES)
			return p + size;
	}
}

// Cells of a character by itself; -1 where the locale cannot show it.
static int
char_width(ucs4_t uc)
{
	return wcwidth((wchar_t)uc);
}

static void
paint(struct text_cluster *out, ucs4_t uc)
{
	size_t used = strlen(out->paint);
	int n =
	    u8_uctomb((uint8_t *)out->paint + used, uc, (ptrdiff_t)(sizeof out->paint - used - 1));
	out->paint[n > 0 ? used + (size_t)n : used] = '\0';
}

// What stands for UC in a locale that has no such character.
static ucs4_t
nearest_ascii(ucs4_t uc)
{
	static const struct {
		ucs4_t first, last;
		char ascii;
	} signs[] = {{0x2010, 0x2015, '-'}, {0x2018, 0x201b, '\''}, {0x201c, 0x201f, '"'},
	    {0x2022, 0x2023, '*'}, {0x2026, 0x2026, '~'}, {0x00a0, 0x00a0, ' '}};
	char utf8[8] = {0};

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (uc >= signs[i].first && uc <= signs[i].last)
			return (ucs4_t)signs[i].ascii;
	g_unichar_to_utf8(uc, utf8);
	g_autofree char *ascii = g_str_to_ascii(utf8, "C");
	return ascii[0] && !ascii[1] ? (ucs4_t)ascii[0] : '?';
}

// The first character, or what stands for it.
static void
paint_base(struct text_cluster *out, ucs4_t uc)
{
	out->width = char_width(uc);
	if (is_regional(uc)) {
		uc = 'A' + (uc - REGIONAL_A);
		out->width = 1;
	} else if (out->width < 0) {
		if (uc < 0x20 || (uc >= 0x7f && uc < 0xa0) || uc_is_property_bidi_control(uc)) {
			out->width = 0;
			return;
		}
		uc = char_width(0xfffd) == 1 ? 0xfffd : nearest_ascii(uc);
		out->width = 1;
	} else if (out->width == 0 && !uc_is_general_category(uc, UC_CATEGORY_Mn)) {
		return; // joiners and other things that are not there
	}
	paint(out, uc);
}

// Does the terminal set UC, the next character of a cluster, into the cell of its base? Not what
// only some terminals know: joiners, variation selectors, enclosing marks. (Letters: Hangul jamo.)
static bool
is_painted_mark(ucs4_t uc)
{
	return char_width(uc) == 0 && !uc_is_property_variation_selector(uc) &&
	       uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Lo);
}

static void
cluster_fill(struct text_cluster *out, const char *end)
{
	ucs4_t base, uc;
	const char *p = out->bytes;
	bool joined = false;
	p += read_char(p, end, &base);
	paint_base(out, base);
	for (int chars = 1; p < end; chars++) {
		size_t len = read_char(p, end, &uc);
		if (is_regional(uc) && is_regional(base)) {
			out->paint[1] = (char)('A' + (uc - REGIONAL_A));
			out->paint[2] = '\0';
			out->width = 2;
		} else if (uc == ZWJ) {
			joined = true;
		} else if (joined || uc_is_property(uc, UC_PROPERTY_EMOJI_MODIFIER)) {
			; // the tail of an emoji
		} else if (char_width(uc) > 0) {
			break; // has cells of its own (Thai AM, Indic vowels): a cluster of its own
		} else if (chars < PAINT_CHARS && is_painted_mark(uc)) {
			paint(out, uc);
		}
		p += len;
	}
	out->len = (size_t)(p - out->bytes);
}

const char *
text_cluster_next(const char *p, const char *end, struct text_cluster *out)
{
	out->bytes = p;
	out->paint[0] = '\0';
	if (is_plain(*p) && (p + 1 == end || is_plain(p[1]))) {
		out->paint[0] = *p;
		out->paint[1] = '\0';
		out->len = 1;
		out->width = 1;
	} else {
		cluster_fill(out, cluster_end(p, end));
	}
	return p + out->len;
}

static const char *
end_of(const char *text, gssize len)
{
	return text + (len < 0 ? strlen(text) : (size_t)len);
}

int
text_width(const char *text, gssize len)
{
	const char *end = end_of(text, len), *p = text;
	while (p < end && is_plain(*p))
		p++;
	if (p == end)
		return (int)(p - text);
	if (p > text)
		p--; // a mark may follow it
	int width = (int)(p - text);
	while (p < end) {
		struct text_cluster cluster;
		p = text_cluster_next(p, end, &cluster);
		width += cluster.width;
	}
	return width;
}

size_t
text_prefix(const char *text, gssize len, int cells)
{
	const char *end = end_of(text, len), *p = text;
	while (p < end) {
		struct text_cluster cluster;
		const char *next = text_cluster_next(p, end, &cluster);
		cells -= cluster.width;
		if (cells < 0)
			break;
		p = next;
	}
	return (size_t)(p - text);
}

char *
text_fit(const char *text, int cells, const char *ellipsis)
{
	size_t fits = text_prefix(text, -1, MAX(cells, 0));
	if (!text[fits])
		return g_strdup(text);
	int left = cells - text_width(ellipsis, -1);
	if (left < 0)
		return g_strndup(text, fits);
	fits = text_prefix(text, (gssize)fits, left);
	return g_strdup_printf("%.*s%s", (int)fits, text, ellipsis);
}

void
text_breaks(const char *text, size_t len, char *breaks)
{
	if (!len)
		return;
	u8_possible_linebreaks((const uint8_t *)text, len, "UTF-8", breaks);
	// libunistring marks the character that ends a line, we the byte after it.
	char before = TEXT_BREAK_NONE;
	for (size_t i = 0; i < len; i++) {
		char mark = breaks[i];
		breaks[i] = before ? before : mark == UC_BREAK_POSSIBLE ? TEXT_BREAK_MAY : 0;
		before = mark == UC_BREAK_MANDATORY ? TEXT_BREAK_MUST : TEXT_BREAK_NONE;
	}
}
