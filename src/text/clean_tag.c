// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/clean_tag.h"

#include <string.h>

enum {
	TAG_MAX_BYTES = 65536, // a "<" without a ">" for so long begins no tag
	NAME_MAX_BYTES = 128,
	DEPTH_MAX = 200, // libxml2 stops reading at 256
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

enum { NAME = 1, VALUE_STOP = 2 };

static const unsigned char classes[256] = {
	['a' ... 'z'] = NAME,
	['A' ... 'Z'] = NAME,
	['0' ... '9'] = NAME,
	[':'] = NAME,
	['_'] = NAME,
	['-'] = NAME,
	['.'] = NAME,
	[0 ... 8] = VALUE_STOP,
	[11 ... 12] = VALUE_STOP,
	[14 ... 31] = VALUE_STOP,
	[127] = VALUE_STOP,
	['<'] = VALUE_STOP,
	['&'] = VALUE_STOP,
	['"'] = VALUE_STOP,
	['\''] = VALUE_STOP,
};

static bool
is_class(char c, unsigned char class)
{
	return classes[(unsigned char)c] & class;
}

static const char *
name_end(const char *p, const char *end)
{
	while (p < end && is_class(*p, NAME))
		p++;
	return p;
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

// Behind the closing quote of the value that begins at P; NULL where it is not as XML wants it.
static const char *
clean_value_end(const char *p, const char *end, char quote)
{
	for (;;) {
		while (p < end && !is_class(*p, VALUE_STOP))
			p++;
		if (p == end)
			return NULL;
		if (*p == quote)
			return p + 1;
		int which;
		size_t known = *p == '&' ? clean_known_reference(p, end, &which) : 0;
		if (known == 0 && *p != '"' && *p != '\'')
			return NULL;
		p += MAX(known, (size_t)1);
	}
}

// Behind the ">" of a tag whose attributes, from P on, are as XML wants them; else NULL.
static const char *
clean_tag_end(const char *p, const char *end)
{
	for (;;) {
		const char *blank = p;
		p = skip_blanks(p, end);
		if (p < end && *p == '>')
			return p + 1;
		if (p < end && *p == '/')
			return p + 1 < end && p[1] == '>' ? p + 2 : NULL;
		if (p == blank || p == end || !(g_ascii_isalpha(*p) || *p == '_'))
			return NULL;
		p = skip_blanks(name_end(p, end), end);
		if (p == end || *p != '=')
			return NULL;
		p = skip_blanks(p + 1, end);
		if (p == end || (*p != '"' && *p != '\''))
			return NULL;
		p = clean_value_end(p + 1, end, *p);
		if (!p)
			return NULL;
	}
}

// Whether the quote at P ends the value: behind it comes a blank, the tag's end or the next
// attribute.
static bool
quote_closes(const char *p, const char *end, bool *wait)
{
	if (p + 1 == end) {
		*wait = true;
		return false;
	}
	if (is_blank(p[1]) || p[1] == '>' || p[1] == '/' || p[1] == '?')
		return true;
	const char *name = name_end(p + 1, end);
	*wait = name == end && name - p < NAME_MAX_BYTES;
	return name > p + 1 && name < end && *name == '=';
}

// Behind the ">" of the tag at P; NULL and CLEAN_TAG_NONE: it has none, CLEAN_TAG_WAIT: not yet.
// Where a quote is never closed the tag ends at the first ">" behind it.
static const char *
tag_end(struct cleaner *cleaner, const char *p, const char *end, bool last,
    enum clean_tag_found *found)
{
	struct tag_search *search = &cleaner->tag;
	const char *q = p + MAX(search->at, (size_t)1);
	gint64 offset = cleaner->block_at + (p - cleaner->block);

	*found = CLEAN_TAG_NONE;
	if (offset < cleaner->barren_end) // was searched already
		return NULL;
	for (; q < end && q - p < TAG_MAX_BYTES; q++) {
		bool wait = false;
		if (search->quote == 0) {
			if (*q == '>')
				return q + 1;
			if (*q == '<')
				return NULL;
			const char *before = q;
			if (*q == '"' || *q == '\'')
				while (is_blank(*--before))
					;
			if (*before == '=' && before < q) {
				search->quote = *q;
				search->first_gt = 0;
				search->less_inside = false;
			}
		} else if (*q == search->quote && quote_closes(q, end, &wait)) {
			search->quote = 0;
		} else if (wait && !last) {
			break;
		} else if (*q == search->quote && search->less_inside) {
			return p + search->first_gt;
		} else if (*q == '>' && search->first_gt == 0) {
			search->first_gt = (size_t)(q - p) + 1;
		} else if (*q == '<' && search->first_gt > 0) {
			search->less_inside = true;
		}
	}
	search->at = (size_t)(q - p);
	if (!last && q - p < TAG_MAX_BYTES) {
		*found = CLEAN_TAG_WAIT;
		return NULL;
	}
	if (search->quote && search->first_gt > 0)
		return p + search->first_gt;
	cleaner->barren_end = offset + (q - p);
	return NULL;
}

static void
append_value(struct cleaner *cleaner, const char *p, const char *end, GString *out)
{
	g_string_append_c(out, '"');
	while (p < end) {
		if (*p == '&') {
			p += clean_reference(cleaner, p, end, true, out);
			continue;
		}
		if (*p == '<')
			g_string_append(out, "&lt;");
		else if (*p == '"')
			g_string_append(out, "&quot;");
		else if ((unsigned char)*p >= 0x20 ? *p != 0x7f : is_blank(*p))
			g_string_append_c(out, *p);
		p++;
	}
	g_string_append_c(out, '"');
}

// Attributes with what they lack: quotes, values, blanks between.
static void
mend_attributes(struct cleaner *cleaner, const char *p, const char *end, GString *out)
{
	bool broken = false;

	while (p < end) {
		const char *name = p;
		p = name_end(p, end);
		if (p == name || !(g_ascii_isalpha(*name) || *name == '_')) {
			if (p == name)
				p++;
			broken |= !is_blank(*name);
			if (*name == '\n')
				g_string_append_c(out, '\n');
			continue;
		}
		g_string_append_c(out, ' ');
		g_string_append_len(out, name, p - name);
		g_string_append_c(out, '=');
		const char *value = skip_blanks(p, end);
		const char *value_end = value;
		if (value == end || *value != '=') {
			broken = true;
			append_value(cleaner, value, value, out);
			continue;
		}
		value = skip_blanks(value + 1, end);
		if (value < end && (*value == '"' || *value == '\'')) {
			bool wait = false;
			char quote = *value++;
			for (value_end = value; value_end < end; value_end++)
				if (*value_end == quote &&
				    (value_end + 1 == end || quote_closes(value_end, end, &wait)))
					break;
			broken |= value_end == end;
			p = value_end < end ? value_end + 1 : end;
		} else {
			broken = true;
			for (value_end = value; value_end < end && !is_blank(*value_end);)
				value_end++;
			p = value_end;
		}
		append_value(cleaner, value, value_end, out);
	}
	if (broken)
		clean_warn(cleaner, CLEAN_TAG, cleaner->block, MAX(cleaner->block, end));
}

static const char *
open_name(const struct cleaner *cleaner, guint index)
{
	return cleaner->names->str + g_array_index(cleaner->opened, guint, index);
}

void
clean_close_to(struct cleaner *cleaner, guint depth, GString *out)
{
	for (guint i = cleaner->opened->len; i-- > depth;) {
		const char *name = open_name(cleaner, i);
		clean_put(out, "</", 2);
		clean_put(out, name, strlen(name));
		clean_put(out, ">", 1);
		g_string_truncate(cleaner->names, g_array_index(cleaner->opened, guint, i));
		g_array_set_size(cleaner->opened, i);
	}
}

// The open element of that name nearest to the text; -1 none.
static int
find_open(const struct cleaner *cleaner, const char *name, size_t len)
{
	for (guint i = cleaner->opened->len; i-- > 0;) {
		const char *open = open_name(cleaner, i);
		if (strncmp(open, name, len) == 0 && open[len] == '\0')
			return (int)i;
		if (g_ascii_strncasecmp(open, name, len) == 0 && open[len] == '\0')
			return (int)i;
	}
	return -1;
}

// Episodes do not hold episodes: a new one closes what is open.
static void
close_episode(struct cleaner *cleaner, const char *p, const char *name, size_t len, GString *out)
{
	if (name[len - 1] != 'm' && name[len - 1] != 'y') // the usual case, at once
		return;
	const char *colon = memrchr(name, ':', len);
	const char *local = colon ? colon + 1 : name;
	size_t local_len = len - (size_t)(local - name);

	if (!(local_len == 4 && memcmp(local, "item", 4) == 0) &&
	    !(local_len == 5 && memcmp(local, "entry", 5) == 0))
		return;
	int open = find_open(cleaner, name, len);
	if (open < 0)
		return;
	clean_warn(cleaner, CLEAN_UNCLOSED, cleaner->block, p);
	clean_close_to(cleaner, (guint)open, out);
}

static void
end_tag(struct cleaner *cleaner, const char *p, const char *name, size_t len, GString *out)
{
	int open = find_open(cleaner, name, len);

	if (open < 0) {
		clean_warn(cleaner, CLEAN_STRAY_END, cleaner->block, p);
		return;
	}
	if ((guint)open + 1 < cleaner->opened->len)
		clean_warn(cleaner, CLEAN_UNCLOSED, cleaner->block, p);
	clean_close_to(cleaner, (guint)open, out);
	cleaner->root_closed |= open == 0;
}

static void
start_tag(struct cleaner *cleaner, const char *p, const char *name, size_t len, const char *close,
    bool is_clean, GString *out)
{
	const char *attributes = name + len, *stop = close - 1;
	bool empty = stop > attributes && stop[-1] == '/';

	if (empty)
		stop--;
	close_episode(cleaner, p, name, len, out);
	if (cleaner->opened->len >= DEPTH_MAX) {
		clean_warn(cleaner, CLEAN_DEPTH, cleaner->block, p);
		return;
	}
	if (is_clean) {
		clean_put(out, p, (size_t)(close - p));
	} else {
		g_string_append_len(out, p, attributes - p);
		mend_attributes(cleaner, attributes, stop, out);
		g_string_append(out, empty ? "/>" : ">");
	}
	if (empty)
		return;
	guint at = (guint)cleaner->names->len;
	g_array_append_val(cleaner->opened, at);
	g_string_append_len(cleaner->names, name, (gssize)len);
	g_string_append_c(cleaner->names, '\0');
}

// The document ends within the tag at P.
static bool
tag_is_cut(const char *p, const char *end)
{
	return end - p < TAG_MAX_BYTES && !memchr(p + 1, '<', (size_t)(end - p - 1));
}

static size_t
drop_cut_tag(struct cleaner *cleaner, const char *p, const char *end)
{
	clean_warn(cleaner, CLEAN_CUT, cleaner->block, p);
	return (size_t)(end - p);
}

size_t
clean_tag(struct cleaner *cleaner, const char *p, const char *end, bool last,
    enum clean_tag_found *found, GString *out)
{
	bool is_end = p[1] == '/';
	const char *name = p + 1 + is_end, *stop = name_end(name, end);

	*found = CLEAN_TAG_NONE;
	if (name < end && !g_ascii_isalpha(*name) && *name != '_')
		return 0;
	if (stop == end && stop - p < NAME_MAX_BYTES) {
		*found = last ? CLEAN_TAG_DONE : CLEAN_TAG_WAIT;
		return last ? drop_cut_tag(cleaner, p, end) : 0;
	}
	if (stop == end || stop == name || stop - name > NAME_MAX_BYTES || stop[-1] == ':' ||
	    !(is_blank(*stop) || *stop == '>' || *stop == '/'))
		return 0;
	const char *close = cleaner->tag.at == 0 ? clean_tag_end(stop, end) : NULL;
	bool is_clean = close && (!is_end || close[-2] != '/');
	if (!is_clean)
		close = tag_end(cleaner, p, end, last, found);
	if (*found == CLEAN_TAG_WAIT)
		return 0;
	cleaner->tag = (struct tag_search){ 0 };
	if (!close && last && tag_is_cut(p, end)) {
		*found = CLEAN_TAG_DONE;
		return drop_cut_tag(cleaner, p, end);
	}
	if (!close)
		return 0;
	*found = CLEAN_TAG_DONE;
	size_t len = (size_t)(stop - name);
	if (is_end)
		end_tag(cleaner, p, name, len, out);
	else
		start_tag(cleaner, p, name, len, close, is_clean, out);
	return (size_t)(close - p);
}
