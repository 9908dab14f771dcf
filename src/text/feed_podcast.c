// SPDX-License-Identifier: GPL-3.0-or-later
//
// The podcast namespace, and psc's chapters.
#include "base/when.h"
#include "text/feed_private.h"

#include <math.h>
#include <string.h>

void
start_transcript(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	GPtrArray *transcripts = parser->item.episode->transcripts;
	char *url = feed_attribute_url(parser, attributes, "url");

	if (!url || transcripts->len >= FEED_LIST) {
		g_free(url);
		return;
	}
	struct feed_transcript *transcript = g_new0(struct feed_transcript, 1);
	transcript->url = url;
	transcript->type = feed_attribute_line(attributes, "type");
	transcript->language = feed_attribute_line(attributes, "language");
	transcript->rel = feed_attribute_line(attributes, "rel");
	g_ptr_array_add(transcripts, transcript);
}

void
start_chapters(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	struct feed_episode *episode = parser->item.episode;

	if (episode->chapters_url)
		return;
	episode->chapters_url = feed_attribute_url(parser, attributes, "url");
	if (episode->chapters_url)
		episode->chapters_type = feed_attribute_line(attributes, "type");
}

// Seconds with a fraction; negative where it is none.
static double
seconds(const struct feed_attributes *attributes, const char *name)
{
	g_autofree char *text = feed_attribute(attributes, name);
	double value;

	return text && when_parse_length(text, &value) ? value : -1;
}

void
start_soundbite(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	struct feed_soundbite bite = {
		.start_s = seconds(attributes, "startTime"),
		.duration_s = seconds(attributes, "duration"),
	};

	g_clear_pointer(&parser->soundbite, feed_soundbite_free);
	if (bite.start_s >= 0 && bite.duration_s > 0)
		parser->soundbite = g_memdup2(&bite, sizeof(bite));
}

void
end_soundbite(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	GPtrArray *soundbites = parser->item.episode->soundbites;

	if (!parser->soundbite || soundbites->len >= FEED_LIST)
		return;
	parser->soundbite->title = feed_title_line(text, len);
	g_ptr_array_add(soundbites, g_steal_pointer(&parser->soundbite));
}

static char *
lower(char *take_text)
{
	g_autofree char *text = take_text;

	return text ? g_utf8_strdown(text, -1) : NULL;
}

void
start_person(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	struct feed_person *person = g_new0(struct feed_person, 1);

	person->role = lower(feed_attribute_line(attributes, "role"));
	person->group = lower(feed_attribute_line(attributes, "group"));
	person->image = feed_attribute_url(parser, attributes, "img");
	person->url = feed_attribute_url(parser, attributes, "href");
	feed_person_free(parser->person);
	parser->person = person;
}

void
end_person(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	struct feed_episode *episode = parser->item.episode;
	GPtrArray *persons = episode ? episode->persons : parser->feed->persons;

	if (!parser->person || persons->len >= FEED_LIST)
		return;
	parser->person->name = feed_title_line(text, len);
	if (parser->person->name)
		g_ptr_array_add(persons, g_steal_pointer(&parser->person));
}

void
feed_funding_add(struct feed_parser *parser, char *take_url, char *take_text)
{
	GPtrArray *fundings = parser->feed->funding;
	bool known = fundings->len >= FEED_LIST;

	for (guint i = 0; i < fundings->len && !known; i++) {
		const struct feed_funding *funding = fundings->pdata[i];
		known = strcmp(funding->url, take_url) == 0;
	}
	if (known) {
		g_free(take_url);
		g_free(take_text);
		return;
	}
	struct feed_funding *funding = g_new0(struct feed_funding, 1);
	funding->url = take_url;
	funding->text = take_text;
	g_ptr_array_add(fundings, funding);
}

void
start_funding(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	g_free(parser->funding_url);
	parser->funding_url = feed_attribute_url(parser, attributes, "url");
}

void
end_funding(struct feed_parser *parser, const struct feed_row *row, const char *text, size_t len)
{
	if (parser->funding_url)
		feed_funding_add(parser, g_steal_pointer(&parser->funding_url),
		    feed_title_line(text, len));
}

// Only the first list of an episode counts.
void
start_psc_chapters(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	parser->item.psc_lists++;
}

void
start_psc_chapter(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes)
{
	GPtrArray *chapters = parser->item.episode->chapters;
	double start_s = seconds(attributes, "start");

	if (parser->item.psc_lists > 1 || start_s < 0 || chapters->len >= FEED_LIST)
		return;
	g_autofree char *title = feed_attribute_line(attributes, "title");
	g_autofree char *url = feed_attribute_url(parser, attributes, "href");
	g_autofree char *image = feed_attribute_url(parser, attributes, "image");
	g_ptr_array_add(chapters, chapter_new(start_s, -1, title ? title : "", url, image));
}
