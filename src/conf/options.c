// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values of options: one general value each, and those of single shows in a table.
#include "conf/options.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "conf/line.h"

struct value {
	char *text;    // as the user would write it
	double number; // of bool, int and double
};

struct options {
	struct value general[OPT_COUNT];
	GHashTable *per_show; // gint64 *show_id * OPT_COUNT + id -> struct value *
};

static void
value_free(gpointer value)
{
	g_free(((struct value *)value)->text);
	g_free(value);
}

static gint64
key_of(gint64 show_id, enum option_id id)
{
	return show_id * OPT_COUNT + id;
}

static bool
fail(GError **error, char *message)
{
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE, message);
	g_free(message);
	return false;
}

static bool
read_bool(const struct option_row *row, const char *word, struct value *value, GError **error)
{
	static const char *const words[] = {"off", "on", "no", "yes", "false", "true", "0", "1"};
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (g_ascii_strcasecmp(word, words[i]) != 0)
			continue;
		*value = (struct value){g_strdup(words[i % 2]), (double)(i % 2)};
		return true;
	}
	return fail(
	    error, g_strdup_printf(_("%s takes \"on\" or \"off\", not \"%s\""), row->name, word));
}

static bool
read_number(const struct option_row *row, const char *word, struct value *value, GError **error)
{
	char *end, text[G_ASCII_DTOSTR_BUF_SIZE];
	bool whole = row->type == OPTION_INT;
	bool digits = strlen(word) < 16 && strspn(word, "0123456789.-") == strlen(word);
	double number = digits ? g_ascii_strtod(word, &end) : NAN;
	if (digits && end > word && !*end && number >= row->min && number <= row->max &&
	    !(whole && number != floor(number))) {
		g_ascii_formatd(text, sizeof text, "%.6g", number);
		*value = (struct value){g_strdup(text), number};
		return true;
	}
	if (whole)
		return fail(
		    error, g_strdup_printf(_("%s takes a whole number from %d to %d, not \"%s\""),
			       row->name, (int)row->min, (int)row->max, word));
	return fail(error, g_strdup_printf(_("%s takes a number from %g to %g, not \"%s\""),
			       row->name, row->min, row->max, word));
}

static bool
read_choice(const struct option_row *row, const char *word, struct value *value, GError **error)
{
	if (g_strv_contains(row->choices, word)) {
		*value = (struct value){.text = g_strdup(word)};
		return true;
	}
	g_autofree char *choices = g_strjoinv(", ", (char **)row->choices);
	return fail(error,
	    g_strdup_printf(_("%s takes one of these: %s; not \"%s\""), row->name, choices, word));
}

static bool
read_string(const struct option_row *row, const char *word, struct value *value, GError **error)
{
	*value = (struct value){.text = text_clean_line(word, -1, 0)};
	return true;
}

static bool
read_argv(const struct option_row *row, const char *word, struct value *value, GError **error)
{
	g_autoptr(GPtrArray) commands = line_parse(word, error);
	if (!commands) {
		g_prefix_error(error, "%s: ", row->name);
		return false;
	}
	bool none = commands->len == 0 && !*row->fallback; // where it may be empty
	if (commands->len != 1 && !none)
		return fail(
		    error, g_strdup_printf(_("%s takes one program with its arguments, not \"%s\""),
			       row->name, word));
	return read_string(row, word, value, error);
}

// Reads WORD into *VALUE, or fails with what would fit.
static bool (*const readers[])(
    const struct option_row *row, const char *word, struct value *value, GError **error) = {
    [OPTION_BOOL] = read_bool,
    [OPTION_INT] = read_number,
    [OPTION_DOUBLE] = read_number,
    [OPTION_CHOICE] = read_choice,
    [OPTION_STRING] = read_string,
    [OPTION_ARGV] = read_argv,
};

struct options *
options_new(void)
{
	struct options *options = g_new0(struct options, 1);
	options->per_show = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, value_free);
	for (int id = 0; id < OPT_COUNT; id++) {
		const struct option_row *row = &option_rows[id];
		bool fits = readers[row->type](row, row->fallback, &options->general[id], NULL);
		g_assert(fits);
	}
	return options;
}

void
options_free(struct options *options)
{
	if (!options)
		return;
	for (int id = 0; id < OPT_COUNT; id++)
		g_free(options->general[id].text);
	g_hash_table_unref(options->per_show);
	g_free(options);
}

// Takes over what VALUE holds.
static void
steal_value(struct options *options, gint64 show_id, enum option_id id, struct value value)
{
	if (show_id) {
		gint64 key = key_of(show_id, id);
		g_hash_table_replace(options->per_show, g_memdup2(&key, sizeof key),
		    g_memdup2(&value, sizeof value));
		return;
	}
	g_free(options->general[id].text);
	options->general[id] = value;
}

struct options *
options_copy(const struct options *options)
{
	struct options *copy = options_new();
	for (int id = 0; id < OPT_COUNT; id++) {
		const struct value *value = &options->general[id];
		steal_value(copy, 0, id, (struct value){g_strdup(value->text), value->number});
	}
	GHashTableIter iter;
	gpointer key, data;
	g_hash_table_iter_init(&iter, options->per_show);
	while (g_hash_table_iter_next(&iter, &key, &data)) {
		const struct value *value = data;
		struct value mine = {g_strdup(value->text), value->number};
		g_hash_table_insert(
		    copy->per_show, g_memdup2(key, sizeof(gint64)), g_memdup2(&mine, sizeof mine));
	}
	return copy;
}

int
options_find(const char *name)
{
	for (int id = 0; id < OPT_COUNT; id++)
		if (g_str_equal(option_rows[id].name, name))
			return id;
	return -1;
}

bool
options_set(
    struct options *options, gint64 show_id, const char *name, const char *value, GError **error)
{
	struct value read = {0};
	int id = options_find(name);
	if (id < 0)
		return fail(
		    error, g_strdup_printf(
			       _("There is no option \"%s\"; \"set\" alone lists them"), name));
	const struct option_row *row = &option_rows[id];
	if (show_id && !row->per_show)
		return fail(error,
		    g_strdup_printf(_("%s holds for all shows, it cannot be set for one"), name));
	if (!readers[row->type](row, value, &read, error))
		return false;
	steal_value(options, show_id, id, read);
	return true;
}

static const struct value *
value_of(const struct options *options, gint64 show_id, enum option_id id)
{
	gint64 key = key_of(show_id, id);
	const struct value *value = show_id ? g_hash_table_lookup(options->per_show, &key) : NULL;
	return value ? value : &options->general[id];
}

bool
options_bool(const struct options *options, enum option_id id)
{
	g_assert(option_rows[id].type == OPTION_BOOL);
	return options->general[id].number != 0;
}

int
options_int(const struct options *options, gint64 show_id, enum option_id id)
{
	g_assert(option_rows[id].type == OPTION_INT);
	return (int)value_of(options, show_id, id)->number;
}

double
options_double(const struct options *options, gint64 show_id, enum option_id id)
{
	g_assert(option_rows[id].type == OPTION_DOUBLE);
	return value_of(options, show_id, id)->number;
}

const char *
options_string(const struct options *options, gint64 show_id, enum option_id id)
{
	return value_of(options, show_id, id)->text;
}

char *
options_text(const struct options *options, gint64 show_id, enum option_id id)
{
	return g_strdup(options_string(options, show_id, id));
}
