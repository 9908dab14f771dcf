// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts as a whole: bytes become text, the format is told by its look, one of the readers
// reads.
#include "text/transcript.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/text.h"
#include "text/entity.h"
#include "text/transcript_read.h"

enum { SNIFF_BYTES = 16 * 1024 };

void
cue_free(struct cue *cue)
{
	if (!cue)
		return;
	g_free(cue->speaker);
	g_free(cue->text);
	g_free(cue);
}

void
transcript_free(struct transcript *transcript)
{
	if (!transcript)
		return;
	g_ptr_array_unref(transcript->cues);
	g_ptr_array_unref(transcript->warnings);
	g_free(transcript->language);
	g_free(transcript);
}

struct transcript *
transcript_new(enum transcript_source source)
{
	struct transcript *transcript = g_new0(struct transcript, 1);

	transcript->source = source;
	transcript->cues = g_ptr_array_new_with_free_func((GDestroyNotify)cue_free);
	transcript->warnings = g_ptr_array_new_with_free_func(g_free);
	return transcript;
}

void
transcript_add(struct transcript *transcript, double start_s, double end_s, const char *speaker,
    const char *text)
{
	g_autofree char *line = text_clean_line(text, -1, 0);

	if (*line == '\0' || transcript->cues->len >= TRANSCRIPT_MAX_CUES ||
	    start_s > TRANSCRIPT_MAX_S)
		return;
	struct cue *cue = g_new0(struct cue, 1);
	g_autofree char *name = speaker ? text_clean_line(speaker, -1, 100) : NULL;

	cue->start_s = start_s;
	cue->end_s = end_s <= TRANSCRIPT_MAX_S ? end_s : -1;
	cue->text = g_steal_pointer(&line);
	if (name && *name)
		cue->speaker = g_steal_pointer(&name);
	g_ptr_array_add(transcript->cues, cue);
}

static int
compare_start(gconstpointer a, gconstpointer b)
{
	const struct cue *left = *(const struct cue *const *)a,
			 *right = *(const struct cue *const *)b;

	return (left->start_s > right->start_s) - (left->start_s < right->start_s);
}

void
transcript_finish(struct transcript *transcript)
{
	GPtrArray *cues = transcript->cues;
	double next = -1;

	if (!transcript->timed)
		return;
	g_ptr_array_sort(cues, compare_start); // stable
	for (guint i = cues->len; i > 0; i--) {
		struct cue *cue = cues->pdata[i - 1];

		if (cue->end_s < cue->start_s)
			cue->end_s = next;
		if (i > 1 && ((struct cue *)cues->pdata[i - 2])->start_s < cue->start_s)
			next = cue->start_s;
	}
}

static const char *const names[] = {
    [TRANSCRIPT_SRT] = "srt",
    [TRANSCRIPT_VTT] = "vtt",
    [TRANSCRIPT_JSON] = "json",
    [TRANSCRIPT_HTML] = "html",
    [TRANSCRIPT_TEXT] = "text",
    [TRANSCRIPT_NOTES] = "notes",
};

const char *
transcript_source_name(enum transcript_source source)
{
	return names[source];
}

int
transcript_at(const struct transcript *transcript, double position_s)
{
	guint low = 0, high = transcript->cues->len;

	if (!transcript->timed && !transcript->estimated)
		return -1;
	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (((const struct cue *)transcript->cues->pdata[middle])->start_s <= position_s)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}

// --- bytes to text ---------------------------------------------------------------------------

static char *
convert(const char *bytes, size_t len, const char *charset)
{
	return g_convert_with_fallback(
	    bytes, len, "UTF-8", charset, "\xef\xbf\xbd", NULL, NULL, NULL);
}

static char *
from_cp1252(const char *bytes, size_t len)
{
	GString *out = g_string_sized_new(len + len / 8);

	for (size_t i = 0; i < len; i++)
		g_string_append_unichar(out, entity_cp1252((unsigned char)bytes[i]));
	return g_string_free(out, FALSE);
}

// CRLF and CR become LF, NUL what Unicode has for it.
static char *
even_lines(const char *bytes, size_t len)
{
	GString *out = g_string_sized_new(len + 1);

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\r') {
			if (i + 1 == len || bytes[i + 1] != '\n')
				g_string_append_c(out, '\n');
		} else if (bytes[i] == '\0') {
			g_string_append(out, "\xef\xbf\xbd");
		} else {
			g_string_append_c(out, bytes[i]);
		}
	}
	return g_string_free(out, FALSE);
}

