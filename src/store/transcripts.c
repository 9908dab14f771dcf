// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts: what is offered, what is stored, what stands in the notes.
#include "config.h"

#include "base/when.h"
#include "store/episodes.h"
#include "store/fetched.h"
#include "store/pack.h"
#include "store/sql.h"
#include "store/texts.h"
#include "store/unread.h"
#include "text/notes.h"

void
offer_free(struct offer *offer)
{
	if (!offer)
		return;
	g_free(offer->url);
	g_free(offer->type);
	g_free(offer->language);
	g_free(offer->rel);
	g_free(offer);
}

GPtrArray *
fetched_offers(struct store *store, gint64 episode_id, const char *kind, GError **error)
{
	g_autoptr(GPtrArray) offers = g_ptr_array_new_with_free_func((GDestroyNotify)offer_free);
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT url, type, language, rel FROM offer WHERE episode_id = ? AND kind = ?"
	    " ORDER BY n",
	    "is", episode_id, kind);

	if (!row)
		return NULL;
	while (sql_row(store, row, &failed)) {
		struct offer *offer = g_new0(struct offer, 1);
		offer->url = sql_text(row, 0);
		offer->type = sql_text(row, 1);
		offer->language = sql_text(row, 2);
		offer->rel = sql_text(row, 3);
		g_ptr_array_add(offers, offer);
	}
	if (!failed)
		return g_steal_pointer(&offers);
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

bool
fetched_write(
    struct store *store, gint64 episode_id, const char *kind, const char *message, GError **error)
{
	gint64 now_s = when_now();

	return sql_run(store, error,
	    "INSERT INTO fetched (episode_id, kind, stored_s, failed_s, error)"
	    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (episode_id, kind) DO UPDATE SET"
	    " stored_s = coalesce(excluded.stored_s, stored_s), failed_s = excluded.failed_s,"
	    " error = excluded.error",
	    "istts", episode_id, kind, message ? WHEN_UNKNOWN : now_s,
	    message ? now_s : WHEN_UNKNOWN, message);
}

bool
fetched_fail(
    struct store *store, gint64 episode_id, const char *kind, const char *message, GError **error)
{
	if (!store_begin(store, STORE_FEED, error))
		return false;
	sql_touch(store, STORE_TEXTS);
	return sql_end(store, fetched_write(store, episode_id, kind, message, error), error);
}

bool
fetched_wanted(struct store *store, gint64 episode_id, const char *kind, GError **error)
{
	gint64 wanted = 0;

	sql_number(store, 0, &wanted, error,
	    "SELECT EXISTS (SELECT 1 FROM offer WHERE episode_id = ?1 AND kind = ?2)"
	    " AND NOT EXISTS (SELECT 1 FROM fetched WHERE episode_id = ?1 AND kind = ?2"
	    "  AND (stored_s IS NOT NULL OR failed_s > ?3))",
	    "isi", episode_id, kind, when_now() - FETCHED_AGAIN_S);
	return wanted != 0;
}

static int
by_rank(gconstpointer a, gconstpointer b, gpointer language)
{
	const struct offer *left = *(struct offer *const *)a, *right = *(struct offer *const *)b;

	return transcript_rank(left->type, left->url, left->rel, left->language, language) -
	       transcript_rank(right->type, right->url, right->rel, right->language, language);
}

GPtrArray *
transcript_offers(struct store *store, gint64 episode_id, GError **error)
{
	GPtrArray *offers = fetched_offers(store, episode_id, "t", error);
	g_autofree char *language = NULL;
	sqlite3_stmt *row = offers ? sql_query(store, error,
					 "SELECT s.language FROM episode e JOIN show s"
					 " ON s.id = e.show_id WHERE e.id = ?",
					 "i", episode_id)
				   : NULL;

	if (row && sql_row(store, row, NULL)) {
		language = sql_text(row, 0);
		sql_done(row);
	}
	if (offers)
		g_ptr_array_sort_with_data(offers, by_rank, language);
	return offers;
}

static struct transcript *
read_head(struct store *store, gint64 episode_id, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT source, timed, language FROM transcript WHERE episode_id = ?", "i", episode_id);

	if (!row || !sql_row(store, row, error))
		return NULL;
	struct transcript *transcript = g_new0(struct transcript, 1);
	transcript->source = sqlite3_column_int(row, 0);
	transcript->timed = sqlite3_column_int(row, 1) != 0;
	transcript->language = sql_text(row, 2);
	transcript->cues = g_ptr_array_new_with_free_func((GDestroyNotify)cue_free);
	transcript->warnings = g_ptr_array_new_with_free_func(g_free);
	sql_done(row);
	return transcript;
}

