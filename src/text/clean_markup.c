// SPDX-License-Identifier: GPL-3.0-or-later
//
// UTF-8 text to markup that an XML parser reads to its end: only what is XML passes as markup, all
// else is text, which goes past that parser; every element is closed, in order. Comments,
// instructions and a DTD are left out, but for their line ends.
#include "text/clean_private.h"

#include "text/clean_tag.h"
#include "text/entity.h"

#include <string.h>

enum { DTD_MAX_BYTES = 65536, BLANKS_MAX_BYTES = 64 };

enum { TEXT_STOP = 1, CDATA_STOP = 2 };

// Which bytes end a stretch that is copied as it is: control characters, and what means something.
static const unsigned char stops[256] = {
	[0 ... 8] = TEXT_STOP | CDATA_STOP,
	[11 ... 12] = TEXT_STOP | CDATA_STOP,
	[13 ... 31] = TEXT_STOP | CDATA_STOP,
	[127] = TEXT_STOP | CDATA_STOP,
	['<'] = TEXT_STOP,
	['&'] = TEXT_STOP,
	[']'] = CDATA_STOP,
};

static const char *
stretch_end(const char *p, const char *end, unsigned char stop)
{
	while (end - p >= 4) {
		if (stops[(unsigned char)p[0]] & stop)
			return p;
		if (stops[(unsigned char)p[1]] & stop)
			return p + 1;
		if (stops[(unsigned char)p[2]] & stop)
			return p + 2;
		if (stops[(unsigned char)p[3]] & stop)
			return p + 3;
		p += 4;
	}
	while (p < end && !(stops[(unsigned char)*p] & stop))
		p++;
	return p;
}

size_t
clean_known_reference(const char *p, const char *end, int *which)
{
	static const char *const known[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&#39;" };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		size_t len = i < 2 ? 4 : i == 2 || i == 5 ? 5 : 6;
		if ((size_t)(end - p) < len || p[1] != known[i][1] || memcmp(p, known[i], len) != 0)
			continue;
		*which = (int)i;
		return len;
	}
	return 0;
}

static void
warn(struct cleaner *cleaner, enum clean_warning kind, const char *at)
{
	clean_warn(cleaner, kind, cleaner->block, at);
}

// What XML itself has a reference for, or would take for a line's end.
static const char specials[] = "<>&\"'\r\n\t";
static const char *const references[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&#13;",
	"&#10;", "&#9;" };

// The length of the reference at P, and its character (0: a control one, left out); an "&" that
// begins none is itself; 0 where more is needed.
static size_t
read_reference(
    struct cleaner *cleaner, const char *p, const char *end, bool last, gunichar *character)
{
	int len = entity_read(p, end, character);

	if (len < 0) {
		if (!last)
			return 0;
		char copy[ENTITY_MAX_BYTES + 2]; // as if a blank stood behind the end
		size_t left = MIN((size_t)(end - p), (size_t)ENTITY_MAX_BYTES);
		memcpy(copy, p, left);
		copy[left] = ' ';
		len = entity_read(copy, copy + left + 1, character);
		len = MAX(len, 0);
	}
	if (len == 0) {
		warn(cleaner, CLEAN_AMPERSAND, p);
		*character = '&';
		return 1;
	}
	if (*character == 0)
		warn(cleaner, CLEAN_CONTROL, p);
	else if (p[1] != '#' && (*character >= 0x80 || !strchr(specials, (int)*character)))
		warn(cleaner, CLEAN_ENTITY, p);
	return (size_t)len;
}

size_t
clean_reference(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	gunichar character = 0;
	size_t len = read_reference(cleaner, p, end, last, &character);

	if (len == 0 || character == 0)
		return len;
	const char *special = character < 0x80 ? strchr(specials, (int)character) : NULL;
	if (special)
		g_string_append(out, references[special - specials]);
	else
		g_string_append_unichar(out, character);
	return len;
}

static void
keep_line_ends(const char *p, const char *end, GString *out)
{
	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		g_string_append_c(out, '\n');
		p++;
	}
}

static void
put_number(GString *out, guint64 number)
{
	char digits[24];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	digits[--at] = ' ';
	clean_put(out, digits + at, sizeof digits - at);
}

static void
put_mark(struct cleaner *cleaner, GString *out)
{
	const char *from = cleaner->text->str + cleaner->marked;
	size_t len = cleaner->text->len - cleaner->marked;

	clean_put(out, "<?" CLEAN_TEXT_MARK, strlen("<?" CLEAN_TEXT_MARK));
	put_number(out, (guint64)cleaner->text_at);
	put_number(out, len);
	keep_line_ends(from, from + len, out);
	clean_put(out, "?>", 2);
	cleaner->text_at += (gint64)len;
	cleaner->marked = cleaner->text->len;
}

