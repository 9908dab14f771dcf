// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's actions, undo and redo over all of them, the queue's order, positions.
#include <string.h>

#include "base/error.h"
#include "base/when.h"
#include "library.h"
#include "store/actions.h"
#include "store/episodes.h"
#include "store/sql.h"

#define NOW LIBRARY_NOW_S

// The episodes named in TITLES; 0 for one that is not there.
static struct action *
action_on(struct store *store, enum action_kind kind, const char *titles, int amount)
{
	g_auto(GStrv) names = g_strsplit(titles, " ", -1);
	struct action *action = action_new(kind, NULL, 0, amount);

	for (char **name = names; *name && **name; name++) {
		gint64 id = library_find(store, *name);
		g_array_append_val(action->ids, id);
	}
	return action;
}

static int
apply(struct store *store, enum action_kind kind, const char *titles, int amount)
{
	g_autoptr(GError) error = NULL;
	struct action_result result;
	OWNED(action) action = action_on(store, kind, titles, amount);

	action_apply(store, action, NOW, &result, &error);
	g_assert_no_error(error);
	action_result_clear(&result);
	return result.changed;
}

// All that an action may change, as a text: to compare before and after.
static char *
snapshot(struct store *store)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GArray) queue = queue_ids(store, NULL);
	g_autofree char *queued = library_titles(store, queue);

	for (int i = 1; i <= 5; i++) {
		OWNED(episode) one = episode_get(store, i, NULL);
		if (one)
			g_string_append_printf(text, "%s %s %.0f %d\n", one->title,
			    episode_state_name(one->state), one->position_s, one->queue_place);
	}
	g_string_append_printf(text, "queue %s", queued);
	return g_strdup(text->str);
}

struct action_row {
	const char *name;
	enum action_kind kind;
	const char *titles;
	int amount, changed;
	const char *states; // of e1 to e5: new begun played archived unplayed, by first letter
	const char *queue;
};

// Before each: e1 new, e2 begun at 100, e3 played, e4 archived, e5 nothing; queue: e2 e3 e4.
static const struct action_row actions[] = {
    {"played-new", ACTION_PLAYED, "e1", 0, 1, "pbpau", "e2 e3 e4"},
    {"played-begun", ACTION_PLAYED, "e2", 0, 1, "nppau", "e2 e3 e4"},
    {"played-played", ACTION_PLAYED, "e3", 0, 0, "nbpau", "e2 e3 e4"},
    {"played-many", ACTION_PLAYED, "e1 e2 e3 e4 e5", 0, 4, "ppppp", "e2 e3 e4"},
    {"unplayed", ACTION_UNPLAYED, "e3", 0, 1, "nbuau", "e2 e3 e4"},
    {"unplayed-unplayed", ACTION_UNPLAYED, "e5", 0, 0, "nbpau", "e2 e3 e4"},
    {"archive", ACTION_ARCHIVE, "e1", 0, 1, "abpau", "e2 e3 e4"},
    {"archive-archived", ACTION_ARCHIVE, "e4", 0, 0, "nbpau", "e2 e3 e4"},
    {"inbox", ACTION_INBOX, "e3 e4", 0, 2, "nbnnu", "e2 e3 e4"},
    {"inbox-new", ACTION_INBOX, "e1", 0, 0, "nbpau", "e2 e3 e4"},
    {"decided", ACTION_DECIDED, "e1", 0, 1, "ubpau", "e2 e3 e4"},
    {"decided-decided", ACTION_DECIDED, "e5", 0, 0, "nbpau", "e2 e3 e4"},
    {"queue-last", ACTION_QUEUE_LAST, "e1", 0, 1, "ubpau", "e2 e3 e4 e1"},
    {"queue-last-many", ACTION_QUEUE_LAST, "e5 e1", 0, 2, "ubpau", "e2 e3 e4 e5 e1"},
    {"queue-last-again", ACTION_QUEUE_LAST, "e4", 0, 0, "nbpau", "e2 e3 e4"},
    {"queue-last-queued", ACTION_QUEUE_LAST, "e2", 0, 1, "nbpau", "e3 e4 e2"},
    {"queue-next", ACTION_QUEUE_NEXT, "e5 e1", 0, 2, "ubpau", "e5 e1 e2 e3 e4"},
    {"queue-top", ACTION_QUEUE_TOP, "e4", 0, 1, "nbpau", "e4 e2 e3"},
    {"queue-top-again", ACTION_QUEUE_TOP, "e2", 0, 0, "nbpau", "e2 e3 e4"},
    {"queue-remove", ACTION_QUEUE_REMOVE, "e3 e2", 0, 2, "nbpau", "e4"},
    {"queue-remove-none", ACTION_QUEUE_REMOVE, "e5", 0, 0, "nbpau", "e2 e3 e4"},
    {"move-down", ACTION_QUEUE_MOVE, "e2", 1, 1, "nbpau", "e3 e2 e4"},
    {"move-up", ACTION_QUEUE_MOVE, "e4", -1, 1, "nbpau", "e2 e4 e3"},
    {"move-far", ACTION_QUEUE_MOVE, "e2", 100, 1, "nbpau", "e3 e4 e2"},
    {"move-at-the-edge", ACTION_QUEUE_MOVE, "e2", -1, 0, "nbpau", "e2 e3 e4"},
    {"move-two", ACTION_QUEUE_MOVE, "e2 e3", 1, 2, "nbpau", "e4 e2 e3"},
    {"move-two-against-the-edge", ACTION_QUEUE_MOVE, "e3 e2", -5, 0, "nbpau", "e2 e3 e4"},
    {"move-two-up", ACTION_QUEUE_MOVE, "e3 e4", -1, 2, "nbpau", "e3 e4 e2"},
    {"move-unqueued", ACTION_QUEUE_MOVE, "e5", 1, 0, "nbpau", "e2 e3 e4"},
};

