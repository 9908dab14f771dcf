// SPDX-License-Identifier: GPL-3.0-or-later
//
// What EP, SHOW and TIME mean, and what verbs ask of their words.
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "library.h"
#include "store/actions.h"
#include "verbs/verbs.h"

static void
test_time(void)
{
	static const struct {
		const char *word;
		bool ok;
		double seconds;
		bool relative;
		int chapter;
	} rows[] = {
		{ "90", true, 90 },
		{ "0", true, 0 },
		{ "12:47", true, 767 },
		{ "1:02:03", true, 3723 },
		{ "+30", true, 30, true },
		{ "-10", true, -10, true },
		{ "+1:30", true, 90, true },
		{ "-0:05.5", true, -5.5, true },
		{ "chapter:3", true, 0, false, 3 },
		{ "chapter:0", false },
		{ "chapter:", false },
		{ "chapter:-1", false },
		{ "chapter:99999999999", false },
		{ "", false },
		{ "-", false },
		{ "+-3", false },
		{ "--3", false },
		{ "soon", false },
		{ "12:", false },
		{ "nan", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		double seconds;
		bool relative;
		int chapter;
		bool ok = resolve_time(rows[i].word, &seconds, &relative, &chapter, &error);

		g_test_message("%s", rows[i].word);
		g_assert_cmpint(ok, ==, rows[i].ok);
		if (!ok) {
			g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
			g_assert_nonnull(strstr(error->message, rows[i].word));
			continue;
		}
		g_assert_no_error(error);
		g_assert_cmpfloat_with_epsilon(seconds, rows[i].seconds, 1e-9);
		g_assert_cmpint(relative, ==, rows[i].relative);
		g_assert_cmpint(chapter, ==, rows[i].chapter);
	}
}

// Three shows: "Changelog" with two episodes, "The Changelog Weekly" with one, "Empty".
static struct store *
make_library(gint64 shows[3])
{
	static const char *const titles[] = { "Changelog", "The Changelog Weekly", "Empty" };
	struct store *store = library_open();

	for (int i = 0; i < 3; i++) {
		g_autofree char *url = g_strdup_printf("https://%d.example/feed", i);
		g_autoptr(GError) error = NULL;
		bool known;
		shows[i] = show_add(store, url, titles[i], &known, &error);
		g_assert_no_error(error);
		if (i == 2)
			continue;
		g_autoptr(GPtrArray) episodes = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)feed_episode_free);
		for (int n = 2 - i; n > 0; n--) {
			g_autofree char *guid = g_strdup_printf("g%d-%d", i, n);
			g_autofree char *title = g_strdup_printf("%s %d", titles[i], n);
			g_autofree char *media = g_strdup_printf("https://%d.example/%d.mp3", i, n);
			g_ptr_array_add(episodes,
			    library_episode(guid, title, LIBRARY_NOW_S - (3 - n) * LIBRARY_DAY_S,
				media));
		}
		OWNED(merge) merge = merge_new(store, shows[i], LIBRARY_NOW_S, MERGE_TO_INBOX,
		    MERGE_FIRST_NEWEST, &error);
		g_assert_no_error(error);
		g_assert_true(merge_episodes(merge, episodes, &error));
	}
	return store;
}

static void
test_show(void)
{
	gint64 shows[3];
	OWNED(store) store = make_library(shows);
	struct verb_context context = { .store = store, .current_show = shows[2] };
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, shows[1]);
	const struct {
		const char *word;
		gint64 id; // 0: an error that holds LISTED
		const char *listed;
	} rows[] = {
		{ number, shows[1] },
		{ "https://2.example/feed", shows[2] },
		{ "weekly", shows[1] },
		{ "EMPTY", shows[2] },
		{ "changelog", shows[0] }, // an exact title alone wins
		{ "e", 0, "The Changelog Weekly" },
		{ "nothing like it", 0, "Empty" },
		{ "99", 0, "Changelog" },
		{ "", shows[2] },
		{ NULL, shows[2] },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", rows[i].word);
		g_assert_cmpint(resolve_show(&context, rows[i].word, &error), ==, rows[i].id);
		if (rows[i].id) {
			g_assert_no_error(error);
			continue;
		}
		g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
		g_assert_nonnull(strstr(error->message, rows[i].listed));
	}
}

