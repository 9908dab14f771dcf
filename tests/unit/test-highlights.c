// SPDX-License-Identifier: GPL-3.0-or-later
//
// Highlights, sections and list rows; and the page that hark is made for ($SHARED/seed).
#include <jansson.h>
#include <string.h>

#include "feed-dump.h"
#include "text/feed.h"
#include "text/highlights.h"
#include "text/transcript.h"

static char *
join(const GPtrArray *items)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < items->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? " / " : "", (const char *)items->pdata[i]);
	return g_string_free(out, FALSE);
}

static void
test_items(void)
{
	static const struct {
		const char *notes, *items;
	} rows[] = {
	    // A phrase and a list, in several shapes of heading.
	    {"<p>Some of the highlights of the show include: </p><ul><li>One thing.<li>Two "
	     "things.</ul><p>Links:</p>"
	     "<ul><li>https://a.example</ul>",
		"One thing. / Two things."},
	    {"<p><b>Key Takeaways</b></p><ol><li>First<li>Second</ol>", "First / Second"},
	    {"<h2>In this episode, we cover:</h2><ul><li>A thing<ul><li>detail</ul><li>B "
	     "thing</ul>",
		"A thing / B thing"},
	    {"<p>Intro.</p><p>TOPICS COVERED</p><ul><li>A thing<li>B thing</ul>",
		"A thing / B thing"},
	    {"This is Jane.\nWe also talked about:\n*her days\n*her nights\n\n**Note: nothing",
		"her days / her nights"},
	    {"<p>××× Highlights ×××</p><ul><li>A thing<li>B thing</ul>", "A thing / B thing"},
	    {"In dieser Folge:<br>• Der Anfang<br>• Das Ende", "Der Anfang / Das Ende"},
	    {"Dans cet épisode :\n- Le début\n- La fin", "Le début / La fin"},
	    {"We discuss:\nHow it began\nWhy it ended\n\nThanks for listening!",
		"How it began / Why it ended"},
	    // A key that is a slash is a word.
	    {"<p>In this episode:</p><ul><li><b>/</b> finds a word<li>// Two are a seam</ul>",
		"/ finds a word / Two are a seam"},
	    // Flattened lists.
	    {"We talked about: Starting with one goal, which is not what others are doingWhy you "
	     "should begin "
	     "at the beginningHow it helps everyone. Thanks for listening! Subscribe.",
		"Starting with one goal, which is not what others are doing / Why you should begin "
		"at the "
		"beginning / How it helps everyone."},
	    {"Some key points: There are ups and downs to it.The only way is the long one. You can "
	     "go it. Check out "
	     "the full episode for more.",
		"There are ups and downs to it. / The only way is the long one. / You can go it."},
	    {"Themen: Somalia; Geschichte der Truppe; Ausbildung.",
		"Somalia / Geschichte der Truppe / Ausbildung"},
	    {"Calls today!\n\n// No End // The X // Labor Laws // \n\nMail us",
		"No End / The X / Labor Laws"},
	    {"Taking calls... // Good Race // Year Old Meat // Gift Card //",
		"Good Race / Year Old Meat / Gift Card"},
	    {"Two questions today. 1. Should one do it? 2. May one do it? Well then.",
		"Should one do it? / May one do it?"},
	    // Times.
	    {"00:00 Intro\n02:10 The first thing\n10:00 Sponsor: Acme\n12:47 - The second thing",
		"The first thing / The second thing"},
	    {"Find your place:(00:00) How it began(02:32) What came next?(05:05) The end of it",
		"How it began / What came next? / The end of it"},
	    {"4:03\n\n* The first question?\n\n5:56\n\n* The second question?\n\n7:00\n\n* The "
	     "third?",
		"The first question? / The second question? / The third?"},
	    // A list without a heading.
	    {"<p>Live from the fair!</p><ul><li>One system<li>Another system</ul><p>Sponsored "
	     "by:</p><ul><li>Acme"
	     "<li>Foo</ul>",
		"One system / Another system"},
	    // No highlights.
	    {"<p>Sponsored by:</p><ul><li>Acme<li>Foo</ul>", ""},
	    {"<p>Links</p><ul><li>One page<li>Two pages</ul>", ""},
	    {"<p>Books mentioned in this episode:</p><ul><li>One book<li>Two books</ul>", ""},
	    {"<p>Guests he has hosted include:</p><ul><li>Jane Doe<li>John Roe</ul>", ""},
	    {"<ul><li><a href='https://a.example'>Website</a><li><a "
	     "href='https://b.example'>Twitter</a></ul>",
		""},
	    {"This week's hot topics include one, two, and three.", ""},
	    {"Naomi and Jeremy analyze threats. Then they go home. GitHub and YouTube are named.",
		""},
	    {"In this episode I talk with Jane Doe, author of The Book: A Story of It. It is long. "
	     "It is good.",
		""},
	    {"", ""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes) notes = notes_parse(rows[i].notes, -1, NULL, -1);
		OWNED(highlights) found = highlights_find(notes);
		g_autofree char *got = join(found->items);

		g_assert_cmpstr(got, ==, rows[i].items);
	}
}

