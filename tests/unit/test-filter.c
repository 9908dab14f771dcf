// SPDX-License-Identifier: GPL-3.0-or-later
//
// The filter language: what each word lets through, and the words that are refused.
#include <string.h>

#include "base/error.h"
#include "base/when.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/files.h"
#include "store/filter.h"
#include "store/sql.h"

#define NOW LIBRARY_NOW_S
#define DAY LIBRARY_DAY_S

struct made {
	const char *title;
	int days; // ago
	double duration_s;
};

static const struct made tech[] = {
    {"Fresh", 1, 600},
    {"Open source", 3, 2400},
    {"Café talk", 20, 4000},
    {"Open doors", 400, WHEN_NO_LENGTH},
    {"Old", 800, 1800},
};

static void
apply(struct store *store, enum action_kind kind, const char *title)
{
	gint64 id = library_find(store, title);
	struct action_result result;
	OWNED(action) action = action_new(kind, &id, 1, 0);

	g_assert_true(action_apply(store, action, NOW, &result, NULL));
	action_result_clear(&result);
}

// "Fresh" is new, "Open source" begun and here, "Café talk" played and queued, "Old" archived. And
// one episode of another show with a tag.
static struct store *
make_library(void)
{
	struct store *store = library_open();
	g_autoptr(GPtrArray) episodes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	g_autoptr(GPtrArray) other =
	    g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);

	for (size_t i = 0; i < G_N_ELEMENTS(tech); i++) {
		struct feed_episode *one = library_episode(tech[i].title, tech[i].title,
		    NOW - tech[i].days * DAY, "https://m.example/x.mp3");
		one->duration_s = tech[i].duration_s;
		g_ptr_array_add(episodes, one);
	}
	library_merge(
	    store, show_add(store, "https://a.example/", NULL, NULL, NULL), episodes, NOW);
	g_ptr_array_add(other, library_episode("z", "Brandon", NOW - 2 * DAY, NULL));
	library_refresh(store, show_add(store, "https://b.example/", NULL, NULL, NULL), other, NOW,
	    MERGE_TO_INBOX, MERGE_FIRST_NONE);
	g_assert_true(sql_script(store,
	    "UPDATE show SET user_title = 'Heavyweight', folded = 'heavyweight' WHERE id = 2;"
	    "INSERT INTO show_tag VALUES (2, 'Stories', 'stories')",
	    NULL));

	gint64 here = library_find(store, "Open source");
	gint64 download = library_download(store, here, NULL);
	g_assert_true(download_set_state(store, download, FILE_HERE, 1, 1, "/x.mp3", NULL, NULL));
	g_assert_true(position_save(store, here, 100, 0, NOW, NULL));
	apply(store, ACTION_PLAYED, "Café talk");
	apply(store, ACTION_QUEUE_LAST, "Café talk");
	apply(store, ACTION_ARCHIVE, "Old");
	return store;
}

struct row {
	const char *words[4];
	const char *titles; // newest first
};

#define ALL "Fresh Brandon Open source Café talk Open doors Old"

static const struct row rows[] = {
    {{NULL}, ALL},
    {{""}, ALL},
    {{"new"}, "Fresh"},
    {{"begun"}, "Open source"},
    {{"played"}, "Café talk"},
    {{"queued"}, "Café talk"},
    {{"downloaded"}, "Open source"},
    {{"archived"}, "Old"},
    {{"not:played"}, "Fresh Brandon Open source Open doors Old"},
    {{"not:not:played"}, "Café talk"},
    {{"not:new", "not:archived"}, "Brandon Open source Café talk Open doors"},
    {{"show:heavy"}, "Brandon"},
    {{"show:HEAVY"}, "Brandon"},
    {{"show:2"}, "Brandon"},
    {{"not:show:heavy"}, "Fresh Open source Café talk Open doors Old"},
    {{"show:none"}, ""},
    {{"tag:stories"}, "Brandon"},
    {{"tag:STORIES"}, "Brandon"},
    {{"tag:stor"}, ""},
    {{"longer:30m"}, "Open source Café talk"},
    {{"longer:1h"}, "Café talk"},
    {{">1h"}, "Café talk"},
    {{"shorter:1h"}, "Fresh Open source Old"},
    {{"<30m"}, "Fresh"},
    {{"not:longer:1h"}, "Fresh Brandon Open source Open doors Old"}, // unknown is not longer
    {{"newer:1w"}, "Fresh Brandon Open source"},
    {{"<1w"}, "Fresh Brandon Open source"},
    {{"older:1y"}, "Open doors Old"},
    {{">1y"}, "Open doors Old"},
    {{"newer:2d", "not:new"}, ""},
    {{"open"}, "Open source Open doors"},
    {{"OPEN", "source"}, "Open source"},
    {{"cafe"}, "Café talk"},
    {{"heavy"}, "Brandon"}, // the show's title counts
    {{"open", "not:source"}, "Open doors"},
    {{"not:open"}, "Fresh Brandon Café talk Old"},
    {{"12:30"}, ""}, // a word like another
    {{"%"}, ""},
    {{"'"}, ""},
};

static void
test_rows(void)
{
	OWNED(store) store = make_library();

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		OWNED(filter) filter = filter_parse(rows[i].words, &error);
		g_assert_no_error(error);
		g_autoptr(GArray) ids = episodes_ids(store, filter, ORDER_NEWEST, &error);
		g_assert_no_error(error);
		g_autofree char *titles = library_titles(store, ids);
		g_test_message("%s", rows[i].words[0]);
		g_assert_cmpstr(titles, ==, rows[i].titles);
	}
}

static void
test_refused(void)
{
	static const char *const bad[] = {"longer:", "longer:soon", "shorter:1x", "newer:yesterday",
	    "older:-1d", ">", "<x", "not:longer:much", "foo:bar", "not:lenght:30m"};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		const char *words[] = {"new", bad[i], NULL};
		g_assert_null(filter_parse(words, &error));
		g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
		const char *named = g_str_has_prefix(bad[i], "not:") ? bad[i] + 4 : bad[i];
		g_assert_nonnull(strstr(error->message, named));
	}
}

static void
test_null(void)
{
	OWNED(filter) filter = filter_parse(NULL, NULL);

	g_assert_cmpuint(filter->terms->len, ==, 0);
}

// Each word that help names is one: it parses, and not as a word of titles.
static void
test_words(void)
{
	const char *none[] = {"no such title at all", NULL};
	OWNED(filter) plain = filter_parse(none, NULL);
	int plain_row = g_array_index(plain->terms, struct filter_term, 0).row;

	for (int i = 0; filter_words[i][0]; i++) {
		const char *word = filter_words[i][0];
		g_autofree char *whole = strcmp(word, "not:") == 0 ? g_strdup("not:new")
					 : g_str_has_suffix(word, ":")
					     ? g_strconcat(word,
						   strstr("after:before:", word) ? "2020" : "1d",
						   NULL)
					     : g_strdup(word);
		const char *words[] = {whole, NULL};
		OWNED(filter) filter = filter_parse(words, NULL);
		g_assert_nonnull(filter);
		g_assert_cmpint(
		    g_array_index(filter->terms, struct filter_term, 0).row, !=, plain_row);
		g_assert_cmpuint(strlen(filter_words[i][1]), >, 0);
	}
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/filter/rows", test_rows);
	g_test_add_func("/filter/refused", test_refused);
	g_test_add_func("/filter/null", test_null);
	g_test_add_func("/filter/words", test_words);
	return g_test_run();
}
