// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cues made fit for reading, and times for those that have none.
#include <string.h>

#include "text/transcript_read.h"

enum { PASSAGE_MIN_S = 5, PASSAGE_MAX_S = 12, GAP_MAX_S = 3 };

void
transcript_estimate(struct transcript *transcript, double duration_s)
{
	size_t total = 0, before = 0;

	if (transcript->timed || duration_s <= 0)
		return;
	for (guint i = 0; i < transcript->cues->len; i++)
		total += g_utf8_strlen(((struct cue *)transcript->cues->pdata[i])->text, -1) + 1;
	for (guint i = 0; i < transcript->cues->len; i++) {
		struct cue *cue = transcript->cues->pdata[i];

		cue->start_s = duration_s * before / total;
		before += g_utf8_strlen(cue->text, -1) + 1;
		cue->end_s = duration_s * before / total;
	}
	transcript->estimated = true;
}

static bool
ends_sentence(const char *text)
{
	static const char *const closers[] = {"\"", ")", "'", "”", "’", "»"};
	size_t len = strlen(text);

	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < G_N_ELEMENTS(closers); i++) {
			size_t n = strlen(closers[i]);

			if (len > n && strncmp(text + len - n, closers[i], n) == 0) {
				len -= n;
				more = true;
			}
		}
	}
	return (len > 0 && strchr(".!?", text[len - 1])) ||
	       (len >= 3 &&
		   (strncmp(text + len - 3, "。", 3) == 0 || strncmp(text + len - 3, "…", 3) == 0 ||
		       strncmp(text + len - 3, "？", 3) == 0 ||
		       strncmp(text + len - 3, "！", 3) == 0));
}

// Whether a blank belongs between LEFT and RIGHT: not before punctuation, not within CJK.
static bool
needs_blank(const char *left, const char *right)
{
	const char *last = g_utf8_find_prev_char(left, left + strlen(left));

	if (strchr(".,;:!?%)]}'", *right) || strncmp(right, "’", 3) == 0 ||
	    strncmp(right, "…", 3) == 0)
		return g_ascii_isalnum(right[1]) && *right != '\'';
	return !(last && g_unichar_iswide(g_utf8_get_char(last)) &&
		 g_unichar_iswide(g_utf8_get_char(right)));
}

static struct cue *
copy_cue(const struct cue *cue)
{
	struct cue *copy = g_new0(struct cue, 1);

	copy->start_s = cue->start_s;
	copy->end_s = cue->end_s;
	copy->speaker = g_strdup(cue->speaker);
	copy->text = g_strdup(cue->text);
	return copy;
}

static bool
goes_on(const struct cue *passage, bool sentence, const struct cue *next)
{
	double length = MAX(passage->end_s, passage->start_s) - passage->start_s;

	return g_strcmp0(passage->speaker, next->speaker) == 0 &&
	       next->start_s - MAX(passage->end_s, passage->start_s) < GAP_MAX_S &&
	       next->end_s - passage->start_s <= PASSAGE_MAX_S &&
	       !(sentence && length >= PASSAGE_MIN_S);
}

struct transcript *
transcript_passages(const struct transcript *transcript)
{
	struct transcript *out = transcript_new(transcript->source);
	struct cue *passage = NULL;
	g_autoptr(GString) text = g_string_new(NULL);

	out->timed = transcript->timed;
	out->estimated = transcript->estimated;
	out->language = g_strdup(transcript->language);
	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];

		if (passage && transcript->timed &&
		    goes_on(passage, ends_sentence(text->str), cue)) {
			if (needs_blank(text->str, cue->text))
				g_string_append_c(text, ' ');
			g_string_append(text, cue->text);
			passage->end_s = MAX(passage->end_s, cue->end_s);
			continue;
		}
		if (passage) {
			g_free(passage->text);
			passage->text = g_strndup(text->str, text->len);
		}
		passage = copy_cue(cue);
		g_string_assign(text, cue->text);
		g_ptr_array_add(out->cues, passage);
	}
	if (passage) {
		g_free(passage->text);
		passage->text = g_strndup(text->str, text->len);
	}
	return out;
}
