// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/unread.h"

#include "base/error.h"
#include "base/text.h"
#include "base/when.h"
#include "store/gist.h"
#include "store/pack.h"
#include "store/words.h"
#include "text/notes.h"

// One episode that waits.
struct waiting {
	struct words words;
	struct gist gist;
	char *link, *summary, *name; // name: its title and its show's
	double duration_s;
	int unread; // bits
};

static void
waiting_clear(gpointer data)
{
	struct waiting *waiting = data;

	words_clear(&waiting->words);
	g_free(waiting->gist.highlight);
	g_free(waiting->link);
	g_free(waiting->summary);
	g_free(waiting->name);
}

gint64
unread_count(struct store *store, GError **error)
{
	gint64 count = 0;

	return sql_number(
		   store, 0, &count, error, "SELECT count(*) FROM episode WHERE unread_notes", "")
		   ? count
		   : -1;
}

static GArray *
find_waiting(struct store *store, int limit, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(GArray) found = g_array_new(FALSE, TRUE, sizeof(struct waiting));
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT e.id, e.unread_notes, e.sort_s, e.title || char(10) ||"
	    "  coalesce(s.user_title, s.title), e.link, n.summary,"
	    "  coalesce(e.measured_s, e.duration_s)"
	    " FROM (SELECT id FROM episode WHERE unread_notes ORDER BY id LIMIT ?) u"
	    " JOIN episode e ON e.id = u.id JOIN show s ON s.id = e.show_id"
	    " LEFT JOIN notes n ON n.episode_id = e.id",
	    "n", limit);

	g_array_set_clear_func(found, waiting_clear);
	while (row && sql_row(store, row, &failed)) {
		struct waiting waiting = {
		    .words.episode_id = sqlite3_column_int64(row, 0),
		    .unread = sqlite3_column_int(row, 1),
		    .words.sort_s = sqlite3_column_int64(row, 2),
		    .name = sql_text(row, 3),
		    .link = sql_text(row, 4),
		    .summary = sql_text(row, 5),
		    .duration_s = sql_length(row, 6),
		};
		g_array_append_val(found, waiting);
	}
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return row && !failed ? g_steal_pointer(&found) : NULL;
}

static bool
read_transcript(struct store *store, struct words *words, GError **error)
{
	g_autoptr(GString) said = g_string_new(NULL);
	g_autoptr(GError) failed = NULL;
	sqlite3_stmt *row = sql_query(store, error,
	    "SELECT text FROM cue WHERE episode_id = ? ORDER BY n", "i", words->episode_id);

	if (!row)
		return false;
	while (sql_row(store, row, &failed)) {
		g_string_append(said, (const char *)sqlite3_column_text(row, 0));
		g_string_append_c(said, '\n');
	}
	if (said->len)
		words->transcript = text_fold(said->str);
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	return !failed;
}

static bool
read_one(struct store *store, struct waiting *waiting, GError **error)
{
	struct words *words = &waiting->words;
	g_autoptr(GError) failed = NULL;
	g_autofree char *html = pack_notes(store, words->episode_id, &failed);

	if (failed && !g_error_matches(failed, HARK_ERROR, HARK_ERROR_FAILED)) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	OWNED(notes) notes = notes_parse(html, -1, waiting->link, waiting->duration_s);
	if (waiting->unread & UNREAD_GIST)
		waiting->gist = gist_of(notes, html, waiting->summary);
	g_autofree char *text = notes_text(notes);
	words->title = text_fold(waiting->name);
	words->notes = *text ? text_fold(text) : NULL;
	return read_transcript(store, words, error);
}

// Nothing where somebody has edited it meanwhile, or was faster.
static bool
write_one(struct store *store, const struct waiting *waiting, GError **error)
{
	const struct gist *gist = &waiting->gist;
	gint64 id = waiting->words.episode_id;

	if (!sql_run(store, error,
		"UPDATE episode SET unread_notes = 0 WHERE id = ?1 AND unread_notes = ?2", "in", id,
		waiting->unread))
		return false;
	if (!sql_changes(store))
		return true;
	return words_write(store, &waiting->words, error) &&
	       (!(waiting->unread & UNREAD_GIST) ||
		   sql_run(store, error,
		       "UPDATE episode SET highlight = ?2, notes_transcript = ?3,"
		       " notes_chapters = ?4 WHERE id = ?1",
		       "isnn", id, gist->highlight ? gist->highlight : "", gist->transcript,
		       gist->chapters));
}

static gint
by_date(gconstpointer a, gconstpointer b)
{
	gint64 left = ((const struct waiting *)a)->words.sort_s;
	gint64 right = ((const struct waiting *)b)->words.sort_s;

	return (left > right) - (left < right);
}

static bool
write_all(struct store *store, const GArray *found, GError **error)
{
	bool ok = true;

	if (!store_begin(store, STORE_FEED, error))
		return false;
	for (guint i = 0; i < found->len && ok; i++)
		ok = write_one(store, &g_array_index(found, struct waiting, i), error);
	return sql_end(store, ok, error);
}

bool
unread_catch_up(struct store *store, int limit, bool *left, GError **error)
{
	g_autoptr(GArray) found = find_waiting(store, limit, error);

	*left = found && (int)found->len == limit;
	if (!found || !found->len)
		return found != NULL;
	for (guint i = 0; i < found->len; i++) // the database is not held meanwhile
		if (!read_one(store, &g_array_index(found, struct waiting, i), error))
			return false;
	g_array_sort(found, by_date);
	if (!write_all(store, found, error) || !store_begin(store, STORE_FEED, error))
		return false;
	return sql_end(store, words_tidy(store, error), error);
}
