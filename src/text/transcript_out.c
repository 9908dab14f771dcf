// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts written: WebVTT, SRT, plain text, Markdown.
#include <math.h>
#include <string.h>

#include "base/when.h"
#include "text/transcript_read.h"

enum { UNTIMED_CUE_S = 5 };

static void
append_time(GString *out, double time_s, char point)
{
	gint64 ms = (gint64)llround(MAX(time_s, 0) * 1000);

	g_string_append_printf(out, "%02d:%02d:%02d%c%03d", (int)(ms / 3600000),
	    (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), point, (int)(ms % 1000));
}

// Cues without times stand five seconds apart: the formats do not go without.
static void
append_timing(GString *out, const struct cue *cue, guint index, char point)
{
	double start_s = cue->start_s >= 0 ? cue->start_s : (double)index * UNTIMED_CUE_S;
	double end_s = cue->end_s > start_s ? cue->end_s : start_s + UNTIMED_CUE_S;

	append_time(out, start_s, point);
	g_string_append(out, " --> ");
	append_time(out, end_s, point);
	g_string_append_c(out, '\n');
}

// An empty line would end the cue.
static void
append_lines(GString *out, const char *text, bool escape)
{
	for (const char *p = text; *p; p++) {
		if (*p == '\n' && p[1] == '\n')
			continue;
		if (escape && *p == '&')
			g_string_append(out, "&amp;");
		else if (escape && *p == '<')
			g_string_append(out, "&lt;");
		else if (escape && *p == '>')
			g_string_append(out, "&gt;");
		else
			g_string_append_c(out, *p);
	}
}

char *
transcript_to_vtt(const struct transcript *transcript)
{
	GString *out = g_string_new("WEBVTT\n");

	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];

		g_string_append_c(out, '\n');
		append_timing(out, cue, i, '.');
		if (cue->speaker) {
			g_string_append(out, "<v ");
			append_lines(out, cue->speaker, true);
			g_string_append_c(out, '>');
		}
		append_lines(out, cue->text, true);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

// Whether the voice of cue INDEX is another than that before it.
static bool
changes(const struct transcript *transcript, guint index)
{
	const struct cue *cue = transcript->cues->pdata[index];
	const struct cue *before = index > 0 ? transcript->cues->pdata[index - 1] : NULL;

	return cue->speaker && (!before || g_strcmp0(before->speaker, cue->speaker) != 0);
}

char *
transcript_to_srt(const struct transcript *transcript)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];

		g_string_append_printf(out, "%s%u\n", i > 0 ? "\n" : "", i + 1);
		append_timing(out, cue, i, ',');
		if (changes(transcript, i))
			g_string_append_printf(out, "%s: ", cue->speaker);
		append_lines(out, cue->text, false);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

char *
transcript_to_text(const struct transcript *transcript)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];

		if (changes(transcript, i))
			g_string_append_printf(out, "%s%s: ", i > 0 ? "\n" : "", cue->speaker);
		g_string_append(out, cue->text);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

// What Markdown would take for markup is escaped (CommonMark 0.30 section 2.4).
static void
append_markdown(GString *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		bool begins = p == text || p[-1] == '\n';
		if (strchr("\\*_`[]<", *p) || (begins && strchr("#>+-=~|", *p)))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *p);
	}
}

char *
transcript_to_markdown(const struct transcript *transcript)
{
	OWNED(transcript) joined = transcript_passages(transcript);
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < joined->cues->len; i++) {
		const struct cue *cue = joined->cues->pdata[i];
		g_autofree char *clock = cue->start_s >= 0 ? when_clock(cue->start_s) : NULL;

		if (i > 0)
			g_string_append_c(out, '\n');
		if (changes(joined, i)) {
			g_string_append(out, "**");
			append_markdown(out, cue->speaker);
			g_string_append(out, clock ? "** " : "**\n\n");
		}
		if (clock)
			g_string_append_printf(
			    out, "(%s)%s", clock, changes(joined, i) ? "\n\n" : " ");
		append_markdown(out, cue->text);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}
