// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who speaks: names before a colon, told apart from all else that stands there (SHOWNOTES section
// 4).
#include <string.h>

#include "text/transcript_read.h"

enum { NAME_MAX_BYTES = 60, NAME_MAX_WORDS = 4 };

static const char *const roles[] = {"speaker", "host", "cohost", "co-host", "guest", "announcer",
    "narrator", "intro", "outro", "interviewer", "interviewee", "moderator", "moderatorin", "gast",
    "sprecher", "sprecherin", "unknown", "break", "audience", "caller", "voiceover", "all", "clip",
    "invité", "animateur", "voix"};

static const char *const no_names[] = {"note", "notes", "link", "links", "resources", "twitter",
    "email", "website", "web", "http", "https", "www", "topics", "timestamps", "warning", "ps",
    "p.s", "update", "disclaimer", "example", "step", "chapter", "part", "show notes", "transcript",
    "sponsor", "sponsors", "question", "answer", "quote", "source", "sources", "facebook",
    "instagram", "youtube", "linkedin", "mastodon", "music", "credits", "episode", "title", "date",
    "tip", "remember", "result", "dauer", "duration", "podcast", "media", "recorded", "subscribe",
    "download", "support", "guests", "hosts", "themen", "kapitel", "tags", "keywords", "references",
    "bonus", "fun fact", "spoiler"};

static const char *const particles[] = {"van", "von", "der", "den", "de", "da", "del", "della",
    "di", "du", "la", "le", "el", "al", "bin", "ibn", "and", "und", "et", "y", "&", "ten", "ter",
    "zu", "dos"};

static bool
in_table(const char *const *table, size_t rows, const char *word, size_t len)
{
	for (size_t i = 0; i < rows; i++)
		if (strlen(table[i]) == len && g_ascii_strncasecmp(table[i], word, len) == 0)
			return true;
	return false;
}

bool
voice_is_role(const char *name)
{
	size_t len = strlen(name);

	// "Speaker 3", "SPEAKER_03", "Host 1"
	while (len > 0 && (g_ascii_isdigit(name[len - 1]) || strchr(" _#", name[len - 1])))
		len--;
	return in_table(roles, G_N_ELEMENTS(roles), name, len);
}

static bool
is_name_word(const char *word, size_t len, bool first)
{
	gunichar c = g_utf8_get_char(word);

	if (in_table(particles, G_N_ELEMENTS(particles), word, len))
		return !first || g_unichar_isupper(c);
	if (*word == '(' || *word == '"')
		return !first;
	if (g_ascii_isdigit(*word))
		return !first && len <= 3;
	if (!g_unichar_isalpha(c) || g_unichar_islower(c))
		return false;
	for (const char *p = word; p < word + len; p = g_utf8_next_char(p)) {
		c = g_utf8_get_char(p);
		if (!g_unichar_isalnum(c) && !g_unichar_ismark(c) && c != 0x2019 &&
		    !strchr(".'-&_/#,)\"", (int)MIN(c, 127)))
			return false;
	}
	return true;
}

bool
voice_is_name(const char *name, size_t len)
{
	int words = 0;

	if (len == 0 || len > NAME_MAX_BYTES ||
	    in_table(no_names, G_N_ELEMENTS(no_names), name, len))
		return false;
	for (size_t i = 0; i < len;) {
		size_t word = 0;

		while (i + word < len && name[i + word] != ' ')
			word++;
		if (word > 0 && !is_name_word(name + i, word, words == 0))
			return false;
		words += word > 0;
		i += word + 1;
	}
	return words >= 1 && words <= NAME_MAX_WORDS;
}

char *
voice_label(const char *text, size_t *after)
{
	size_t len = strcspn(text, ":\n");
	size_t colon = 1;
	const char *wide = g_strstr_len(text, MIN(len, NAME_MAX_BYTES + 4), "：");

	if (wide) {
		len = wide - text;
		colon = strlen("：");
	} else if (text[len] != ':') {
		return NULL;
	}
	if (len > NAME_MAX_BYTES)
		return NULL;
	*after = len + colon;
	// "12:30", "http://", "C::x": no blank follows.
	if (!wide && text[*after] && !strchr(" \n", text[*after]))
		return NULL;
	while (text[*after] == ' ')
		++*after;
	size_t start = strspn(text, " -");

	while (len > start && text[len - 1] == ' ')
		len--;
	if (!voice_is_name(text + start, len - start))
		return NULL;
	return g_strndup(text + start, len - start);
}

void
transcript_carry_voices(struct transcript *transcript)
{
	const char *voice = NULL;

	for (guint i = 0; i < transcript->cues->len; i++) {
		struct cue *cue = transcript->cues->pdata[i];

		if (!cue->speaker && voice)
			cue->speaker = g_strdup(voice);
		voice = cue->speaker;
	}
}

void
transcript_name_voices(struct transcript *transcript)
{
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(size_t));

	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];
		size_t after = 0;
		char *label = voice_label(cue->text, &after);

		if (label) {
			int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, label));

			g_hash_table_insert(counts, g_strdup(label), GINT_TO_POINTER(n + 1));
		}
		g_ptr_array_add(labels, label);
		g_array_append_val(ends, after);
	}
	for (guint i = 0; i < transcript->cues->len; i++) {
		struct cue *cue = transcript->cues->pdata[i];
		char *label = labels->pdata[i];

		if (!label || (GPOINTER_TO_INT(g_hash_table_lookup(counts, label)) < 2 &&
				  !voice_is_role(label)))
			continue;
		g_free(cue->speaker);
		cue->speaker = g_strdup(label);

		char *rest = g_strdup(cue->text + g_array_index(ends, size_t, i));

		g_free(cue->text);
		cue->text = rest;
	}
	transcript_carry_voices(transcript);
}
