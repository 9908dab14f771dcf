// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/search.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/episodes.h"
#include "store/filter_sql.h"
#include "store/sql.h"
#include "store/texts.h"
#include "text/notes.h"

#define PASSAGES 3

struct search {
	struct query *query;
	struct filter *filter;
	char *speaker; // folded; NULL any
	int in;	       // an enum search_in, -1 all
};

// The index's columns, too. (A title's has the name of its show.)
static const char *const places[] = {
    [SEARCH_TITLE] = "title", [SEARCH_NOTES] = "notes", [SEARCH_TRANSCRIPT] = "transcript"};

const char *
search_in_name(enum search_in in)
{
	return places[in];
}

void
search_free(struct search *search)
{
	if (!search)
		return;
	query_free(search->query);
	filter_free(search->filter);
	g_free(search->speaker);
	g_free(search);
}

const struct query *
search_query(const struct search *search)
{
	return search->query;
}

static bool
take_in(struct search *search, const char *place, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		if (!strcmp(place, places[i])) {
			search->in = i;
			return true;
		}
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("in:%s: there are in:title, in:notes and in:transcript"), place);
	return false;
}

struct search *
search_parse(const char *const *words, GError **error)
{
	OWNED(search) search = g_new0(struct search, 1);
	g_autoptr(GPtrArray) sought = g_ptr_array_new(), narrowed = g_ptr_array_new();

	search->in = -1;
	for (; *words; words++) {
		if (g_str_has_prefix(*words, "in:")) {
			if (!take_in(search, *words + strlen("in:"), error))
				return NULL;
		} else if (g_str_has_prefix(*words, "speaker:")) {
			g_free(search->speaker);
			search->speaker = text_fold(*words + strlen("speaker:"));
		} else {
			g_ptr_array_add(
			    filter_is_term(*words) ? narrowed : sought, (gpointer)(guintptr)*words);
		}
	}
	g_ptr_array_add(sought, NULL);
	g_ptr_array_add(narrowed, NULL);
	if (search->speaker)
		search->in = SEARCH_TRANSCRIPT;
	search->query = query_parse((const char *const *)sought->pdata, error);
	if (search->query)
		search->filter = filter_parse((const char *const *)narrowed->pdata, error);
	return search->query && search->filter ? g_steal_pointer(&search) : NULL;
}

// FTS5's words for it (SQLite, "FTS5 Extension", section 3). Tokens are letters and digits.
static char *
match_of(const struct search *search)
{
	GString *match = g_string_new(NULL);

	if (search->in == SEARCH_TRANSCRIPT) // which may stand inside the notes
		g_string_append(match, "{notes transcript} : ");
	else if (search->in >= 0)
		g_string_append_printf(match, "%s : ", places[search->in]);
	g_string_append_c(match, '(');
	for (guint i = 0; i < search->query->terms->len; i++) {
		const struct query_term *term = search->query->terms->pdata[i];
		g_string_append(match, i ? " AND \"" : "\"");
		for (guint t = 0; t < term->tokens->len; t++)
			g_string_append_printf(
			    match, "%s%s", t ? " " : "", (char *)term->tokens->pdata[t]);
		g_string_append(match, term->prefix ? "\" *" : "\"");
	}
	g_string_append_c(match, ')');
	return g_string_free(match, FALSE);
}

static GArray *
find_episodes(struct store *store, const struct search *search, int most, GError **error)
{
	g_autofree char *match = match_of(search);
	int place = (int)search->filter->terms->len + 1; // behind the filter's
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(gint64));
	sqlite3_stmt *row = NULL;
	int code;

	g_string_append_printf(text,
	    "SELECT e.id FROM words w JOIN doc d ON d.id = w.rowid"
	    " JOIN episode e ON e.id = d.episode_id JOIN show s ON s.id = e.show_id"
	    " WHERE words MATCH ?%d AND e.removed_at IS NULL AND s.removed_at IS NULL",
	    place);
	filter_append(search->filter, text);
	g_string_append_printf(text, " ORDER BY w.rowid DESC LIMIT ?%d", place + 1);
	if (sqlite3_prepare_v2(store->db, text->str, -1, &row, NULL) != SQLITE_OK) {
		sql_fail(store->db, error);
		return NULL;
	}
	filter_bind(search->filter, row, when_now());
	sqlite3_bind_text(row, place, match, -1, SQLITE_STATIC);
	sqlite3_bind_int(row, place + 1, most);
	while ((code = sqlite3_step(row)) == SQLITE_ROW) {
		gint64 id = sqlite3_column_int64(row, 0);
		g_array_append_val(found, id);
	}
	if (code != SQLITE_DONE)
		sql_fail(store->db, error);
	sqlite3_finalize(row);
	return code == SQLITE_DONE ? g_steal_pointer(&found) : NULL;
}

// --- passages ------------------------------------------------------------------------------------

struct passage {
	enum search_in in;
	double start_s;
	bool estimated;
	char *speaker, *text;
	guint terms;
};

static void
passage_clear(gpointer data)
{
	struct passage *passage = data;

	g_free(passage->speaker);
	g_free(passage->text);
}

