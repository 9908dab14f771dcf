// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last line, strongest first: question, prompt, message, hints.
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "ui/textview.h"

#define MESSAGE_US (4 * G_USEC_PER_SEC)
#define MESSAGES_KEPT 200
#define MESSAGE_LINES 3

bool
key_says_yes(key_code key)
{
	char text[8] = {0};

	if (key >= KC_NAMED)
		return false;
	g_unichar_to_utf8(key, text);
	return key == 'y' || key == 'Y' || rpmatch(text) == 1;
}

void
app_say(struct app *app, char *text)
{
	struct message *message = g_new0(struct message, 1);

	message->text = g_strdelimit(text_clean_block(text, -1), "\n", ' ');
	g_free(text);
	message->said_us = g_get_monotonic_time();
	message->at_s = when_now();
	if (app->messages->len >= MESSAGES_KEPT)
		g_ptr_array_remove_index(app->messages, 0);
	g_ptr_array_add(app->messages, message);
	app->message_shown = true;
	app->message_keyed = false;
	app_changed(app);
}

void
app_error(struct app *app, GError *error)
{
	if (!error)
		return;
	app_say(app, g_strdup(error->message));
	g_error_free(error);
}

static const struct message *
last_message(struct app *app)
{
	return app->messages->len > 0 ? app->messages->pdata[app->messages->len - 1] : NULL;
}

int
lastline_timeout_ms(struct app *app)
{
	const struct message *message = last_message(app);

	if (!app->message_shown || !app->message_keyed || !message)
		return -1;
	gint64 left = message->said_us + MESSAGE_US - g_get_monotonic_time();
	if (left > 0)
		return (int)(left / 1000) + 1;
	app->message_shown = false;
	app_changed(app);
	return 0;
}

void
lastline_quiet(struct app *app)
{
	app->message_shown = false;
	app_changed(app);
}

void
lastline_after_key(struct app *app)
{
	if (app->message_shown) {
		app->message_keyed = true;
		lastline_timeout_ms(app);
	}
}

void
lastline_question(struct app *app, char *text, bool (*answer)(struct app *, key_code))
{
	g_free(app->question.text);
	app->question = (struct question){text, answer};
	app_changed(app);
}

static const char *
label_of(enum prompt_kind kind)
{
	switch (kind) {
	case ASK_COMMAND:
		return ":";
	case ASK_FIND:
		return "/";
	case ASK_FILTER:
		return _("filter: ");
	case ASK_ADD:
		return _("address: ");
	case ASK_LINK:
		return _("link number: ");
	default:
		return "";
	}
}

void
lastline_ask(struct app *app, enum prompt_kind kind, const char *text)
{
	prompt_clear(&app->prompt);
	app->asking = kind;
	if (!app->history[kind])
		app->history[kind] = g_ptr_array_new_with_free_func(g_free);
	prompt_init(&app->prompt, label_of(kind), text, app->history[kind]);
	app->asked_view = app_view(app);
	app->asked_cursor = app->asked_view ? app->asked_view->list->cursor : 0;
	app_changed(app);
}

static void
find_typed(struct app *app)
{
	struct view *view = app->asked_view;
	g_clear_pointer(&view->find, g_free);
	listview_go(view->list, app->asked_cursor);
	if (app->prompt.text->len > 0) {
		view->find = text_fold(app->prompt.text->str);
		view_find(view, 1, true, NULL);
	}
}

static void
filter_typed(struct app *app, bool done)
{
	app->asked_view->ops->filter(app->asked_view, app->prompt.text->str, done);
}

static void
add_typed(struct app *app, const char *text)
{
	struct view *view = app_view(app);

	if (!*text)
		return;
	if (!view || view->ops != &view_add) {
		app_push(app, &view_add);
		view = app_view(app);
	}
	add_address(view, text);
}

// The prompt is over: KIND with what was typed (taken apart before: commands may ask again).
static void
accept(struct app *app)
{
	enum prompt_kind kind = app->asking;
	g_autofree char *text = g_strdup(app->prompt.text->str);
	struct view *view = app->asked_view;

	if (kind == ASK_FILTER)
		filter_typed(app, true);
	prompt_remember(app->history[kind], text);
	app->asking = ASK_NOTHING;
	prompt_clear(&app->prompt);
	if (kind == ASK_COMMAND)
		app_run_typed(app, text);
	else if (kind == ASK_ADD)
		add_typed(app, text);
	else if (kind == ASK_LINK)
		reading_open_link(app_reading(app), atoi(text));
	else if (kind == ASK_FIND && view->find)
		view_find(view, 1, true, g_strdup_printf(_("Nothing for “%s” here."), text));
}

static void
leave(struct app *app)
{
	struct view *view = app->asked_view;

	if (app->asking == ASK_FIND) {
		g_clear_pointer(&view->find, g_free);
		listview_go(view->list, app->asked_cursor);
	} else if (app->asking == ASK_FILTER) {
		view->ops->filter(view, NULL, true);
	}
	app->asking = ASK_NOTHING;
	prompt_clear(&app->prompt);
}

void
lastline_forget(struct app *app)
{
	app->asked_view = NULL;
	if (app->asking != ASK_FIND && app->asking != ASK_FILTER)
		return;
	app->asking = ASK_NOTHING;
	prompt_clear(&app->prompt);
}

