// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading hark.conf.
#include "conf/file.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "conf/line.h"

// Where a problem is said to be, and where things go.
struct place {
	char *name; // of the file, without folders
	int line;
	GPtrArray *commands, *problems; // either may be NULL
};

static void
add_problem(struct place *place, const char *message)
{
	if (place->problems)
		g_ptr_array_add(place->problems,
		    g_strdup_printf("%s:%d: %s", place->name, place->line, message));
}

void
conf_command_free(struct conf_command *command)
{
	if (!command)
		return;
	g_strfreev(command->words);
	g_free(command);
}

// The value that a "set" command gives: the word behind the name; several words for a program with
// its arguments; none to turn something on. NULL where there is one too many or too few.
static char *
value_of(char **words, int id)
{
	enum option_type type = id < 0 ? OPTION_STRING : option_rows[id].type;
	guint count = g_strv_length(words);
	if (count == 2 && type == OPTION_BOOL)
		return g_strdup("on");
	if (count == 3)
		return g_strdup(words[2]);
	if (count < 3 || type != OPTION_ARGV)
		return NULL;
	g_autoptr(GString) value = g_string_new(NULL);
	for (char **word = words + 2; *word; word++) {
		g_autofree char *quoted = line_quote(*word);
		g_string_append_printf(value, "%s%s", value->len ? " " : "", quoted);
	}
	return g_string_free(g_steal_pointer(&value), FALSE);
}

static void
run_set(struct options *options, char **words, struct place *place)
{
	g_autoptr(GError) error = NULL;
	int id = words[1] ? options_find(words[1]) : -1;
	g_autofree char *value = value_of(words, id);
	if (!words[1] || (!value && id >= 0))
		add_problem(place, _("\"set\" takes an option and its value"));
	else if (!options_set(options, 0, words[1], value ? value : "", &error))
		add_problem(place, error->message);
}

static void
read_line(const char *line, struct options *options, struct place *place)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) commands = line_parse(line, &error);
	if (!commands) {
		add_problem(place, error->message);
		return;
	}
	for (guint i = 0; i < commands->len; i++) {
		char **words = commands->pdata[i];
		if (g_str_equal(words[0], "set")) {
			run_set(options, words, place);
		} else if (place->commands) {
			struct conf_command *command = g_new0(struct conf_command, 1);
			command->words = g_strdupv(words);
			command->line = place->line;
			g_ptr_array_add(place->commands, command);
		}
	}
}

bool
conf_file_read(const char *path, struct options *options, GPtrArray *commands, GPtrArray *problems,
    GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autofree char *bytes = NULL;
	gsize len;
	if (!g_file_get_contents(path, &bytes, &len, &problem)) {
		if (g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			return true;
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("Cannot read the configuration: %s"), problem->message);
		return false;
	}
	g_autofree char *text = text_clean_block(bytes, (gssize)len);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *name = g_path_get_basename(path);
	struct place place = {.name = name, .commands = commands, .problems = problems};
	for (char **line = lines; *line; line++) {
		place.line++;
		read_line(*line, options, &place);
	}
	return true;
}
