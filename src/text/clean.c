// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/clean.h"

#include "base/i18n.h"
#include "text/clean_private.h"

// What the reader of a feed's warnings sees.
static const char *const warning_texts[CLEAN_COUNT] = {
	[CLEAN_BYTES] = N_("bytes that are no UTF-8, read as windows-1252"),
	[CLEAN_DECLARED] = N_("UTF-8, although another encoding is declared"),
	[CLEAN_CHARSET] = N_("an unknown encoding is declared, read as UTF-8"),
	[CLEAN_GUESSED] = N_("bytes in an encoding that nobody declared, which was guessed"),
	[CLEAN_CONTROL] = N_("control characters, left out"),
	[CLEAN_AMPERSAND] = N_("an \"&\" that begins no reference, kept as text"),
	[CLEAN_ENTITY] = N_("a reference that XML does not know, read as HTML does"),
	[CLEAN_LESS] = N_("a \"<\" that begins no tag, kept as text"),
	[CLEAN_TAG] = N_("a tag with broken attributes, mended"),
	[CLEAN_UNCLOSED] = N_("an element is not closed"),
	[CLEAN_STRAY_END] = N_("an end tag without its beginning, left out"),
	[CLEAN_DEPTH] = N_("elements nested too deep, their tags left out"),
	[CLEAN_SECTION] = N_("a section is not closed"),
	[CLEAN_BEFORE] = N_("something stands before the beginning, left out"),
	[CLEAN_BEHIND] = N_("something stands behind the end"),
	[CLEAN_CUT] = N_("the document ends in the middle"),
};

struct cleaner *
cleaner_new(const char *content_type)
{
	struct cleaner *cleaner = g_new0(struct cleaner, 1);

	cleaner->content_type = g_strdup(content_type);
	cleaner->head = g_string_new(NULL);
	cleaner->iconv = (GIConv)-1;
	cleaner->raw = g_string_new(NULL);
	cleaner->decoded = g_string_new(NULL);
	cleaner->pending = g_string_new(NULL);
	cleaner->tag_out = g_string_new(NULL);
	cleaner->names = g_string_new(NULL);
	cleaner->opened = g_array_new(FALSE, FALSE, sizeof(guint));
	cleaner->line = 1;
	cleaner->warnings = warnings_new();
	return cleaner;
}

void
cleaner_free(struct cleaner *cleaner)
{
	if (!cleaner)
		return;
	if (cleaner->iconv != (GIConv)-1)
		g_iconv_close(cleaner->iconv);
	g_free(cleaner->content_type);
	g_free(cleaner->encoding);
	g_string_free(cleaner->head, TRUE);
	g_string_free(cleaner->raw, TRUE);
	g_string_free(cleaner->decoded, TRUE);
	g_string_free(cleaner->pending, TRUE);
	g_string_free(cleaner->tag_out, TRUE);
	g_string_free(cleaner->names, TRUE);
	g_array_unref(cleaner->opened);
	g_ptr_array_unref(cleaner->warnings);
	g_free(cleaner);
}

// Blocks of a fixed size, so that the compiler can count sixteen bytes at a time.
unsigned
clean_count_lines(const char *p, const char *end)
{
	unsigned lines = 0;

	for (; end - p >= 128; p += 128) {
		unsigned char block = 0;
		for (int i = 0; i < 128; i++)
			block += p[i] == '\n';
		lines += block;
	}
	for (; p < end; p++)
		lines += *p == '\n';
	return lines;
}

void
clean_warn(struct cleaner *cleaner, enum clean_warning kind, const char *from, const char *at)
{
	if (cleaner->warned & 1u << kind)
		return;
	cleaner->warned |= 1u << kind;
	warnings_add(cleaner->warnings, cleaner->line + clean_count_lines(from, at),
	    _(warning_texts[kind]));
}

static void
push_decoded(struct cleaner *cleaner, const char *text, size_t len, bool last, GString *out)
{
	bool held = cleaner->pending->len > 0;

	if (held) {
		g_string_append_len(cleaner->pending, text, (gssize)len);
		text = cleaner->pending->str;
		len = cleaner->pending->len;
	}
	cleaner->block = text;
	size_t used = clean_markup(cleaner, text, text + len, last, out);
	cleaner->line += clean_count_lines(text, text + used);
	cleaner->block_at += (gint64)used;
	if (held)
		g_string_erase(cleaner->pending, 0, (gssize)used);
	else
		g_string_append_len(cleaner->pending, text + used, (gssize)(len - used));
}

void
cleaner_push(struct cleaner *cleaner, const char *bytes, size_t len, bool last, GString *out,
    GString *text)
{
	const char *decoded;
	size_t decoded_len;

	cleaner->text = text;
	cleaner->marked = text->len;
	clean_decode(cleaner, bytes, len, last, &decoded, &decoded_len);
	push_decoded(cleaner, decoded, decoded_len, last, out);
	if (last)
		clean_markup_end(cleaner, out);
}

const GPtrArray *
cleaner_warnings(const struct cleaner *cleaner)
{
	return cleaner->warnings;
}

bool
cleaner_is_cut(const struct cleaner *cleaner)
{
	return cleaner->warned & (1u << CLEAN_CUT | 1u << CLEAN_SECTION);
}