// What cleaner->text has got since the last mark gets one, at the offset AT of OUT: before the tag
// that ends it. Blanks between tags are shorter than that.
static void
end_text(struct cleaner *cleaner, GString *out, gsize at)
{
	GString *text = cleaner->text, *tag = cleaner->tag_out;
	const char *from = text->str + cleaner->marked;
	size_t len = text->len - cleaner->marked;

	if (len == 0)
		return;
	g_string_truncate(tag, 0);
	g_string_append_len(tag, out->str + at, (gssize)(out->len - at));
	g_string_truncate(out, at);
	if (len < BLANKS_MAX_BYTES && strspn(from, " \t\n") == len) {
		clean_put(out, from, len);
		g_string_truncate(text, cleaner->marked);
	} else {
		put_mark(cleaner, out);
	}
	clean_put(out, tag->str, tag->len);
}

// "\r\n" and "\r" are line ends (XML 1.0 section 2.11), though it be cut between them.
static size_t
line_end(struct cleaner *cleaner, const char *p, const char *end)
{
	clean_put(cleaner->text, "\n", 1);
	cleaner->after_cr = p + 1 == end;
	return p + 1 < end && p[1] == '\n' ? 2 : 1;
}

static size_t
keep_less(struct cleaner *cleaner, const char *p)
{
	warn(cleaner, CLEAN_LESS, p);
	clean_put(cleaner->text, p, 1);
	return 1;
}

// What begins with "<!" or "<?".
static size_t
declaration(struct cleaner *cleaner, const char *p, const char *end, bool last)
{
	static const char cdata[] = "<![CDATA[", comment[] = "<!--", doctype[] = "<!DOCTYPE";
	size_t left = (size_t)(end - p);

	if (p[1] == '?') {
		if (left < 6 && !last)
			return 0;
		if (left < 3)
			return keep_less(cleaner, p);
		if (!g_ascii_isalpha(p[2]))
			return keep_less(cleaner, p);
		if (left >= 6 && memcmp(p + 2, "xml", 3) == 0 && g_ascii_isspace(p[5]) &&
		    cleaner->block_at + (p - cleaner->block) > 0)
			warn(cleaner, CLEAN_BEFORE, p);
		cleaner->state = CLEAN_IN_PI;
		return 2;
	}
	size_t known = MIN(left, sizeof(cdata) - 1);
	if (left < sizeof(cdata) - 1 && !last &&
	    (memcmp(p, cdata, known) == 0 || memcmp(p, comment, MIN(left, 4)) == 0 ||
		g_ascii_strncasecmp(p, doctype, known) == 0) &&
	    !(left >= 4 && p[2] == '-' && p[3] == '-'))
		return 0;
	if (left >= 9 && memcmp(p, cdata, 9) == 0) {
		cleaner->state = CLEAN_IN_CDATA;
		return 9;
	}
	if (left >= 4 && memcmp(p, comment, 4) == 0) {
		cleaner->state = CLEAN_IN_COMMENT;
		return 4;
	}
	if (left >= 9 && g_ascii_strncasecmp(p, doctype, 9) == 0) {
		cleaner->state = CLEAN_IN_DTD;
		cleaner->dtd_bytes = 0;
		cleaner->dtd_brackets = 0;
		return 9;
	}
	if (left > 2 && (g_ascii_isalpha(p[2]) || p[2] == '[')) {
		cleaner->state = CLEAN_IN_PI; // left out up to its ">"
		return 2;
	}
	return keep_less(cleaner, p);
}

static size_t
less(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	if (end - p < 2)
		return last ? keep_less(cleaner, p) : 0;
	if (p[1] == '!' || p[1] == '?')
		return declaration(cleaner, p, end, last);
	enum clean_tag_found found = CLEAN_TAG_NONE;
	gsize at = out->len;
	size_t used = clean_tag(cleaner, p, end, last, &found, out);
	if (found == CLEAN_TAG_NONE)
		return keep_less(cleaner, p);
	end_text(cleaner, out, at);
	return used;
}

// Text behind the end of the root.
static void
look_behind(struct cleaner *cleaner, const char *p, const char *end)
{
	while (p < end && g_ascii_isspace(*p))
		p++;
	if (p < end)
		warn(cleaner, CLEAN_BEHIND, p);
}