static void
test_times(void)
{
	static const struct {
		const char *notes, *times;
	} rows[] = {
	    {"00:00 Intro\n12:47 - Topic", "0=Intro 767=Topic"},
	    {"(1:00) A(2:00) B(3:00) C", "60=A 120=B 180=C"},
	    {"- The topic (3:35)\n- The other [09:00]", "215=The topic 540=The other"},
	    {"hear it at (7:00) and laugh", "420="},
	    {"0:00 - 2:39 The first\n2:39 - 4:00 The second", "0=The first 159=The second"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes) notes = notes_parse(rows[i].notes, -1, NULL, -1);
		OWNED(highlights) found = highlights_find(notes);
		g_autoptr(GString) got = g_string_new(NULL);

		for (guint t = 0; t < found->times->len; t++) {
			const struct highlight_time *time = found->times->pdata[t];

			g_string_append_printf(
			    got, "%s%g=%s", t > 0 ? " " : "", time->start_s, time->title);
		}
		g_assert_cmpstr(got->str, ==, rows[i].times);
	}
}

static void
test_sections(void)
{
	OWNED(notes)
	notes = notes_parse("<p>About it.</p><p>Topics</p><ul><li>a<li>b</ul><p>Links:</p>"
			    "<p><b>Transcript</b></p><p>Announcer: Welcome.</p><p>Emily: Hi.</p>"
			    "<p>Dave: Hi.</p><p>Emily: So.</p>",
	    -1, NULL, -1);
	g_autoptr(GArray) sections = sections_find(notes);
	static const struct section want[] = {
	    {SECTION_NONE, -1, 0, 0},
	    {SECTION_HIGHLIGHTS, 1, 2, 3},
	    {SECTION_LINKS, 4, 5, 4},
	    {SECTION_TRANSCRIPT, 5, 6, 9},
	};

	g_assert_cmpuint(sections->len, ==, G_N_ELEMENTS(want));
	for (guint i = 0; i < sections->len; i++) {
		const struct section *got = &g_array_index(sections, struct section, i);

		g_assert_cmpint(got->kind, ==, want[i].kind);
		g_assert_cmpint(got->heading, ==, want[i].heading);
		g_assert_cmpint(got->first, ==, want[i].first);
		g_assert_cmpint(got->last, ==, want[i].last);
	}
}

static void
test_row(void)
{
	static const struct {
		const char *notes, *summary, *row;
	} rows[] = {
	    {"<p>Topics:</p><ul><li>The first<li>The second</ul>", NULL, "The first"},
	    {"Welcome to the show! This week Jane tells how she built it. And more.", NULL,
		"This week Jane tells how she built it."},
	    {"<p>Hosted on Acast. See acast.com/privacy for more information.</p>", "A summary.",
		"A summary."},
	    {"", "A\nsummary", "A summary"},
	    {"", NULL, ""},
	    {"This episode is brought to you by Acme. Dr. Roe explains J. Smith to us.", NULL,
		"Dr. Roe explains J. Smith to us."},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes) notes = notes_parse(rows[i].notes, -1, NULL, -1);
		g_autofree char *got = highlights_row(notes, rows[i].summary);

		g_assert_cmpstr(got, ==, rows[i].row);
	}
}

static char *
squash(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", *word);
	return g_string_free(out, FALSE);
}

static void
check_list(const json_t *want, const GPtrArray *items)
{
	size_t index;
	json_t *item;

	g_assert_cmpuint(items->len, ==, json_array_size(want));
	json_array_foreach((json_t *)want, index, item)
	{
		g_autofree char *left = squash(items->pdata[index]),
				*right = squash(json_string_value(item));

		g_assert_cmpstr(left, ==, right);
	}
}

