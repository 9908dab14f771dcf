// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/words.h"

#define TIDY_PAGES 200
#define DAY_S 86400
#define DAY_PLACES 256 // few, since the distance of numbers is what an entry takes

void
words_clear(struct words *words)
{
	g_free(words->title);
	g_free(words->notes);
	g_free(words->transcript);
}

// The first place behind those of the day; where they are all given, of the next one that has some.
// 0 on an error.
static gint64
free_number(struct store *store, gint64 sort_s, GError **error)
{
	gint64 first = (CLAMP(sort_s, 0, G_MAXINT32) / DAY_S + 1) * DAY_PLACES, last = 0;

	for (;; first += DAY_PLACES) {
		if (!sql_number(store, 0, &last, error,
			"SELECT max(id) FROM doc WHERE id >= ? AND id < ?", "ii", first,
			first + DAY_PLACES))
			return 0;
		if (last < first + DAY_PLACES - 1)
			return MAX(first, last + 1);
	}
}

bool
words_write(struct store *store, const struct words *words, GError **error)
{
	gint64 number = free_number(store, words->sort_s, error);

	return number &&
	       sql_run(store, error,
		   "INSERT INTO words (rowid, title, notes, transcript) VALUES (?, ?, ?, ?)",
		   "isss", number, words->title, words->notes, words->transcript) &&
	       sql_run(store, error, "UPDATE doc SET episode_id = NULL WHERE episode_id = ?", "i",
		   words->episode_id) &&
	       sql_run(store, error, "INSERT INTO doc (id, episode_id) VALUES (?, ?)", "ii", number,
		   words->episode_id);
}

bool
words_tidy(struct store *store, GError **error)
{
	return sql_run(
	    store, error, "INSERT INTO words (words, rank) VALUES ('merge', ?)", "n", TIDY_PAGES);
}
