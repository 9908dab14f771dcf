// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cues made fit for reading, and times for those that have none.
#include <string.h>

#include "text/transcript_read.h"

enum { PASSAGE_MIN_S = 5, PASSAGE_MAX_S = 12, GAP_MAX_S = 3 };
enum { PASSAGE_MAX_BYTES = 1000 }; // however little time the cues take

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
goes_on(const struct cue *passage, const char *said, const struct cue *next)
{
	double length = MAX(passage->end_s, passage->start_s) - passage->start_s;

	return g_strcmp0(passage->speaker, next->speaker) == 0 &&
	       strlen(said) + strlen(next->text) <= PASSAGE_MAX_BYTES &&
	       next->start_s - MAX(passage->end_s, passage->start_s) < GAP_MAX_S &&
	       next->end_s - passage->start_s <= PASSAGE_MAX_S &&
	       !(length >= PASSAGE_MIN_S && ends_sentence(said));
}

// A full stop that ends no sentence: after an initial or a title ("J.", "Dr.").
static bool
is_abbreviation(const char *text, const char *end)
{
	const char *word = end - 1;

	if (end - text < 2 || *word != '.')
		return false;
	while (word > text && g_ascii_isalpha(word[-1]))
		word--;
	return end - 1 - word <= 3 && g_ascii_isupper(*word) && !g_ascii_isupper(word[1]);
}

// The end of the sentence that begins at P (where the next one begins, or the text's end). A
// paragraph's end is a sentence's end.
static const char *
sentence_end(const char *p)
{
	for (const char *q = p + strcspn(p, " \n"); *q; q += strcspn(q, " \n")) {
		const char *next = q + strspn(q, " \n");

		if (memchr(q, '\n', next - q))
			return next;
		// What stands before the blank tells; a few characters of it are enough.
		const char *from = q - p > 16 ? q - 16 : p;
		g_autofree char *before = g_strndup(from, q - from);
		if (ends_sentence(before) && !is_abbreviation(before, before + strlen(before)) &&
		    !g_unichar_islower(g_utf8_get_char(next)))
			return next;
		q = next;
	}
	return p + strlen(p);
}

// The sentences of an estimated CUE, each with its share of the cue's time.
static void
cut_sentences(const struct cue *cue, GPtrArray *out)
{
	double length_s = cue->end_s - cue->start_s;
	double bytes = MAX(strlen(cue->text), 1);

	for (const char *p = cue->text; *p;) {
		const char *end = sentence_end(p);
		struct cue *sentence = g_new0(struct cue, 1);

		sentence->start_s = cue->start_s + length_s * (p - cue->text) / bytes;
		sentence->end_s = cue->start_s + length_s * (end - cue->text) / bytes;
		sentence->speaker = g_strdup(cue->speaker);
		sentence->text = g_strndup(p, end - p);
		g_ptr_array_add(out, sentence);
		p = end;
	}
}

// What passages are joined from: the document's cues, or the sentences of estimated ones.
static GPtrArray *
pieces_of(const struct transcript *transcript)
{
	GPtrArray *pieces = g_ptr_array_new_with_free_func((GDestroyNotify)cue_free);

	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];

		if (transcript->estimated && *cue->text)
			cut_sentences(cue, pieces);
		else
			g_ptr_array_add(pieces, copy_cue(cue));
	}
	return pieces;
}

static void
set_text(struct cue *passage, const GString *text)
{
	g_free(passage->text);
	passage->text = g_strchomp(g_strndup(text->str, text->len));
}

struct transcript *
transcript_passages(const struct transcript *transcript)
{
	struct transcript *out = transcript_new(transcript->source);
	g_autoptr(GPtrArray) pieces = pieces_of(transcript);
	g_autoptr(GString) text = g_string_new(NULL);
	struct cue *passage = NULL;
	bool has_times = transcript->timed || transcript->estimated;

	out->timed = transcript->timed;
	out->estimated = transcript->estimated;
	out->language = g_strdup(transcript->language);
	for (guint i = 0; i < pieces->len; i++) {
		struct cue *piece = pieces->pdata[i];
		bool paragraph = g_str_has_suffix(text->str, "\n");
		g_autofree char *said = g_strchomp(g_strdup(text->str));

		if (passage && has_times && !(transcript->estimated && paragraph) &&
		    goes_on(passage, said, piece)) {
			g_string_assign(text, said);
			if (needs_blank(text->str, piece->text))
				g_string_append_c(text, ' ');
			g_string_append(text, piece->text);
			passage->end_s = MAX(passage->end_s, piece->end_s);
			continue;
		}
		if (passage)
			set_text(passage, text);
		g_string_assign(text, piece->text);
		passage = copy_cue(piece);
		g_ptr_array_add(out->cues, passage);
	}
	if (passage)
		set_text(passage, text);
	return out;
}
