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
gist_of(const struct notes *notes, const char *html, const char *summary)
{
	return (struct gist){
	    .highlight = highlights_row(notes, summary),
	    .transcript = html && may_hold_transcript(html) && holds_transcript(notes),
	    .chapters = html && may_hold_times(html) && holds_times(notes),
	};
}

struct gist
gist_read(const char *html, const char *link, const char *summary, double duration_s)
{
	OWNED(notes) notes = notes_parse(html, -1, link, duration_s);

	return gist_of(notes, html, summary);
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
