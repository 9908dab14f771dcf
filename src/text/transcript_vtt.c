// SPDX-License-Identifier: GPL-3.0-or-later
//
// WebVTT, block by block as the W3C's parser reads it (STANDARDS 11.1), but for headers and commas
// that the wild gets wrong. Settings, regions and styles say nothing to a terminal and are skipped.
#include <string.h>

#include "text/entity.h"
#include "text/transcript_read.h"

struct lines {
	const char *at; // the next line; NULL behind the last
};

// The next line without its line feed; false at the end.
static bool
next_line(struct lines *lines, const char **line, size_t *len)
{
	if (!lines->at || !*lines->at)
		return false;
	*line = lines->at;
	*len = strcspn(*line, "\n");
	lines->at = (*line)[*len] ? *line + *len + 1 : NULL;
	return true;
}

static size_t
digits(const char *p, double *value)
{
	size_t n = 0;

	for (*value = 0; g_ascii_isdigit(p[n]) && n < 9; n++)
		*value = *value * 10 + (p[n] - '0');
	return n;
}

// "[h:]mm:ss.mmm" at P, or "3:40.300" and "610.480", as a host of many podcasts writes them. Gives
// its length, 0 where there is none.
static size_t
read_time(const char *p, double *time_s)
{
	double first, second, third, fraction;
	size_t n = digits(p, &first), at = n, m;

	if (n > 0 && (*p != '0' || n == 1) && p[n] == '.' && digits(p + n + 1, &fraction) == 3) {
		*time_s = first + fraction / 1000;
		return n + 4;
	}
	if (n == 0 || p[at] != ':' || digits(p + at + 1, &second) != 2)
		return 0;
	at += 3;
	if (p[at] == ':') {
		if (digits(p + at + 1, &third) != 2 || second > 59)
			return 0;
		at += 3;
	} else {
		if (n > 2 || first > 59)
			return 0;
		third = second;
		second = first;
		first = 0;
	}
	if (third > 59 || (p[at] != '.' && p[at] != ','))
		return 0;
	m = digits(p + at + 1, &fraction);
	if (m != 3)
		return 0;
	*time_s = first * 3600 + second * 60 + third + fraction / 1000;
	return at + 4;
}

static bool
read_timing(const char *line, size_t len, double *start_s, double *end_s)
{
	g_autofree char *copy = g_strndup(line, len);
	const char *p = copy + strspn(copy, " \t\f");
	size_t n = read_time(p, start_s);

	if (n == 0)
		return false;
	p += n;
	p += strspn(p, " \t\f");
	if (!g_str_has_prefix(p, "-->"))
		return false;
	p += 3;
	p += strspn(p, " \t\f");
	return read_time(p, end_s) > 0;
}

// A cue's payload: its text goes to OUT; where a voice begins, what was before it becomes a cue.
struct payload {
	struct transcript *transcript;
	double start_s, end_s;
	GString *text;
	char *voice;
	bool voices; // some "<v>" was seen
};

static void
flush(struct payload *payload)
{
	transcript_add(payload->transcript, payload->start_s, payload->end_s, payload->voice,
	    payload->text->str);
	g_string_truncate(payload->text, 0);
}

static void
read_tag(struct payload *payload, const char *tag, size_t len)
{
	bool voice = len > 1 && *tag == 'v' && strchr(". \t\n", tag[1]);

	if (!voice)
		return;
	size_t name = 0;

	while (name < len && !strchr(" \t\n", tag[name]))
		name++;
	if (name >= len)
		return;
	flush(payload);
	payload->voices = true;
	g_free(payload->voice);
	payload->voice = entity_decode(tag + name + 1, len - name - 1);
	g_strstrip(payload->voice);
	if (!*payload->voice)
		g_clear_pointer(&payload->voice, g_free);
}

static void
read_payload(struct payload *payload, const char *text)
{
	for (const char *p = text; *p;) {
		size_t plain = strcspn(p, "<");
		g_autofree char *decoded = entity_decode(p, plain);

		g_string_append(payload->text, decoded);
		p += plain;
		if (!*p)
			break;
		size_t tag = strcspn(p + 1, ">");

		read_tag(payload, p + 1, tag);
		p += 1 + tag;
		if (*p)
			p++;
	}
	flush(payload);
	g_clear_pointer(&payload->voice, g_free);
}

// One block: up to an empty line, or the timing of the next cue.
static bool
read_block(struct lines *lines, struct payload *payload, bool header)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const char *line;
	size_t len;
	bool arrow = false, cue = false, any = false;

	for (int count = 1;; count++) {
		struct lines before = *lines;

		if (!next_line(lines, &line, &len))
			break;
		any = true;
		if (g_strstr_len(line, len, "-->")) {
			if (arrow || (!header && count > 2) || (header && count > 1)) {
				*lines = before;
				break;
			}
			arrow = true;
			cue = read_timing(line, len, &payload->start_s, &payload->end_s);
			g_string_truncate(text, 0);
		} else if (len == 0) {
			break;
		} else {
			g_string_append_len(text, line, len);
			g_string_append_c(text, '\n');
		}
	}
	if (cue)
		read_payload(payload, text->str);
	return any;
}

struct transcript *
transcript_read_vtt(const char *text)
{
	struct transcript *transcript = transcript_new(TRANSCRIPT_VTT);
	struct lines lines = {text};
	struct payload payload = {.transcript = transcript, .text = g_string_new(NULL)};
	const char *line;
	size_t len;

	transcript->timed = true;
	// What stands over the first cue (the signature, HLS' map of times) ends at an empty line
	// or it.
	if (g_str_has_prefix(text, "WEBVTT") && next_line(&lines, &line, &len) && lines.at &&
	    *lines.at != '\n')
		read_block(&lines, &payload, true);
	while (read_block(&lines, &payload, false))
		;
	g_string_free(payload.text, TRUE);
	if (payload.voices)
		transcript_carry_voices(transcript);
	else
		transcript_name_voices(transcript);
	return transcript;
}
