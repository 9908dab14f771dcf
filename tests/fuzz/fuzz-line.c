// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command language: what was read, quoted and put together again, reads as the same words.
#include "fuzz.h"

#include <string.h>

#include "conf/line.h"

const char *const fuzz_texts[] = {"set speed 1.5; set opener 'w3m -o x=1' # comment",
    "bind \"a b\" '\\'", ";;; #", "a\\ b\\", "\"open", "x;'y';\"z\\\"\"", "''", NULL};
const char *const fuzz_folders[] = {NULL};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(GPtrArray) commands = line_parse(text, NULL);
	if (!commands)
		return 0;
	g_autoptr(GString) line = g_string_new(NULL);
	for (guint i = 0; i < commands->len; i++) {
		g_assert(*(char **)commands->pdata[i]);
		for (char **word = commands->pdata[i]; *word; word++) {
			g_autofree char *quoted = line_quote(*word);
			g_string_append_printf(line, "%s ", quoted);
		}
		g_string_append_c(line, ';');
	}
	g_autoptr(GPtrArray) again = line_parse(line->str, NULL);
	g_assert(again && again->len == commands->len);
	for (guint i = 0; i < again->len; i++)
		g_assert(g_strv_equal(again->pdata[i], commands->pdata[i]));
	return 0;
}
