// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes to valid UTF-8: which encoding (STANDARDS section 7), and the way from it.
#include "text/clean_private.h"

#include "text/entity.h"

#include <errno.h>
#include <string.h>

enum {
	HEAD_BYTES = 4096, // a declaration lies within them, and enough to see what is written
	UTF8_SURE = 4,	   // so many characters of it are no accident
};

static const struct bom {
	const char *bytes;
	size_t len;
	const char *encoding;
	bool keep; // no mark: the beginning of a document
} boms[] = {
	{ "\xFF\xFE\0\0", 4, "utf-32le" },
	{ "\0\0\xFE\xFF", 4, "utf-32be" },
	{ "\xEF\xBB\xBF", 3, "utf-8" },
	{ "\xFF\xFE", 2, "utf-16le" },
	{ "\xFE\xFF", 2, "utf-16be" },
	{ "<\0\0\0", 4, "utf-32le", true },
	{ "\0\0\0<", 4, "utf-32be", true },
	{ "<\0", 2, "utf-16le", true },
	{ "\0<", 2, "utf-16be", true },
};

// Names that mean more than they say, or that iconv does not know.
static const struct alias {
	const char *name, *encoding;
	const char *said; // what it is called as long as nothing in it is more than that
} aliases[] = {
	{ "utf8", "utf-8" },
	{ "unicode-1-1-utf-8", "utf-8" },
	{ "us-ascii", "windows-1252", "us-ascii" },
	{ "ascii", "windows-1252", "us-ascii" },
	{ "iso-8859-1", "windows-1252", "iso-8859-1" },
	{ "iso8859-1", "windows-1252", "iso-8859-1" },
	{ "iso_8859-1", "windows-1252", "iso-8859-1" },
	{ "latin1", "windows-1252", "iso-8859-1" },
	{ "latin-1", "windows-1252", "iso-8859-1" },
	{ "cp1252", "windows-1252" },
	{ "cp-1252", "windows-1252" },
	{ "iso-8859-9", "windows-1254" },
	{ "iso-8859-11", "windows-874" },
	{ "gb2312", "gb18030" },
	{ "gbk", "gb18030" },
	{ "x-gbk", "gb18030" },
	{ "shift_jis", "cp932" },
	{ "shift-jis", "cp932" },
	{ "sjis", "cp932" },
	{ "x-sjis", "cp932" },
	{ "ks_c_5601-1987", "cp949" },
	{ "euc-kr", "cp949" },
};

// An encoding that somebody named. Both NULL: nobody did.
struct named {
	char *encoding;
	const char *said; // static; never NULL beside an encoding, but that is not lasting
};

static struct named
canonical(const char *name, size_t len)
{
	g_autofree char *lower = g_ascii_strdown(name, (gssize)len);

	g_strstrip(lower);
	for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++)
		if (strcmp(lower, aliases[i].name) == 0)
			return (struct named){ g_strdup(aliases[i].encoding), aliases[i].said };
	return (struct named){ *lower ? g_steal_pointer(&lower) : NULL, NULL };
}

// The value after KEY and "=" in TEXT, with or without quotes: charset=utf-8, encoding = 'utf-8'.
static struct named
parameter(const char *text, const char *end, const char *key)
{
	size_t key_len = strlen(key);

	for (; text + key_len < end; text++) {
		if (g_ascii_strncasecmp(text, key, key_len) != 0)
			continue;
		const char *p = text + key_len;
		while (p < end && g_ascii_isspace(*p))
			p++;
		if (p == end || *p != '=')
			continue;
		for (p++; p < end && (g_ascii_isspace(*p) || *p == '"' || *p == '\'');)
			p++;
		const char *value = p;
		while (p < end && (g_ascii_isalnum(*p) || strchr("-_.:+", *p)))
			p++;
		return canonical(value, (size_t)(p - value));
	}
	return (struct named){ NULL, NULL };
}

