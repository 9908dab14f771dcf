// SPDX-License-Identifier: GPL-3.0-or-later
//
// SubRip, as lenient as STANDARDS 11.2 asks: a card is a timing and what stands under it; indices
// and empty lines mean little.
#include <string.h>

#include "text/entity.h"
#include "text/transcript_read.h"

// "[h:]mm:ss[,mmm]" at P. Gives its length, 0 where there is none.
static size_t
read_time(const char *p, double *time_s)
{
	double sum = 0, field, scale = 1;
	size_t at = 0;
	int fields = 0;

	for (;; at++) {
		size_t n = 0;

		for (field = 0; g_ascii_isdigit(p[at]) && n < 6; n++)
			field = field * 10 + (p[at++] - '0');
		if (n == 0)
			return 0;
		sum = sum * 60 + field;
		if (++fields == 3 || p[at] != ':')
			break;
	}
	if (fields < 2)
		return 0;
	if (p[at] == ',' || p[at] == '.')
		for (at++; g_ascii_isdigit(p[at]); at++)
			sum += (p[at] - '0') * (scale /= 10);
	*time_s = sum;
	return at;
}

static bool
read_timing(const char *line, size_t len, double *start_s, double *end_s)
{
	if (len > 200 || !g_strstr_len(line, len, "-->"))
		return false;
	const char *p = line + strspn(line, " \t");
	size_t n = read_time(p, start_s);

	if (n == 0)
		return false;
	p += n;
	p += strspn(p, " \t");
	if (!g_str_has_prefix(p, "-->"))
		return false;
	p += 3;
	p += strspn(p, " \t");
	return read_time(p, end_s) > 0;
}

bool
transcript_is_timing(const char *line, size_t len)
{
	double start_s, end_s;

	return read_timing(line, len, &start_s, &end_s);
}

static bool
is_index(const char *line, size_t len)
{
	size_t n = 0;

	while (n < len && strchr(" \t", line[n]))
		n++;
	size_t first = n;

	while (n < len && g_ascii_isdigit(line[n]))
		n++;
	size_t last = n;

	while (n < len && strchr(" \t", line[n]))
		n++;
	return n == len && last > first;
}

// Bytes of what begins at P and ends with MARK in the same line; 0: it does not end there. Before
// *BARREN no MARK is left in the line, so that a line is searched once.
static size_t
len_to(const char *p, char mark, const char **barren)
{
	if (p < *barren)
		return 0;
	const char *end = p;

	while (*end && *end != '\n' && *end != mark)
		end++;
	if (*end == mark)
		return end + 1 - p;
	*barren = end;
	return 0;
}

// Tags that players know; "<3" is none.
static size_t
tag_len(const char *p, const char **barren)
{
	static const char *const known[] = {
	    "b", "i", "u", "s", "font", "span", "br", "c", "v", "ruby", "rt", "p"};
	const char *name = p + 1 + (p[1] == '/');
	size_t n = 0;

	while (g_ascii_isalpha(name[n]))
		n++;
	for (size_t i = 0; n > 0 && i < G_N_ELEMENTS(known); i++)
		if (strlen(known[i]) == n && g_ascii_strncasecmp(known[i], name, n) == 0)
			return len_to(p, '>', barren);
	return 0;
}

// TEXT without tags and "{\an8}" orders, with its references as characters.
static char *
plain_text(const char *text)
{
	GString *out = g_string_new(NULL);
	const char *no_tag = text, *no_order = text;

	for (const char *p = text; *p;) {
		size_t skip = *p == '<' ? tag_len(p, &no_tag) : 0;

		if (*p == '{' && p[1] == '\\')
			skip = len_to(p, '}', &no_order);
		if (skip == 0)
			g_string_append_c(out, *p++);
		p += skip;
	}
	char *decoded = entity_decode(out->str, out->len);

	g_string_free(out, TRUE);
	return decoded;
}

struct transcript *
transcript_read_srt(const char *text)
{
	struct transcript *transcript = transcript_new(TRANSCRIPT_SRT);
	g_autoptr(GString) card = g_string_new(NULL);
	double start_s = 0, end_s = 0;
	bool open = false;
	size_t index_at = 0; // where an index that may belong to the next card begins
	bool index = false;

	transcript->timed = true;
	for (const char *p = text;;) {
		size_t len = strcspn(p, "\n");
		double from, to;
		bool timing = read_timing(p, len, &from, &to);

		if (timing || *p == '\0') {
			if (timing && index)
				g_string_truncate(card, index_at);
			g_autofree char *plain = plain_text(card->str);

			if (open)
				transcript_add(transcript, start_s, end_s, NULL, plain);
			g_string_truncate(card, 0);
			open = timing;
			start_s = from;
			end_s = to;
		} else if (len > 0) {
			index = is_index(p, len);
			index_at = card->len;
			g_string_append_len(card, p, len);
			g_string_append_c(card, '\n');
		}
		if (timing)
			index = false;
		if (p[len] == '\0' && (len == 0 || *p == '\0'))
			break;
		p += len + (p[len] == '\n');
	}
	transcript_name_voices(transcript);
	return transcript;
}
