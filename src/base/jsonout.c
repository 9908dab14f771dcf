// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON writer. Compact: no blanks, no line feeds inside a document.
#include "base/jsonout.h"

#include <math.h>
#include <string.h>

#include <unistr.h>

#include "base/when.h"

void
jsonout_init_file(struct jsonout *out, FILE *file)
{
	*out = (struct jsonout){.file = file};
}

void
jsonout_init_string(struct jsonout *out, GString *string)
{
	*out = (struct jsonout){.string = string};
}

static void
put(struct jsonout *out, const char *bytes, size_t len)
{
	if (out->file)
		fwrite(bytes, 1, len, out->file);
	else
		g_string_append_len(out->string, bytes, (gssize)len);
}

// What stands for the C bytes at the start of P in a JSON string: NULL for themselves.
static const char *
escape(const char *p, size_t len, size_t *taken, char buffer[8])
{
	static const char *const short_forms[] = {['\b'] = "\\b",
	    ['\t'] = "\\t",
	    ['\n'] = "\\n",
	    ['\f'] = "\\f",
	    ['\r'] = "\\r",
	    ['"'] = "\\\"",
	    ['\\'] = "\\\\"};
	unsigned char c = (unsigned char)*p;
	*taken = 1;
	if (c < 0x80) {
		if (c < G_N_ELEMENTS(short_forms) && short_forms[c])
			return short_forms[c];
		if (c >= 0x20)
			return NULL;
		g_snprintf(buffer, 8, "\\u%04x", c);
		return buffer;
	}
	ucs4_t uc;
	int n = u8_mbtoucr(&uc, (const uint8_t *)p, len);
	if (n > 0) {
		*taken = (size_t)n;
		return NULL;
	}
	*taken = (size_t)u8_mbtouc(&uc, (const uint8_t *)p, len);
	return "\xef\xbf\xbd";
}

static void
put_quoted(struct jsonout *out, const char *text)
{
	put(out, "\"", 1);
	const char *end = text + strlen(text), *plain = text;
	for (const char *p = text; p < end;) {
		char buffer[8];
		size_t taken;
		const char *instead = escape(p, (size_t)(end - p), &taken, buffer);
		if (instead) {
			put(out, plain, (size_t)(p - plain));
			put(out, instead, strlen(instead));
			plain = p + taken;
		}
		p += taken;
	}
	put(out, plain, (size_t)(end - plain));
	put(out, "\"", 1);
}

// What stands before each value: comma and key.
static void
lead(struct jsonout *out, const char *key)
{
	if (out->comma)
		put(out, ",", 1);
	out->comma = true;
	if (!key)
		return;
	put_quoted(out, key);
	put(out, ":", 1);
}

static void
put_value(struct jsonout *out, const char *key, const char *value)
{
	lead(out, key);
	put(out, value, strlen(value));
}

static void
begin(struct jsonout *out, const char *key, const char *bracket)
{
	put_value(out, key, bracket);
	out->depth++;
	out->comma = false;
}

static void
end(struct jsonout *out, const char *bracket)
{
	g_assert(out->depth > 0);
	put(out, bracket, 1);
	out->depth--;
	out->comma = true;
}

void
jsonout_begin_object(struct jsonout *out, const char *key)
{
	begin(out, key, "{");
}

void
jsonout_end_object(struct jsonout *out)
{
	end(out, "}");
}

void
jsonout_begin_array(struct jsonout *out, const char *key)
{
	begin(out, key, "[");
}

void
jsonout_end_array(struct jsonout *out)
{
	end(out, "]");
}

void
jsonout_string(struct jsonout *out, const char *key, const char *value)
{
	lead(out, key);
	if (value)
		put_quoted(out, value);
	else
		put(out, "null", 4);
}

void
jsonout_int(struct jsonout *out, const char *key, gint64 value)
{
	char buffer[32];
	g_snprintf(buffer, sizeof buffer, "%" G_GINT64_FORMAT, value);
	put_value(out, key, buffer);
}

// The shorter form where it reads back as the same number: 61.08, not 61.079999999999998. JSON has
// no word for what is no number.
void
jsonout_double(struct jsonout *out, const char *key, double value)
{
	char buffer[G_ASCII_DTOSTR_BUF_SIZE];
	if (!isfinite(value)) {
		jsonout_null(out, key);
		return;
	}
	g_ascii_formatd(buffer, sizeof buffer, "%.15g", value);
	if (g_ascii_strtod(buffer, NULL) != value)
		g_ascii_formatd(buffer, sizeof buffer, "%.17g", value);
	put_value(out, key, buffer);
}

void
jsonout_bool(struct jsonout *out, const char *key, bool value)
{
	put_value(out, key, value ? "true" : "false");
}

void
jsonout_json(struct jsonout *out, const char *key, const char *json)
{
	put_value(out, key, json ? json : "null");
}

void
jsonout_null(struct jsonout *out, const char *key)
{
	put_value(out, key, "null");
}

void
jsonout_instant(struct jsonout *out, const char *key, gint64 instant_s)
{
	g_autofree char *iso = when_iso(instant_s);
	jsonout_string(out, key, iso);
}

void
jsonout_length(struct jsonout *out, const char *key, double length_s)
{
	if (length_s >= 0)
		jsonout_double(out, key, length_s);
	else
		jsonout_null(out, key);
}

void
jsonout_end_document(struct jsonout *out)
{
	g_assert(out->depth == 0);
	put(out, "\n", 1);
	out->comma = false;
}