static void
test_episode(void)
{
	gint64 shows[3];
	OWNED(store) store = make_library(shows);
	OWNED(play) play = play_new("/nowhere/hark.sock");
	gint64 newest = library_find(store, "Changelog 2");
	gint64 oldest = library_find(store, "Changelog 1");
	gint64 weekly = library_find(store, "The Changelog Weekly 1");
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, oldest);
	struct verb_context context = { .store = store, .play = play, .current_id = weekly };
	const struct {
		const char *word;
		gint64 id;
		int code;
	} rows[] = {
		{ number, oldest },
		{ "1:latest", newest },
		{ "1:oldest", oldest },
		{ "weekly:latest", weekly },
		{ "https://0.example/2.mp3", newest },
		{ "", weekly },
		{ NULL, weekly },
		{ "99", 0, HARK_ERROR_NOTHING },
		{ "empty:latest", 0, HARK_ERROR_NOTHING },
		{ "nothing:latest", 0, HARK_ERROR_USAGE },
		{ "@playing", 0, HARK_ERROR_NOTHING },
		{ "@next", 0, HARK_ERROR_NOTHING },
		{ "https://0.example/other.mp3", 0, HARK_ERROR_NOTHING },
		{ "/nowhere/at/all.mp3", 0, HARK_ERROR_FAILED },
		{ "changelog", 0, HARK_ERROR_USAGE },
		{ "-1", 0, HARK_ERROR_USAGE },
	};

	g_assert_true(newest && oldest && weekly);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", rows[i].word);
		g_assert_cmpint(resolve_episode(&context, rows[i].word, &error), ==, rows[i].id);
		if (rows[i].id)
			g_assert_no_error(error);
		else
			g_assert_error(error, HARK_ERROR, rows[i].code);
	}
}

static void
test_several(void)
{
	gint64 shows[3];
	OWNED(store) store = make_library(shows);
	gint64 all[] = { library_find(store, "Changelog 1"), library_find(store, "Changelog 2") };
	g_autoptr(GArray) marked = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) error = NULL;
	struct verb_context context = { .store = store, .marked = marked, .current_id = all[0] };
	char latest[] = "1:latest", oldest[] = "1:oldest", gone[] = "99";
	char *words[] = { latest, oldest };

	g_autoptr(GArray) cursor = resolve_episodes(&context, 0, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpint(cursor->len, ==, 1);
	g_assert_cmpint(g_array_index(cursor, gint64, 0), ==, all[0]);

	g_array_append_vals(marked, all, 2);
	g_autoptr(GArray) both = resolve_episodes(&context, 0, NULL, &error);
	g_assert_cmpint(both->len, ==, 2);

	g_autoptr(GArray) named = resolve_episodes(&context, 2, words, &error);
	g_assert_no_error(error);
	g_assert_cmpint(g_array_index(named, gint64, 0), ==, all[1]);
	g_assert_cmpint(g_array_index(named, gint64, 1), ==, all[0]);

	words[1] = gone;
	g_assert_null(resolve_episodes(&context, 2, words, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
}

static void
test_next(void)
{
	gint64 shows[3];
	OWNED(store) store = make_library(shows);
	OWNED(play) play = play_new("/nowhere/hark.sock");
	gint64 ids[] = { library_find(store, "Changelog 1"), library_find(store, "Changelog 2") };
	OWNED(action) action = action_new(ACTION_QUEUE_LAST, ids, 2, 0);
	struct verb_context context = { .store = store, .play = play };
	struct action_result result = { 0 };
	g_autoptr(GError) error = NULL;

	g_assert_true(action_apply(store, action, LIBRARY_NOW_S, &result, &error));
	g_autofree char *sentence = action_sentence(&result);
	g_assert_nonnull(strstr(sentence, "2 queued last"));
	g_assert_nonnull(strstr(sentence, "Changelog 1"));
	action_result_clear(&result);
	g_assert_cmpint(resolve_episode(&context, "@next", &error), ==, ids[0]);
	g_assert_no_error(error);
}

static void
test_table(void)
{
	struct verb_context context = { 0 };
	struct verb_call call = { 0 };

	for (size_t i = 0; i < verbs_count; i++) {
		g_assert_true(verb_find(verbs[i].name) == &verbs[i]);
		g_assert_true(i == 0 || strcmp(verbs[i - 1].name, verbs[i].name) < 0);
		g_assert_true(g_str_has_suffix(verbs[i].sentence, "."));
		if (verbs[i].min_args == 0)
			continue;
		g_autoptr(GError) error = NULL;
		g_assert_false(verb_run(&verbs[i], &context, &call, &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
		g_assert_nonnull(strstr(error->message, verbs[i].name));
	}
	g_assert_null(verb_find("nonsense"));
}

static void
test_silence(void)
{
	static const char *const names[] = { "pause", "stop", "next", "previous", "mute" };
	gint64 shows[3];
	OWNED(store) store = make_library(shows);
	OWNED(play) play = play_new("/nowhere/hark.sock");
	struct verb_context context = { .store = store, .play = play };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GError) error = NULL;
		struct verb_call call = { 0 };

		g_test_message("%s", names[i]);
		g_assert_false(verb_run(verb_find(names[i]), &context, &call, &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
	}
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/verbs/time", test_time);
	g_test_add_func("/verbs/show", test_show);
	g_test_add_func("/verbs/episode", test_episode);
	g_test_add_func("/verbs/several", test_several);
	g_test_add_func("/verbs/next", test_next);
	g_test_add_func("/verbs/table", test_table);
	g_test_add_func("/verbs/silence", test_silence);
	return g_test_run();
}
