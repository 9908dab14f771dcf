// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/query.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

static void
term_free(gpointer data)
{
	struct query_term *term = data;

	g_ptr_array_unref(term->tokens);
	g_free(term);
}

void
query_free(struct query *query)
{
	if (!query)
		return;
	g_ptr_array_unref(query->terms);
	g_free(query);
}

// A word of a text: from *P on, past what is none. NULL at the end; *P is moved behind it.
static const char *
next_word(const char **p)
{
	const char *from = *p;

	while (*from && !g_unichar_isalnum(g_utf8_get_char(from)))
		from = g_utf8_next_char(from);
	if (!*from)
		return NULL;
	const char *stop = g_utf8_next_char(from);
	if (!text_stands_alone(g_utf8_get_char(from)))
		for (; *stop; stop = g_utf8_next_char(stop)) {
			gunichar c = g_utf8_get_char(stop);
			if ((!g_unichar_isalnum(c) && !g_unichar_ismark(c)) || text_stands_alone(c))
				break;
		}
	*p = stop;
	return from;
}

// TEXT's words are those of its folded form, so that one letter that folds to two is one in both.
static struct query_term *
term_new(const char *text, bool prefix)
{
	struct query_term *term = g_new0(struct query_term, 1);
	g_autofree char *folded = text_fold(text);
	const char *p = folded;

	term->tokens = g_ptr_array_new_with_free_func(g_free);
	term->prefix = prefix;
	for (const char *word; (word = next_word(&p));)
		g_ptr_array_add(term->tokens, g_strndup(word, (gsize)(p - word)));
	return term;
}

// "a phrase" may come as several words: it goes on to the one that closes it.
static char *
join_quoted(const char *const **words)
{
	g_autoptr(GString) phrase = g_string_new(**words + 1);

	while (!g_str_has_suffix(phrase->str, "\"") && (*words)[1]) {
		*words += 1;
		g_string_append_printf(phrase, " %s", **words);
	}
	if (g_str_has_suffix(phrase->str, "\""))
		g_string_truncate(phrase, phrase->len - 1);
	return g_string_free(g_steal_pointer(&phrase), FALSE);
}

static bool
is_too_short(const struct query_term *term)
{
	const char *last = term->tokens->pdata[term->tokens->len - 1];

	return term->prefix && !text_stands_alone(g_utf8_get_char(last)) &&
	       g_utf8_strlen(last, -1) < QUERY_PREFIX_MIN;
}

struct query *
query_parse(const char *const *words, GError **error)
{
	OWNED(query) query = g_new0(struct query, 1);

	query->terms = g_ptr_array_new_with_free_func(term_free);
	for (; words && *words && query->terms->len < QUERY_TERMS_MAX; words++) {
		g_autofree char *text = **words == '"' ? join_quoted(&words) : g_strdup(*words);
		bool prefix = g_str_has_suffix(text, "*");
		struct query_term *term = term_new(text, prefix);
		if (!term->tokens->len) {
			term_free(term);
			continue;
		}
		g_ptr_array_add(query->terms, term);
		if (is_too_short(term)) {
			g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
			    _("%s: a beginning of three letters is the shortest to look for"),
			    text);
			return NULL;
		}
	}
	if (query->terms->len)
		return g_steal_pointer(&query);
	g_set_error_literal(
	    error, HARK_ERROR, HARK_ERROR_USAGE, _("There is no word to look for."));
	return NULL;
}

// The words of a text, each folded.
struct word {
	gsize at, len;
	char *folded;
};

static void
word_clear(gpointer data)
{
	g_free(((struct word *)data)->folded);
}

static GArray *
cut(const char *text)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(struct word));
	const char *p = text;

	g_array_set_clear_func(words, word_clear);
	for (const char *from; (from = next_word(&p));) {
		g_autofree char *copy = g_strndup(from, (gsize)(p - from));
		struct word word = {.at = (gsize)(from - text),
		    .len = (gsize)(p - from),
		    .folded = text_fold(copy)};
		g_array_append_val(words, word);
	}
	return words;
}

