// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists in their orders, rows for numbers, and that each list is read from its index.
#include <string.h>

#include "base/error.h"
#include "base/when.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/filter_sql.h"
#include "store/sql.h"

#define NOW LIBRARY_NOW_S

static void
apply(struct store *store, enum action_kind kind, const char *title)
{
	g_autoptr(GError) error = NULL;
	gint64 id = library_find(store, title);
	struct action_result result;
	OWNED(action) action = action_new(kind, &id, 1, 0);

	action_apply(store, action, NOW, &result, &error);
	g_assert_no_error(error);
	action_result_clear(&result);
}

static void
check_list(
    struct store *store, struct filter *filter, enum episode_order order, const char *expected)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) ids = episodes_ids(store, filter, order, &error);

	g_assert_no_error(error);
	g_autofree char *titles = library_titles(store, ids);
	g_assert_cmpstr(titles, ==, expected);
	filter_free(filter);
}

static void
test_orders(void)
{
	OWNED(store) store = library_open();
	gint64 show = library_fill(store, "https://a.example/feed", 3);
	g_autoptr(GPtrArray) other =
	    g_ptr_array_new_with_free_func((GDestroyNotify)feed_episode_free);
	gint64 second = library_show(store, "https://b.example/feed");

	g_ptr_array_add(other, library_episode("x", "x", NOW - 2 * LIBRARY_DAY_S - 1, NULL));
	library_merge(store, second, other, NOW);
	apply(store, ACTION_QUEUE_LAST, "e3");
	apply(store, ACTION_QUEUE_LAST, "x");
	apply(store, ACTION_QUEUE_NEXT, "e1");
	check_list(store, NULL, ORDER_NEWEST, "e1 e2 x e3");
	check_list(store, NULL, ORDER_OLDEST, "e3 x e2 e1");
	check_list(store, filter_queue(), ORDER_QUEUE, "e1 e3 x");
	check_list(store, NULL, ORDER_QUEUE, "e1 e3 x");
	check_list(store, filter_queue(), ORDER_NEWEST, "e1 x e3");
	check_list(store, filter_show(show), ORDER_NEWEST, "e1 e2 e3");
	check_list(store, filter_show(second), ORDER_OLDEST, "x");
	check_list(store, NULL, ORDER_SHOW, "e1 e2 e3 x");
	struct filter *both = filter_show(show);
	filter_take(both, filter_queue());
	check_list(store, both, ORDER_NEWEST, "e1 e3");
	g_autoptr(GArray) queue = queue_ids(store, NULL);
	g_autofree char *titles = library_titles(store, queue);
	g_assert_cmpstr(titles, ==, "e1 e3 x");
}

