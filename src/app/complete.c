// SPDX-License-Identifier: GPL-3.0-or-later
//
// What ":" completes: names of commands and verbs, then options, their values and filter words.
#include <string.h>

#include "app/commands.h"
#include "store/filter.h"

static void
add_if(GPtrArray *found, const char *word, const char *prefix)
{
	if (g_str_has_prefix(word, prefix) &&
	    !g_ptr_array_find_with_equal_func(found, word, g_str_equal, NULL))
		g_ptr_array_add(found, g_strdup(word));
}

static void
add_names(GPtrArray *found, const char *prefix)
{
	for (size_t i = 0; i < app_commands_count; i++)
		add_if(found, app_commands[i].name, prefix);
	for (size_t i = 0; i < verbs_count; i++)
		add_if(found, verbs[i].name, prefix);
}

static void
add_option(GPtrArray *found, char **words, guint count, const char *prefix)
{
	if (count == 1) {
		for (int i = 0; i < OPT_COUNT; i++)
			add_if(found, option_rows[i].name, prefix);
		return;
	}
	int id = options_find(words[count - 1]);
	static const char *const bools[] = {"on", "off", NULL};
	const char *const *choices = id < 0				   ? NULL
				     : option_rows[id].type == OPTION_BOOL ? bools
				     : option_rows[id].type == OPTION_CHOICE
					 ? option_rows[id].choices
					 : NULL;
	for (; choices && *choices; choices++)
		add_if(found, *choices, prefix);
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *
complete(struct app *app, const char *line, size_t caret, size_t *start)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *before = g_strndup(line, caret);
	char *word = strrchr(before, ' ');

	word = word ? word + 1 : before;
	*start = (size_t)(word - before);
	g_autofree char *prefix = g_strdup(word);
	*word = '\0';
	g_auto(GStrv) parts = g_strsplit_set(g_strstrip(before), " ", -1);
	guint count = g_strv_length(parts);
	if (count == 0 || !*parts[0])
		add_names(found, prefix);
	else if (strcmp(parts[0], "set") == 0)
		add_option(found, parts, count, prefix);
	else if (strcmp(parts[0], "filter") == 0)
		for (int i = 0; filter_words[i][0]; i++)
			add_if(found, filter_words[i][0], prefix);
	g_ptr_array_sort(found, by_name);
	return found;
}