static bool
read_cues(struct store *store, gint64 episode_id, GPtrArray *cues, GError **error)
{
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT start_s, end_s, speaker, text FROM cue WHERE episode_id = ? ORDER BY n", "i",
	    episode_id);

	if (!row)
		return false;
	while (sql_row(store, row, &failed)) {
		struct cue *cue = g_new0(struct cue, 1);
		cue->start_s = sql_length(row, 0);
		cue->end_s = sql_length(row, 1);
		cue->speaker = sql_text(row, 2);
		cue->text = sql_text(row, 3);
		g_ptr_array_add(cues, cue);
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return !failed;
}

struct notes *
fetched_notes(
    struct store *store, gint64 episode_id, const char *flag, double *duration_s, GError **error)
{
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT coalesce(e.measured_s, e.duration_s), e.link,"
	    " (e.unread_notes & 1) OR iif(?2 = 't', e.notes_transcript, e.notes_chapters)"
	    " FROM episode e WHERE e.id = ?1",
	    "is", episode_id, flag);

	*duration_s = WHEN_NO_LENGTH;
	if (!row || !sql_row(store, row, error))
		return NULL;
	*duration_s = sql_length(row, 0);
	g_autofree char *link = sql_text(row, 1);
	bool holds = sqlite3_column_int(row, 2) != 0;
	sql_done(row);
	g_autofree char *html = holds ? pack_notes(store, episode_id, error) : NULL;
	return html ? notes_parse(html, -1, link, *duration_s) : NULL;
}

gint64
transcript_version(struct store *store, gint64 episode_id)
{
	gint64 newest = 0;

	// Cues are never changed but written anew, and no number comes twice.
	sql_number(store, 0, &newest, NULL,
	    "SELECT id FROM cue WHERE episode_id = ? ORDER BY n DESC LIMIT 1", "i", episode_id);
	return newest;
}

struct transcript *
transcript_load(struct store *store, gint64 episode_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	OWNED(transcript) transcript = read_head(store, episode_id, &failed);

	if (transcript && read_cues(store, episode_id, transcript->cues, error))
		return g_steal_pointer(&transcript);
	if (transcript)
		return NULL;
	double duration_s;
	OWNED(notes)
	notes = failed ? NULL : fetched_notes(store, episode_id, "t", &duration_s, &failed);
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return notes ? transcript_from_notes(notes) : NULL;
}

static bool
write_cues(struct store *store, gint64 episode_id, const GPtrArray *cues, GError **error)
{
	for (guint i = 0; i < cues->len; i++) {
		const struct cue *cue = cues->pdata[i];
		if (!sql_run(store, error,
			"INSERT INTO cue (episode_id, n, start_s, end_s, speaker, text)"
			" VALUES (?, ?, ?, ?, ?, ?)",
			"inllss", episode_id, (int)i, cue->start_s, cue->end_s, cue->speaker,
			cue->text))
			return false;
	}
	return true;
}

static bool
write_transcript(struct store *store, gint64 episode_id, const struct transcript *transcript,
    const char *url, GError **error)
{
	return sql_run(store, error, "DELETE FROM cue WHERE episode_id = ?", "i", episode_id) &&
	       sql_run(store, error,
		   "INSERT OR REPLACE INTO transcript (episode_id, source, timed, language, url)"
		   " VALUES (?, ?, ?, ?, ?)",
		   "innss", episode_id, (int)transcript->source, transcript->timed,
		   transcript->language, url) &&
	       write_cues(store, episode_id, transcript->cues, error) &&
	       sql_run(store, error, "UPDATE episode SET " UNREAD_EDITED " WHERE id = ?", "i",
		   episode_id) &&
	       fetched_write(store, episode_id, "t", NULL, error);
}

bool
transcript_save(struct store *store, gint64 episode_id, const struct transcript *transcript,
    const char *url, GError **error)
{
	if (!store_begin(store, STORE_FEED, error))
		return false;
	sql_touch(store, STORE_TEXTS);
	return sql_end(store, write_transcript(store, episode_id, transcript, url, error), error);
}

bool
transcript_save_failure(struct store *store, gint64 episode_id, const char *message, GError **error)
{
	return fetched_fail(store, episode_id, "t", message, error);
}

bool
transcript_wanted(struct store *store, gint64 episode_id, GError **error)
{
	return fetched_wanted(store, episode_id, "t", error);
}
