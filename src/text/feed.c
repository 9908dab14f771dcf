// SPDX-License-Identifier: GPL-3.0-or-later
//
// The structs that a feed becomes.
#include "text/feed_private.h"

#include <libxml/parser.h>

#include "base/when.h"

void
feed_init(void)
{
	xmlInitParser();
}

static void
funding_free(struct feed_funding *funding)
{
	if (!funding)
		return;
	g_free(funding->url);
	g_free(funding->text);
	g_free(funding);
}

void
feed_person_free(struct feed_person *person)
{
	if (!person)
		return;
	g_free(person->name);
	g_free(person->role);
	g_free(person->group);
	g_free(person->image);
	g_free(person->url);
	g_free(person);
}

void
feed_enclosure_free(struct feed_enclosure *enclosure)
{
	if (!enclosure)
		return;
	g_free(enclosure->url);
	g_free(enclosure->type);
	g_free(enclosure);
}

static void
transcript_free(struct feed_transcript *transcript)
{
	if (!transcript)
		return;
	g_free(transcript->url);
	g_free(transcript->type);
	g_free(transcript->language);
	g_free(transcript->rel);
	g_free(transcript);
}

void
feed_soundbite_free(struct feed_soundbite *soundbite)
{
	if (!soundbite)
		return;
	g_free(soundbite->title);
	g_free(soundbite);
}

static GPtrArray *
list_of(void (*free_one)(void *))
{
	return g_ptr_array_new_with_free_func(free_one);
}

#define LIST_OF(free_one) list_of((GDestroyNotify)(free_one))

struct feed_episode *
feed_episode_new(void)
{
	struct feed_episode *episode = g_new0(struct feed_episode, 1);

	episode->published_s = WHEN_UNKNOWN;
	episode->duration_s = WHEN_NO_LENGTH;
	episode->enclosures = LIST_OF(feed_enclosure_free);
	episode->transcripts = LIST_OF(transcript_free);
	episode->chapters = LIST_OF(chapter_free);
	episode->persons = LIST_OF(feed_person_free);
	episode->soundbites = LIST_OF(feed_soundbite_free);
	return episode;
}

void
feed_episode_free(struct feed_episode *episode)
{
	if (!episode)
		return;
	g_free(episode->guid);
	g_free(episode->title);
	g_free(episode->link);
	g_free(episode->summary);
	g_free(episode->notes_html);
	g_free(episode->author);
	g_free(episode->image);
	g_free(episode->episode);
	g_free(episode->episode_type);
	g_free(episode->chapters_url);
	g_free(episode->chapters_type);
	g_free(episode->extras);
	g_ptr_array_unref(episode->enclosures);
	g_ptr_array_unref(episode->transcripts);
	g_ptr_array_unref(episode->chapters);
	g_ptr_array_unref(episode->persons);
	g_ptr_array_unref(episode->soundbites);
	g_free(episode);
}

struct feed *
feed_new(void)
{
	struct feed *feed = g_new0(struct feed, 1);

	feed->categories = LIST_OF(g_free);
	feed->funding = LIST_OF(funding_free);
	feed->persons = LIST_OF(feed_person_free);
	feed->episodes = LIST_OF(feed_episode_free);
	feed->warnings = warnings_new();
	feed->alternates = LIST_OF(g_free);
	return feed;
}

void
feed_free(struct feed *feed)
{
	if (!feed)
		return;
	g_free(feed->title);
	g_free(feed->link);
	g_free(feed->author);
	g_free(feed->language);
	g_free(feed->image);
	g_free(feed->description);
	g_free(feed->type);
	g_free(feed->guid);
	g_free(feed->owner_name);
	g_free(feed->owner_email);
	g_free(feed->feed_url);
	g_free(feed->next_page);
	g_free(feed->new_feed_url);
	g_free(feed->encoding);
	g_free(feed->extras);
	g_ptr_array_unref(feed->categories);
	g_ptr_array_unref(feed->funding);
	g_ptr_array_unref(feed->persons);
	g_ptr_array_unref(feed->episodes);
	g_ptr_array_unref(feed->warnings);
	g_ptr_array_unref(feed->alternates);
	g_free(feed);
}