static struct named
declared(const GString *head)
{
	const char *p = head->str, *end = head->str + MIN(head->len, (size_t)HEAD_BYTES);

	while (p < end && g_ascii_isspace(*p))
		p++;
	const char *close = end - p >= 5 && memcmp(p, "<?xml", 5) == 0
	    ? memchr(p, '>', (size_t)(end - p)) : NULL;
	return close ? parameter(p, close, "encoding") : (struct named){ NULL, NULL };
}

static bool
is_wide(const char *encoding)
{
	return g_str_has_prefix(encoding, "utf-16") || g_str_has_prefix(encoding, "utf-32") ||
	    g_str_has_prefix(encoding, "ucs-") || g_str_has_prefix(encoding, "iso-10646-");
}

static bool
is_western(const char *encoding)
{
	return encoding && strcmp(encoding, "windows-1252") == 0;
}

// A wide encoding is a lie where no mark and no NUL told so.
static void
drop_wide(struct cleaner *cleaner, struct named *named)
{
	if (!named->encoding || !is_wide(named->encoding))
		return;
	clean_warn(cleaner, CLEAN_DECLARED, NULL, NULL);
	g_clear_pointer(&named->encoding, g_free);
}

// The server's word, then the document's own. Where one of them says UTF-8 and the other a western
// one-byte encoding, reading as UTF-8 with single bytes mended serves both.
static void
choose(struct cleaner *cleaner)
{
	const char *type = cleaner->content_type;
	struct named served = { NULL, NULL }, own = declared(cleaner->head);

	if (type)
		served = parameter(type, type + strlen(type), "charset");
	drop_wide(cleaner, &served);
	drop_wide(cleaner, &own);
	bool own_counts = own.encoding && (!served.encoding || is_western(served.encoding));
	bool served_says = is_western(served.encoding) &&
	    (!own_counts || is_western(own.encoding) || strcmp(own.encoding, "utf-8") == 0);
	cleaner->said = served_says ? served.said : own_counts ? own.said : NULL;
	if (own_counts)
		cleaner->encoding = g_steal_pointer(&own.encoding);
	else if (served.encoding)
		cleaner->encoding = g_steal_pointer(&served.encoding);
	else
		cleaner->encoding = g_strdup("utf-8");
	g_free(own.encoding);
	g_free(served.encoding);
}

// The length of the UTF-8 sequence at P; 0: none, -1: END comes too early to tell.
static int
sequence(const unsigned char *p, const unsigned char *end)
{
	int len = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 :
	    p[0] < 0xF5				? 4 : 0;

	if (len < 2)
		return len;
	if (end - p < 2)
		return -1;
	unsigned char least = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char most = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
	if (p[1] < least || p[1] > most)
		return 0;
	for (int i = 2; i < len; i++) {
		if (p + i >= end)
			return -1;
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	}
	if (p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE) // U+FFFE, U+FFFF: not in XML
		return 0;
	return len;
}

// The end of the valid UTF-8 from P on. ASCII goes by eight bytes at a time.
static const char *
valid_end(const char *p, const char *end)
{
	while (p < end) {
		guint64 eight;
		while (end - p >= 8) {
			memcpy(&eight, p, 8);
			if (eight & G_GUINT64_CONSTANT(0x8080808080808080))
				break;
			p += 8;
		}
		while (p < end && !(*p & 0x80))
			p++;
		while (p < end && (*p & 0x80)) {
			int len = sequence((const unsigned char *)p, (const unsigned char *)end);
			if (len <= 0)
				return p;
			p += len;
		}
	}
	return p;
}

