// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists that lost their line breaks: "...companies doingWhy you...", "A // B // C", "Topics: A; B;
// C." and "1. ... 2. ...". They are cut again where a list item must have ended.
#include <string.h>

#include "text/highlights_find.h"
#include "text/phrases.h"

enum {
	CLAUSE_MAX_BYTES = 200,
	ITEMS_MAX = 40,
	ITEM_MIN_BYTES = 3,
	ITEM_MAX_BYTES = 1200,
	BODY_MIN_BYTES = 20,
	BODY_MAX_BYTES = 20000,
	TRIES_MAX = 8
};

static bool
is_letter_at(const char *p)
{
	return g_ascii_isalpha(*p) || (*p & 0x80 && g_unichar_isalpha(g_utf8_get_char(p)));
}

static bool
is_upper_at(const char *p)
{
	return g_ascii_isupper(*p) || (*p & 0x80 && g_unichar_isupper(g_utf8_get_char(p)));
}

static bool
is_lower_at(const char *p)
{
	return g_ascii_islower(*p) || (*p & 0x80 && g_unichar_islower(g_utf8_get_char(p)));
}

// The word at P in small letters.
static void
word_at(const char *p, char *word, size_t size)
{
	size_t n = 0;

	while (is_letter_at(p) && n + 6 < size) {
		gunichar c = g_unichar_tolower(g_utf8_get_char(p));

		n += g_unichar_to_utf8(c, word + n);
		p = g_utf8_next_char(p);
	}
	word[n] = '\0';
}

static bool
is_opener(const char *p)
{
	char word[32];

	word_at(p, word, sizeof(word));
	size_t n = strlen(word);

	if (n >= 6 && strcmp(word + n - 3, "ing") == 0)
		return true;
	return phrases_is(PHRASES_OPENERS, word);
}

// Whether a line break was lost before P, which holds a capital: "doingWhy", "itHow". The word on
// the left is all small (no GitHub), that on the right begins items or is a gerund.
static bool
is_bare_seam(const char *start, const char *p)
{
	const char *left = p;
	int letters = 0;

	while (left > start && is_lower_at(g_utf8_find_prev_char(start, left))) {
		left = g_utf8_find_prev_char(start, left);
		letters++;
	}
	if (letters < 2 || (left > start && left[-1] != ' ' && left[-1] != '-' && left[-1] != '/'))
		return false;
	const char *next = g_utf8_next_char(p);

	return (is_lower_at(next) || *next == ' ') && is_opener(p);
}

// The same behind punctuation: "maintain.The". What looks like a name with a dot in it does not
// count.
static bool
is_stop_seam(const char *start, const char *p)
{
	const char *q = p;

	if (strncmp(p - MIN(p - start, 3), "”", 3) == 0 ||
	    strncmp(p - MIN(p - start, 3), "…", 3) == 0)
		return is_lower_at(g_utf8_next_char(p));
	if (p - start < 4 || !strchr(".!?)\"", p[-1]))
		return false;
	q = p - 1;
	if (*q == ')' || *q == '"')
		return is_lower_at(g_utf8_next_char(p)) && is_opener(p);
	return is_lower_at(g_utf8_find_prev_char(start, q)) &&
	       is_lower_at(g_utf8_find_prev_char(start, g_utf8_find_prev_char(start, q))) &&
	       (is_lower_at(g_utf8_next_char(p)) || *g_utf8_next_char(p) == ' ');
}

// Whether the full stop before P (a blank) ends no sentence: "Dr. Who", "J. Smith".
static bool
is_abbreviation(const char *start, const char *stop)
{
	const char *word = stop;
	char folded[16];

	while (word > start && word[-1] != ' ' && word[-1] != '(' && stop - word < 10)
		word--;
	size_t len = stop - word;

	if (len == 0 || (len == 1 && g_ascii_isupper(*word) && *word != 'I') || len >= 10)
		return len > 0 && len < 10;
	for (size_t i = 0; i < len; i++)
		folded[i] = g_ascii_tolower(word[i]);
	folded[len] = '\0';
	return phrases_is(PHRASES_SHORT, folded);
}

// Whether a sentence ended right before the blank at P.
static bool
is_sentence_end(const char *start, const char *p, const char *end)
{
	const char *q = p, *next = p;

	while (q > start && strchr("\")'", q[-1]))
		q--;
	while (q - start >= 3 && (strncmp(q - 3, "”", 3) == 0 || strncmp(q - 3, "’", 3) == 0))
		q -= 3;
	if (q == start)
		return false;
	bool ellipsis = q - start >= 3 && strncmp(q - 3, "…", 3) == 0;

	if (!ellipsis && !strchr(".!?", q[-1]))
		return false;
	while (next < end && *next == ' ')
		next++;
	if (next == end || is_lower_at(next))
		return next == end;
	return ellipsis || q[-1] != '.' || !is_abbreviation(start, q - 1);
}