static char *
decode(const char *bytes, size_t len)
{
	static const struct {
		const char *bom;
		size_t len;
		const char *charset;
	} boms[] = {
	    {"\xff\xfe\0\0", 4, "UTF-32LE"},
	    {"\0\0\xfe\xff", 4, "UTF-32BE"},
	    {"\xff\xfe", 2, "UTF-16LE"},
	    {"\xfe\xff", 2, "UTF-16BE"},
	    {"\xef\xbb\xbf", 3, NULL},
	};
	g_autofree char *wide = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(boms); i++) {
		if (len < boms[i].len || memcmp(bytes, boms[i].bom, boms[i].len) != 0)
			continue;
		bytes += boms[i].len;
		len -= boms[i].len;
		if (boms[i].charset && (wide = convert(bytes, len, boms[i].charset))) {
			bytes = wide;
			len = strlen(wide);
		}
		break;
	}
	g_autofree char *lines = even_lines(bytes, len);

	if (g_utf8_validate(lines, -1, NULL))
		return g_steal_pointer(&lines);
	// A few bad bytes in UTF-8 are no other encoding.
	g_autofree char *mended = g_utf8_make_valid(lines, -1);
	size_t bad = 0, good = 0;

	for (const char *p = mended; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		bad += c == 0xfffd;
		good += c >= 0x80 && c != 0xfffd;
	}
	return good > bad ? g_steal_pointer(&mended) : from_cp1252(lines, strlen(lines));
}

// --- which format ----------------------------------------------------------------------------

static bool
has_extension(const char *url, const char *extension)
{
	size_t len = url ? strcspn(url, "?#") : 0, n = strlen(extension);

	return len > n && g_ascii_strncasecmp(url + len - n, extension, n) == 0;
}

static bool
says(const char *type, const char *url, const char *word, const char *extension)
{
	g_autofree char *lower = type ? g_ascii_strdown(type, -1) : NULL;

	return (lower && strstr(lower, word)) || has_extension(url, extension);
}

static bool
has_timing(const char *text)
{
	for (const char *p = text; *p && p - text < SNIFF_BYTES;) {
		size_t len = strcspn(p, "\n");

		if (transcript_is_timing(p, len))
			return true;
		p += len + (p[len] == '\n');
	}
	return false;
}

static bool
looks_html(const char *p)
{
	g_autofree char *head = g_ascii_strdown(p, MIN(strlen(p), 2048));

	return *p == '<' ? g_ascii_isalpha(p[1]) || p[1] == '!' || p[1] == '?'
			 : strstr(head, "<html") || strstr(head, "<cite>") || strstr(head, "<p>") ||
			       strstr(head, "<br");
}

static enum transcript_source
sniff(const char *text, const char *type, const char *url)
{
	const char *p = text + strspn(text, " \t\n");

	if (g_str_has_prefix(p, "WEBVTT"))
		return TRANSCRIPT_VTT;
	if (*p == '{' || (*p == '[' && strchr("{]", p[1 + strspn(p + 1, " \t\n")])))
		return TRANSCRIPT_JSON;
	if (has_timing(p))
		return says(type, url, "vtt", ".vtt") ? TRANSCRIPT_VTT : TRANSCRIPT_SRT;
	if (looks_html(p))
		return TRANSCRIPT_HTML;
	return says(type, url, "html", ".html") ? TRANSCRIPT_HTML : TRANSCRIPT_TEXT;
}

// The reader of one format, with its word on what else the bytes may be.
static struct transcript *
read_as(enum transcript_source source, const char *text, GError **error)
{
	switch (source) {
	case TRANSCRIPT_VTT:
		return transcript_read_vtt(text + strspn(text, " \t\n"));
	case TRANSCRIPT_SRT:
		return transcript_read_srt(text);
	case TRANSCRIPT_JSON:
		return transcript_read_json(text, error);
	case TRANSCRIPT_HTML:
		return transcript_read_html(text);
	default:
		return transcript_read_text(text);
	}
}

static struct transcript *
parse(const char *bytes, size_t len, const char *type, const char *url, GError **error)
{
	const char *problem = NULL;
	OWNED(transcript) transcript = NULL;

	if (len > TRANSCRIPT_BYTES) {
		problem = _("larger than 20 MB, too large for a transcript");
	} else {
		g_autofree char *text = decode(bytes, len);
		enum transcript_source source = sniff(text, type, url);

		if (text[strspn(text, " \t\n")] == '\0')
			problem = _("empty");
		else if (!(transcript = read_as(source, text, error)))
			return NULL;
		else if (transcript->cues->len == 0)
			problem = source == TRANSCRIPT_HTML
				      ? _("a web page without a transcript")
				      : _("no text that reads as a transcript");
	}
	if (problem) {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED, problem);
		return NULL;
	}
	transcript_finish(transcript);
	return g_steal_pointer(&transcript);
}

struct transcript *
transcript_parse(const char *bytes, size_t len, const char *type, const char *url, GError **error)
{
	struct transcript *transcript = parse(bytes, len, type, url, error);
	g_autofree char *name = url ? log_url(url) : NULL;

	if (!transcript)
		g_prefix_error(error, "%s: ", name ? name : _("The transcript"));
	return transcript;
}

int
transcript_rank(
    const char *type, const char *url, const char *rel, const char *language, const char *wanted)
{
	int rank = says(type, url, "vtt", ".vtt")					 ? 0
		   : says(type, url, "json", ".json")					 ? 1
		   : says(type, url, "srt", ".srt") || says(type, url, "subrip", ".srt") ? 2
		   : says(type, url, "html", ".html")					 ? 6
											 : 7;

	if (rel && g_ascii_strcasecmp(rel, "captions") == 0 && rank < 6)
		rank -= 3;
	if (language && wanted && *language && *wanted &&
	    g_ascii_strncasecmp(language, wanted, strcspn(wanted, "-_.")) != 0)
		rank += 20;
	return rank + 3;
}