static void
test_rows(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = library_open();

	library_fill(store, "https://a.example/feed", 3);
	const gint64 ids[] = {3, 999, 1};
	g_autoptr(GPtrArray) rows = episodes_get(store, ids, G_N_ELEMENTS(ids), &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, 3);
	const struct episode *third = rows->pdata[0];
	g_assert_cmpint(third->id, ==, 3);
	g_assert_null(rows->pdata[1]);
	g_assert_cmpstr(third->show_title, ==, "A show");
	g_assert_cmpstr(third->guid, ==, "e3");
	g_assert_cmpint(third->published_s, ==, NOW - 3 * LIBRARY_DAY_S);
	g_assert_cmpfloat(third->duration_s, ==, WHEN_NO_LENGTH);
	g_assert_cmpstr(third->media_type, ==, "audio/mpeg");
	g_assert_cmpint(third->file_state, ==, FILE_NONE);
	g_assert_cmpint(third->queue_place, ==, 0);
	g_assert_cmpstr(third->highlight, ==, "");

	g_assert_null(episode_get(store, 999, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
	g_assert_nonnull(strstr(error->message, "999"));
	g_assert_cmpint(episode_by_media(store, "https://media.example/2.mp3", NULL), ==, 2);
	g_assert_cmpint(episode_by_media(store, "https://media.example/9.mp3", NULL), ==, 0);
}

// Strongest first: in the inbox, begun, played, archived.
static void
test_states(void)
{
	static const char *const names[] = {"new", "begun", "played", "archived", "unplayed"};
	OWNED(store) store = library_open();

	library_fill(store, "https://a.example/feed", 5);
	g_assert_true(position_save(store, library_find(store, "e2"), 60, 1000, NOW, NULL));
	apply(store, ACTION_ARCHIVE, "e3");
	apply(store, ACTION_PLAYED, "e3");
	apply(store, ACTION_ARCHIVE, "e4");
	for (int i = 0; i < 5; i++) {
		g_autofree char *title = g_strdup_printf("e%d", i + 1);
		OWNED(episode) episode = episode_get(store, library_find(store, title), NULL);
		g_assert_cmpstr(episode_state_name(episode->state), ==, names[i]);
		g_assert_cmpint(episode->in_inbox, ==, i == 0);
	}
}

// What SQLite means to do, a step a line.
static char *
plan_of(struct store *store, const struct filter *filter, enum episode_order order)
{
	g_autofree char *sql = episodes_sql(filter, order);
	g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
	sqlite3_stmt *statement = NULL;
	GString *plan = g_string_new(NULL);

	g_assert_cmpint(
	    sqlite3_prepare_v2(store->db, explain, -1, &statement, NULL), ==, SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		g_string_append_printf(plan, "%s\n", sqlite3_column_text(statement, 3));
	sqlite3_finalize(statement);
	return g_string_free(plan, FALSE);
}

struct plan_row {
	const char *name;
	const char *words[3];
	gint64 show;
	enum episode_order order;
	const char *step; // must be there
	bool sorts;	  // may sort at the end: what is left is short
};

static const struct plan_row plans[] = {
    {"all", {NULL}, 0, ORDER_NEWEST, "SCAN e USING COVERING INDEX episode_date"},
    {"oldest", {NULL}, 0, ORDER_OLDEST, "SCAN e USING COVERING INDEX episode_date"},
    {"show", {NULL}, 1, ORDER_NEWEST, "USING COVERING INDEX episode_show (show_id=?)"},
    {"show-oldest", {NULL}, 1, ORDER_OLDEST, "USING COVERING INDEX episode_show (show_id=?)"},
    {"inbox", {"new"}, 0, ORDER_NEWEST, "e USING COVERING INDEX episode_inbox"},
    {"show-new", {"new"}, 1, ORDER_NEWEST, "USING COVERING INDEX episode_show (show_id=?)"},
    {"queue", {NULL}, 0, ORDER_QUEUE, "q USING COVERING INDEX queue_rank"},
    {"played", {"played"}, 0, ORDER_NEWEST, "SCAN e USING COVERING INDEX episode_date"},
    {"archived", {"archived"}, 0, ORDER_NEWEST, "SCAN e USING COVERING INDEX episode_date"},
    {"longer", {"longer:30m"}, 0, ORDER_NEWEST, "SCAN e USING COVERING INDEX episode_date"},
    {"newer", {"newer:1w"}, 0, ORDER_NEWEST, "USING COVERING INDEX episode_date (sort_s>?)"},
    {"words", {"open", "source"}, 0, ORDER_NEWEST, "USING COVERING INDEX episode_words", true},
    {"queued", {"queued"}, 0, ORDER_NEWEST, "queue", true},
    {"begun", {"begun"}, 0, ORDER_NEWEST, "position_begun", true},
    {"downloaded", {"downloaded"}, 0, ORDER_NEWEST, "file_state", true},
};

static void
test_plan(gconstpointer data)
{
	const struct plan_row *row = data;
	OWNED(store) store = library_open();
	OWNED(filter) filter = filter_parse(row->words, NULL);

	if (row->show)
		filter_take(filter, filter_show(row->show));
	g_autofree char *plan = plan_of(store, filter, row->order);
	g_test_message("%s", plan);
	if (!strstr(plan, row->step))
		g_error("no “%s” in\n%s", row->step, plan);
	if (!row->sorts && strstr(plan, "TEMP B-TREE FOR ORDER BY"))
		g_error("it sorts:\n%s", plan);
	// The table itself is never walked through.
	if (strstr(plan, "SCAN e\n") || strstr(plan, "SCAN episode\n") ||
	    strstr(plan, "SCAN show\n"))
		g_error("it reads every row:\n%s", plan);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/episodes/orders", test_orders);
	g_test_add_func("/episodes/rows", test_rows);
	g_test_add_func("/episodes/states", test_states);
	for (size_t i = 0; i < G_N_ELEMENTS(plans); i++) {
		g_autofree char *name = g_strconcat("/episodes/plan/", plans[i].name, NULL);
		g_test_add_data_func(name, &plans[i], test_plan);
	}
	return g_test_run();
}