static bool
fits(const struct query_term *term, const GArray *words, guint from)
{
	if (term->tokens->len > words->len - from)
		return false;
	for (guint i = 0; i < term->tokens->len; i++) {
		const struct word *word = &g_array_index(words, struct word, from + i);
		const char *token = term->tokens->pdata[i];
		bool begins = term->prefix && i + 1 == term->tokens->len;
		if (begins ? !g_str_has_prefix(word->folded, token) : strcmp(word->folded, token))
			return false;
	}
	return true;
}

// Of the terms that begin at the word FROM the longest; each of them is noted in *SEEN.
static const struct query_term *
longest_at(const struct query *query, const GArray *words, guint from, guint32 *seen, guint *which)
{
	const struct query_term *longest = NULL;

	for (guint t = 0; t < query->terms->len; t++) {
		const struct query_term *term = query->terms->pdata[t];
		if (!fits(term, words, from))
			continue;
		*seen |= 1u << t;
		if (longest && longest->tokens->len >= term->tokens->len)
			continue;
		longest = term;
		*which = t;
	}
	return longest;
}

guint
query_find(const struct query *query, const char *text, GArray *spans)
{
	g_autoptr(GArray) words = cut(text);
	guint32 seen = 0;

	for (guint i = 0; i < words->len; i++) {
		struct query_span span = {0};
		const struct query_term *term = longest_at(query, words, i, &seen, &span.term);
		if (!term || !spans)
			continue;
		const struct word *first = &g_array_index(words, struct word, i);
		const struct word *last = first + term->tokens->len - 1;
		span.at = first->at;
		span.len = last->at + last->len - first->at;
		g_array_append_val(spans, span);
	}
	return (guint)__builtin_popcount(seen);
}

// Where an excerpt of CHARS begins, so that a third of it stands before the match at AT.
static const char *
begin_of(const char *text, gsize at, size_t chars)
{
	const char *from = text + at;

	for (size_t i = 0; i < chars / 3 && from > text; i++)
		from = g_utf8_prev_char(from);
	while (from > text && from < text + at && !g_ascii_isspace(from[-1]))
		from = g_utf8_next_char(from);
	return from;
}

static const char *
end_of(const char *from, size_t chars)
{
	const char *stop = from, *blank = NULL;

	for (size_t i = 0; i < chars && *stop; i++) {
		if (g_ascii_isspace(*stop))
			blank = stop;
		stop = g_utf8_next_char(stop);
	}
	return *stop && blank ? blank : stop;
}

char *
query_excerpt(
    const struct query *query, const char *text, size_t chars, const char *open, const char *close)
{
	g_autofree char *line = text_clean_line(text, -1, 0);
	g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct query_span));
	GString *out = g_string_new(NULL);

	query_find(query, line, spans);
	struct query_span first = {0};
	if (spans->len)
		first = g_array_index(spans, struct query_span, 0);
	const char *from = begin_of(line, first.at, chars), *stop = end_of(from, chars);
	if (stop < line + first.at + first.len) { // where there is little room, the match has it
		from = line + first.at;
		stop = MAX(end_of(from, chars), from + first.len);
	}
	if (from > line)
		g_string_append(out, "… ");
	for (guint i = 0; i < spans->len; i++) {
		const struct query_span *span = &g_array_index(spans, struct query_span, i);
		const char *match = line + span->at;
		if (match < from || match + span->len > stop)
			continue;
		g_string_append_len(out, from, match - from);
		g_string_append(out, open);
		g_string_append_len(out, match, (gssize)span->len);
		g_string_append(out, close);
		from = match + span->len;
	}
	g_string_append_len(out, from, stop - from);
	if (*stop)
		g_string_append(out, " …");
	return g_string_free(out, FALSE);
}