static void
check_transcript(const json_t *want, const struct notes *notes)
{
	OWNED(transcript) transcript = transcript_from_notes(notes);
	size_t index;
	json_t *turn;

	g_assert_nonnull(transcript);
	g_assert_cmpint(transcript->source, ==, TRANSCRIPT_NOTES);
	g_assert_false(transcript->timed);
	g_assert_cmpuint(transcript->cues->len, ==, json_array_size(want));
	json_array_foreach((json_t *)want, index, turn)
	{
		const struct cue *cue = transcript->cues->pdata[index];
		g_autofree char *left = squash(cue->text);
		g_autofree char *right = squash(json_string_value(json_object_get(turn, "text")));

		g_assert_cmpstr(
		    cue->speaker, ==, json_string_value(json_object_get(turn, "speaker")));
		g_assert_cmpstr(left, ==, right);
	}
}

static void
check_episode(const json_t *want, const struct feed_episode *episode)
{
	OWNED(notes) notes = notes_parse(episode->notes_html, -1, NULL, episode->duration_s);
	OWNED(highlights) found = highlights_find(notes);
	const char *begins = json_string_value(json_object_get(want, "first_highlight_begins"));
	g_autofree char *all = join(found->items);
	size_t index;
	json_t *phrase;

	if (json_object_get(want, "highlights"))
		check_list(json_object_get(want, "highlights"), found->items);
	if (begins) {
		g_assert_cmpuint(found->items->len, >, 0);
		g_assert_true(g_str_has_prefix(found->items->pdata[0], begins));
	}
	json_array_foreach(json_object_get(want, "no_highlight_contains"), index, phrase)
	    g_assert_null(strstr(all, json_string_value(phrase)));
	if (json_object_get(want, "links"))
		g_assert_cmpuint(
		    notes->links->len, ==, json_array_size(json_object_get(want, "links")));
	if (json_object_get(want, "transcript"))
		check_transcript(json_object_get(want, "transcript"), notes);
}

static void
test_seed(void)
{
	const char *shared = g_getenv("SHARED") ? g_getenv("SHARED") : "";
	g_autofree char *feed_name = g_build_filename(shared, "seed/show.xml", NULL);
	g_autofree char *want_name = g_build_filename(shared, "seed/expected.json", NULL);
	g_autofree char *bytes = NULL;
	size_t len, index;
	json_t *episode;

	if (!g_file_get_contents(feed_name, &bytes, &len, NULL)) {
		g_test_skip("no seed beside the project");
		return;
	}
	OWNED(feed) feed = feed_parse(bytes, len, NULL, NULL, NULL);
	json_t *want = json_load_file(want_name, 0, NULL);

	g_assert_nonnull(feed);
	g_assert_nonnull(want);
	g_assert_cmpuint(
	    json_array_size(json_object_get(want, "episodes")), ==, feed->episodes->len);
	json_array_foreach(json_object_get(want, "episodes"), index, episode)
	{
		const char *guid = json_string_value(json_object_get(episode, "guid"));
		bool seen = false;

		for (guint i = 0; i < feed->episodes->len; i++) {
			const struct feed_episode *got = feed->episodes->pdata[i];

			if (g_strcmp0(got->guid, guid) == 0) {
				seen = true;
				check_episode(episode, got);
			}
		}
		g_assert_true(seen);
	}
	json_decref(want);
}

// A line of a million small sentences is walked through once.
static void
test_long_line(void)
{
	g_autoptr(GString) text = g_string_new(NULL);

	while (text->len < 4 * 1024 * 1024)
		g_string_append(text, "A b c. ");
	OWNED(notes) notes = notes_parse(text->str, (gssize)text->len, NULL, -1);
	g_autofree char *row = highlights_row(notes, "in short");
	g_assert_cmpstr(row, ==, "in short");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/highlights/items", test_items);
	g_test_add_func("/highlights/times", test_times);
	g_test_add_func("/highlights/sections", test_sections);
	g_test_add_func("/highlights/row", test_row);
	g_test_add_func("/highlights/seed", test_seed);
	g_test_add_func("/highlights/long-line", test_long_line);
	return g_test_run();
}
