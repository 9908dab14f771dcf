// SPDX-License-Identifier: GPL-3.0-or-later
//
// A main for fuzz targets without libFuzzer: replays inputs and a bounded number of mutations of
// each, the same in every run. Arguments are files and folders; without any, the target's own
// texts and its folders of the corpus beside the tree. TAP: one test a source.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "fuzz.h"

enum {
	MAX_INPUT_BYTES = 8 << 20,
	MAX_MUTATED_BYTES = 64 << 10, // larger inputs are replayed with few mutations
	MAX_FILES = 3000,	      // of one folder
	CUTS = 8,
	FLIPS = 8,
	SEED = 1969,
};

struct replay {
	int tests;
	int inputs; // of the test under way, mutations included
	int files;
};

// A copy that ends where the input ends, so that AddressSanitizer sees what is read behind it.
static void
run(struct replay *replay, const char *data, size_t size)
{
	char *copy = g_malloc(MAX(size, 1));
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput((const uint8_t *)copy, size);
	g_free(copy);
	replay->inputs++;
}

static void
run_mutations(struct replay *replay, const char *data, size_t size)
{
	if (!size)
		return;
	g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
	int rounds = size <= MAX_MUTATED_BYTES ? 1 : 4; // the larger, the fewer
	for (int i = 0; i < CUTS / rounds; i++)
		run(replay, data, g_rand_int(rand) % size);
	for (int i = 0; i < FLIPS / rounds; i++) {
		g_autofree char *copy = g_memdup2(data, size);
		int flips = 1 << i % 4;
		for (int j = 0; j < flips; j++)
			copy[g_rand_int(rand) % size] = (char)g_rand_int(rand);
		run(replay, copy, size);
	}
}

static void
run_input(struct replay *replay, const char *data, size_t size)
{
	run(replay, data, size);
	run_mutations(replay, data, size);
}

static void
run_file(struct replay *replay, const char *path)
{
	g_autofree char *bytes = NULL;
	gsize size;
	if (replay->files++ >= MAX_FILES || !g_file_get_contents(path, &bytes, &size, NULL))
		return;
	if (size <= MAX_INPUT_BYTES)
		run_input(replay, bytes, size);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

// PATH and what is below it, in the order of the names.
static void
run_tree(struct replay *replay, const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	if (!dir) {
		run_file(replay, path);
		return;
	}
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name; (name = g_dir_read_name(dir));)
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
		run_tree(replay, below);
	}
}

// Replays a source named by a person: "not ok" where nothing was there to replay.
static void
test_path(struct replay *replay, const char *path, bool may_be_missing)
{
	replay->inputs = replay->files = 0;
	replay->tests++;
	if (may_be_missing && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		printf("ok %d - %s # SKIP the corpus is missing\n", replay->tests, path);
		return;
	}
	run_tree(replay, path);
	printf("%s %d - %s: %d inputs\n", replay->inputs ? "ok" : "not ok", replay->tests, path,
	    replay->inputs);
	fflush(stdout);
}

static void
test_own(struct replay *replay)
{
	replay->inputs = 0;
	run(replay, "", 0);
	for (const char *const *text = fuzz_texts; *text; text++)
		run_input(replay, *text, strlen(*text));
	printf("ok %d - own texts: %d inputs\n", ++replay->tests, replay->inputs);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct replay replay = {0};
	if (argc > 1) {
		printf("1..%d\n", argc - 1);
		for (int i = 1; i < argc; i++)
			test_path(&replay, argv[i], false);
		return 0;
	}
	printf("1..%u\n", 1 + g_strv_length((char **)fuzz_folders));
	test_own(&replay);
	const char *shared = g_getenv("SHARED");
	for (const char *const *folder = fuzz_folders; *folder; folder++) {
		g_autofree char *path =
		    g_build_filename(shared ? shared : "", "corpus", *folder, NULL);
		test_path(&replay, path, true);
	}
	return 0;
}