// What the first bytes tell against what was declared: a few characters of UTF-8 and no byte that
// belongs to none in another encoding; in UTF-8 more such bytes than characters.
static void
reconsider(struct cleaner *cleaner)
{
	const char *p = cleaner->head->str, *end = p + cleaner->head->len, *first = NULL;
	int sequences = 0, odd = 0;

	while (p < end) {
		int len = sequence((const unsigned char *)p, (const unsigned char *)end);
		sequences += len > 1;
		odd += len == 0;
		if (!first && len != 1)
			first = p;
		p += MAX(len, 1);
	}
	if (cleaner->western || !first)
		return;
	bool is_utf8 = strcmp(cleaner->encoding, "utf-8") == 0;
	const char *other = NULL, *said = NULL;
	if (!is_utf8 && odd == 0 && sequences >= UTF8_SURE)
		other = "utf-8";
	else if (is_utf8 && odd > sequences)
		other = clean_guess(cleaner->head, &said);
	if (!other)
		return;
	clean_warn(cleaner, is_utf8 ? CLEAN_GUESSED : CLEAN_DECLARED, cleaner->head->str, first);
	g_free(cleaner->encoding);
	cleaner->encoding = g_strdup(other);
	cleaner->said = said;
}

static void
decide(struct cleaner *cleaner)
{
	GString *head = cleaner->head;

	cleaner->decided = true;
	for (size_t i = 0; i < G_N_ELEMENTS(boms) && !cleaner->encoding; i++) {
		const struct bom *bom = &boms[i];
		if (head->len < bom->len || memcmp(head->str, bom->bytes, bom->len) != 0)
			continue;
		cleaner->encoding = g_strdup(bom->encoding);
		if (!bom->keep)
			g_string_erase(head, 0, (gssize)bom->len);
	}
	bool marked = cleaner->encoding;
	if (!marked)
		choose(cleaner);
	cleaner->western = is_western(cleaner->encoding);
	if (!marked)
		reconsider(cleaner);
	if (cleaner->western || strcmp(cleaner->encoding, "utf-8") == 0)
		return;
	cleaner->iconv = g_iconv_open("UTF-8", cleaner->encoding);
	if (cleaner->iconv != (GIConv)-1)
		return;
	clean_warn(cleaner, CLEAN_CHARSET, NULL, NULL);
	g_free(cleaner->encoding);
	cleaner->encoding = g_strdup("utf-8");
}

const char *
cleaner_encoding(const struct cleaner *cleaner)
{
	const char *encoding = cleaner->encoding ? cleaner->encoding : "utf-8";
	bool ascii = cleaner->said && strcmp(cleaner->said, "us-ascii") == 0;

	if (cleaner->found_single) // which us-ascii does not have, nor iso-8859-1 some of them
		return cleaner->said && cleaner->western && !ascii && !cleaner->found_c1
		    ? cleaner->said : encoding;
	if (cleaner->found_utf8)
		return "utf-8";
	return cleaner->said ? cleaner->said : encoding;
}

// Warns of what lies AT in bytes from FROM on, which stand behind what was decoded.
static void
warn(struct cleaner *cleaner, enum clean_warning kind, const char *from, const char *at)
{
	if (cleaner->warned & 1u << kind) // before lines are counted for each byte
		return;
	unsigned line = cleaner->line;
	const GString *held = cleaner->pending, *decoded = cleaner->decoded;

	cleaner->line += clean_count_lines(held->str, held->str + held->len);
	cleaner->line += clean_count_lines(decoded->str, decoded->str + decoded->len);
	clean_warn(cleaner, kind, from, at);
	cleaner->line = line;
}

// Notes UTF-8 from P to VALID where one-byte characters were declared.
static void
look_for_utf8(struct cleaner *cleaner, const char *p, const char *valid)
{
	if (cleaner->found_utf8 || (!cleaner->western && !cleaner->said))
		return;
	for (const char *at = p; at < valid; at++) {
		if (!(*at & 0x80))
			continue;
		cleaner->found_utf8 = true;
		if (cleaner->western)
			warn(cleaner, CLEAN_DECLARED, p, at);
		return;
	}
}

