// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every element that means something: a row. Rows of one name stand together. What is empty lets its
// children stand where it stands: somebody forgot to close it.
#include "text/feed_private.h"

#include <stddef.h>

#define SHOW(member) .field = offsetof(struct show_draft, member)
#define ITEM(member) .field = offsetof(struct episode_draft, got.member)

// clang-format off
const struct feed_row feed_rows[] = {
	// RSS
	{ NS_NONE, "rss", AT_TOP, AT_TOP, .start = feed_is_feed },
	{ NS_RDF, "rdf", AT_TOP, AT_TOP, .start = feed_is_feed },
	{ NS_NONE, "rdf", AT_TOP, AT_TOP, .start = feed_is_feed },
	{ NS_NONE, "redirect", AT_TOP, AT_REDIRECT },
	{ NS_NONE, "newlocation", AT_REDIRECT, AT_IGNORED, TEXT_PLAIN, .end = end_new_feed_url },
	{ NS_NONE, "channel", AT_TOP, AT_SHOW, .start = feed_is_feed },
	{ NS_NONE, "item", AT_ANY, AT_EPISODE, .start = start_item, .end = end_item },
	{ NS_NONE, "image", AT_SHOW | AT_TOP, AT_IMAGE, .html_name = true,
	  .start = start_show_image, SHOW(image) },
	{ NS_NONE, "url", AT_IMAGE, AT_IGNORED, TEXT_PLAIN, .end = end_show_url, SHOW(image) },
	{ NS_NONE, "title", AT_SHOW, AT_IGNORED, TEXT_PLAIN, true, .end = end_show_title, SHOW(title) },
	{ NS_NONE, "title", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, true, .end = end_item_title, ITEM(title) },
	{ NS_NONE, "link", AT_SHOW, AT_IGNORED, TEXT_PLAIN, true, .end = end_show_url, SHOW(link) },
	{ NS_NONE, "link", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, true, .end = end_item_url, ITEM(link) },
	{ NS_NONE, "description", AT_SHOW, AT_IGNORED, TEXT_MARKUP, .end = end_show_text, SHOW(description) },
	{ NS_NONE, "description", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, .end = end_item_text, ITEM(description) },
	{ NS_NONE, "language", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_line, SHOW(language) },
	{ NS_NONE, "category", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_category },
	{ NS_NONE, "ttl", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_ttl },
	{ NS_NONE, "managingeditor", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_author, SHOW(editor) },
	{ NS_NONE, "author", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_author, SHOW(author) },
	{ NS_NONE, "author", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_author, ITEM(author) },
	{ NS_NONE, "guid", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .start = start_guid, .end = end_guid },
	{ NS_NONE, "pubdate", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(published) },
	{ NS_NONE, "enclosure", AT_EPISODE, AT_SAME, .start = start_enclosure },

	// Atom, also within RSS
	{ NS_ATOM, "feed", AT_TOP, AT_SHOW, .start = feed_is_feed },
	{ NS_NONE, "feed", AT_TOP, AT_SHOW, .start = start_plain_feed },
	{ NS_ATOM, "entry", AT_ANY, AT_EPISODE, .start = start_item, .end = end_item },
	{ NS_ATOM, "title", AT_SHOW, AT_IGNORED, TEXT_PLAIN, true, .end = end_show_title, SHOW(title) },
	{ NS_ATOM, "title", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, true, .end = end_item_title, ITEM(title) },
	{ NS_ATOM, "subtitle", AT_SHOW, AT_IGNORED, TEXT_MARKUP, .start = start_atom_text,
	  .end = end_show_text, SHOW(description) },
	{ NS_ATOM, "tagline", AT_SHOW, AT_IGNORED, TEXT_MARKUP, .start = start_atom_text,
	  .end = end_show_text, SHOW(description) },
	{ NS_ATOM, "summary", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, true, .start = start_atom_text,
	  .end = end_item_text, ITEM(atom_summary) },
	{ NS_ATOM, "content", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, .start = start_atom_text,
	  .end = end_item_text, ITEM(atom_content) },
	{ NS_ATOM, "link", AT_SHOW, AT_IGNORED, TEXT_PLAIN, true, .start = start_show_link,
	  .end = end_show_url, SHOW(atom_link) },
	{ NS_ATOM, "link", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, true, .start = start_item_link,
	  .end = end_item_url, ITEM(atom_link) },
	{ NS_ATOM, "id", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_guid },
	{ NS_ATOM, "published", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(published) },
	{ NS_ATOM, "issued", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(published) },
	{ NS_ATOM, "updated", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(updated) },
	{ NS_ATOM, "modified", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(updated) },
	{ NS_ATOM, "author", AT_SHOW, AT_AUTHOR },
	{ NS_ATOM, "author", AT_EPISODE, AT_CREATOR },
	{ NS_ATOM, "name", AT_AUTHOR, AT_IGNORED, TEXT_PLAIN, .end = end_show_author, SHOW(author) },
	{ NS_ATOM, "name", AT_CREATOR, AT_IGNORED, TEXT_PLAIN, .end = end_item_author, ITEM(author) },
	{ NS_ATOM, "icon", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_url, SHOW(icon) },
	{ NS_ATOM, "logo", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_url, SHOW(logo) },
	{ NS_ATOM, "category", AT_SHOW, AT_SAME, .start = start_atom_category },

	// itunes, googleplay
	{ NS_ITUNES, "title", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_title, SHOW(itunes_title) },
	{ NS_ITUNES, "title", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_title, ITEM(itunes_title) },
	{ NS_ITUNES, "author", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_author, SHOW(itunes_author) },
	{ NS_ITUNES, "author", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_author, ITEM(itunes_author) },
	{ NS_ITUNES, "image", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .start = start_show_image,
	  .end = end_show_url, SHOW(itunes_image) },
	{ NS_ITUNES, "image", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .start = start_item_image,
	  .end = end_item_url, ITEM(itunes_image) },
	{ NS_ITUNES, "category", AT_SHOW, AT_SAME, .start = start_itunes_category },
	{ NS_ITUNES, "explicit", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_explicit },
	{ NS_ITUNES, "explicit", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_explicit },
	{ NS_ITUNES, "type", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_type },
	{ NS_ITUNES, "complete", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_complete },
	{ NS_ITUNES, "new-feed-url", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_new_feed_url },
	{ NS_ITUNES, "season", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(itunes_season) },
	{ NS_ITUNES, "episode", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(itunes_number) },
	{ NS_ITUNES, "episodetype", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_episode_type },
	{ NS_ITUNES, "duration", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_duration },
	{ NS_ITUNES, "summary", AT_SHOW, AT_IGNORED, TEXT_MARKUP, .end = end_show_text, SHOW(itunes_summary) },
	{ NS_ITUNES, "summary", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, .end = end_item_text, ITEM(itunes_summary) },
	{ NS_ITUNES, "subtitle", AT_SHOW, AT_IGNORED, TEXT_MARKUP, .end = end_show_text, SHOW(subtitle) },
	{ NS_ITUNES, "subtitle", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, .end = end_item_text, ITEM(subtitle) },
	{ NS_GOOGLEPLAY, "image", AT_SHOW, AT_SAME, .start = start_show_image, SHOW(google_image) },

	// content, dc
	{ NS_CONTENT, "encoded", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, .end = end_item_text, ITEM(content) },
	{ NS_DC, "creator", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_author, SHOW(creator) },
	{ NS_DC, "creator", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_author, ITEM(creator) },
	{ NS_DC, "author", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_author, SHOW(creator) },
	{ NS_DC, "author", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_author, ITEM(creator) },
	{ NS_DC, "date", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(dc_date) },
	{ NS_DC, "language", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_line, SHOW(dc_language) },
	{ NS_DC, "subject", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_category },
	{ NS_DC, "title", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_title, SHOW(itunes_title) },
	{ NS_DC, "title", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_title, ITEM(media_title) },

	// media
	{ NS_MEDIA, "group", AT_EPISODE, AT_SAME },
	{ NS_MEDIA, "content", AT_EPISODE, AT_SAME, .start = start_media_content },
	{ NS_MEDIA, "thumbnail", AT_SHOW, AT_SAME, .start = start_show_image, SHOW(thumbnail) },
	{ NS_MEDIA, "thumbnail", AT_EPISODE, AT_SAME, .start = start_item_image, ITEM(thumbnail) },
	{ NS_MEDIA, "title", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_title, ITEM(media_title) },
	{ NS_MEDIA, "description", AT_EPISODE, AT_IGNORED, TEXT_MARKUP, .end = end_item_text,
	  ITEM(media_description) },

	// psc
	{ NS_PSC, "chapters", AT_EPISODE, AT_CHAPTERS, .start = start_psc_chapters },
	{ NS_PSC, "chapter", AT_CHAPTERS, AT_SAME, .start = start_psc_chapter },

	// podcast
	{ NS_PODCAST, "guid", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .end = end_show_guid },
	{ NS_PODCAST, "funding", AT_SHOW, AT_IGNORED, TEXT_PLAIN, .start = start_funding, .end = end_funding },
	{ NS_PODCAST, "person", AT_SHOW | AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .start = start_person,
	  .end = end_person },
	{ NS_PODCAST, "image", AT_SHOW, AT_SAME, .start = start_show_image, SHOW(podcast_image) },
	{ NS_PODCAST, "image", AT_EPISODE, AT_SAME, .start = start_item_image, ITEM(podcast_image) },
	{ NS_PODCAST, "transcript", AT_EPISODE, AT_SAME, .start = start_transcript },
	{ NS_PODCAST, "chapters", AT_EPISODE, AT_SAME, .start = start_chapters },
	{ NS_PODCAST, "soundbite", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .start = start_soundbite,
	  .end = end_soundbite },
	{ NS_PODCAST, "season", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(season) },
	{ NS_PODCAST, "episode", AT_EPISODE, AT_IGNORED, TEXT_PLAIN, .end = end_item_line, ITEM(number) },
};
// clang-format on

const size_t feed_rows_count = G_N_ELEMENTS(feed_rows);
