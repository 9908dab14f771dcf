// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keymap.h"

#include <string.h>

#include "base/i18n.h"

// No default is a prefix of another, none needs Alt, Esc, a function key or a digit with a count.
const struct key_default key_defaults[] = {
    {NULL, "j Down ^N", "down", N_("one row down")},
    {NULL, "k Up ^P", "up", N_("one row up")},
    {NULL, "g Home", "top", N_("to the first row")},
    {NULL, "G End", "bottom", N_("to the last row")},
    {NULL, "^D", "half-page +1", N_("half a page down")},
    {NULL, "^U", "half-page -1", N_("half a page up")},
    {NULL, "PgDn ^F", "page +1", N_("a page down")},
    {NULL, "PgUp ^B", "page -1", N_("a page up")},
    {NULL, "h Left Backspace", "left", N_("the pane to the left, back from full width")},
    {NULL, "l Right", "right", N_("go into the row, one pane on")},
    {NULL, "Tab", "next-pane", N_("the next pane")},
    {NULL, "S-Tab", "previous-pane", N_("the pane before")},
    {NULL, "1", "screen 1", N_("the shows")},
    {NULL, "2", "screen 2", N_("the inbox")},
    {NULL, "3", "screen 3", N_("the queue")},
    {NULL, "4", "screen 4", N_("the downloads")},
    {NULL, "T", "voice", N_("what plays, its transcript, at the spoken line")},
    {NULL, "f", "wide", N_("this pane over the full width, and back")},
    {NULL, "z", "centre", N_("the current row to the middle")},
    {NULL, "/", "find", N_("find in this pane")},
    {NULL, "n", "find-next", N_("the next place found")},
    {NULL, "N", "find-previous", N_("the place found before")},
    {NULL, "F", "filter", N_("narrow this list")},
    {NULL, "C", "compact", N_("rows of one line, and back")},
    {NULL, "Enter", "activate", N_("play from here, or open")},
    {NULL, "Space", "toggle", N_("pause or go on; in silence, what played last")},
    {NULL, ", S-Left", "seek back", N_("a little back")},
    {NULL, ". S-Right", "seek forward", N_("a little on")},
    {NULL, "H", "seek -60", N_("a minute back")},
    {NULL, "L", "seek +60", N_("a minute on")},
    {NULL, "(", "cue -1", N_("the sentence before")},
    {NULL, ")", "cue +1", N_("the next sentence")},
    {NULL, "{", "chapter -1", N_("the chapter before")},
    {NULL, "}", "chapter +1", N_("the next chapter")},
    {NULL, "<", "previous", N_("what played before")},
    {NULL, ">", "next", N_("the next of the queue")},
    {NULL, "B ^O", "jump-back", N_("where the voice was before the last jump")},
    {NULL, "[", "speed -0.1", N_("slower")},
    {NULL, "]", "speed +0.1", N_("faster")},
    {NULL, "\\", "normal-speed", N_("normal speed, and back")},
    {NULL, "-", "volume -5", N_("quieter")},
    {NULL, "+ =", "volume +5", N_("louder")},
    {NULL, "_", "mute", N_("mute, and back")},
    {NULL, "i", "notes", N_("the notes of this row, highlights first")},
    {NULL, "t", "transcript", N_("its transcript")},
    {NULL, "c", "chapters", N_("its chapters")},
    {NULL, "o", "links", N_("its links, by number")},
    {NULL, "v", "mark", N_("mark the row and step down")},
    {NULL, "V", "mark-to", N_("mark from the last mark to here")},
    {NULL, "e", "queue", N_("to the end of the queue")},
    {NULL, "E", "queue-next", N_("right after what plays")},
    {NULL, "d", "download", N_("fetch the file; on a running one: hold")},
    {NULL, "m", "played", N_("played, or not")},
    {NULL, "M", "played-all", N_("all of this list played")},
    {NULL, "x", "take-out", N_("out of this list")},
    {NULL, "D", "delete", N_("on a show: unsubscribe")},
    {NULL, "a", "add", N_("add a show")},
    {NULL, "r", "refresh", N_("ask this show for what is new")},
    {NULL, "R", "refresh-all", N_("ask all shows")},
    {NULL, "J", "scroll-details +3", N_("read on in the neighbour pane")},
    {NULL, "K", "scroll-details -3", N_("read back in the neighbour pane")},
    {"queue", "J", "queue-move +1", N_("move the row down")},
    {"queue", "K", "queue-move -1", N_("move the row up")},
    {NULL, "u", "undo", N_("take back the last change")},
    {NULL, "U", "redo", N_("do it again")},
    {NULL, ":", "command", N_("a command")},
    {NULL, "? F1", "help", N_("this help")},
    {NULL, "^L", "redraw", N_("paint the screen anew")},
    {NULL, "^Z", "suspend", N_("to the shell, fg comes back")},
    {NULL, "^C", "cancel", N_("never quits")},
    {NULL, "q", "back", N_("back; at a list of its own: quit")},
    {NULL, "Esc", "peel", N_("back, but never out")},
    {NULL, "Q", "detach", N_("quit, the sound goes on")},
    {NULL, NULL, NULL, NULL},
};

