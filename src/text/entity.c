// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/entity.h"

#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <string.h>

static const guint16 cp1252[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

gunichar
entity_cp1252(unsigned char byte)
{
	return byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : byte;
}

static gunichar
number_character(guint64 number)
{
	if (number >= 0x80 && number < 0xA0)
		number = cp1252[number - 0x80];
	if (number < 0x20 && number != '\t' && number != '\n' && number != '\r')
		return 0;
	if (number > 0x10FFFF || (number >= 0xD800 && number < 0xE000) || number == 0xFFFE ||
	    number == 0xFFFF || number == 0xFFFD)
		return 0;
	return (gunichar)number;
}

static int
read_number(const char *start, const char *end, gunichar *character)
{
	const char *p = start + 2;
	bool hex = p < end && (*p == 'x' || *p == 'X');
	p += hex;
	const char *digits = p;
	guint64 number = 0;
	for (; p < end && p - start < ENTITY_MAX_BYTES; p++) {
		int digit = hex ? g_ascii_xdigit_value(*p) : g_ascii_digit_value(*p);
		if (digit < 0)
			break;
		number = MIN(number * (hex ? 16 : 10) + (guint64)digit, 0x110000);
	}
	if (p == end && p - start < ENTITY_MAX_BYTES)
		return -1;
	if (p == digits)
		return 0;
	*character = number_character(number);
	return (int)(p - start) + (p < end && *p == ';');
}

static gunichar
name_character(const char *name, size_t len)
{
	static const struct {
		const char *name;
		gunichar character;
	} xml[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
		{ "apos", '\'' } };

	for (size_t i = 0; i < G_N_ELEMENTS(xml); i++)
		if (strlen(xml[i].name) == len && memcmp(xml[i].name, name, len) == 0)
			return xml[i].character;
	char copy[16];
	if (len >= sizeof(copy))
		return 0;
	memcpy(copy, name, len);
	copy[len] = '\0';
	const htmlEntityDesc *html = htmlEntityLookup((const xmlChar *)copy);
	return html ? html->value : 0;
}

int
entity_read(const char *p, const char *end, gunichar *character)
{
	if (end - p < 2)
		return -1;
	if (p[1] == '#')
		return read_number(p, end, character);
	const char *q = p + 1;
	while (q < end && q - p < ENTITY_MAX_BYTES && g_ascii_isalnum(*q))
		q++;
	if (q == end && q - p < ENTITY_MAX_BYTES)
		return -1;
	if (q == p + 1 || q == end || *q != ';')
		return 0;
	*character = name_character(p + 1, (size_t)(q - p - 1));
	return *character ? (int)(q - p) + 1 : 0;
}

char *
entity_decode(const char *text, size_t len)
{
	GString *out = g_string_sized_new(len + 1);
	const char *end = text + len;

	for (const char *p = text; p < end;) {
		const char *amp = memchr(p, '&', end - p);

		g_string_append_len(out, p, (amp ? amp : end) - p);
		if (!amp)
			break;
		gunichar character = 0;
		int taken = entity_read(amp, end, &character);

		if (taken > 0 && character > 0)
			g_string_append_unichar(out, character);
		else if (taken <= 0)
			g_string_append_c(out, '&');
		p = amp + MAX(taken, 1);
	}
	return g_string_free(out, FALSE);
}
