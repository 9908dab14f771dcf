// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bundled tour is whole: every file beside the feed, times within the audio, keys at its head.
#include "config.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "feed-dump.h"
#include "text/feed.h"
#include "text/highlights.h"
#include "text/notes.h"
#include "text/transcript.h"

#define TOUR_MAX_BYTES 1500000

// What the three of them show of the formats, and the keys that they teach.
static const struct {
	const char *title;
	enum transcript_source source;
	int voices;
	bool chapters_document, chapters_in_feed;
	const char *keys; // at the beginning of the highlights
} wanted[] = {
    {"Finding your way", TRANSCRIPT_VTT, 2, true, false, "Enter"},
    {"Reading while listening", TRANSCRIPT_SRT, 2, false, true, "( and )"},
    {"Keeping up", TRANSCRIPT_JSON, 1, false, false, "a adds"},
};

static char *
read_beside(const char *uri, gsize *len)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_filename_from_uri(uri, NULL, &error);
	char *bytes = NULL;

	g_assert_no_error(error);
	g_file_get_contents(path, &bytes, len, &error);
	g_assert_no_error(error);
	return bytes;
}

static struct feed *
read_tour(void)
{
	g_autofree char *path =
	    g_build_filename(g_getenv("HARK_DATADIR"), "tour", "feed.xml", NULL);
	g_autofree char *uri = g_filename_to_uri(path, NULL, NULL);
	g_autoptr(GError) error = NULL;
	gsize len;
	g_autofree char *bytes = read_beside(uri, &len);
	struct feed *feed = feed_parse(bytes, len, uri, NULL, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(feed->warnings->len, ==, 0);
	g_assert_cmpuint(feed->episodes->len, ==, G_N_ELEMENTS(wanted));
	return feed;
}

static void
test_audio(void)
{
	OWNED(feed) feed = read_tour();
	gsize all = 0;

	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = g_ptr_array_index(feed->episodes, i);
		const struct feed_enclosure *enclosure = g_ptr_array_index(episode->enclosures, 0);
		gsize len;
		g_autofree char *audio = read_beside(enclosure->url, &len);
		g_assert_cmpstr(episode->title, ==, wanted[i].title);
		g_assert_cmpint(enclosure->length_bytes, ==, len);
		g_assert_cmpfloat(episode->duration_s, >=, 60);
		g_assert_cmpfloat(episode->duration_s, <=, 120);
		all += len;
	}
	g_assert_cmpuint(all, <, TOUR_MAX_BYTES);
}

static void
check_cues(const struct transcript *transcript, double duration_s, int voices)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	double before_s = 0;

	g_assert_cmpuint(transcript->cues->len, >=, 10);
	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = g_ptr_array_index(transcript->cues, i);
		g_assert_cmpfloat(cue->start_s, >=, before_s);
		g_assert_cmpfloat(cue->end_s, >, cue->start_s);
		g_assert_nonnull(cue->speaker);
		g_hash_table_add(names, cue->speaker);
		before_s = cue->end_s;
	}
	g_assert_cmpfloat(before_s, <, duration_s);
	g_assert_cmpfloat(before_s, >, duration_s - 3);
	g_assert_cmpuint(g_hash_table_size(names), ==, voices);
}

static void
test_transcripts(void)
{
	OWNED(feed) feed = read_tour();

	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = g_ptr_array_index(feed->episodes, i);
		const struct feed_transcript *offer = g_ptr_array_index(episode->transcripts, 0);
		g_autoptr(GError) error = NULL;
		gsize len;
		g_autofree char *bytes = read_beside(offer->url, &len);
		OWNED(transcript)
		transcript = transcript_parse(bytes, len, offer->type, offer->url, &error);
		g_assert_no_error(error);
		g_assert_cmpint(transcript->source, ==, wanted[i].source);
		g_assert_true(transcript->timed);
		g_assert_cmpuint(transcript->warnings->len, ==, 0);
		check_cues(transcript, episode->duration_s, wanted[i].voices);
	}
}

static void
test_chapters(void)
{
	OWNED(feed) feed = read_tour();

	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = g_ptr_array_index(feed->episodes, i);
		g_assert_cmpint(episode->chapters_url != NULL, ==, wanted[i].chapters_document);
		g_assert_cmpint(episode->chapters->len == 5, ==, wanted[i].chapters_in_feed);
		if (!episode->chapters_url)
			continue;
		g_autoptr(GError) error = NULL;
		gsize len;
		g_autofree char *bytes = read_beside(episode->chapters_url, &len);
		g_autoptr(GPtrArray) chapters = chapters_from_json(bytes, len, &error);
		g_assert_no_error(error);
		g_assert_cmpuint(chapters->len, ==, 5);
	}
}

static void
test_notes(void)
{
	OWNED(feed) feed = read_tour();

	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = g_ptr_array_index(feed->episodes, i);
		OWNED(notes)
		notes = notes_parse(episode->notes_html, -1, NULL, episode->duration_s);
		OWNED(highlights) highlights = highlights_find(notes);
		g_assert_cmpuint(highlights->items->len, ==, 5);
		g_assert_true(
		    g_str_has_prefix(g_ptr_array_index(highlights->items, 0), wanted[i].keys));
		g_assert_cmpuint(highlights->times->len, ==, 5);
		g_assert_cmpuint(notes->links->len, >=, 3);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tour/audio", test_audio);
	g_test_add_func("/tour/transcripts", test_transcripts);
	g_test_add_func("/tour/chapters", test_chapters);
	g_test_add_func("/tour/notes", test_notes);
	return g_test_run();
}