// The character of one of XML's own references, of which most escaped notes consist.
static size_t
known_reference(struct cleaner *cleaner, const char *p, const char *end)
{
	static const char characters[] = "<>&\"''"; // in clean_known_reference's order
	int which = -1;
	size_t len = clean_known_reference(p, end, &which);

	if (len)
		clean_put(cleaner->text, characters + which, 1);
	return len;
}

// One step in text from P on (P lies before END); gives what was consumed, 0: more is needed.
static size_t
step_text(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	const char *stop = stretch_end(p, end, TEXT_STOP);
	gunichar character = 0;
	size_t len;

	if (stop > p) {
		if (cleaner->root_closed && cleaner->opened->len == 0)
			look_behind(cleaner, p, stop);
		clean_put(cleaner->text, p, (size_t)(stop - p));
		return (size_t)(stop - p);
	}
	switch (*p) {
	case '<':
		return less(cleaner, p, end, last, out);
	case '&':
		len = known_reference(cleaner, p, end);
		if (len)
			return len;
		len = read_reference(cleaner, p, end, last, &character);
		if (character)
			g_string_append_unichar(cleaner->text, character);
		return len;
	case '\r':
		return line_end(cleaner, p, end);
	default:
		warn(cleaner, CLEAN_CONTROL, p);
		return 1;
	}
}

static size_t
step_cdata(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	const char *stop = stretch_end(p, end, CDATA_STOP);

	if (stop > p) {
		clean_put(cleaner->text, p, (size_t)(stop - p));
		return (size_t)(stop - p);
	}
	if (*p == '\r')
		return line_end(cleaner, p, end);
	if (*p != ']') {
		warn(cleaner, CLEAN_CONTROL, p);
		return 1;
	}
	size_t left = (size_t)(end - p);
	if (left >= 3 && p[1] == ']' && p[2] == '>') {
		cleaner->state = CLEAN_IN_TEXT;
		return 3;
	}
	if (!last && (left == 1 || (left == 2 && p[1] == ']')))
		return 0;
	clean_put(cleaner->text, p, 1);
	return 1;
}

// Comments and instructions, up to their end.
static size_t
step_left_out(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	bool comment = cleaner->state == CLEAN_IN_COMMENT;
	const char *mark = comment ? "-->" : ">";
	size_t mark_len = strlen(mark);
	const char *found = memmem(p, (size_t)(end - p), mark, mark_len);
	const char *stop = found ? found + mark_len : end;

	end_text(cleaner, out, out->len);
	if (!found && !last && comment) // the mark may be cut
		stop = MAX(p, end - 2);
	keep_line_ends(p, stop, out);
	if (found)
		cleaner->state = CLEAN_IN_TEXT;
	return (size_t)(stop - p);
}

static size_t
step_dtd(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	const char *q = p;

	end_text(cleaner, out, out->len);
	for (; q < end && cleaner->state == CLEAN_IN_DTD; q++) {
		cleaner->dtd_brackets += (*q == '[') - (*q == ']');
		if (*q == '>' && cleaner->dtd_brackets <= 0)
			cleaner->state = CLEAN_IN_TEXT;
		if (++cleaner->dtd_bytes > DTD_MAX_BYTES)
			cleaner->state = CLEAN_IN_TEXT;
	}
	keep_line_ends(p, q, out);
	return (size_t)(q - p);
}

static size_t (*const steps[])(struct cleaner *, const char *, const char *, bool, GString *) = {
	[CLEAN_IN_TEXT] = step_text,
	[CLEAN_IN_CDATA] = step_cdata,
	[CLEAN_IN_COMMENT] = step_left_out,
	[CLEAN_IN_PI] = step_left_out,
	[CLEAN_IN_DTD] = step_dtd,
};

size_t
clean_markup(struct cleaner *cleaner, const char *p, const char *end, bool last, GString *out)
{
	const char *start = p;

	if (p < end && cleaner->after_cr && *p == '\n')
		p++;
	cleaner->after_cr &= p == end;
	while (p < end) {
		size_t used = steps[cleaner->state](cleaner, p, end, last, out);
		if (used == 0)
			break;
		p += used;
	}
	end_text(cleaner, out, out->len);
	return (size_t)(p - start);
}

void
clean_markup_end(struct cleaner *cleaner, GString *out)
{
	if (cleaner->state != CLEAN_IN_TEXT)
		clean_warn(cleaner, CLEAN_SECTION, NULL, NULL);
	cleaner->state = CLEAN_IN_TEXT;
	if (cleaner->opened->len > 0)
		clean_warn(cleaner, cleaner->root_closed ? CLEAN_UNCLOSED : CLEAN_CUT, NULL, NULL);
	clean_close_to(cleaner, 0, out);
}