static struct store *
make_library(void)
{
	struct store *store = library_open();

	library_fill(store, "https://a.example/feed", 5);
	g_assert_true(position_save(store, library_find(store, "e2"), 100, 3000, NOW, NULL));
	apply(store, ACTION_PLAYED, "e3", 0);
	apply(store, ACTION_ARCHIVE, "e4", 0);
	apply(store, ACTION_QUEUE_LAST, "e2 e3 e4", 0);
	return store;
}

static void
check_states(struct store *store, const char *states, const char *queue)
{
	g_autoptr(GArray) ids = queue_ids(store, NULL);
	g_autofree char *titles = library_titles(store, ids);

	for (int i = 0; i < 5; i++) {
		OWNED(episode) one = episode_get(store, i + 1, NULL);
		g_assert_cmpint(episode_state_name(one->state)[0], ==, states[i]);
	}
	g_assert_cmpstr(titles, ==, queue);
}

static gint64
journal_rows(struct store *store)
{
	gint64 rows = -1;

	g_assert_true(sql_number(store, 0, &rows, NULL, "SELECT count(*) FROM journal", ""));
	return rows;
}

static void
test_action(gconstpointer data)
{
	const struct action_row *row = data;
	OWNED(store) store = make_library();
	g_autofree char *before = snapshot(store);
	gint64 journal = journal_rows(store);

	g_assert_cmpint(apply(store, row->kind, row->titles, row->amount), ==, row->changed);
	check_states(store, row->states, row->queue);
	// What changes nothing is no action.
	g_assert_cmpint(journal_rows(store), ==, journal + (row->changed > 0));
	if (row->changed == 0)
		return;
	g_autofree char *after = snapshot(store);

	struct action_result result;
	OWNED(action) undo = action_new(ACTION_UNDO, NULL, 0, 0);
	OWNED(action) redo = action_new(ACTION_REDO, NULL, 0, 0);
	g_assert_true(action_apply(store, undo, NOW + 1, &result, NULL));
	g_assert_true(result.undone);
	g_assert_cmpint(result.kind, ==, row->kind);
	g_assert_cmpint(result.changed, ==, row->changed);
	g_assert_nonnull(strstr(row->titles, result.title));
	action_result_clear(&result);
	g_autofree char *undone = snapshot(store);
	g_assert_cmpstr(undone, ==, before);

	g_assert_true(action_apply(store, redo, NOW + 2, &result, NULL));
	g_assert_true(result.redone);
	action_result_clear(&result);
	g_autofree char *redone = snapshot(store);
	g_assert_cmpstr(redone, ==, after);
}

