// SPDX-License-Identifier: GPL-3.0-or-later
//
// Splitting and quoting lines of the command language.
#include "conf/line.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

// A line being read: the word begun, the command begun, the commands done.
struct reader {
	const char *p;
	GString *word; // NULL between words
	GPtrArray *words;
	GPtrArray *commands;
};

static void
begin_word(struct reader *reader)
{
	if (!reader->word)
		reader->word = g_string_new(NULL);
}

static void
end_word(struct reader *reader)
{
	if (reader->word)
		g_ptr_array_add(
		    reader->words, g_string_free(g_steal_pointer(&reader->word), FALSE));
}

static void
end_command(struct reader *reader)
{
	end_word(reader);
	if (!reader->words->len)
		return;
	g_ptr_array_add(reader->words, NULL);
	g_ptr_array_add(reader->commands, g_ptr_array_free(reader->words, FALSE));
	reader->words = g_ptr_array_new_with_free_func(g_free);
}

// Reads from the opening quote behind the closing one; inside "..." a backslash takes the next
// character. False at the line's end.
static bool
read_quoted(struct reader *reader)
{
	char quote = *reader->p++;
	begin_word(reader);
	for (; *reader->p && *reader->p != quote; reader->p++) {
		if (*reader->p == '\\' && quote == '"' && reader->p[1])
			reader->p++;
		g_string_append_c(reader->word, *reader->p);
	}
	if (!*reader->p)
		return false;
	reader->p++;
	return true;
}

// Reads the next character or quoted stretch. False at a quote that stays open.
static bool
read_step(struct reader *reader)
{
	char c = *reader->p;
	if (c == '"' || c == '\'')
		return read_quoted(reader);
	if (c == '#' && !reader->word) {
		reader->p += strlen(reader->p);
		return true;
	}
	reader->p++;
	if (c == ';') {
		end_command(reader);
	} else if (g_ascii_isspace(c)) {
		end_word(reader);
	} else {
		begin_word(reader);
		if (c == '\\' && *reader->p)
			c = *reader->p++;
		g_string_append_c(reader->word, c);
	}
	return true;
}

GPtrArray *
line_parse(const char *line, GError **error)
{
	struct reader reader = {.p = line,
	    .words = g_ptr_array_new_with_free_func(g_free),
	    .commands = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev)};
	const char *open = NULL;
	while (*reader.p && !open) {
		const char *start = reader.p;
		if (!read_step(&reader))
			open = start;
	}
	end_command(&reader);
	g_ptr_array_unref(reader.words);
	if (!open)
		return reader.commands;
	g_ptr_array_unref(reader.commands);
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("The quote (%c) at column %ld is not closed"), *open,
	    g_utf8_pointer_to_offset(line, open) + 1);
	return NULL;
}

char *
line_quote(const char *word)
{
	static const char special[] = " \t\n\v\f\r\"'\\;";
	if (*word && *word != '#' && !strpbrk(word, special))
		return g_strdup(word);
	if (!strchr(word, '\''))
		return g_strdup_printf("'%s'", word);
	g_autoptr(GString) out = g_string_new("\"");
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *word);
	}
	g_string_append_c(out, '"');
	return g_string_free(g_steal_pointer(&out), FALSE);
}
