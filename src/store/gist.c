// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/gist.h"

#include <string.h>

#include "base/error.h"
#include "base/when.h"
#include "store/pack.h"
#include "store/sql.h"
#include "text/highlights.h"
#include "text/notes.h"
#include "text/transcript.h"

// A transcript inside the notes is no mere line (text's reader wants as much), and either says so
// or is full of turns.
#define TRANSCRIPT_MIN_BYTES 400
#define TRANSCRIPT_MIN_TURNS 6

// Cheap, and wrong in one direction only: what it lets through is read properly.
static bool
may_hold_transcript(const char *html)
{
	size_t len = strlen(html);
	int turns = 0;

	if (len < TRANSCRIPT_MIN_BYTES)
		return false;
	if (strcasestr(html, "transcript"))
		return true;
	for (const char *at = strchr(html, ':'); at && turns < TRANSCRIPT_MIN_TURNS;
	     at = strchr(at + 1, ':'))
		if (at > html && g_ascii_isalpha(at[-1]) && strchr(" <&\n", at[1]))
			turns++;
	return turns >= TRANSCRIPT_MIN_TURNS;
}

static bool
may_hold_times(const char *html)
{
	int times = 0;

	for (const char *at = strchr(html, ':'); at && times < 2; at = strchr(at + 1, ':'))
		if (at > html && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1]) &&
		    g_ascii_isdigit(at[2]))
			times++;
	return times >= 2;
}

static bool
holds_transcript(const struct notes *notes)
{
	OWNED(transcript) transcript = transcript_from_notes(notes);

	return transcript != NULL;
}

static bool
holds_times(const struct notes *notes)
{
	OWNED(highlights) highlights = highlights_find(notes);

	return highlights->times->len >= 2;
}

struct gist
gist_read(const char *html, const char *link, const char *summary, double duration_s)
{
	OWNED(notes) notes = notes_parse(html, -1, link, duration_s);

	return (struct gist){
	    .highlight = highlights_row(notes, summary),
	    .transcript = html && may_hold_transcript(html) && holds_transcript(notes),
	    .chapters = html && may_hold_times(html) && holds_times(notes),
	};
}

struct gist
gist_load(struct store *store, gint64 episode_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autofree char *html = pack_notes(store, episode_id, &failed);

	if (g_error_matches(failed, HARK_ERROR, HARK_ERROR_FAILED)) // no other time will do
		g_clear_error(&failed);
	sqlite3_stmt *row =
	    failed ? NULL
		   : sql_query(store, &failed,
			 "SELECT e.link, n.summary, coalesce(e.measured_s, e.duration_s)"
			 " FROM episode e LEFT JOIN notes n ON n.episode_id = e.id WHERE e.id = ?",
			 "i", episode_id);
	struct gist gist = {0};

	if (row && sql_row(store, row, &failed)) {
		gist = gist_read(html, (const char *)sqlite3_column_text(row, 0),
		    (const char *)sqlite3_column_text(row, 1), sql_length(row, 2));
		sql_done(row);
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return gist;
}

static bool
write_gist(struct store *store, gint64 episode_id, const struct gist *gist, GError **error)
{
	return sql_run(store, error,
	    "UPDATE episode SET highlight = ?2, notes_transcript = ?3, notes_chapters = ?4,"
	    " unread_notes = 0 WHERE id = ?1 AND unread_notes",
	    "isnn", episode_id, gist->highlight, gist->transcript, gist->chapters);
}

static bool
write_gists(struct store *store, const GArray *ids, const struct gist *gists, GError **error)
{
	bool ok = true;

	if (!store_begin(store, STORE_FEED, error))
		return false;
	for (guint i = 0; i < ids->len && ok; i++)
		ok = write_gist(store, g_array_index(ids, gint64, i), &gists[i], error);
	return sql_end(store, ok, error);
}

bool
gist_catch_up(struct store *store, int limit, bool *left, GError **error)
{
	g_autoptr(GArray) ids = sql_numbers(store, error,
	    "SELECT id FROM episode WHERE unread_notes ORDER BY id LIMIT ?", "n", limit);

	*left = ids && (int)ids->len == limit;
	if (!ids || !ids->len)
		return ids != NULL;
	g_autofree struct gist *gists = g_new0(struct gist, ids->len);
	bool ok = true;
	for (guint i = 0; i < ids->len && ok; i++) { // the database is not held meanwhile
		g_autoptr(GError) failed = NULL;
		gists[i] = gist_load(store, g_array_index(ids, gint64, i), &failed);
		ok = !failed;
		if (failed)
			g_propagate_error(error, g_steal_pointer(&failed));
	}
	ok = ok && write_gists(store, ids, gists, error);
	for (guint i = 0; i < ids->len; i++)
		g_free(gists[i].highlight);
	return ok;
}
