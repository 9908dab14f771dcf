// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of options and their values.
#include <string.h>

#include "base/error.h"
#include "conf/options.h"

static void
test_table(void)
{
	OWNED(options) options = options_new();
	for (int id = 0; id < OPT_COUNT; id++) {
		const struct option_row *row = &option_rows[id];
		g_assert_nonnull(row->name);
		g_assert_true(g_regex_match_simple("^[a-z]+(-[a-z]+)*$", row->name, 0, 0));
		g_assert_cmpint(options_find(row->name), ==, id);
		g_assert_true(row->sentence && g_str_has_suffix(row->sentence, "."));
		g_assert_true((row->type == OPTION_CHOICE) == (row->choices != NULL));
		g_autofree char *text = options_text(options, 0, id);
		g_assert_cmpstr(text, ==, row->fallback);
		g_assert_true(options_set(options, 0, row->name, text, NULL));
	}
	g_assert_cmpint(options_find("no-such"), ==, -1);
}

static void
test_set(void)
{
	// OUT NULL: refused with a message that has ERROR in it.
	static const struct {
		const char *name, *value, *out, *error;
	} rows[] = {
	    {"calm", "on", "on", NULL},
	    {"calm", "YES", "on", NULL},
	    {"calm", "0", "off", NULL},
	    {"calm", "maybe", NULL, "\"on\" or \"off\""},
	    {"volume", "130", "130", NULL},
	    {"volume", "131", NULL, "from 0 to 130"},
	    {"volume", "-1", NULL, "from 0 to 130"},
	    {"volume", "50.5", NULL, "whole number"},
	    {"volume", "", NULL, "whole number"},
	    {"volume", "0x10", NULL, "whole number"},
	    {"volume", "9 9", NULL, "whole number"},
	    {"speed", "1.50", "1.5", NULL},
	    {"speed", "1,5", NULL, "from 0.25 to 4"},
	    {"speed", "nan", NULL, "from 0.25 to 4"},
	    {"speed", "1e0", NULL, "from 0.25 to 4"},
	    {"color", "never", "never", NULL},
	    {"color", "Never", NULL, "auto, always, never"},
	    {"clock", "off", "off", NULL},
	    {"audio-device", "pulse/a b", "pulse/a b", NULL},
	    {"audio-device", "", "", NULL},
	    {"opener", "firefox --new-tab 'a b'", "firefox --new-tab 'a b'", NULL},
	    {"opener", "firefox 'a", NULL, "column 9"},
	    {"opener", "", NULL, "one program"},
	    {"opener", "a; b", NULL, "one program"},
	    {"spede", "1", NULL, "no option \"spede\""},
	};
	OWNED(options) options = options_new();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		bool set = options_set(options, 0, rows[i].name, rows[i].value, &error);
		g_test_message("%s %s", rows[i].name, rows[i].value);
		g_assert_true(set == (rows[i].out != NULL));
		if (set) {
			g_autofree char *text =
			    options_text(options, 0, (enum option_id)options_find(rows[i].name));
			g_assert_cmpstr(text, ==, rows[i].out);
		} else {
			g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
			g_assert_nonnull(strstr(error->message, rows[i].error));
		}
	}
	g_assert_true(options_bool(options, OPT_CALM) == false);
	g_assert_cmpint(options_int(options, 0, OPT_VOLUME), ==, 130);
	g_assert_cmpfloat(options_double(options, 0, OPT_SPEED), ==, 1.5);
	g_assert_cmpstr(options_string(options, 0, OPT_COLOR), ==, "never");
}

static void
test_per_show(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(options) options = options_new();
	g_assert_true(options_set(options, 7, "speed", "2", NULL));
	g_assert_true(options_set(options, 7, "speed", "2.5", NULL));
	g_assert_true(options_set(options, 7, "new-episodes", "queue", NULL));
	g_assert_true(options_set(options, 0, "speed", "1.25", NULL));
	g_assert_cmpfloat(options_double(options, 7, OPT_SPEED), ==, 2.5);
	g_assert_cmpfloat(options_double(options, 8, OPT_SPEED), ==, 1.25);
	g_assert_cmpstr(options_string(options, 7, OPT_NEW_EPISODES), ==, "queue");
	g_assert_cmpstr(options_string(options, 8, OPT_NEW_EPISODES), ==, "inbox");
	g_assert_false(options_set(options, 7, "volume", "1", &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_USAGE);
	g_assert_nonnull(strstr(error->message, "all shows"));
}

static void
test_copy(void)
{
	OWNED(options) options = options_new();
	g_assert_true(options_set(options, 0, "opener", "w3m", NULL));
	g_assert_true(options_set(options, 3, "speed", "3", NULL));
	OWNED(options) copy = options_copy(options);
	g_assert_true(options_set(options, 0, "opener", "lynx", NULL));
	g_assert_true(options_set(options, 3, "speed", "1", NULL));
	g_assert_cmpstr(options_string(copy, 0, OPT_OPENER), ==, "w3m");
	g_assert_cmpfloat(options_double(copy, 3, OPT_SPEED), ==, 3);
	g_assert_cmpfloat(options_double(copy, 4, OPT_SPEED), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/options/table", test_table);
	g_test_add_func("/options/set", test_set);
	g_test_add_func("/options/per-show", test_per_show);
	g_test_add_func("/options/copy", test_copy);
	return g_test_run();
}