static void
expect_nothing(struct store *store, enum action_kind kind)
{
	g_autoptr(GError) error = NULL;
	struct action_result result;
	OWNED(action) action = action_new(kind, NULL, 0, 0);

	g_assert_false(action_apply(store, action, NOW, &result, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
}

// Several steps back and forth; a new action cuts what could be done again.
static void
test_undo_chain(void)
{
	OWNED(store) store = library_open();

	expect_nothing(store, ACTION_UNDO);
	expect_nothing(store, ACTION_REDO);
	library_fill(store, "https://a.example/feed", 5);
	enum { STEPS = 4 };
	char *states[STEPS + 1] = {snapshot(store)};
	apply(store, ACTION_PLAYED, "e1", 0);
	states[1] = snapshot(store);
	apply(store, ACTION_QUEUE_LAST, "e1 e2 e3", 0);
	states[2] = snapshot(store);
	apply(store, ACTION_QUEUE_MOVE, "e1", 2);
	states[3] = snapshot(store);
	apply(store, ACTION_ARCHIVE, "e5", 0);
	states[4] = snapshot(store);
	for (int round = 0; round < 2; round++) {
		for (int i = STEPS - 1; i >= 0; i--) {
			apply(store, ACTION_UNDO, "", 0);
			g_autofree char *now = snapshot(store);
			g_assert_cmpstr(now, ==, states[i]);
		}
		expect_nothing(store, ACTION_UNDO);
		for (int i = 1; i <= STEPS; i++) {
			apply(store, ACTION_REDO, "", 0);
			g_autofree char *now = snapshot(store);
			g_assert_cmpstr(now, ==, states[i]);
		}
		expect_nothing(store, ACTION_REDO);
	}
	apply(store, ACTION_UNDO, "", 0);
	apply(store, ACTION_PLAYED, "e4", 0);
	expect_nothing(store, ACTION_REDO);
	for (int i = 0; i <= STEPS; i++)
		g_free(states[i]);
}

// Another process: the journal is in the file.
static void
test_undo_elsewhere(void)
{
	g_autofree char *path = library_path();
	OWNED(store) store = store_open(path, STORE_WRITE, NULL);

	library_fill(store, "https://a.example/feed", 5);
	g_autofree char *before = snapshot(store);
	apply(store, ACTION_PLAYED, "e1 e2", 0);
	g_clear_pointer(&store, store_close);
	store = store_open(path, STORE_WRITE, NULL);
	g_assert_cmpint(apply(store, ACTION_UNDO, "", 0), ==, 2);
	g_autofree char *after = snapshot(store);
	g_assert_cmpstr(after, ==, before);
	g_clear_pointer(&store, store_close);
	library_remove(path);
}

// The player went on between the action and its undo: what it did stays.
static void
test_undo_after_others(void)
{
	OWNED(store) store = library_open();

	library_fill(store, "https://a.example/feed", 5);
	apply(store, ACTION_QUEUE_LAST, "e1 e2 e3", 0);
	apply(store, ACTION_QUEUE_MOVE, "e3", -2); // e3 e1 e2
	g_assert_true(queue_drop(store, library_find(store, "e1"), NULL));
	g_assert_true(queue_push_top(store, library_find(store, "e5"), NULL));
	apply(store, ACTION_UNDO, "", 0);
	g_autoptr(GArray) ids = queue_ids(store, NULL);
	g_autofree char *titles = library_titles(store, ids);
	g_assert_cmpstr(titles, ==, "e5 e2 e3");
}

static void
test_show_remove(void)
{
	OWNED(store) store = make_library();
	g_autofree char *before = snapshot(store);
	const gint64 show = 1;
	struct action_result result;
	OWNED(action) removal = action_new(ACTION_SHOW_REMOVE, &show, 1, 0);

	g_assert_true(action_apply(store, removal, NOW, &result, NULL));
	g_assert_cmpint(result.changed, ==, 1);
	g_assert_cmpstr(result.title, ==, "A show");
	action_result_clear(&result);
	g_autoptr(GPtrArray) shows = shows_list(store, NULL);
	g_assert_cmpuint(shows->len, ==, 0);
	g_autoptr(GArray) queue = queue_ids(store, NULL);
	g_assert_cmpuint(queue->len, ==, 0);
	OWNED(action) undo = action_new(ACTION_UNDO, NULL, 0, 0);
	g_assert_true(action_apply(store, undo, NOW, &result, NULL));
	g_assert_cmpint(result.kind, ==, ACTION_SHOW_REMOVE);
	g_assert_cmpstr(result.title, ==, "A show");
	action_result_clear(&result);
	g_autofree char *after = snapshot(store);
	g_assert_cmpstr(after, ==, before);
}

// One unknown number and nothing is done.
static void
test_unknown(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = make_library();
	g_autofree char *before = snapshot(store);
	const gint64 ids[] = {1, 999};
	struct action_result result;
	OWNED(action) action = action_new(ACTION_PLAYED, ids, 2, 0);

	g_assert_false(action_apply(store, action, NOW, &result, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_NOTHING);
	g_assert_nonnull(strstr(error->message, "999"));
	g_autofree char *after = snapshot(store);
	g_assert_cmpstr(after, ==, before);
}

// "Next" is behind what plays, where that is queued.
static void
test_next_while_playing(void)
{
	OWNED(store) store = make_library();
	g_autofree char *playing = g_strdup_printf("%" G_GINT64_FORMAT, library_find(store, "e3"));

	g_assert_true(store_set(store, "playing", playing, NULL));
	apply(store, ACTION_QUEUE_NEXT, "e1 e5", 0);
	check_states(store, "ubpau", "e2 e3 e1 e5 e4");
	apply(store, ACTION_QUEUE_NEXT, "e3", 0); // behind itself: where it is
	check_states(store, "ubpau", "e2 e3 e1 e5 e4");
}

// The same place again and again uses up the room between two ranks; then all get new ones.
static void
test_ranks_run_out(void)
{
	OWNED(store) store = library_open();
	g_autoptr(GString) expected = g_string_new("e1");

	library_fill(store, "https://a.example/feed", 100);
	apply(store, ACTION_QUEUE_LAST, "e1 e2", 0);
	g_assert_true(store_set(store, "playing", "1", NULL));
	g_assert_cmpint(library_find(store, "e1"), ==, 1);
	for (gint64 id = 3; id <= 100; id++) {
		struct action_result result;
		OWNED(action) action = action_new(ACTION_QUEUE_NEXT, &id, 1, 0);
		g_assert_true(action_apply(store, action, NOW, &result, NULL));
		g_assert_cmpint(result.changed, ==, 1);
		action_result_clear(&result);
	}
	for (int i = 100; i >= 3; i--)
		g_string_append_printf(expected, " e%d", i);
	g_string_append(expected, " e2");
	g_autoptr(GArray) ids = queue_ids(store, NULL);
	g_autofree char *titles = library_titles(store, ids);
	g_assert_cmpstr(titles, ==, expected->str);
}

struct position_row {
	double feed_length_s, position_s, duration_s;
	double saved_s, length_s;
	bool played;
};

static const struct position_row positions[] = {
    {WHEN_NO_LENGTH, 30, 0, 30, WHEN_NO_LENGTH, false},
    {WHEN_NO_LENGTH, 30, 600, 30, 600, false},
    {500, 30, 600, 30, 600, false},	// the file's word
    {600.4, 30, 600, 30, 600.4, false}, // near enough
    {600, 589, 600, 589, 600, false},
    {600, 590, 600, 0, 600, true},
    {600, 595, 0, 0, 600, true},
    {600, 9999, 600, 0, 600, true},
    {WHEN_NO_LENGTH, 9999, 0, 9999, WHEN_NO_LENGTH, false},
    {20, 17, 20, 17, 20, false}, // a short one: its last tenth
    {20, 18.5, 20, 0, 20, true},
    {600, -5, 600, 0, 600, false},
    {600, 0, 600, 0, 600, false},
};

static void
test_positions(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(positions); i++) {
		const struct position_row *row = &positions[i];
		g_autoptr(GError) error = NULL;
		OWNED(store) store = library_open();
		g_autoptr(GPtrArray) episodes = library_episodes(1);
		gint64 show = library_show(store, "https://a.example/feed");
		gint64 before[STORE_KINDS], after[STORE_KINDS];

		((struct feed_episode *)episodes->pdata[0])->duration_s = row->feed_length_s;
		library_merge(store, show, episodes, NOW);
		g_assert_true(store_generations(store, before, NULL));
		position_save(store, 1, row->position_s, row->duration_s, NOW, &error);
		g_assert_no_error(error);
		OWNED(episode) one = episode_get(store, 1, NULL);
		g_test_message("%.1f of %.1f", row->position_s, row->duration_s);
		g_assert_cmpfloat(one->position_s, ==, row->saved_s);
		g_assert_cmpfloat(one->duration_s, ==, row->length_s);
		g_assert_cmpint(one->state == EPISODE_PLAYED, ==, row->played);
		g_assert_cmpint(one->in_inbox, ==, !row->played);
		// Twice the same is written once, and nothing of the journal.
		g_assert_true(store_generations(store, after, NULL));
		g_assert_cmpint(after[STORE_POSITIONS], ==, before[STORE_POSITIONS] + 1);
		g_assert_true(position_save(store, 1, row->position_s, row->duration_s, NOW, NULL));
		g_assert_true(store_generations(store, before, NULL));
		g_assert_cmpint(after[STORE_POSITIONS], ==, before[STORE_POSITIONS]);
		g_assert_cmpint(journal_rows(store), ==, 0);
	}
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
		g_autofree char *name = g_strconcat("/actions/", actions[i].name, NULL);
		g_test_add_data_func(name, &actions[i], test_action);
	}
	g_test_add_func("/actions/undo-chain", test_undo_chain);
	g_test_add_func("/actions/undo-elsewhere", test_undo_elsewhere);
	g_test_add_func("/actions/undo-after-others", test_undo_after_others);
	g_test_add_func("/actions/show-remove", test_show_remove);
	g_test_add_func("/actions/unknown", test_unknown);
	g_test_add_func("/actions/next-while-playing", test_next_while_playing);
	g_test_add_func("/actions/ranks-run-out", test_ranks_run_out);
	g_test_add_func("/actions/positions", test_positions);
	return g_test_run();
}
