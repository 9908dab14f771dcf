// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key.h"

#include <string.h>

static const struct {
	key_code key;
	const char *name;
} names[] = {
    {KC_ENTER, "Enter"},
    {KC_TAB, "Tab"},
    {KC_ESC, "Esc"},
    {KC_BACKSPACE, "Backspace"},
    {KC_UP, "Up"},
    {KC_DOWN, "Down"},
    {KC_LEFT, "Left"},
    {KC_RIGHT, "Right"},
    {KC_HOME, "Home"},
    {KC_END, "End"},
    {KC_PGUP, "PgUp"},
    {KC_PGDN, "PgDn"},
    {KC_INSERT, "Insert"},
    {KC_DELETE, "Delete"},
    {' ', "Space"},
};

char *
key_text(key_code key)
{
	g_autoptr(GString) name = g_string_new(NULL);
	key_code base = key & 0xffffff;

	if (key & KC_CTRL && base >= KC_NAMED)
		g_string_append(name, "C-");
	else if (key & KC_CTRL)
		g_string_append_c(name, '^');
	if (key & KC_ALT)
		g_string_prepend(name, "M-");
	if (key & KC_SHIFT)
		g_string_append(name, "S-");
	if (base >= KC_F1 && base <= KC_F12) {
		g_string_append_printf(name, "F%u", base - KC_F1 + 1);
		return g_string_free(g_steal_pointer(&name), FALSE);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i].key == base) {
			g_string_append(name, names[i].name);
			return g_string_free(g_steal_pointer(&name), FALSE);
		}
	g_string_append_unichar(name, key & KC_CTRL ? g_unichar_toupper(base) : base);
	return g_string_free(g_steal_pointer(&name), FALSE);
}

static key_code
parse_base(const char *name)
{
	if (g_utf8_validate(name, -1, NULL) && g_utf8_strlen(name, -1) == 1)
		return g_utf8_get_char(name);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(names[i].name, name) == 0)
			return names[i].key;
	if (g_ascii_toupper(name[0]) == 'F' && g_ascii_isdigit(name[1])) {
		guint64 number = g_ascii_strtoull(name + 1, NULL, 10);
		if (number >= 1 && number <= 12)
			return KC_F1 + (key_code)number - 1;
	}
	return KC_NONE;
}

key_code
key_parse(const char *name)
{
	g_autofree char *bare = NULL;
	size_t len = strlen(name);
	key_code bits = 0;

	if (len > 2 && name[0] == '<' && name[len - 1] == '>')
		name = bare = g_strndup(name + 1, len - 2);
	for (;;) {
		if (g_str_has_prefix(name, "S-") && name[2])
			bits |= KC_SHIFT, name += 2;
		else if (g_str_has_prefix(name, "M-") && name[2])
			bits |= KC_ALT, name += 2;
		else if (g_str_has_prefix(name, "C-") && name[2])
			bits |= KC_CTRL, name += 2;
		else if (name[0] == '^' && name[1])
			bits |= KC_CTRL, name++;
		else
			break;
	}
	key_code base = parse_base(name);
	if (base == KC_NONE)
		return KC_NONE;
	if (base < KC_NAMED && bits & KC_CTRL)
		base = g_unichar_tolower(base);
	return base | bits;
}
