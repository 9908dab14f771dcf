// SPDX-License-Identifier: GPL-3.0-or-later
//
// What SHOW means on a command line.
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "store/address.h"
#include "store/shows.h"
#include "store/sql.h"

// Lower is better.
enum fit { FIT_EXACT, FIT_BEGIN, FIT_WORD, FIT_INSIDE, FIT_NONE };

static enum fit
fit_of(const char *title, const char *words)
{
	const char *at = strstr(title, words);

	if (!at)
		return FIT_NONE;
	if (strcmp(title, words) == 0)
		return FIT_EXACT;
	if (at == title)
		return FIT_BEGIN;
	for (; at; at = strstr(at + 1, words))
		if (at[-1] == ' ')
			return FIT_WORD;
	return FIT_INSIDE;
}

// By title: all that fit, best first; only the exact ones where there are any.
static GArray *
by_title(struct store *store, const char *words, GError **error)
{
	g_autoptr(GPtrArray) shows = shows_list(store, error);
	g_autofree char *folded = text_fold(words);
	GArray *found = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!shows) {
		g_array_free(found, TRUE);
		return NULL;
	}
	for (int fit = FIT_EXACT; fit < FIT_NONE; fit++) {
		for (guint i = 0; i < shows->len && *folded; i++) {
			const struct show *show = shows->pdata[i];
			g_autofree char *title = text_fold(show->title);
			if ((int)fit_of(title, folded) == fit)
				g_array_append_val(found, show->id);
		}
		if (fit == FIT_EXACT && found->len > 0)
			break;
	}
	return found;
}

static bool
parse_number(const char *words, gint64 *number)
{
	return g_ascii_string_to_signed(words, 10, 1, G_MAXINT64, number, NULL);
}

// By an address as it is shown, without the login that the show's own has.
static bool
by_bare_address(struct store *store, const char *address, gint64 *id, GError **error)
{
	g_autofree char *key = address_key(address);

	return sql_number(store, 0, id, error,
	    "SELECT id FROM show WHERE substr(url_key, -1 - length(?1)) = '@' || ?1"
	    " AND removed_at IS NULL",
	    "s", key);
}

GArray *
shows_match(struct store *store, const char *words, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(words));
	g_autoptr(GError) failed = NULL;
	gint64 id = 0, number;

	if (parse_number(trimmed, &number))
		sql_number(store, 0, &id, &failed,
		    "SELECT id FROM show WHERE removed_at IS NULL AND id ="
		    " coalesce((SELECT united_into FROM show WHERE id = ?1), ?1)",
		    "i", number);
	if (!id && !failed && strpbrk(trimmed, "/."))
		id = show_by_url(store, trimmed, &failed);
	if (!id && !failed && strstr(trimmed, "://"))
		by_bare_address(store, trimmed, &id, &failed);
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return NULL;
	}
	if (!id)
		return by_title(store, trimmed, error);
	GArray *found = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_array_append_val(found, id);
	return found;
}
