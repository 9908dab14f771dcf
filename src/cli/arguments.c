// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

#define NEAR_MAX 64 // bytes of a word that is compared

// How many letters must be changed, put in, left out or swapped with their neighbour.
static int
distance(const char *a, const char *b)
{
	int rows[3][NEAR_MAX + 1];
	int len_a = (int)strnlen(a, NEAR_MAX), len_b = (int)strnlen(b, NEAR_MAX);

	for (int j = 0; j <= len_b; j++)
		rows[0][j] = j;
	for (int i = 1; i <= len_a; i++) {
		int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		now[0] = i;
		for (int j = 1; j <= len_b; j++) {
			int change = last[j - 1] + (a[i - 1] != b[j - 1]);
			now[j] = MIN(change, MIN(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = MIN(now[j], before[j - 2] + 1);
		}
	}
	return rows[len_a % 3][len_b];
}

const char *
nearest_name(const char *word, const char *const *names)
{
	const char *nearest = NULL;
	int best = (int)strlen(word) / 3 + 2; // further away is another word

	for (; *names; names++) {
		int far = g_str_has_prefix(*names, word) ? 1 : distance(word, *names);
		if (far < best) {
			best = far;
			nearest = *names;
		}
	}
	return nearest;
}

static void
fail_unknown(
    GError **error, const char *what, const char *prefix, const char *word, const GPtrArray *names)
{
	const char *nearest = nearest_name(word, (const char *const *)names->pdata);

	if (nearest)
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("%s “%s%s”. Nearest: %s%s"),
		    what, prefix, word, prefix, nearest);
	else
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("%s “%s%s”. hark --help lists what there is."), what, prefix, word);
}

static void
fail_unknown_command(GError **error, const char *word)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < commands_count; i++)
		g_ptr_array_add(names, (gpointer)commands[i].name);
	g_ptr_array_add(names, NULL);
	fail_unknown(error, _("Unknown command"), "", word, names);
}

static void
fail_unknown_option(GError **error, const struct cli_option *const *tables, const char *word)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (; *tables; tables++)
		for (const struct cli_option *row = *tables; row->name; row++)
			g_ptr_array_add(names, (gpointer)row->name);
	g_ptr_array_add(names, NULL);
	fail_unknown(error, _("Unknown option"), "--", word, names);
}

static const struct cli_option *
find_option(const struct cli_option *const *tables, const char *name, size_t len, char letter)
{
	for (; *tables; tables++)
		for (const struct cli_option *row = *tables; row->name; row++)
			if (letter ? row->letter == letter
				   : strncmp(row->name, name, len) == 0 && !row->name[len])
				return row;
	return NULL;
}

static bool
give(struct arguments *arguments, const struct cli_option *row, const char *value, GError **error)
{
	if (row->argument && !value) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("--%s wants a word: --%s %s"),
		    row->name, row->name, row->argument);
		return false;
	}
	if (!row->argument && value) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("--%s takes no word, “%s”."),
		    row->name, value);
		return false;
	}
	struct given_option *given = g_new(struct given_option, 1);
	*given = (struct given_option){row->name, value};
	g_ptr_array_add(arguments->given, given);
	arguments->verbose += row->letter == 'v';
	return true;
}

// --NAME, --NAME=VALUE or --NAME VALUE at argv[*at].
static bool
take_long(struct arguments *arguments, const struct cli_option *const *tables, char **argv, int *at,
    GError **error)
{
	const char *name = argv[*at] + 2;
	size_t len = strcspn(name, "=");
	const struct cli_option *row = find_option(tables, name, len, 0);

	if (!row) {
		g_autofree char *word = g_strndup(name, len);
		fail_unknown_option(error, tables, word);
		return false;
	}
	const char *value = name[len] ? name + len + 1 : NULL;
	if (row->argument && !value && argv[*at + 1])
		value = argv[++*at];
	return give(arguments, row, value, error);
}

// Letters behind one minus, none of which takes a word.
static bool
take_letters(struct arguments *arguments, const struct cli_option *const *tables,
    const char *letters, GError **error)
{
	for (const char *letter = letters; *letter; letter++) {
		const struct cli_option *row = find_option(tables, NULL, 0, *letter);
		if (!row) {
			g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
			    _("Unknown option “-%s”. hark --help lists what there is."), letters);
			return false;
		}
		if (!give(arguments, row, NULL, error))
			return false;
	}
	return true;
}

static bool
is_option(const char *word)
{
	return word[0] == '-' && word[1] && !g_ascii_isdigit(word[1]);
}

static bool
check_words(const struct arguments *arguments, GError **error)
{
	const struct command *command = arguments->command;
	int count = (int)arguments->words->len;

	if (!command || arguments_flag(arguments, "help"))
		return true;
	if (count >= command->min_words && (command->max_words < 0 || count <= command->max_words))
		return true;
	g_autofree char *usage = command_usage(command);
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE, _("Usage: %s"), usage);
	return false;
}

struct arguments *
arguments_parse(int argc, char **argv, GError **error)
{
	OWNED(arguments) arguments = g_new0(struct arguments, 1);
	const struct cli_option *tables[3] = {global_options, NULL, NULL};
	bool options = true;

	arguments->words = g_ptr_array_new();
	arguments->given = g_ptr_array_new_with_free_func(g_free);
	for (int i = 1; i < argc; i++) {
		char *word = argv[i];
		if (options && strcmp(word, "--") == 0) {
			options = false;
		} else if (options && is_option(word)) {
			if (word[1] == '-' ? !take_long(arguments, tables, argv, &i, error)
					   : !take_letters(arguments, tables, word + 1, error))
				return NULL;
		} else if (!arguments->command) {
			if (!(arguments->command = command_find(word))) {
				fail_unknown_command(error, word);
				return NULL;
			}
			tables[1] = arguments->command->options;
		} else {
			g_ptr_array_add(arguments->words, word);
		}
	}
	if (!check_words(arguments, error))
		return NULL;
	return g_steal_pointer(&arguments);
}

void
arguments_free(struct arguments *arguments)
{
	if (!arguments)
		return;
	g_clear_pointer(&arguments->words, g_ptr_array_unref);
	g_clear_pointer(&arguments->given, g_ptr_array_unref);
	g_free(arguments);
}

bool
arguments_flag(const struct arguments *arguments, const char *name)
{
	for (guint i = 0; i < arguments->given->len; i++)
		if (strcmp(((struct given_option *)arguments->given->pdata[i])->name, name) == 0)
			return true;
	return false;
}

const char *
arguments_value(const struct arguments *arguments, const char *name)
{
	for (guint i = arguments->given->len; i > 0; i--) {
		const struct given_option *given = arguments->given->pdata[i - 1];
		if (strcmp(given->name, name) == 0)
			return given->value;
	}
	return NULL;
}