static void
mend_utf8(struct cleaner *cleaner, const char *bytes, const char *valid, const char *end, bool last)
{
	GString *out = cleaner->decoded;
	const char *p = bytes;

	for (;;) {
		look_for_utf8(cleaner, p, valid);
		g_string_append_len(out, p, valid - p);
		p = valid;
		if (p == end)
			return;
		int len = sequence((const unsigned char *)p, (const unsigned char *)end);
		if (len < 0 && !last) {
			g_string_append_len(cleaner->raw, p, end - p);
			return;
		}
		bool noncharacter = end - p >= 3 && memcmp(p, "\xEF\xBF", 2) == 0 &&
		    (unsigned char)p[2] >= 0xBE;
		if (!cleaner->western && !noncharacter)
			warn(cleaner, CLEAN_BYTES, p, p);
		cleaner->found_single |= !noncharacter;
		cleaner->found_c1 |= !noncharacter && (unsigned char)*p < 0xA0;
		if (!noncharacter)
			g_string_append_unichar(out, entity_cp1252((unsigned char)*p));
		p += noncharacter ? 3 : 1;
		valid = valid_end(p, end);
	}
}

// Bytes that the declared encoding does not know become U+FFFD, one by one.
static void
convert(struct cleaner *cleaner, const char *bytes, size_t len, bool last)
{
	char *in = (char *)(guintptr)bytes;
	gsize in_left = len;
	char buffer[8192];

	while (in_left > 0) {
		char *out = buffer;
		gsize out_left = sizeof(buffer);
		gsize done = g_iconv(cleaner->iconv, &in, &in_left, &out, &out_left);
		int failure = done == (gsize)-1 ? errno : 0;
		g_string_append_len(cleaner->decoded, buffer, out - buffer);
		if (failure == EINVAL && !last) {
			g_string_append_len(cleaner->raw, in, (gssize)in_left);
			return;
		}
		if (failure == EILSEQ || failure == EINVAL) {
			g_string_append(cleaner->decoded, "\xEF\xBF\xBD");
			g_iconv(cleaner->iconv, NULL, NULL, NULL, NULL);
			gsize step = !is_wide(cleaner->encoding)		? 1 :
			    g_str_has_prefix(cleaner->encoding, "utf-16") ? 2 : 4;
			step = MIN(step, in_left);
			in += step;
			in_left -= step;
		}
	}
}

static void
decode(struct cleaner *cleaner, const char *bytes, size_t len, bool last, const char **out,
    size_t *out_len)
{
	g_autoptr(GString) joined = NULL;

	if (cleaner->raw->len > 0) {
		joined = cleaner->raw;
		cleaner->raw = g_string_new(NULL);
		g_string_append_len(joined, bytes, (gssize)len);
		bytes = joined->str;
		len = joined->len;
	}
	if (cleaner->iconv != (GIConv)-1) {
		convert(cleaner, bytes, len, last);
	} else {
		const char *valid = valid_end(bytes, bytes + len);
		if (valid == bytes + len && !joined && cleaner->decoded->len == 0) {
			look_for_utf8(cleaner, bytes, valid);
			*out = bytes;
			*out_len = len;
			return;
		}
		mend_utf8(cleaner, bytes, valid, bytes + len, last);
	}
	*out = cleaner->decoded->str;
	*out_len = cleaner->decoded->len;
}

void
clean_decode(struct cleaner *cleaner, const char *bytes, size_t len, bool last, const char **out,
    size_t *out_len)
{
	g_string_truncate(cleaner->decoded, 0);
	if (!cleaner->decided) {
		size_t missing = HEAD_BYTES - cleaner->head->len;
		size_t take = MIN(len, missing);
		g_string_append_len(cleaner->head, bytes, (gssize)take);
		bytes += take;
		len -= take;
		if (cleaner->head->len < HEAD_BYTES && !last) {
			*out = bytes;
			*out_len = 0;
			return;
		}
		decide(cleaner);
		g_autoptr(GString) head = cleaner->head;
		cleaner->head = g_string_new(NULL);
		g_string_append_len(head, bytes, (gssize)len);
		decode(cleaner, head->str, head->len, last, out, out_len);
		if (*out == head->str) {
			g_string_append_len(cleaner->decoded, *out, (gssize)*out_len);
			*out = cleaner->decoded->str;
		}
		return;
	}
	decode(cleaner, bytes, len, last, out, out_len);
}
