// SPDX-License-Identifier: GPL-3.0-or-later
//
// Codes such as 12:47 or 1:02:03 in notes: which of them point into the audio, and where (STANDARDS
// section 18, SHOWNOTES section 3). Times of day, dates, ratios and verses look the same.
#include "text/notes_times.h"

#include <string.h>

#include "base/text.h"
#include "text/notes_build.h"

enum { DATED_LINE_MAX_BYTES = 300, HOURS_MIN_S = 2 * 3600 };

static bool
joins_code(const char *p)
{
	return *p == ':' || *p == '_' || g_ascii_isalnum(*p) ||
	       (*p & 0x80 && g_unichar_isalnum(g_utf8_get_char(p)));
}

static size_t
read_number(const char *p, size_t max, int *value)
{
	size_t n = 0;

	for (*value = 0; n < max && g_ascii_isdigit(p[n]); n++)
		*value = *value * 10 + (p[n] - '0');
	return n;
}

size_t
time_code_at(const char *p, struct time_code *code)
{
	int first, second, third = 0;
	size_t n = read_number(p, 3, &first), m;

	if (n == 0 || p[n] != ':' || (m = read_number(p + n + 1, 2, &second)) == 0)
		return 0;
	size_t len = n + 1 + m;

	code->is_long = p[len] == ':' && read_number(p + len + 1, 2, &third) == 2;
	if (code->is_long) {
		len += 3;
		if (n > 2 || second > 59 || third > 59)
			return 0;
		code->seconds = first * 3600.0 + second * 60 + third;
	} else {
		if (m != 2 || second > 59)
			return 0;
		code->seconds = first * 60.0 + second;
	}
	if ((p[len] == '.' || p[len] == ',') && g_ascii_isdigit(p[len + 1])) {
		size_t digits = read_number(p + len + 1, 3, &third);

		code->seconds += g_ascii_strtod((char[]){'.', p[len + 1], p[len + 2], '\0'}, NULL);
		len += 1 + digits;
	}
	return joins_code(p + len) ? 0 : len;
}

// Words that make a time of day of the code before them.
static bool
says_clock_after(const char *p)
{
	static const char *const words[] = {"am", "pm", "a.m", "p.m", "uhr", "utc", "gmt", "est",
	    "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "et", "pt", "bst", "h"};

	while (*p == ' ')
		p++;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		size_t n = strlen(words[i]);

		if (g_ascii_strncasecmp(p, words[i], n) == 0 && !g_ascii_isalpha(p[n]))
			return true;
	}
	return false;
}

// Words before a code that make a length or a date of it.
static bool
says_length_before(const char *line, const char *p)
{
	static const char *const words[] = {"dauer", "duration", "length", "runtime", "run time",
	    "laufzeit", "modified", "durée", "duración", "updated", "published"};

	while (p > line && strchr(" :=(", p[-1]))
		p--;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(p - line) >= n && g_ascii_strncasecmp(p - n, words[i], n) == 0)
			return true;
	}
	return false;
}

static bool
is_row(const char *const *words, const char *word, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && g_ascii_strncasecmp(word, *words, len) == 0)
			return true;
	return false;
}

// A month beside a number, or a day of the week, makes a date of a line; its codes are times of
// day.
static bool
says_date(const char *line, const char *end)
{
	static const char *const months[] = {"january", "february", "march", "april", "may", "june",
	    "july", "august", "september", "october", "november", "december", "jan", "feb", "mar",
	    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "januar", "februar",
	    "märz", "mai", "juni", "juli", "oktober", "dezember", "janvier", "février", "mars",
	    "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
	    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
	    "octubre", NULL};
	static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday",
	    "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
	    "samstag", "sonntag", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays",
	    "saturdays", "sundays", "tickets", NULL};

	if (end - line > DATED_LINE_MAX_BYTES)
		return false;
	for (const char *p = line; p < end;) {
		while (p < end && !g_ascii_isalpha(*p) && !(*p & 0x80))
			p++;
		const char *word = p;

		while (p < end && (g_ascii_isalpha(*p) || *p & 0x80))
			p++;
		const char *before = word, *after = p;

		while (before > line && strchr(" .", before[-1]))
			before--;
		while (after < end && strchr(" .,", *after))
			after++;
		bool numbered =
		    (before > line && (g_ascii_isdigit(before[-1]) || before[-1] == 'h')) ||
		    (after < end && g_ascii_isdigit(*after));

		if ((numbered && is_row(months, word, p - word)) || is_row(days, word, p - word))
			return true;
	}
	return false;
}

const char *
time_code_line_start(const char *line)
{
	for (;;) {
		if (strchr(" ([{<@#*-|", *line) && *line)
			line++;
		else if (strncmp(line, "–", 3) == 0 || strncmp(line, "—", 3) == 0 ||
			 strncmp(line, "•", 3) == 0)
			line += 3;
		else if (strncmp(line, "⏱", 3) == 0 || strncmp(line, "▶", 3) == 0)
			line += 3;
		else if (strncmp(line, "\xef\xb8\x8f", 3) == 0)
			line += 3;
		else
			return line;
	}
}

