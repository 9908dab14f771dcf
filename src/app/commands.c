// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "conf/line.h"

static void
do_move(struct app *app, char **words)
{
	struct view *view = app_view(app);
	if (view)
		view_move(view, words);
}

static void
do_screen(struct app *app, char **words)
{
	int number = atoi(words[1]);
	if (number < 1 || number > SCREEN_COUNT)
		app_say(app, g_strdup_printf(
				 _("There is no screen “%s”: 1 to %d."), words[1], SCREEN_COUNT));
	else
		app_show_screen(app, (enum screen_id)(number - 1));
}

static void
do_next_pane(struct app *app, char **words)
{
	struct screen *screen = &app->screens[app->screen];
	int step = *words[0] == 'n' ? 1 : screen->count - 1;
	if (app->overlays->len == 0)
		app_focus(app, (screen->focus + step) % screen->count);
}

static void
do_wide(struct app *app, char **words)
{
	struct view *view = app_view(app);
	if (view)
		view->wide = !view->wide;
	app_changed(app);
}

static void
do_compact(struct app *app, char **words)
{
	app->compact = !app->compact;
	app_changed(app);
}

static void
do_activate(struct app *app, char **words)
{
	// What no view took: nothing is under the cursor.
}

static void
do_prompt(struct app *app, char **words)
{
	lastline_ask(app, ASK_COMMAND, words[1] ? words[1] : "");
}

static void
do_help(struct app *app, char **words)
{
	struct view *view = app_view(app);
	if (view && view->ops == &view_help)
		app_pop(app);
	else
		app_push(app, &view_help);
}

static void
do_messages(struct app *app, char **words)
{
	app_push(app, &view_messages);
}

static void
do_redraw(struct app *app, char **words)
{
	term_redraw(app->term);
	app_changed(app);
}

static void
do_suspend(struct app *app, char **words)
{
	term_suspend(app->term);
	app_stale(app, ~0U);
	app->check_now = true;
	app_changed(app);
}

static void
do_wait(struct app *app, char **words)
{
	app->waiting = true;
}

// With an address it is the verb (app_run_words); alone it asks for one.
static void
do_add(struct app *app, char **words)
{
	struct view *view = app_view(app);
	if (!view || view->ops != &view_add)
		app_push(app, &view_add);
	lastline_ask(app, ASK_ADD, "");
}

static void
do_seek(struct app *app, char **words)
{
	bool back = strcmp(words[1], "back") == 0;
	int step_s = options_int(app->options, 0, back ? OPT_SEEK_BACK : OPT_SEEK_FORWARD);
	g_autofree char *time = g_strdup_printf("%c%d", back ? '-' : '+', step_s);

	if (back || strcmp(words[1], "forward") == 0) {
		app_verb(app, "seek", time, NULL);
		return;
	}
	if (!strchr("+-", *words[1]) || abs(atoi(words[1])) >= 60)
		voice_before_jump(app);
	app_verb(app, "seek", words[1], NULL);
}

static void
do_chapter(struct app *app, char **words)
{
	voice_before_jump(app);
	app_verb(app, "chapter", words[1], NULL);
}

static void
do_jump_back(struct app *app, char **words)
{
	double to_s = app->jump_from_s;

	if (to_s < 0 || !play_state(app->play)->loaded) {
		app_say(app, g_strdup(_("There was no jump to go back from.")));
		return;
	}
	voice_before_jump(app);
	play_seek_to(app->play, to_s);
}

static void
do_normal_speed(struct app *app, char **words)
{
	const struct play_state *state = play_state(app->play);
	double to = state->speed == 1 && app->speed_before > 0 ? app->speed_before : 1;
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	if (state->loaded && state->speed != 1)
		app->speed_before = state->speed;
	app_verb(app, "speed", g_ascii_formatd(text, sizeof text, "%.2f", to), NULL);
}

static void
do_delete(struct app *app, char **words)
{
	app_say(app, g_strdup(_("D unsubscribes, on a show in the list of shows.")));
}

static void
do_take_out(struct app *app, char **words)
{
	app_say(app, g_strdup(_("Nothing here to take out.")));
}

static void
do_mark(struct app *app, char **words)
{
	app_say(app, g_strdup(_("Rows are marked in lists of episodes.")));
}