// Tab: what all that fits begins with; again: the next of them.
static void
complete_word(struct app *app, bool backwards)
{
	struct prompt *prompt = &app->prompt;

	if (app->completions) {
		int count = (int)app->completions->len;
		app->completion = (app->completion + (backwards ? count - 1 : 1)) % count;
		prompt_replace(
		    prompt, app->completion_start, app->completions->pdata[app->completion]);
		return;
	}
	GPtrArray *found = complete(app, prompt->text->str, prompt->caret, &app->completion_start);
	if (found->len == 0) {
		g_ptr_array_unref(found);
		return;
	}
	if (found->len == 1) {
		g_autofree char *word = g_strconcat(found->pdata[0], " ", NULL);
		prompt_replace(prompt, app->completion_start, word);
		g_ptr_array_unref(found);
		return;
	}
	app->completions = found;
	app->completion = backwards ? (int)found->len - 1 : 0;
	prompt_replace(prompt, app->completion_start, found->pdata[app->completion]);
}

static void
prompt_press(struct app *app, key_code key)
{
	enum prompt_result result = prompt_key(&app->prompt, key);

	if (result == PROMPT_COMPLETE) {
		if (app->asking == ASK_COMMAND)
			complete_word(app, key & KC_SHIFT);
		return;
	}
	g_clear_pointer(&app->completions, g_ptr_array_unref);
	if (result == PROMPT_CHANGED && app->asking == ASK_FIND)
		find_typed(app);
	else if (result == PROMPT_CHANGED && app->asking == ASK_FILTER)
		filter_typed(app, false);
	else if (result == PROMPT_ACCEPTED)
		accept(app);
	else if (result == PROMPT_LEFT)
		leave(app);
}

bool
lastline_key(struct app *app, key_code key)
{
	if (app->question.text) {
		struct question question = app->question;
		app->question = (struct question){NULL, NULL};
		question.answer(app, key);
		g_free(question.text);
		app_changed(app);
		return true;
	}
	if (app->asking == ASK_NOTHING)
		return false;
	prompt_press(app, key);
	app_changed(app);
	return true;
}

void
lastline_paste(struct app *app, const char *text)
{
	g_autofree char *line = text_clean_line(text, -1, 8192);
	bool address = strstr(line, "://") || g_str_has_prefix(line, "www.") ||
		       g_str_has_prefix(line, "feed:");

	app_changed(app);
	if (app->question.text)
		return;
	if (app->asking != ASK_NOTHING) {
		prompt_insert(&app->prompt, line);
		if (app->asking == ASK_FIND)
			find_typed(app);
		else if (app->asking == ASK_FILTER)
			filter_typed(app, false);
	} else if (address && !strchr(line, ' ')) {
		add_typed(app, line);
	} else {
		app_say(
		    app, g_strdup(_("What was pasted is dropped: only an address is taken here.")));
	}
}

static void
draw_hints(struct app *app, struct area area, int row)
{
	struct view *view = app_view(app);
	const struct hint *hint = view && view->ops->hints ? view->ops->hints(view) : NULL;
	int col = 0;

	if (!options_bool(app->options, OPT_HINTS))
		return;
	for (; hint && hint->command; hint++) {
		g_autofree char *key =
		    keymap_keys_of(app->keymap, view->ops->name, hint->command, 1);
		const char *word = hint->word ? _(hint->word) : "";
		int cells = text_width(key, -1) + 1 + text_width(word, -1);
		if (!*key)
			continue;
		if (col + cells > area.cols)
			break;
		col += draw_text(area, row, col, -1, STYLE_KEY, key, -1) + 1;
		col += draw_text(area, row, col, -1, STYLE_DIM, word, -1);
		col += hint->word ? 2 : 0;
	}
}

static void
draw_completions(struct app *app, struct area area, int row)
{
	int col = 1;

	if (!app->completions || row < 0)
		return;
	draw_repeat(area, row, 0, area.cols, STYLE_DIM, " ");
	for (guint i = 0; i < app->completions->len && col < area.cols; i++) {
		const char *word = app->completions->pdata[i];
		bool on = (int)i == app->completion;
		col += draw_text(area, row, col, -1, (on ? STYLE_STRONG | STYLE_CURSOR : STYLE_DIM),
			   word, -1) +
		       2;
	}
}

// A long sentence takes more than its one line rather than lose its end.
static void
draw_sentence(struct area area, int row, unsigned style, const char *text)
{
	g_autoptr(GArray) pieces = text_pieces(text, area.cols);
	int lines = MIN((int)pieces->len, MESSAGE_LINES);

	for (int i = 0; i < lines; i++) {
		const struct text_piece *piece = &g_array_index(pieces, struct text_piece, i);
		int at = row - lines + 1 + i;
		draw_repeat(area, at, 0, area.cols, style, " ");
		if (i == MESSAGE_LINES - 1)
			draw_fit(area, at, 0, -1, style, text + piece->start);
		else
			draw_text(area, at, 0, -1, style, text + piece->start, (gssize)piece->len);
	}
}

void
lastline_draw(struct app *app, struct area area, int row)
{
	g_autofree char *pending = keymap_pending(app->keymap);
	const struct message *message = last_message(app);

	if (app->question.text) {
		draw_sentence(area, row, STYLE_QUESTION, app->question.text);
	} else if (app->asking != ASK_NOTHING) {
		prompt_draw(&app->prompt, area, row);
		draw_completions(app, area, row - 1);
	} else if (pending) {
		draw_fit(area, row, 0, -1, STYLE_KEY, pending);
	} else if (app->message_shown && message) {
		draw_sentence(area, row, STYLE_TEXT, message->text);
	} else {
		struct view *view = app_view(app);
		g_autofree char *note = view->ops->note ? view->ops->note(view) : NULL;
		if (note)
			draw_sentence(area, row, STYLE_ALERT, note);
		else
			draw_hints(app, area, row);
	}
}