// "Luke 3:16" within a sentence: a name written large stands right before the code.
static bool
looks_like_verse(const char *line, const char *p, const char *after)
{
	const char *word = p;

	if (p - line < 3 || p[-1] != ' ')
		return false;
	for (word = p - 1; word > line && word[-1] != ' '; word--)
		;
	return g_ascii_isupper(*word) && g_ascii_isalpha(p[-2]) && *after != '\0' &&
	       *after != '\n' && *after != ')' && *after != ']' && word > line;
}

struct line {
	const char *start, *end;
	const char *lead; // where a code that leads the line begins
	int dated;	  // says_date's word, -1 not asked yet
};

static bool
is_position(struct line *line, const char *p, const char *after)
{
	if (says_clock_after(after) || says_length_before(line->start, p))
		return false;
	if (p == line->lead)
		return true;
	if (looks_like_verse(line->start, p, after))
		return false;
	if (line->dated < 0)
		line->dated = says_date(line->start, line->end);
	return !line->dated;
}

// Whether what stands before P makes it a part of something longer (an address, a version, a range
// is fine).
static bool
is_joined(const struct line *line, const char *p)
{
	if (p == line->start)
		return false;
	if (p[-1] == '-')
		return p - 1 > line->start && g_ascii_isalpha(p[-2]);
	return joins_code(p - 1) || strchr(".,/+", p[-1]);
}

// The next code of the line from *AT on.
static bool
next_code(struct line *line, const char **at, size_t *len, struct time_code *code)
{
	for (const char *p = *at; p < line->end; p++) {
		if (!g_ascii_isdigit(*p))
			continue;
		*len = is_joined(line, p) ? 0 : time_code_at(p, code);
		if (*len > 0 && is_position(line, p, p + *len)) {
			*at = p;
			return true;
		}
		while (p + 1 < line->end && (g_ascii_isdigit(p[1]) || p[1] == ':'))
			p++;
	}
	return false;
}

struct found {
	struct note_block *block;
	struct note_mark mark;
	struct time_code code;
};

// A link's address and its words hold numbers; a link whose words are the code and no more is one.
static bool
is_in_address(const struct note_block *block, guint *next, const struct note_mark *mark)
{
	for (; *next < block->spans->len; ++*next) {
		const struct note_span *span =
		    &g_array_index(block->spans, struct note_span, *next);

		if (span->start + span->len > mark->start)
			return span->start <= mark->start && span->link > 0 &&
			       span->len > mark->len + 3;
	}
	return false;
}

static void
find_in_block(struct note_block *block, GArray *found)
{
	const char *text = block->text;

	if (block->kind == NOTE_CODE || !strchr(text, ':'))
		return;
	guint next = 0;

	for (const char *at = text; *at;) {
		struct line line = {.start = at, .end = at + strcspn(at, "\n"), .dated = -1};
		struct found hit = {.block = block, .mark = {.style = NOTE_TIMESTAMP}};

		line.lead = time_code_line_start(at);
		for (; next_code(&line, &at, &hit.mark.len, &hit.code); at += hit.mark.len) {
			hit.mark.start = at - text;
			if (!is_in_address(block, &next, &hit.mark))
				g_array_append_val(found, hit);
		}
		at = *line.end ? line.end + 1 : line.end;
	}
}

// Whether codes of two numbers are hours and minutes: said once for a document.
static bool
are_hours(const GArray *found, double duration_s)
{
	double last = 0;
	int codes = 0;

	for (guint i = 0; i < found->len; i++) {
		const struct found *hit = &g_array_index(found, struct found, i);

		if (hit->code.is_long || hit->code.seconds * 60 >= duration_s)
			return false;
		last = MAX(last, hit->code.seconds * 60);
		codes++;
	}
	return codes > 0 && duration_s >= HOURS_MIN_S && last >= duration_s / 2;
}

void
notes_find_times(struct notes *notes, double duration_s)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct found));

	for (guint i = 0; i < notes->blocks->len; i++)
		find_in_block(notes->blocks->pdata[i], found);

	bool hours = are_hours(found, duration_s);
	g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct note_mark));

	for (guint i = 0; i < found->len; i++) {
		struct found *hit = &g_array_index(found, struct found, i);

		hit->mark.time_s = hit->code.seconds * (hours && !hit->code.is_long ? 60 : 1);
		if (duration_s < 0 || hit->mark.time_s <= duration_s)
			g_array_append_val(marks, hit->mark);
		if (i + 1 == found->len ||
		    g_array_index(found, struct found, i + 1).block != hit->block) {
			notes_mark(hit->block, marks);
			g_array_set_size(marks, 0);
		}
	}
}