static void
do_bind(struct app *app, char **words)
{
	int count = (int)g_strv_length(words);
	const char *view = count > 3 ? words[1] : NULL;
	const char *keys = words[count - 2], *line = words[count - 1];

	if (!keymap_bind(app->keymap, view, keys, line))
		app_say(app, g_strdup_printf(_("“%s” is no key: j, ^D, <F5>, PgDn, gx."), keys));
}

const struct app_command app_commands[] = {
    {"activate", 0, 0, "", N_("Play from here; where nothing can sound, open."), do_activate},
    {"add", 0, -1, "[ADDRESS…]", N_("Look at a show before subscribing."), do_add},
    {"back", 0, 0, "", N_("Back by one layer; at a list of its own: quit."), do_back},
    {"bind", 2, 3, "[VIEW] KEYS LINE", N_("Bind keys to a command line."), do_bind},
    {"bottom", 0, 0, "", N_("To the last row."), do_move},
    {"cancel", 0, 0, "", N_("Leave what is being typed; never quits."), do_cancel},
    {"centre", 0, 0, "", N_("The current row to the middle."), do_move},
    {"chapter", 1, 1, "N|+1|-1", N_("Go to a chapter of what plays."), do_chapter},
    {"chapters", 0, 0, "", N_("Read the chapters of the row."), do_notes},
    {"command", 0, 1, "[TEXT]", N_("Type a command."), do_prompt},
    {"compact", 0, 0, "", N_("Rows of one line, and back."), do_compact},
    {"delete", 0, 0, "", N_("On a show: unsubscribe, after a question."), do_delete},
    {"detach", 0, 0, "", N_("Quit; the sound goes on."), do_detach},
    {"down", 0, 0, "", N_("One row down."), do_move},
    {"filter", 0, -1, "[WORDS]", N_("Narrow this list."), do_filter},
    {"find", 0, -1, "[WORDS]", N_("Find in this pane, as you type."), do_find_here},
    {"find-next", 0, 0, "", N_("To the next place found."), do_find_next},
    {"find-previous", 0, 0, "", N_("To the place found before."), do_find_next},
    {"half-page", 0, 1, "+1|-1", N_("Half a page down or up."), do_move},
    {"help", 0, 0, "", N_("The keys of this screen and all commands."), do_help},
    {"jump-back", 0, 0, "", N_("Where the voice was before the last jump."), do_jump_back},
    {"left", 0, 0, "", N_("The pane to the left, back from full width."), do_left},
    {"links", 0, 0, "", N_("Read the links of the row, by number."), do_notes},
    {"mark", 0, 0, "", N_("Mark the row and step down."), do_mark},
    {"mark-to", 0, 0, "", N_("Mark from the last mark to here."), do_mark},
    {"messages", 0, 0, "", N_("What was said so far."), do_messages},
    {"next-pane", 0, 0, "", N_("The next pane."), do_next_pane},
    {"normal-speed", 0, 0, "", N_("Normal speed; again: the speed before."), do_normal_speed},
    {"notes", 0, 0, "", N_("Read the notes of the row, highlights first."), do_notes},
    {"open-link", 1, 1, "N", N_("Open a link by its number."), do_open_link},
    {"page", 0, 1, "+1|-1", N_("A page down or up."), do_move},
    {"peel", 0, 0, "", N_("Back by one layer, but never out."), do_peel},
    {"played-all", 0, 0, "", N_("Mark the whole list as played, after a question."), do_take_out},
    {"previous-pane", 0, 0, "", N_("The pane before."), do_next_pane},
    {"quit", 0, 0, "", N_("Stop and quit, without a question."), do_quit_now},
    {"redraw", 0, 0, "", N_("Paint the screen anew."), do_redraw},
    {"right", 0, 0, "", N_("Go into the row, one pane on; never plays."), do_right},
    {"screen", 1, 1, "N", N_("To screen N."), do_screen},
    {"scroll-details", 1, 1, "+3|-3", N_("Read the neighbour pane without leaving the list."),
	do_scroll_details},
    {"seek", 1, 1, "TIME|back|forward", N_("Go to a place: 90, 12:47, +30, -10, chapter:3."),
	do_seek},
    {"suspend", 0, 0, "", N_("To the shell; fg comes back."), do_suspend},
    {"take-out", 0, 0, "", N_("Out of this list; a file is never touched."), do_take_out},
    {"top", 0, 0, "", N_("To the first row."), do_move},
    {"transcript", 0, 0, "", N_("Read the transcript of the row."), do_notes},
    {"up", 0, 0, "", N_("One row up."), do_move},
    {"voice", 0, 0, "", N_("What plays, its transcript, at the spoken line; it follows again."),
	do_voice},
    {"wait", 0, 0, "", N_("Take no key until all work is done."), do_wait},
    {"wide", 0, 0, "", N_("This pane over the full width, and back."), do_wide},
};
const size_t app_commands_count = G_N_ELEMENTS(app_commands);