// Where the sentence or item that begins at P ends. *BARE counts seams without a stop.
static const char *
sentence_end(const char *p, const char *end, bool *seam)
{
	*seam = false;
	for (const char *q = g_utf8_next_char(p); q < end; q = g_utf8_next_char(q)) {
		if (*q == ' ' && is_sentence_end(p, q, end))
			return q;
		if (is_upper_at(q) && (is_bare_seam(p, q) || is_stop_seam(p, q))) {
			*seam = true;
			return q;
		}
	}
	return end;
}

const char *
seams_sentence(const char *p, const char *end)
{
	bool seam;

	return sentence_end(p, end, &seam);
}

static void
fold(const char *p, const char *end, char *folded, size_t size)
{
	phrases_fold(p, MIN((size_t)(end - p), size - 24), folded, size);
}

static bool
is_closing(const char *p, const char *end)
{
	char folded[CLAUSE_MAX_BYTES];

	fold(p, end, folded, sizeof(folded));
	return phrases_match(PHRASES_CLOSING, folded, true) || phrases_is(PHRASES_NO_TOPIC, folded);
}

static bool
goes_on(const char *p, const char *end, const char *before)
{
	char folded[64];

	if (before[-1] == '?' || strncmp(before - 3, "“", 3) == 0)
		return true;
	fold(p, MIN(end, p + 40), folded, sizeof(folded));
	return phrases_match(PHRASES_GO_ON, folded, false);
}

static bool
has_bare_seam(const char *p, const char *end)
{
	for (const char *q = p; q < end; q = g_utf8_next_char(q))
		if (q > p && is_upper_at(q) && is_bare_seam(p, q))
			return true;
	return false;
}

static void
add_item(GPtrArray *items, const char *p, const char *end)
{
	if (end - p < ITEM_MIN_BYTES || end - p > ITEM_MAX_BYTES || items->len >= ITEMS_MAX)
		return;
	char *item = highlight_item(p, end - p);

	if (item)
		g_ptr_array_add(items, item);
}

// Cuts at every SIGN, which stands between items.
static void
split_at(GPtrArray *items, const char *p, const char *end, const char *sign, guint most)
{
	while (p < end && items->len < most) {
		const char *next = g_strstr_len(p, end - p, sign);
		const char *stop = next ? next : end;

		// The last item's full stop ends the list.
		if (!next && stop > p && stop[-1] == '.')
			stop--;
		add_item(items, p, stop);
		p = next ? next + strlen(sign) : end;
	}
}

static int
count_sign(const char *p, const char *end, const char *sign)
{
	int n = 0;

	for (; (p = g_strstr_len(p, end - p, sign)); p += strlen(sign))
		n++;
	return n;
}

static void
split_sentences(GPtrArray *items, const char *p, const char *end, guint most)
{
	// Where items ended without a stop, a sentence's end lies within an item.
	bool seams_only = has_bare_seam(p, end);
	const char *item = p;

	while (p < end && items->len < most) {
		bool seam;
		const char *stop = sentence_end(p, end, &seam);

		if (is_closing(p, stop)) {
			end = p;
			break;
		}
		const char *next = stop;

		while (next < end && *next == ' ')
			next++;
		if (seam || (!seams_only && next < end && !goes_on(next, end, stop)) ||
		    (seams_only && next < end && is_closing(next, end))) {
			add_item(items, item, stop);
			item = next;
		}
		p = next;
	}
	if (item < end && items->len < most)
		add_item(items, item, end);
}

GPtrArray *
seams_split(const char *body, const char *end, guint most)
{
	GPtrArray *items = g_ptr_array_new_with_free_func(g_free);

	while (body < end && *body == ' ')
		body++;
	if (end - body > BODY_MAX_BYTES)
		end = g_utf8_find_prev_char(body, body + BODY_MAX_BYTES);
	while (end > body && (end[-1] == ' ' || end[-1] == '\n'))
		end--;
	if (end - body < BODY_MIN_BYTES)
		return items;
	if (count_sign(body, end, " // ") >= 2)
		split_at(items, body, end, "//", most);
	else if (count_sign(body, end, "; ") >= 2 && count_sign(body, end, ". ") == 0)
		split_at(items, body, end, ";", most);
	else if (count_sign(body, end, " • ") >= 1)
		split_at(items, body, end, "•", most);
	else if (count_sign(body, end, " | ") >= 2)
		split_at(items, body, end, " | ", most);
	else
		split_sentences(items, body, end, most);
	if (items->len < 2)
		g_ptr_array_set_size(items, 0);
	return items;
}

// Where the clause that ends at P begins.
static const char *
clause_start(const char *line, const char *p)
{
	const char *q = p;

	while (q > line && p - q < CLAUSE_MAX_BYTES) {
		if (q - line >= 2 && q[-1] == ' ' && strchr(".!?", q[-2]))
			break;
		// A line break lost before the clause is a seam as well.
		if (q - line >= 2 && g_ascii_isupper(*q) && strchr(".!?", q[-1]))
			break;
		q--;
	}
	return q;
}

