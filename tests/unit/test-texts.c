// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts and chapters: kept and read back, which source wins, when a document is wanted.
#include <string.h>

#include "base/when.h"
#include "library.h"
#include "store/episodes.h"
#include "store/texts.h"

#define NOW LIBRARY_NOW_S

static void
free_transcript(gpointer data)
{
	struct feed_transcript *transcript = data;

	g_free(transcript->url);
	g_free(transcript->type);
	g_free(transcript);
}

static void
offer_transcript(struct feed_episode *episode, const char *url, const char *type)
{
	struct feed_transcript *one = g_new0(struct feed_transcript, 1);

	one->url = g_strdup(url);
	one->type = g_strdup(type);
	g_ptr_array_add(episode->transcripts, one);
}

// Episode 1 with documents offered and psc chapters, 2 with notes of NOTES, 3 with nothing.
static struct store *
make_library(const char *notes)
{
	struct store *store = library_open();
	gint64 show = library_show(store, "https://a.example/feed");
	g_autoptr(GPtrArray) episodes = library_episodes(3);
	struct feed_episode *first = episodes->pdata[0], *second = episodes->pdata[1];

	g_ptr_array_unref(first->transcripts);
	first->transcripts = g_ptr_array_new_with_free_func(free_transcript);
	offer_transcript(first, "https://a.example/t.html", "text/html");
	offer_transcript(first, "https://a.example/t.vtt", "text/vtt");
	first->chapters_url = g_strdup("https://a.example/c.json");
	first->chapters_type = g_strdup("application/json+chapters");
	first->duration_s = 600;
	g_ptr_array_unref(first->chapters);
	first->chapters = g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);
	g_ptr_array_add(first->chapters, chapter_new(0, -1, "From the feed", NULL, NULL));
	second->notes_html = g_strdup(notes);
	second->duration_s = 3600;
	library_merge(store, show, episodes, NOW);
	return store;
}

static struct transcript *
parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct transcript *transcript =
	    transcript_parse(text, strlen(text), "text/vtt", NULL, &error);

	g_assert_no_error(error);
	return transcript;
}

static const char vtt[] = "WEBVTT\n\n00:01.000 --> 00:03.500\n<v Emily>Hello there.\n\n"
			  "00:04.000 --> 00:06.000\n<v Dave>Good morning.\n";

static void
test_transcript(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = make_library(NULL);
	OWNED(transcript) parsed = parse(vtt);

	g_autoptr(GPtrArray) offers = transcript_offers(store, 1, &error);
	g_assert_cmpuint(offers->len, ==, 2);
	const struct offer *best = offers->pdata[0];
	g_assert_cmpstr(best->url, ==, "https://a.example/t.vtt");
	g_assert_null(transcript_load(store, 1, &error));
	g_assert_no_error(error);
	g_assert_true(transcript_wanted(store, 1, &error));
	g_assert_false(transcript_wanted(store, 3, &error));

	gint64 version = transcript_version(store, 1);
	g_assert_cmpint(version, ==, 0);
	for (int round = 0; round < 2; round++) { // the second time in place of the first
		g_assert_true(transcript_save(store, 1, parsed, best->url, &error));
		g_assert_cmpint(transcript_version(store, 1), !=, version);
		version = transcript_version(store, 1);
		g_assert_cmpint(transcript_version(store, 1), ==, version);
		OWNED(transcript) read = transcript_load(store, 1, &error);
		g_assert_no_error(error);
		g_assert_cmpuint(read->cues->len, ==, parsed->cues->len);
		g_assert_cmpint(read->source, ==, TRANSCRIPT_VTT);
		g_assert_true(read->timed);
		for (guint i = 0; i < read->cues->len; i++) {
			const struct cue *a = read->cues->pdata[i], *b = parsed->cues->pdata[i];
			g_assert_cmpfloat(a->start_s, ==, b->start_s);
			g_assert_cmpfloat(a->end_s, ==, b->end_s);
			g_assert_cmpstr(a->speaker, ==, b->speaker);
			g_assert_cmpstr(a->text, ==, b->text);
		}
	}
	g_assert_false(transcript_wanted(store, 1, &error));
	OWNED(episode) episode = episode_get(store, 1, &error);
	g_assert_true(episode->has_transcript);
}

