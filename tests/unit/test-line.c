// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command language's words.
#include <string.h>

#include "base/error.h"
#include "conf/line.h"

// The words of all commands, each in <>, a ";" behind each command.
static char *
show(GPtrArray *commands)
{
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < commands->len; i++) {
		for (char **word = commands->pdata[i]; *word; word++)
			g_string_append_printf(out, "<%s>", *word);
		g_string_append_c(out, ';');
	}
	return g_string_free(out, FALSE);
}

static void
test_parse(void)
{
	static const struct {
		const char *line, *words;
	} rows[] = {
	    {"", ""},
	    {"  \t ", ""},
	    {";; ;", ""},
	    {"refresh", "<refresh>;"},
	    {" set  speed\t1.5 ", "<set><speed><1.5>;"},
	    {"a;b c ; d;", "<a>;<b><c>;<d>;"},
	    {"a 'b c' \"d e\"", "<a><b c><d e>;"},
	    {"a''b\"\" ''", "<ab><>;"},
	    {"a'b 'c\" d\"", "<ab c d>;"},
	    {"\"a\\\"b\\\\c\\d\"", "<a\"b\\cd>;"},
	    {"'a\\'", "<a\\>;"},
	    {"a\\ b \\;c \\'", "<a b><;c><'>;"},
	    {"a\\", "<a\\>;"},
	    {"a # b; c", "<a>;"},
	    {"# a", ""},
	    {"a#b c\\#", "<a#b><c#>;"},
	    {"a '#b' ;#c", "<a><#b>;"},
	    {"bind é 'ü;ö'", "<bind><é><ü;ö>;"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) commands = line_parse(rows[i].line, &error);
		g_assert_no_error(error);
		g_autofree char *words = show(commands);
		g_assert_cmpstr(words, ==, rows[i].words);
	}
}

static void
test_open_quote(void)
{
	static const struct {
		const char *line, *place;
	} rows[] = {{"a 'b", "(') at column 3"}, {"\"", "(\") at column 1"},
	    {"é; x \"b\\\"", "(\") at column 6"}, {"'a' 'b'c'", "(') at column 9"}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(line_parse(rows[i].line, &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
		g_assert_nonnull(strstr(error->message, rows[i].place));
	}
	g_assert_null(line_parse("'", NULL));
}

static void
test_quote(void)
{
	static const struct {
		const char *word, *quoted;
	} rows[] = {{"plain", "plain"}, {"", "''"}, {"a b", "'a b'"}, {"#x", "'#x'"}, {"x#", "x#"},
	    {"it's", "\"it's\""}, {"'\"\\", "\"'\\\"\\\\\""}, {"a;b", "'a;b'"}, {"é", "é"},
	    {"\\", "'\\'"}, {"a\nb", "'a\nb'"}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *quoted = line_quote(rows[i].word);
		g_assert_cmpstr(quoted, ==, rows[i].quoted);
		g_autoptr(GPtrArray) commands = line_parse(quoted, NULL);
		g_assert_cmpuint(commands->len, ==, 1);
		char **words = commands->pdata[0];
		g_assert_cmpuint(g_strv_length(words), ==, 1);
		g_assert_cmpstr(words[0], ==, rows[i].word);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/line/parse", test_parse);
	g_test_add_func("/line/open-quote", test_open_quote);
	g_test_add_func("/line/quote", test_quote);
	return g_test_run();
}