static bool
announces(const char *line, const char *p, const char *colon)
{
	char folded[CLAUSE_MAX_BYTES + 32];

	fold(p, colon, folded, sizeof(folded));
	if (phrases_cue(folded, false))
		return true;
	if (p <= line || !phrases_match(PHRASES_EXAMPLE, folded, false))
		return false;
	while (p > line && p[-1] == ' ')
		p--;
	if (p > line && strchr(".!?", p[-1]))
		p--;
	fold(clause_start(line, p), p, folded, sizeof(folded));
	return phrases_cue(folded, false);
}

static bool
take(struct highlights_finder *finder, const char *body, const char *end)
{
	if (finder->tries++ >= TRIES_MAX)
		return false;
	g_autoptr(GPtrArray) items = seams_split(body, end, finder->most);

	if (items->len == 0)
		return false;
	g_ptr_array_extend_and_steal(finder->items, g_steal_pointer(&items));
	return true;
}

static bool
find_colon(struct highlights_finder *finder, const char *line, const char *end)
{
	for (const char *p = line; (p = memchr(p, ':', end - p)); p++) {
		const char *body = p + 1;

		if (end - body < BODY_MIN_BYTES || (*body != ' ' && !is_upper_at(body)))
			continue;
		if (announces(line, clause_start(line, p), p) && take(finder, body, end))
			return true;
	}
	return false;
}

static bool
find_sentence(struct highlights_finder *finder, const char *line, const char *end)
{
	for (const char *p = line; p < end;) {
		bool seam;
		const char *stop = sentence_end(p, end, &seam);
		char folded[CLAUSE_MAX_BYTES];

		if (stop - p < CLAUSE_MAX_BYTES - 32) {
			fold(p, stop, folded, sizeof(folded));
			if (phrases_cue(folded, true) && take(finder, stop, end))
				return true;
		}
		for (p = stop; p < end && *p == ' '; p++)
			;
	}
	return false;
}

static bool
is_prose(const struct note_block *block)
{
	return block->kind == NOTE_PARAGRAPH || block->kind == NOTE_QUOTE;
}

bool
seams_find(struct highlights_finder *finder)
{
	for (guint s = 0; s < finder->sections->len; s++) {
		const struct section *section = &g_array_index(finder->sections, struct section, s);

		if (section->kind == SECTION_SPONSORS || section->kind == SECTION_TRANSCRIPT ||
		    section->kind == SECTION_LINKS)
			continue;
		for (int i = section->first; i <= section->last; i++) {
			const struct note_block *block = finder->notes->blocks->pdata[i];

			for (const char *line = block->text; is_prose(block) && *line;) {
				const char *end = line + strcspn(line, "\n");

				if (find_colon(finder, line, end) ||
				    find_sentence(finder, line, end))
					return true;
				line = *end ? end + 1 : end;
			}
		}
	}
	return false;
}

// Where the list in LINE begins: with it, or behind the words that stand before a list which has a
// sign at its end too.
static const char *
slashes_start(const char *line, const char *end)
{
	const char *first = g_strstr_len(line, end - line, "//");
	const char *words_end = first;

	while (words_end > line && words_end[-1] == ' ')
		words_end--;
	bool sentence = words_end > line && strchr(".!", words_end[-1]);

	return sentence || g_str_has_suffix(line, "//") ? first + 2 : line;
}

bool
seams_find_slashes(struct highlights_finder *finder)
{
	for (guint i = 0; i < finder->notes->blocks->len; i++) {
		const struct note_block *block = finder->notes->blocks->pdata[i];
		const char *text = block->text, *end = text + strlen(text);

		if (!is_prose(block) ||
		    count_sign(text, end, "// ") + g_str_has_suffix(text, " //") < 3)
			continue;
		g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);

		split_at(items, slashes_start(text, end), end, "//", finder->most);
		g_ptr_array_extend_and_steal(finder->items, g_steal_pointer(&items));
	}
	return finder->items->len > 0;
}

// The item that begins at P: up to NEXT, or one sentence.
static void
add_numbered(GPtrArray *items, const char *p, const char *next, const char *end)
{
	bool seam;

	add_item(items, p, next ? next : sentence_end(p, end, &seam));
}

bool
seams_find_numbers(struct highlights_finder *finder)
{
	for (guint i = 0; i < finder->notes->blocks->len; i++) {
		const struct note_block *block = finder->notes->blocks->pdata[i];
		const char *text = block->text, *end = text + strlen(text);
		const char *one = is_prose(block) ? strstr(text, " 1. ") : NULL;

		if (!one || !strstr(one, " 2. "))
			continue;
		g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
		const char *p = one + 4;

		for (int number = 2; number <= ITEMS_MAX && p; number++) {
			char sign[8];

			g_snprintf(sign, sizeof(sign), " %d. ", number);
			const char *next = strstr(p, sign);

			add_numbered(items, p, next, end);
			p = next ? next + strlen(sign) : NULL;
		}
		if (items->len >= 2) {
			g_ptr_array_extend_and_steal(finder->items, g_steal_pointer(&items));
			return true;
		}
	}
	return false;
}