// A failure is not tried again for a day.
static void
test_failure(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store) store = make_library(NULL);
	g_autofree char *now = when_iso(NOW), *soon = when_iso(NOW + 23 * 3600);
	g_autofree char *later = when_iso(NOW + 25 * 3600);

	g_assert_true(transcript_save_failure(store, 1, "404", &error));
	g_assert_true(chapters_save_failure(store, 1, "404", &error));
	g_assert_false(transcript_wanted(store, 1, &error));
	g_assert_false(chapters_wanted(store, 1, &error));
	g_setenv("HARK_NOW", soon, TRUE);
	g_assert_false(transcript_wanted(store, 1, &error));
	g_setenv("HARK_NOW", later, TRUE);
	g_assert_true(transcript_wanted(store, 1, &error));
	g_assert_true(chapters_wanted(store, 1, &error));
	g_setenv("HARK_NOW", now, TRUE);
	g_assert_no_error(error);
}

static void
test_in_notes(void)
{
	g_autoptr(GString) notes = g_string_new("<h2>Transcript</h2>");
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 30; i++)
		g_string_append_printf(notes,
		    "<p>%s: This is the %dth thing that I have to say about the matter at hand, "
		    "and "
		    "it will not be the last one either, I am afraid.</p>",
		    i % 2 ? "Dave" : "Emily", i);
	OWNED(store) store = make_library(notes->str);
	OWNED(episode) episode = episode_get(store, 2, &error);
	g_assert_true(episode->has_transcript);
	OWNED(transcript) found = transcript_load(store, 2, &error);
	g_assert_no_error(error);
	g_assert_nonnull(found);
	g_assert_cmpint(found->source, ==, TRANSCRIPT_NOTES);
	g_assert_false(found->timed);
	g_assert_cmpuint(found->cues->len, >=, 2);
	OWNED(episode) bare = episode_get(store, 3, &error);
	g_assert_false(bare->has_transcript);
}

static void
check_chapters(
    struct store *store, gint64 id, enum chapters_source source, guint count, const char *first)
{
	g_autoptr(GError) error = NULL;
	enum chapters_source found;
	g_autoptr(GPtrArray) chapters = chapters_load(store, id, &found, &error);

	g_assert_no_error(error);
	g_assert_cmpint(found, ==, source);
	g_assert_cmpuint(chapters->len, ==, count);
	if (count > 0)
		g_assert_cmpstr(((const struct chapter *)chapters->pdata[0])->title, ==, first);
}

static GPtrArray *
made_chapters(const char *title, int count)
{
	GPtrArray *chapters = g_ptr_array_new_with_free_func((GDestroyNotify)chapter_free);

	for (int i = 0; i < count; i++)
		g_ptr_array_add(
		    chapters, chapter_new(i * 100, -1, title, "https://a.example/", NULL));
	return chapters;
}

// JSON before psc before the file's before the notes'.
static void
test_chapters(void)
{
	g_autoptr(GError) error = NULL;
	OWNED(store)
	store = make_library("<p>0:00 Welcome<br>12:47 The relay<br>31:40 The end</p>");
	g_autoptr(GPtrArray) json = made_chapters("From JSON", 3);
	g_autoptr(GPtrArray) file = made_chapters("From the file", 2);

	check_chapters(store, 3, CHAPTERS_NONE, 0, NULL);
	check_chapters(store, 2, CHAPTERS_NOTES, 3, "Welcome");
	g_assert_true(chapters_save(store, 2, CHAPTERS_FILE, file, &error));
	check_chapters(store, 2, CHAPTERS_FILE, 2, "From the file");

	check_chapters(store, 1, CHAPTERS_PSC, 1, "From the feed");
	g_assert_true(chapters_save(store, 1, CHAPTERS_FILE, file, &error));
	check_chapters(store, 1, CHAPTERS_PSC, 1, "From the feed");
	g_assert_true(chapters_wanted(store, 1, &error));
	struct offer *offer = chapters_offer(store, 1, &error);
	g_assert_cmpstr(offer->url, ==, "https://a.example/c.json");
	offer_free(offer);
	g_assert_null(chapters_offer(store, 3, &error));
	g_assert_true(chapters_save(store, 1, CHAPTERS_JSON, json, &error));
	check_chapters(store, 1, CHAPTERS_JSON, 3, "From JSON");
	g_assert_false(chapters_wanted(store, 1, &error));

	// Ends are filled: from the next start, the last from the length.
	g_autoptr(GPtrArray) chapters = chapters_load(store, 1, NULL, &error);
	g_assert_cmpfloat(((const struct chapter *)chapters->pdata[0])->end_s, ==, 100);
	g_assert_cmpfloat(((const struct chapter *)chapters->pdata[2])->end_s, ==, 600);
	OWNED(episode) episode = episode_get(store, 1, &error);
	g_assert_true(episode->has_chapters);
	g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
	library_init(&argc, &argv);
	g_test_add_func("/texts/transcript", test_transcript);
	g_test_add_func("/texts/failure", test_failure);
	g_test_add_func("/texts/in-notes", test_in_notes);
	g_test_add_func("/texts/chapters", test_chapters);
	return g_test_run();
}
