// SPDX-License-Identifier: GPL-3.0-or-later
//
// What EP, SHOW and TIME mean (CLI.md), for every verb and subcommand.
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/when.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/shows.h"
#include "verbs/verbs.h"

#define LISTED_MAX 12 // shows named in an error

static bool
parse_number(const char *word, gint64 *number)
{
	guint64 value;

	if (!g_ascii_string_to_unsigned(word, 10, 1, G_MAXINT64, &value, NULL))
		return false;
	*number = (gint64)value;
	return true;
}

// Appends "\n  12  Title" for the first of SHOWS.
static void
list_shows(struct store *store, GString *message, const GArray *ids)
{
	for (guint i = 0; i < ids->len && i < LISTED_MAX; i++) {
		OWNED(show) show = show_get(store, g_array_index(ids, gint64, i), NULL);
		if (show)
			g_string_append_printf(
			    message, "\n  %" G_GINT64_FORMAT "  %s", show->id, show->title);
	}
	if (ids->len > LISTED_MAX)
		g_string_append(message, "\n  …");
}

static void
fail_no_show(struct store *store, const char *word, GError **error)
{
	g_autoptr(GPtrArray) shows = shows_list(store, NULL);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GString) message = g_string_new(NULL);
	g_autofree char *shown = url_without_login(word);

	for (guint i = 0; shows && i < shows->len; i++)
		g_array_append_val(ids, ((struct show *)shows->pdata[i])->id);
	if (ids->len == 0)
		g_string_printf(message, _("No show fits “%s”: there are none yet."), shown);
	else
		g_string_printf(message, _("No show fits “%s”. There are:"), shown);
	list_shows(store, message, ids);
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE, message->str);
}

gint64
resolve_show(struct verb_context *context, const char *word, GError **error)
{
	if (!word || !*word) {
		if (context->current_show > 0)
			return context->current_show;
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE, _("No show is named."));
		return 0;
	}
	g_autoptr(GArray) ids = shows_match(context->store, word, error);
	if (!ids)
		return 0;
	if (ids->len == 1)
		return g_array_index(ids, gint64, 0);
	if (ids->len == 0) {
		fail_no_show(context->store, word, error);
		return 0;
	}
	g_autoptr(GString) message = g_string_new(NULL);
	g_string_printf(message, ngettext("“%s” fits %u show:", "“%s” fits %u shows:", ids->len),
	    word, ids->len);
	list_shows(context->store, message, ids);
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE, message->str);
	return 0;
}

static gint64
resolve_playing(struct verb_context *context, GError **error)
{
	const struct play_state *state = context->play ? play_state(context->play) : NULL;

	if (state && state->loaded && state->episode_id > 0)
		return state->episode_id;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING, _("Nothing plays."));
	return 0;
}

static gint64
resolve_next(struct verb_context *context, GError **error)
{
	g_autoptr(GArray) ids = queue_ids(context->store, error);
	gint64 playing = resolve_playing(context, NULL);

	if (!ids)
		return 0;
	for (guint i = 0; i < ids->len; i++) {
		gint64 id = g_array_index(ids, gint64, i);
		if (id != playing)
			return id;
	}
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING, _("The queue is empty."));
	return 0;
}

static gint64
resolve_edge(
    struct verb_context *context, const char *show_word, enum episode_order order, GError **error)
{
	gint64 show_id = resolve_show(context, show_word, error);
	if (show_id == 0)
		return 0;
	OWNED(filter) filter = filter_show(show_id);
	g_autoptr(GArray) ids = episodes_ids(context->store, filter, order, error);
	if (!ids)
		return 0;
	if (ids->len > 0)
		return g_array_index(ids, gint64, 0);
	g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING, _("“%s” has no episodes."), show_word);
	return 0;
}

static gint64
resolve_number(struct verb_context *context, gint64 id, GError **error)
{
	OWNED(episode) episode = episode_get(context->store, id, error);
	return episode ? episode->id : 0;
}

// A file may be known by its path (a download) or by its address (in a feed that is a file).
static gint64
resolve_media(struct verb_context *context, const char *word, GError **error)
{
	g_autoptr(GError) failed = NULL;
	bool address = strstr(word, "://") != NULL;
	g_autofree char *path = address ? g_strdup(word) : g_canonicalize_filename(word, NULL);
	g_autofree char *uri = address ? NULL : g_filename_to_uri(path, NULL, NULL);
	gint64 id = episode_by_media(context->store, path, &failed);

	if (id == 0 && uri && !failed)
		id = episode_by_media(context->store, uri, &failed);
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return 0;
	}
	if (id == 0)
		g_set_error(error, HARK_ERROR, HARK_ERROR_NOTHING,
		    _("No episode here has the audio “%s”."), word);
	return id;
}

static const struct {
	const char *suffix;
	enum episode_order order;
} edges[] = {
    {":latest", ORDER_NEWEST},
    {":oldest", ORDER_OLDEST},
};

gint64
resolve_episode(struct verb_context *context, const char *word, GError **error)
{
	gint64 number;

	if (!word || !*word) {
		if (context->marked && context->marked->len > 0)
			return g_array_index(context->marked, gint64, 0);
		if (context->current_id > 0)
			return context->current_id;
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE, _("No episode is named."));
		return 0;
	}
	if (strcmp(word, "@playing") == 0)
		return resolve_playing(context, error);
	if (strcmp(word, "@next") == 0)
		return resolve_next(context, error);
	if (parse_number(word, &number))
		return resolve_number(context, number, error);
	for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
		if (g_str_has_suffix(word, edges[i].suffix)) {
			g_autofree char *show_word =
			    g_strndup(word, strlen(word) - strlen(edges[i].suffix));
			return resolve_edge(context, show_word, edges[i].order, error);
		}
	if (strstr(word, "://") || g_file_test(word, G_FILE_TEST_EXISTS))
		return resolve_media(context, word, error);
	if (strchr(word, '/')) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s: there is no such file."),
		    word);
		return 0;
	}
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("“%s” is no episode: a number from any list, SHOW:latest, SHOW:oldest, @playing, "
	      "@next, a file or an address."),
	    word);
	return 0;
}

GArray *
resolve_episodes(struct verb_context *context, int argc, char **argv, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (argc == 0 && context->marked && context->marked->len > 0) {
		g_array_append_vals(ids, context->marked->data, context->marked->len);
		return g_steal_pointer(&ids);
	}
	for (int i = 0; i < MAX(argc, 1); i++) {
		gint64 id = resolve_episode(context, argc > 0 ? argv[i] : NULL, error);
		if (id == 0)
			return NULL;
		g_array_append_val(ids, id);
	}
	return g_steal_pointer(&ids);
}

bool
resolve_time(const char *word, double *seconds, bool *relative, int *chapter, GError **error)
{
	const char *digits = word;
	gint64 number;

	*seconds = 0;
	*relative = false;
	*chapter = 0;
	if (g_str_has_prefix(word, "chapter:")) {
		if (parse_number(word + strlen("chapter:"), &number) && number <= G_MAXINT) {
			*chapter = (int)number;
			return true;
		}
	} else {
		*relative = *word == '+' || *word == '-';
		if (*relative)
			digits++;
		if (when_parse_position(digits, seconds)) {
			if (*word == '-')
				*seconds = -*seconds;
			return true;
		}
	}
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("“%s” is no time: 90, 12:47, +30, -10 or chapter:3."), word);
	return false;
}