const struct app_command *
app_command_find(const char *name)
{
	for (size_t i = 0; i < app_commands_count; i++)
		if (strcmp(app_commands[i].name, name) == 0)
			return &app_commands[i];
	return NULL;
}

static void
set_context(struct app *app)
{
	struct view *view = app->overlays->len > 0 ? NULL : app_view(app);

	app->context.current_id = view && view->ops->episode ? view->ops->episode(view) : 0;
	app->context.current_show = view && view->ops->show ? view->ops->show(view) : 0;
	app->context.marked = view ? episodes_marked(view) : NULL;
}

static bool
run_verb(struct app *app, char **words)
{
	const struct verb *verb = verb_find(words[0]);
	struct verb_call call = {.argc = (int)g_strv_length(words) - 1, .argv = words + 1};
	GError *error = NULL;

	if (!verb) {
		app_say(
		    app, g_strdup_printf(_("There is no command “%s”; ? lists them."), words[0]));
		return false;
	}
	set_context(app);
	bool done = verb_run(verb, &app->context, &call, &error);
	if (!done)
		app_error(app, error);
	else if (app->context.marked && call.argc == 0 && call.serial)
		episodes_unmark(app_view(app));
	jobs_note(app, &call, words[1]);
	verb_call_clear(&call);
	voice_read(app); // a player may have been started
	app_changed(app);
	return done;
}

bool
app_verb(struct app *app, const char *name, ...)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	va_list list;

	va_start(list, name);
	for (const char *word = name; word; word = va_arg(list, const char *))
		g_ptr_array_add(words, (char *)word);
	va_end(list);
	g_ptr_array_add(words, NULL);
	return run_verb(app, (char **)words->pdata);
}

bool
app_run_words(struct app *app, char **words)
{
	struct view *view = app_view(app);
	const struct app_command *command = app_command_find(words[0]);
	int args = (int)g_strv_length(words) - 1;

	app_changed(app);
	if (view && view->ops->key && view->ops->key(view, words))
		return true;
	if (!command || (command->run == do_add && args > 0))
		return run_verb(app, words);
	if (args < command->min_args || (command->max_args >= 0 && args > command->max_args)) {
		app_say(app, g_strdup_printf(_("Usage: %s %s"), command->name, command->usage));
		return false;
	}
	command->run(app, words);
	return true;
}

void
app_run_line(struct app *app, const char *line)
{
	GError *error = NULL;
	g_autofree char *copy = g_strdup(line);
	g_autoptr(GPtrArray) lines = line_parse(copy, &error);

	if (!lines) {
		app_error(app, error);
		return;
	}
	for (guint i = 0; i < lines->len; i++)
		if (!app_run_words(app, lines->pdata[i]))
			return;
}

static void
say_setting(struct app *app, char **words)
{
	int count = (int)g_strv_length(words);
	int id = count == 2 || count == 3 ? options_find(words[1]) : -1;

	if (strcmp(words[0], "set") != 0 || id < 0)
		return;
	g_autofree char *value = options_text(app->options, 0, (enum option_id)id);
	app_say(app, g_strdup_printf(_("%s is %s."), words[1], value));
}

void
app_run_typed(struct app *app, const char *line)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) lines = line_parse(line, &error);

	lastline_quiet(app);
	if (!lines) {
		app_error(app, error);
		return;
	}
	for (guint i = 0; i < lines->len; i++) {
		if (!app_run_words(app, lines->pdata[i]))
			return;
		say_setting(app, lines->pdata[i]);
	}
}
