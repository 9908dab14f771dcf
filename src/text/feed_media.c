// SPDX-License-Identifier: GPL-3.0-or-later
//
// Enclosures: what type they are, which one is the main one (STANDARDS section 5).
#include "text/feed_private.h"

#include <string.h>

static const struct {
	const char *extension, *type;
} types[] = {
	{ "mp3", "audio/mpeg" },   { "m4a", "audio/mp4" },  { "m4b", "audio/mp4" },
	{ "aac", "audio/aac" },	   { "ogg", "audio/ogg" },  { "oga", "audio/ogg" },
	{ "opus", "audio/opus" },  { "flac", "audio/flac" }, { "wav", "audio/wav" },
	{ "mp4", "video/mp4" },	   { "m4v", "video/mp4" },  { "mov", "video/quicktime" },
	{ "webm", "video/webm" },  { "mkv", "video/x-matroska" },
	{ "m3u8", "application/x-mpegURL" },		    { "jpg", "image/jpeg" },
	{ "jpeg", "image/jpeg" },  { "png", "image/png" },  { "pdf", "application/pdf" },
};

// TYPE where it says something, else by the extension of URL's path; NULL unknown.
static const char *
useful_type(const char *url, const char *type)
{
	if (type && strchr(type, '/') && g_ascii_strcasecmp(type, "application/octet-stream") != 0)
		return type;
	const char *end = url + strcspn(url, "?#");
	const char *dot = end;
	while (dot > url && *dot != '.' && *dot != '/')
		dot--;
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		size_t len = strlen(types[i].extension);
		if (*dot == '.' && (size_t)(end - dot) == len + 1 &&
		    g_ascii_strncasecmp(dot + 1, types[i].extension, len) == 0)
			return types[i].type;
	}
	return type && strchr(type, '/') ? type : NULL;
}

static gint64
length_of(const char *text)
{
	char *end = NULL;
	gint64 length = text ? g_ascii_strtoll(text, &end, 10) : 0;

	return length > 0 && *end == '\0' ? length : -1;
}

void
feed_enclosure_add(GPtrArray *enclosures, char *take_url, char *take_type, const char *length)
{
	g_autofree char *url = take_url, *type = take_type;

	if (!url || enclosures->len >= FEED_LIST)
		return;
	for (guint i = 0; i < enclosures->len; i++) {
		const struct feed_enclosure *known = enclosures->pdata[i];
		if (strcmp(known->url, url) == 0)
			return;
	}
	struct feed_enclosure *enclosure = g_new0(struct feed_enclosure, 1);
	enclosure->type = g_strdup(useful_type(url, type));
	enclosure->url = g_steal_pointer(&url);
	enclosure->length_bytes = length_of(length);
	g_ptr_array_add(enclosures, enclosure);
}

static bool
is_picture(const struct feed_enclosure *enclosure)
{
	return enclosure->type && g_ascii_strncasecmp(enclosure->type, "image/", 6) == 0;
}

const char *
feed_enclosures_picture(const GPtrArray *enclosures)
{
	for (guint i = 0; i < enclosures->len; i++) {
		const struct feed_enclosure *enclosure = enclosures->pdata[i];
		if (is_picture(enclosure))
			return enclosure->url;
	}
	return NULL;
}

static int
rank(const struct feed_enclosure *enclosure)
{
	static const char *const kinds[] = { "audio/", "video/" };

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (enclosure->type &&
		    g_ascii_strncasecmp(enclosure->type, kinds[i], strlen(kinds[i])) == 0)
			return (int)i;
	return is_picture(enclosure) ? 3 : 2;
}

void
feed_enclosures_order(GPtrArray *enclosures)
{
	guint best = 0;

	for (guint i = 1; i < enclosures->len; i++)
		if (rank(enclosures->pdata[i]) < rank(enclosures->pdata[best]))
			best = i;
	if (best == 0)
		return;
	gpointer main_one = enclosures->pdata[best];
	memmove(enclosures->pdata + 1, enclosures->pdata, best * sizeof(gpointer));
	enclosures->pdata[0] = main_one;
}
