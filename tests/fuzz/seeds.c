// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a libFuzzer program begins with where no folder is named: PROGRAM.corpus beside it, which
// gets the target's own texts and keeps what is found, and the target's folders of the corpus.
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

static void
write_texts(const char *dir)
{
	g_mkdir_with_parents(dir, 0755);
	for (int i = 0; fuzz_texts[i]; i++) {
		g_autofree char *name = g_strdup_printf("text-%d", i);
		g_autofree char *path = g_build_filename(dir, name, NULL);
		g_file_set_contents(path, fuzz_texts[i], -1, NULL);
	}
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static GPtrArray *words; // lives as long as the program, and in sight of the leak checker

	words = g_ptr_array_new();
	for (int i = 0; i < *argc; i++) {
		if (i > 0 && (*argv)[i][0] != '-')
			return 0;
		g_ptr_array_add(words, (*argv)[i]);
	}
	char *own = g_strconcat((*argv)[0], ".corpus", NULL);
	write_texts(own);
	g_ptr_array_add(words, own);
	const char *shared = g_getenv("SHARED");
	for (int i = 0; fuzz_folders[i]; i++) {
		char *path =
		    g_build_filename(shared ? shared : "", "corpus", fuzz_folders[i], NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			g_ptr_array_add(words, path);
	}
	*argc = (int)words->len;
	g_ptr_array_add(words, NULL);
	*argv = (char **)words->pdata;
	return 0;
}
