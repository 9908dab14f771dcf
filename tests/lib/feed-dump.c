// SPDX-License-Identifier: GPL-3.0-or-later
#include "feed-dump.h"

#include "base/when.h"

struct feed *
feed_parse(const char *bytes, size_t len, const char *base, const char *content_type,
    GError **error)
{
	OWNED(feed_parser) parser = feed_parser_new(base, content_type);

	feed_parser_push(parser, bytes, len, NULL); // finish says what was wrong
	return feed_parser_finish(parser, NULL, error);
}

static void
put(GString *out, const char *name, const char *value)
{
	if (!value)
		return;
	g_string_append_printf(out, "%s: ", name);
	for (const char *p = value; *p; p++) {
		if (*p == '\n')
			g_string_append(out, "\\n");
		else
			g_string_append_c(out, *p);
	}
	g_string_append_c(out, '\n');
}

static void
put_explicit(GString *out, const char *name, enum feed_explicit value)
{
	static const char *const words[] = { NULL, "no", "yes" };

	put(out, name, words[value]);
}

static void
put_person(GString *out, const char *indent, const struct feed_person *person)
{
	g_string_append_printf(out, "%sperson: %s | %s | %s | %s | %s\n", indent, person->name,
	    person->role ? person->role : "-", person->group ? person->group : "-",
	    person->image ? person->image : "-", person->url ? person->url : "-");
}

static void
dump_episode(const struct feed_episode *episode, GString *out)
{
	g_autofree char *published = when_iso(episode->published_s);

	g_string_append(out, "episode\n");
	put(out, "  title", episode->title);
	put(out, "  guid", episode->guid);
	put(out, "  link", episode->link);
	put(out, "  published", published);
	if (episode->duration_s >= 0)
		g_string_append_printf(out, "  duration: %g\n", episode->duration_s);
	put(out, "  summary", episode->summary);
	put(out, "  notes", episode->notes_html);
	put(out, "  author", episode->author);
	put(out, "  image", episode->image);
	if (episode->season)
		g_string_append_printf(out, "  season: %d\n", episode->season);
	put(out, "  number", episode->episode);
	put(out, "  type", episode->episode_type);
	put_explicit(out, "  explicit", episode->explicit_);
	for (guint i = 0; i < episode->enclosures->len; i++) {
		const struct feed_enclosure *enclosure = episode->enclosures->pdata[i];
		g_string_append_printf(out, "  enclosure: %s %s %" G_GINT64_FORMAT "\n",
		    enclosure->url, enclosure->type ? enclosure->type : "-",
		    enclosure->length_bytes);
	}
	for (guint i = 0; i < episode->transcripts->len; i++) {
		const struct feed_transcript *offer = episode->transcripts->pdata[i];
		g_string_append_printf(out, "  transcript: %s %s %s %s\n", offer->url,
		    offer->type ? offer->type : "-", offer->language ? offer->language : "-",
		    offer->rel ? offer->rel : "-");
	}
	put(out, "  chapters", episode->chapters_url);
	put(out, "  chapters type", episode->chapters_type);
	for (guint i = 0; i < episode->chapters->len; i++) {
		const struct chapter *chapter = episode->chapters->pdata[i];
		g_string_append_printf(out, "  chapter: %g %s | %s | %s\n", chapter->start_s,
		    chapter->title, chapter->url ? chapter->url : "-",
		    chapter->image ? chapter->image : "-");
	}
	for (guint i = 0; i < episode->persons->len; i++)
		put_person(out, "  ", episode->persons->pdata[i]);
	for (guint i = 0; i < episode->soundbites->len; i++) {
		const struct feed_soundbite *bite = episode->soundbites->pdata[i];
		g_string_append_printf(out, "  soundbite: %g %g %s\n", bite->start_s,
		    bite->duration_s, bite->title ? bite->title : "-");
	}
	put(out, "  extras", episode->extras);
}

void
feed_dump(const struct feed *feed, GString *out)
{
	put(out, "title", feed->title);
	put(out, "link", feed->link);
	put(out, "description", feed->description);
	put(out, "author", feed->author);
	put(out, "language", feed->language);
	put(out, "image", feed->image);
	for (guint i = 0; i < feed->categories->len; i++)
		put(out, "category", feed->categories->pdata[i]);
	put_explicit(out, "explicit", feed->explicit_);
	put(out, "type", feed->type);
	put(out, "guid", feed->guid);
	put(out, "owner", feed->owner_name);
	put(out, "mail", feed->owner_email);
	put(out, "self", feed->feed_url);
	put(out, "moved to", feed->new_feed_url);
	if (feed->complete)
		put(out, "complete", "yes");
	if (feed->ttl_minutes)
		g_string_append_printf(out, "ttl: %d\n", feed->ttl_minutes);
	for (guint i = 0; i < feed->funding->len; i++) {
		const struct feed_funding *funding = feed->funding->pdata[i];
		g_string_append_printf(out, "funding: %s %s\n", funding->url,
		    funding->text ? funding->text : "-");
	}
	for (guint i = 0; i < feed->persons->len; i++)
		put_person(out, "", feed->persons->pdata[i]);
	put(out, "extras", feed->extras);
	put(out, "encoding", feed->encoding);
	if (feed->truncated)
		put(out, "truncated", "yes");
	for (guint i = 0; i < feed->warnings->len; i++) {
		g_autofree char *line = warning_line(feed->warnings->pdata[i]);
		put(out, "warning", line);
	}
	for (guint i = 0; i < feed->episodes->len; i++)
		dump_episode(feed->episodes->pdata[i], out);
}