static void
try_passage(const struct search *search, GArray *passages, struct passage tried)
{
	tried.terms = query_find(search->query, tried.text, NULL);
	if (!tried.terms)
		return;
	tried.speaker = g_strdup(tried.speaker);
	tried.text = g_strdup(tried.text);
	g_array_append_val(passages, tried);
}

static void
try_text(const struct search *search, GArray *passages, enum search_in in, char *text)
{
	try_passage(search, passages, (struct passage){.in = in, .start_s = -1, .text = text});
}

static bool
says(const struct search *search, const struct cue *cue)
{
	g_autofree char *name = search->speaker && cue->speaker ? text_fold(cue->speaker) : NULL;

	return !search->speaker || (name && strstr(name, search->speaker));
}

static void
try_transcript(struct store *store, const struct search *search, const struct episode *episode,
    GArray *passages)
{
	OWNED(transcript) transcript = transcript_load(store, episode->id, NULL);

	if (transcript && !transcript->timed && episode->duration_s > 0)
		transcript_estimate(transcript, episode->duration_s);
	OWNED(transcript) joined = transcript ? transcript_passages(transcript) : NULL;
	for (guint i = 0; joined && i < joined->cues->len; i++) {
		const struct cue *cue = joined->cues->pdata[i];
		if (says(search, cue))
			try_passage(search, passages,
			    (struct passage){.in = SEARCH_TRANSCRIPT,
				.start_s = cue->start_s,
				.estimated = transcript->estimated,
				.speaker = cue->speaker,
				.text = cue->text});
	}
}

// Whether LINE of the notes is (part of) what was found as said already: a transcript may stand
// inside the notes.
static bool
is_said(const GArray *passages, const char *line)
{
	for (guint i = 0; i < passages->len; i++) {
		const struct passage *passage = &g_array_index(passages, struct passage, i);
		if (passage->in == SEARCH_TRANSCRIPT &&
		    (strstr(line, passage->text) || strstr(passage->text, line)))
			return true;
	}
	return false;
}

static void
try_notes(struct store *store, const struct search *search, const struct episode *episode,
    GArray *passages)
{
	g_autofree char *html = episode_notes(store, episode->id, NULL);
	OWNED(notes) notes = notes_parse(html, -1, episode->link, episode->duration_s);
	g_autofree char *text = notes_text(notes);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (int i = 0; lines[i]; i++)
		if (*lines[i] && !is_said(passages, lines[i]))
			try_text(search, passages, SEARCH_NOTES, lines[i]);
}

// Those that hold most, a few, in their order; where the title alone has them, that.
static void
take_passages(const struct search *search, const struct episode *episode, const GArray *passages,
    GPtrArray *hits)
{
	guint most = 0;
	int taken = 0;

	for (guint i = 0; i < passages->len; i++)
		most = MAX(most, g_array_index(passages, struct passage, i).terms);
	for (guint i = 0; i < passages->len && taken < PASSAGES; i++) {
		const struct passage *passage = &g_array_index(passages, struct passage, i);
		if (passage->terms < most)
			continue;
		struct search_hit *hit = g_new0(struct search_hit, 1);
		hit->episode_id = episode->id;
		hit->show = g_strdup(episode->show_title);
		hit->title = g_strdup(episode->title);
		hit->published_s = episode->published_s;
		hit->in = passage->in;
		hit->start_s = passage->start_s;
		hit->estimated = passage->estimated;
		hit->speaker = g_strdup(passage->speaker);
		hit->text = g_strdup(passage->text);
		g_ptr_array_add(hits, hit);
		taken++;
	}
}

static void
take_episode(struct store *store, const struct search *search, const struct episode *episode,
    GPtrArray *hits)
{
	g_autoptr(GArray) passages = g_array_new(FALSE, FALSE, sizeof(struct passage));
	bool all = search->in < 0;

	g_array_set_clear_func(passages, passage_clear);
	if (all || search->in == SEARCH_TRANSCRIPT)
		try_transcript(store, search, episode, passages);
	if (all || search->in == SEARCH_NOTES)
		try_notes(store, search, episode, passages);
	if ((all || search->in == SEARCH_TITLE) && !passages->len)
		try_text(search, passages, SEARCH_TITLE, episode->title);
	if ((all || search->in == SEARCH_TITLE) && !passages->len)
		try_text(search, passages, SEARCH_TITLE, episode->show_title);
	take_passages(search, episode, passages, hits);
}

static void
hit_free(gpointer data)
{
	struct search_hit *hit = data;

	g_free(hit->show);
	g_free(hit->title);
	g_free(hit->speaker);
	g_free(hit->text);
	g_free(hit);
}

GPtrArray *
search_run(struct store *store, const struct search *search, int episodes, GError **error)
{
	g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(hit_free);
	g_autoptr(GArray) found = find_episodes(store, search, episodes, error);

	for (guint i = 0; found && i < found->len; i++) {
		OWNED(episode) episode = episode_get(store, g_array_index(found, gint64, i), error);
		if (!episode)
			return NULL;
		take_episode(store, search, episode, hits);
	}
	return found ? g_steal_pointer(&hits) : NULL;
}