#define LISTS "episodes inbox queue downloads"
#define EPISODES "episodes inbox queue downloads reading"

const struct help_row help_rows[] = {
    {N_("decide"), {"activate"}, N_("play from where it was"), LISTS},
    {N_("decide"), {"activate"}, N_("its episodes"), "shows"},
    {N_("decide"), {"activate"}, N_("play from there, open"), "reading"},
    {N_("decide"), {"activate"}, N_("subscribe"), "add"},
    {N_("decide"), {"activate"}, N_("go there"), "start"},
    {N_("decide"), {"queue-move +1", "queue-move -1"}, N_("move the row down, up"), "queue"},
    {N_("decide"), {"queue", "queue-next"}, N_("queue last, queue next"), EPISODES},
    {N_("decide"), {"download"}, N_("download; again: hold"), EPISODES},
    {N_("decide"), {"played"}, N_("played / not played"), "downloads reading"},
    {N_("decide"), {"played", "played-all"}, N_("played / not; all of them"),
	"episodes inbox queue"},
    {N_("decide"), {"played-all"}, N_("all of the show played"), "shows"},
    {N_("decide"), {"take-out"}, N_("not now (archive)"), "inbox episodes"},
    {N_("decide"), {"take-out"}, N_("out of the queue"), "queue"},
    {N_("decide"), {"take-out"}, N_("call it off"), "downloads"},
    {N_("decide"), {"delete"}, N_("unsubscribe"), "shows"},
    {N_("decide"), {"mark", "mark-to"}, N_("mark, mark to here"), "episodes inbox queue"},
    {N_("read"), {"right"}, N_("open"), "shows " LISTS},
    {N_("read"), {"right"}, N_("the next text"), "reading"},
    {N_("read"), {"notes", "transcript"}, N_("notes, transcript"), EPISODES},
    {N_("read"), {"chapters", "links"}, N_("chapters, links"), EPISODES},
    {N_("read"), {"scroll-details +3", "scroll-details -3"}, N_("scroll beside, or here")},
    {N_("program"), {"undo", "redo"}, N_("undo, redo")},
    {N_("program"), {"command", "help"}, N_("command, this help")},
    {N_("program"), {"add", "refresh", "refresh-all"}, N_("add, refresh one, all")},
    {N_("program"), {"back", "detach"}, N_("back, quit; quit, play on")},
    {N_("program"), {"peel", "cancel"}, N_("back, but never out")},
    {N_("program"), {"redraw", "suspend"}, N_("paint anew, to the shell")},
    {N_("move"), {"down", "up", "top", "bottom"}, N_("rows")},
    {N_("move"), {"page +1", "page -1", "half-page +1", "half-page -1"}, N_("pages, halves")},
    {N_("move"), {"left", "right"}, N_("back, open")},
    {N_("move"), {"next-pane", "previous-pane"}, N_("next pane, pane before")},
    {N_("move"), {"screen 1", "screen 2", "screen 3", "screen 4"}, N_("screens")},
    {N_("move"), {"voice", "wide"}, N_("to the voice, full width")},
    {N_("move"), {"find", "find-next", "find-previous"}, N_("find here")},
    {N_("move"), {"filter", "compact", "centre"}, N_("filter, compact, centre"),
	"shows episodes inbox queue"},
    {N_("move"), {"compact", "centre"}, N_("compact, centre"), "downloads reading"},
    {N_("sound"), {"toggle"}, N_("pause, go on")},
    {N_("sound"), {"seek back", "seek forward"}, N_("10 s back, 30 s on")},
    {N_("sound"), {"seek -60", "seek +60"}, N_("a minute back, on")},
    {N_("sound"), {"cue -1", "cue +1", "chapter -1", "chapter +1"}, N_("sentence, chapter")},
    {N_("sound"), {"previous", "next", "jump-back"}, N_("previous, next, jump back")},
    {N_("sound"), {"speed -0.1", "speed +0.1", "normal-speed"}, N_("slower, faster, normal")},
    {N_("sound"), {"volume -5", "volume +5", "mute"}, N_("volume, mute")},
    {NULL, {NULL}, NULL},
};

struct binding {
	char *view;   // NULL everywhere
	GArray *keys; // key_code
	char *line;
};

struct keymap {
	GPtrArray *bindings; // the newest last; it wins
	GArray *pending;     // key_code
};

static void
binding_free(struct binding *binding)
{
	g_free(binding->view);
	g_free(binding->line);
	g_array_unref(binding->keys);
	g_free(binding);
}

struct keymap *
keymap_new(void)
{
	struct keymap *map = g_new0(struct keymap, 1);

	map->bindings = g_ptr_array_new_with_free_func((GDestroyNotify)binding_free);
	map->pending = g_array_new(FALSE, FALSE, sizeof(key_code));
	for (const struct key_default *row = key_defaults; row->keys; row++) {
		g_auto(GStrv) keys = g_strsplit(row->keys, " ", -1);
		for (int i = 0; keys[i]; i++)
			keymap_bind(map, row->view, keys[i], row->line);
	}
	return map;
}

