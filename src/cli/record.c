// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/record.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"

static struct value *
append(struct record *record, const char *name, enum value_kind kind)
{
	g_assert(record->count < RECORD_MAX);
	struct value *value = &record->values[record->count++];
	*value = (struct value){.name = name, .kind = kind};
	return value;
}

void
record_string(struct record *record, const char *name, const char *text)
{
	append(record, name, VALUE_STRING)->text = text;
}

void
record_hidden(struct record *record, const char *name, const char *text)
{
	struct value *value = append(record, name, VALUE_STRING);
	value->text = text;
	value->hidden = true;
}

void
record_int(struct record *record, const char *name, gint64 number)
{
	append(record, name, VALUE_INT)->number = number;
}

void
record_bytes(struct record *record, const char *name, gint64 bytes)
{
	append(record, name, VALUE_BYTES)->number = bytes;
}

void
record_number(struct record *record, const char *name, double number)
{
	append(record, name, VALUE_NUMBER)->real = number;
}

void
record_bool(struct record *record, const char *name, bool truth)
{
	append(record, name, VALUE_BOOL)->number = truth;
}

void
record_instant(struct record *record, const char *name, gint64 instant_s)
{
	append(record, name, VALUE_INSTANT)->number = instant_s;
}

void
record_length(struct record *record, const char *name, double length_s)
{
	append(record, name, VALUE_LENGTH)->real = length_s;
}

void
record_words(struct record *record, const char *name, const char *const *words)
{
	append(record, name, VALUE_WORDS)->words = words;
}

const struct value *
record_find(const struct record *record, const char *name)
{
	for (int i = 0; i < record->count; i++)
		if (strcmp(record->values[i].name, name) == 0)
			return &record->values[i];
	return NULL;
}

static char *
number_text(double number)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];
	return g_strdup(g_ascii_formatd(digits, sizeof(digits), "%.15g", number));
}

char *
value_text(const struct value *value)
{
	g_autofree char *text = NULL;

	switch (value->kind) {
	case VALUE_STRING:
		text = g_strdup(value->text);
		break;
	case VALUE_INT:
		return g_strdup_printf("%" G_GINT64_FORMAT, value->number);
	case VALUE_BYTES:
		if (value->number >= 0)
			return g_strdup_printf("%" G_GINT64_FORMAT, value->number);
		break;
	case VALUE_NUMBER:
		return number_text(value->real);
	case VALUE_BOOL:
		return g_strdup(value->number ? "true" : "false");
	case VALUE_INSTANT:
		text = when_iso(value->number);
		break;
	case VALUE_LENGTH:
		if (value->real >= 0)
			return number_text(value->real);
		break;
	case VALUE_WORDS:
		if (value->words)
			text = g_strjoinv(" ", (char **)value->words);
		break;
	}
	// Not text_clean_line: a path may hold two blanks.
	g_autofree char *clean = text_clean_block(text ? text : "", -1);
	return g_strdelimit(g_steal_pointer(&clean), "\n", ' ');
}

void
record_json(const struct record *record, const char *key, struct jsonout *json)
{
	jsonout_begin_object(json, key);
	for (int i = 0; i < record->count; i++) {
		const struct value *value = &record->values[i];
		if (value->hidden)
			continue;
		switch (value->kind) {
		case VALUE_STRING:
			jsonout_string(json, value->name, value->text);
			break;
		case VALUE_INT:
			jsonout_int(json, value->name, value->number);
			break;
		case VALUE_BYTES:
			if (value->number < 0)
				jsonout_null(json, value->name);
			else
				jsonout_int(json, value->name, value->number);
			break;
		case VALUE_NUMBER:
			jsonout_double(json, value->name, value->real);
			break;
		case VALUE_BOOL:
			jsonout_bool(json, value->name, value->number);
			break;
		case VALUE_INSTANT:
			jsonout_instant(json, value->name, value->number);
			break;
		case VALUE_LENGTH:
			jsonout_length(json, value->name, value->real);
			break;
		case VALUE_WORDS:
			jsonout_begin_array(json, value->name);
			for (int word = 0; value->words && value->words[word]; word++)
				jsonout_string(json, NULL, value->words[word]);
			jsonout_end_array(json);
			break;
		}
	}
	jsonout_end_object(json);
}

static char *
names(const struct record *record)
{
	GString *all = g_string_new(NULL);

	for (int i = 0; i < record->count; i++)
		g_string_append_printf(all, "%s{%s}", i ? " " : "", record->values[i].name);
	return g_string_free(all, FALSE);
}

char *
record_template(const struct record *record, const char *format, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = format; *p; p++) {
		if (*p == '\\' && p[1] && strchr("tn\\", p[1])) {
			p++;
			g_string_append_c(out, *p == 't' ? '\t' : *p == 'n' ? '\n' : '\\');
		} else if (*p == '{' && p[1] == '{') {
			g_string_append_c(out, *p++);
		} else if (*p == '{') {
			const char *end = strchr(p, '}');
			g_autofree char *name = end ? g_strndup(p + 1, end - p - 1) : NULL;
			const struct value *value = name ? record_find(record, name) : NULL;
			if (!value) {
				g_autofree char *there = names(record);
				g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
				    name ? _("The template names {%s}; there are: %s")
					 : _("The template has an open brace: {%s. There are: %s"),
				    name ? name : p + 1, there);
				return NULL;
			}
			g_autofree char *text = value_text(value);
			g_string_append(out, text);
			p = end;
		} else {
			g_string_append_c(out, *p);
		}
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}
