// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt.h"

#include <string.h>

#include "base/text.h"

#define HISTORY_MAX 200

void
prompt_init(struct prompt *prompt, const char *label, const char *text, GPtrArray *history)
{
	*prompt = (struct prompt){.label = g_strdup(label),
	    .text = g_string_new(text),
	    .history = history,
	    .history_at = history ? (int)history->len : 0};
	prompt->caret = prompt->text->len;
}

void
prompt_clear(struct prompt *prompt)
{
	if (prompt->text)
		g_string_free(prompt->text, TRUE);
	g_free(prompt->label);
	g_free(prompt->typed);
	g_free(prompt->killed);
	*prompt = (struct prompt){0};
}

static void
insert(struct prompt *prompt, const char *text)
{
	g_string_insert(prompt->text, (gssize)prompt->caret, text);
	prompt->caret += strlen(text);
}

void
prompt_insert(struct prompt *prompt, const char *text)
{
	g_autofree char *line = text_clean_line(text, -1, 8192);
	insert(prompt, line);
}

void
prompt_replace(struct prompt *prompt, size_t start, const char *text)
{
	g_string_erase(prompt->text, (gssize)start, (gssize)(prompt->caret - start));
	g_string_insert(prompt->text, (gssize)start, text);
	prompt->caret = start + strlen(text);
}

static size_t
before(const struct prompt *prompt, size_t at)
{
	const char *p =
	    at > 0 ? g_utf8_find_prev_char(prompt->text->str, prompt->text->str + at) : NULL;
	return p ? (size_t)(p - prompt->text->str) : 0;
}

static size_t
after(const struct prompt *prompt, size_t at)
{
	if (at >= prompt->text->len)
		return prompt->text->len;
	return (size_t)(g_utf8_next_char(prompt->text->str + at) - prompt->text->str);
}

static size_t
word_before(const struct prompt *prompt)
{
	size_t at = prompt->caret;
	while (at > 0 && prompt->text->str[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text->str[at - 1] != ' ')
		at--;
	return at;
}

static enum prompt_result
kill_between(struct prompt *prompt, size_t start, size_t end)
{
	if (start == end)
		return PROMPT_NOTHING;
	g_free(prompt->killed);
	prompt->killed = g_strndup(prompt->text->str + start, end - start);
	g_string_erase(prompt->text, (gssize)start, (gssize)(end - start));
	prompt->caret = start;
	return PROMPT_CHANGED;
}

static enum prompt_result
erase_between(struct prompt *prompt, size_t start, size_t end)
{
	g_string_erase(prompt->text, (gssize)start, (gssize)(end - start));
	prompt->caret = start;
	return start == end ? PROMPT_NOTHING : PROMPT_CHANGED;
}

static enum prompt_result
look_back(struct prompt *prompt, int step)
{
	int at = prompt->history_at + step, len = prompt->history ? (int)prompt->history->len : 0;

	if (at < 0 || at > len || len == 0)
		return PROMPT_NOTHING;
	if (prompt->history_at == len) {
		g_free(prompt->typed);
		prompt->typed = g_strdup(prompt->text->str);
	}
	prompt->history_at = at;
	g_string_assign(prompt->text, at == len ? prompt->typed : prompt->history->pdata[at]);
	prompt->caret = prompt->text->len;
	return PROMPT_CHANGED;
}

static enum prompt_result
move_to(struct prompt *prompt, size_t at)
{
	prompt->caret = at;
	return PROMPT_NOTHING;
}

enum prompt_result
prompt_key(struct prompt *prompt, key_code key)
{
	size_t len = prompt->text->len, caret = prompt->caret;

	switch (key) {
	case KC_ENTER:
		return PROMPT_ACCEPTED;
	case KC_ESC:
	case KC_CTRL | 'c':
	case KC_CTRL | 'g':
		return PROMPT_LEFT;
	case KC_BACKSPACE:
		return len == 0 ? PROMPT_LEFT : erase_between(prompt, before(prompt, caret), caret);
	case KC_DELETE:
	case KC_CTRL | 'd':
		return erase_between(prompt, caret, after(prompt, caret));
	case KC_TAB:
	case KC_TAB | KC_SHIFT:
		return PROMPT_COMPLETE;
	case KC_HOME:
	case KC_CTRL | 'a':
		return move_to(prompt, 0);
	case KC_END:
	case KC_CTRL | 'e':
		return move_to(prompt, len);
	case KC_LEFT:
	case KC_CTRL | 'b':
		return move_to(prompt, before(prompt, caret));
	case KC_RIGHT:
	case KC_CTRL | 'f':
		return move_to(prompt, after(prompt, caret));
	case KC_UP:
	case KC_CTRL | 'p':
		return look_back(prompt, -1);
	case KC_DOWN:
	case KC_CTRL | 'n':
		return look_back(prompt, 1);
	case KC_CTRL | 'w':
		return kill_between(prompt, word_before(prompt), caret);
	case KC_CTRL | 'u':
		return kill_between(prompt, 0, caret);
	case KC_CTRL | 'k':
		return kill_between(prompt, caret, len);
	case KC_CTRL | 'y':
		if (!prompt->killed)
			return PROMPT_NOTHING;
		insert(prompt, prompt->killed);
		return PROMPT_CHANGED;
	default:
		break;
	}
	if (key >= KC_NAMED || !g_unichar_isprint(key))
		return PROMPT_NOTHING;
	char typed[8] = {0};
	g_unichar_to_utf8(key, typed);
	insert(prompt, typed);
	return PROMPT_CHANGED;
}

void
prompt_draw(const struct prompt *prompt, struct area area, int row)
{
	int label = draw_text(area, row, 0, -1, STYLE_KEY, prompt->label, -1);
	int room = area.cols - label - 1,
	    left = text_width(prompt->text->str, (gssize)prompt->caret);
	const char *from = prompt->text->str;

	// The caret stays on the screen: what stands left of it is cut at a character.
	while (left > room && *from) {
		const char *next = g_utf8_next_char(from);
		left -= text_width(from, next - from);
		from = next;
	}
	draw_text(area, row, label, -1, STYLE_TEXT, from, -1);
	draw_cursor(area, row, label + left, true);
}

void
prompt_remember(GPtrArray *history, const char *line)
{
	if (!*line)
		return;
	for (guint i = 0; i < history->len; i++)
		if (strcmp(history->pdata[i], line) == 0)
			g_ptr_array_remove_index(history, i--);
	if (history->len >= HISTORY_MAX)
		g_ptr_array_remove_index(history, 0);
	g_ptr_array_add(history, g_strdup(line));
}
