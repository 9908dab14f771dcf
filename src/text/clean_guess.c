// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which encoding bytes have that nobody declared, or that are not in the one declared: by what is
// written in each of the usual ones. A western one-byte encoding is not among them: it is what is
// left, with single bytes between letters of ASCII.
#include "text/clean_private.h"

enum { LEAST_GOOD = 8, BAD_WEIGHT = 8 };

static const struct candidate {
	const char *encoding, *said;
	GUnicodeScript script; // what must be there
	GUnicodeScript also;   // may be there
	GUnicodeScript more;
	bool spaced; // letters of ASCII seldom touch its own: they would if it were western
} candidates[] = { // the last, in which nearly all has a meaning, is for want of another
	{ "euc-jp", NULL, G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA,
	    G_UNICODE_SCRIPT_HAN, false },
	{ "cp932", "shift_jis", G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA,
	    G_UNICODE_SCRIPT_HAN, false },
	{ "cp949", "euc-kr", G_UNICODE_SCRIPT_HANGUL, G_UNICODE_SCRIPT_HANGUL,
	    G_UNICODE_SCRIPT_HANGUL, true },
	{ "windows-1255", NULL, G_UNICODE_SCRIPT_HEBREW, G_UNICODE_SCRIPT_HEBREW,
	    G_UNICODE_SCRIPT_HEBREW, true },
	{ "windows-1251", NULL, G_UNICODE_SCRIPT_CYRILLIC, G_UNICODE_SCRIPT_CYRILLIC,
	    G_UNICODE_SCRIPT_CYRILLIC, true },
	{ "koi8-r", NULL, G_UNICODE_SCRIPT_CYRILLIC, G_UNICODE_SCRIPT_CYRILLIC,
	    G_UNICODE_SCRIPT_CYRILLIC, true },
	{ "gb18030", NULL, G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HAN,
	    true },
};

// Where the cut at the end is the only fault: the text.
static char *
text_in(const char *encoding, const GString *head)
{
	GIConv iconv = g_iconv_open("UTF-8", encoding);
	gsize read_bytes = 0;
	g_autoptr(GError) error = NULL;

	if (iconv == (GIConv)-1)
		return NULL;
	char *text = g_convert_with_iconv(head->str, (gssize)head->len, iconv, &read_bytes, NULL,
	    &error);
	if (!text && g_error_matches(error, G_CONVERT_ERROR, G_CONVERT_ERROR_PARTIAL_INPUT))
		text = g_convert_with_iconv(head->str, (gssize)head->len - 1, iconv, NULL, NULL,
		    NULL);
	g_iconv_close(iconv);
	return text;
}

// How much speaks for CANDIDATE; nothing where 0 or less.
static int
score(const struct candidate *candidate, const char *text)
{
	int must = 0, good = 0, bad = 0;
	gunichar last = ' ';

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		GUnicodeScript script = g_unichar_get_script(c);
		bool fits = script == candidate->script || script == candidate->also ||
		    script == candidate->more;
		bool foreign = c >= 0x80 && !fits && script != G_UNICODE_SCRIPT_COMMON;
		bool touches = candidate->spaced && g_unichar_isalpha(c) &&
		    g_unichar_isalpha(last) && (c < 0x80) != (last < 0x80);
		bool swapped = c >= 0x80 && g_unichar_islower(last) && g_unichar_isupper(c);
		must += script == candidate->script;
		good += fits;
		bad += foreign || touches || swapped;
		last = c;
	}
	return must >= LEAST_GOOD / 2 && must * 8 >= good && good >= LEAST_GOOD
	    ? good - bad * BAD_WEIGHT : 0;
}

// Whether most bytes beyond ASCII stand side by side. Those of a western text are single ones, and
// what they would be with the letter behind them does not matter.
static bool
has_runs(const GString *head)
{
	size_t high = 0, beside = 0;

	for (size_t i = 0; i < head->len; i++) {
		if (!(head->str[i] & 0x80))
			continue;
		high++; // the string's last NUL ends it
		beside += (i > 0 && head->str[i - 1] & 0x80) || head->str[i + 1] & 0x80;
	}
	return beside * 2 > high;
}

const char *
clean_guess(const GString *head, const char **said)
{
	const struct candidate *best = NULL;
	int best_score = 0;

	*said = NULL;
	if (!has_runs(head))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++) {
		g_autofree char *text = text_in(candidates[i].encoding, head);
		int found = text ? score(&candidates[i], text) : 0;
		bool last = i == G_N_ELEMENTS(candidates) - 1;
		if (found <= best_score || (best && last))
			continue;
		best = &candidates[i];
		best_score = found;
	}
	if (!best)
		return NULL;
	*said = best->said;
	return best->encoding;
}
