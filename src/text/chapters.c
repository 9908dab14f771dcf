// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chapters: podcast JSON, those in the notes, and what holds for all of them.
#include "text/chapters.h"

#include <jansson.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "text/highlights_find.h"

enum { CHAPTERS_MAX = 10000, TITLE_MAX_CHARS = 500 };
#define CHAPTER_MAX_S (7 * 24 * 3600.0) // as when_parse_length has it for times that are texts

struct chapter *
chapter_new(double start_s, double end_s, const char *title, const char *url, const char *image)
{
	struct chapter *chapter = g_new0(struct chapter, 1);

	chapter->start_s = start_s;
	chapter->end_s = end_s;
	chapter->title = text_clean_line(title, -1, TITLE_MAX_CHARS);
	chapter->url = url && *url ? text_clean_line(url, -1, 0) : NULL;
	chapter->image = image && *image ? text_clean_line(image, -1, 0) : NULL;
	return chapter;
}

void
chapter_free(struct chapter *chapter)
{
	if (!chapter)
		return;
	g_free(chapter->title);
	g_free(chapter->url);
	g_free(chapter->image);
	g_free(chapter);
}

static double
seconds_of(const json_t *value)
{
	double seconds = -1;

	if (json_is_number(value)) {
		seconds = json_number_value(value);
		return seconds <= CHAPTER_MAX_S ? seconds : -1;
	}
	if (json_is_string(value) && !when_parse_length(json_string_value(value), &seconds))
		return -1;
	return seconds;
}

static void
read_chapter(GPtrArray *chapters, const json_t *object)
{
	double start_s = seconds_of(json_object_get(object, "startTime"));

	if (start_s < 0 || json_is_false(json_object_get(object, "toc")) ||
	    chapters->len >= CHAPTERS_MAX)
		return;
	g_ptr_array_add(
	    chapters, chapter_new(start_s, seconds_of(json_object_get(object, "endTime")),
			  json_string_value(json_object_get(object, "title")),
			  json_string_value(json_object_get(object, "url")),
			  json_string_value(json_object_get(object, "img"))));
}

GPtrArray *
chapters_from_json(const char *bytes, size_t len, GError **error)
{
	g_autofree char *text = g_utf8_make_valid(bytes, len);
	const char *p = text + (g_str_has_prefix(text, "\xef\xbb\xbf") ? 3 : 0);

	p += strspn(p, " \t\r\n");
	if (*p == '\0' || *p == '<') {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
		    *p ? _("a web page came instead of chapters") : _("the chapters are empty"));
		return NULL;
	}
	json_error_t why;
	json_t *root = json_loads(p, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &why);
	const json_t *list = json_is_array(root) ? root : json_object_get(root, "chapters");

	if (!json_is_array(list)) {
		if (!root)
			g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
			    _("the chapters' JSON cannot be read: %s (line %d)"), why.text,
			    why.line);
		else
			g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
			    _("this JSON holds no \"chapters\""));
		json_decref(root);
		return NULL;
	}
	GPtrArray *chapters = g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	size_t index;
	json_t *chapter;

	json_array_foreach((json_t *)list, index, chapter) read_chapter(chapters, chapter);
	json_decref(root);
	chapters_finish(chapters, WHEN_NO_LENGTH);
	return chapters;
}

GPtrArray *
chapters_from_notes(const struct notes *notes)
{
	GPtrArray *chapters = g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	g_autoptr(GArray) sections = sections_find(notes);
	g_autoptr(GArray) times = times_find(notes, sections);
	double before = -1;
	bool rising = true;

	for (guint i = 0; i < times->len; i++) {
		const struct found_time *time = &g_array_index(times, struct found_time, i);

		if (!time->listed)
			continue;
		rising = rising && time->start_s >= before;
		before = time->start_s;
		g_ptr_array_add(chapters, chapter_new(time->start_s, -1, time->title, NULL, NULL));
	}
	// One code is no list, and codes that jump about are none of chapters.
	if (chapters->len < 2 || !rising)
		g_ptr_array_set_size(chapters, 0);
	chapters_finish(chapters, WHEN_NO_LENGTH);
	return chapters;
}

static int
compare_start(gconstpointer a, gconstpointer b)
{
	const struct chapter *left = *(const struct chapter *const *)a;
	const struct chapter *right = *(const struct chapter *const *)b;

	return (left->start_s > right->start_s) - (left->start_s < right->start_s);
}

static bool
is_double(const struct chapter *one, const struct chapter *other)
{
	return one->start_s == other->start_s && strcmp(one->title, other->title) == 0;
}

void
chapters_finish(GPtrArray *chapters, double duration_s)
{
	guint kept = 0;

	g_ptr_array_sort(chapters, compare_start);
	for (guint i = 0; i < chapters->len; i++) {
		struct chapter *chapter = chapters->pdata[i];

		if (kept > 0 && is_double(chapters->pdata[kept - 1], chapter)) {
			chapter_free(chapter);
			continue;
		}
		chapters->pdata[kept++] = chapter;
	}
	// Those behind KEPT were freed or moved.
	for (guint i = kept; i < chapters->len; i++)
		chapters->pdata[i] = NULL;
	g_ptr_array_set_size(chapters, kept);
	for (guint i = 0; i < chapters->len; i++) {
		struct chapter *chapter = chapters->pdata[i];
		const struct chapter *next = i + 1 < chapters->len ? chapters->pdata[i + 1] : NULL;
		double end_s = next ? next->start_s : duration_s;

		if (chapter->end_s <= chapter->start_s)
			chapter->end_s = end_s > chapter->start_s ? end_s : -1;
	}
}

int
chapters_at(const GPtrArray *chapters, double position_s)
{
	guint low = 0, high = chapters->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (((const struct chapter *)chapters->pdata[middle])->start_s <= position_s)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}