void
keymap_free(struct keymap *map)
{
	if (!map)
		return;
	g_ptr_array_unref(map->bindings);
	g_array_unref(map->pending);
	g_free(map);
}

// "g", "^D" and "PgDn" are one key; "gg" and "<F5>x" are several.
static GArray *
parse_keys(const char *text)
{
	g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(key_code));
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (int i = 0; words[i]; i++) {
		const char *p = words[i];
		key_code key = key_parse(p);
		if (key != KC_NONE) {
			g_array_append_val(keys, key);
			continue;
		}
		while (*p) {
			const char *close = *p == '<' ? strchr(p, '>') : NULL;
			size_t len =
			    close ? (size_t)(close - p) + 1 : (size_t)g_utf8_skip[(guchar)*p];
			len += *p == '^' && p[1] ? (size_t)g_utf8_skip[(guchar)p[1]] : 0;
			g_autofree char *one = g_strndup(p, len);
			if ((key = key_parse(one)) == KC_NONE)
				return NULL;
			g_array_append_val(keys, key);
			p += strlen(one);
		}
	}
	return keys->len > 0 ? g_steal_pointer(&keys) : NULL;
}

bool
keymap_bind(struct keymap *map, const char *view, const char *keys, const char *line)
{
	GArray *parsed = g_utf8_validate(keys, -1, NULL) ? parse_keys(keys) : NULL;

	if (!parsed)
		return false;
	struct binding *binding = g_new0(struct binding, 1);
	binding->view = g_strdup(view);
	binding->keys = parsed;
	binding->line = g_strdup(line);
	g_ptr_array_add(map->bindings, binding);
	return true;
}

static bool
begins_with(const GArray *keys, const GArray *pressed)
{
	return keys->len >= pressed->len &&
	       memcmp(keys->data, pressed->data, pressed->len * sizeof(key_code)) == 0;
}

// The newest binding of exactly these keys: the view's own before one for everywhere.
static const struct binding *
find_binding(const struct keymap *map, const char *view, const GArray *keys)
{
	const struct binding *found = NULL;

	for (guint i = map->bindings->len; i-- > 0;) {
		const struct binding *binding = map->bindings->pdata[i];
		if (binding->keys->len != keys->len || !begins_with(binding->keys, keys))
			continue;
		if (binding->view && g_strcmp0(binding->view, view) == 0)
			return binding;
		if (!binding->view && !found)
			found = binding;
	}
	return found;
}

static bool
is_prefix(const struct keymap *map, const char *view, const GArray *keys)
{
	for (guint i = 0; i < map->bindings->len; i++) {
		const struct binding *binding = map->bindings->pdata[i];
		if (binding->keys->len > keys->len && begins_with(binding->keys, keys) &&
		    *binding->line && (!binding->view || g_strcmp0(binding->view, view) == 0))
			return true;
	}
	return false;
}

enum keymap_result
keymap_press(struct keymap *map, const char *view, key_code key, const char **line)
{
	g_array_append_val(map->pending, key);
	if (is_prefix(map, view, map->pending))
		return KEYMAP_PREFIX;
	const struct binding *binding = find_binding(map, view, map->pending);
	g_array_set_size(map->pending, 0);
	if (!binding || !*binding->line)
		return KEYMAP_NONE;
	*line = binding->line;
	return KEYMAP_LINE;
}

bool
keymap_has(const struct keymap *map, const char *view, key_code key)
{
	g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(key_code));

	g_array_append_vals(keys, map->pending->data, map->pending->len);
	g_array_append_val(keys, key);
	return is_prefix(map, view, keys) || find_binding(map, view, keys);
}

static char *
keys_text(const GArray *keys)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < keys->len; i++) {
		g_autofree char *key = key_text(g_array_index(keys, key_code, i));
		g_string_append_printf(text, "%s%s", i > 0 && strlen(key) > 1 ? " " : "", key);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
keymap_pending(struct keymap *map)
{
	if (map->pending->len == 0)
		return NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < map->bindings->len; i++) {
		const struct binding *binding = map->bindings->pdata[i];
		if (binding->keys->len <= map->pending->len || !*binding->line ||
		    !begins_with(binding->keys, map->pending))
			continue;
		g_autofree char *keys = keys_text(binding->keys);
		g_string_append_printf(text, "%s %s   ", keys, binding->line);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
keymap_keys_of(struct keymap *map, const char *view, const char *line, int max)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < map->bindings->len && max > 0; i++) {
		const struct binding *binding = map->bindings->pdata[i];
		if (strcmp(binding->line, line) != 0 ||
		    find_binding(map, view, binding->keys) != binding)
			continue;
		g_autofree char *keys = keys_text(binding->keys);
		g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", keys);
		max--;
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}
