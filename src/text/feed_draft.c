// SPDX-License-Identifier: GPL-3.0-or-later
//
// From what the elements said to an episode and a show: which of several texts are the notes, what
// stands in where something is missing (STANDARDS sections 2 to 5).
#include "base/i18n.h"
#include "base/when.h"
#include "text/feed_private.h"

#include <string.h>

enum { SUMMARY_CHARS = 300, STAND_IN_CHARS = 80 };

static void
clear_strings(void *strings, size_t bytes)
{
	char **string = strings;

	for (size_t i = 0; i < bytes / sizeof(char *); i++)
		g_clear_pointer(&string[i], g_free);
}

static void
clear_item(struct episode_draft *draft)
{
	clear_strings(&draft->got, sizeof(draft->got));
	g_clear_pointer(&draft->episode, feed_episode_free);
	g_clear_pointer(&draft->media, g_ptr_array_unref);
	g_clear_pointer(&draft->extras, json_decref);
	draft->guid_may_link = draft->guid_says_link = false;
	draft->psc_lists = 0;
}

void
feed_drafts_clear(struct feed_parser *parser)
{
	clear_item(&parser->item);
	g_clear_pointer(&parser->show_extras, json_decref);
	clear_strings(&parser->show, sizeof(parser->show));
	g_clear_pointer(&parser->funding_url, g_free);
	g_clear_pointer(&parser->person, feed_person_free);
	g_clear_pointer(&parser->soundbite, feed_soundbite_free);
}

void
feed_item_begin(struct feed_parser *parser)
{
	parser->extras.depth = parser->extras.count = 0;
	parser->item.episode = feed_episode_new();
	parser->item.media = g_ptr_array_new_with_free_func((GDestroyNotify)feed_enclosure_free);
}

// The first of COUNT strings that is there, stolen.
static char *
steal_first(char **const *strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (*strings[i])
			return g_steal_pointer(strings[i]);
	return NULL;
}

#define STRINGS(...) ((char **[]){ __VA_ARGS__ })
#define STEAL_FIRST(...) steal_first(STRINGS(__VA_ARGS__), G_N_ELEMENTS(STRINGS(__VA_ARGS__)))

static char **
choose_notes(struct episode_texts *got)
{
	char **const texts[] = { &got->content, &got->description, &got->atom_content,
		&got->itunes_summary, &got->media_description, &got->atom_summary, &got->subtitle };
	char **chosen = NULL, **any = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *text = *texts[i];
		if (!text)
			continue;
		if (!any)
			any = texts[i];
		if (!chosen && feed_has_text(text))
			chosen = texts[i];
		else if (chosen && g_str_has_prefix(text, *chosen)) // that one is a cut copy
			chosen = texts[i];
	}
	return chosen ? chosen : any;
}

static char *
short_text(const char *text)
{
	g_autofree char *line = feed_plain_line(text, SUMMARY_CHARS + 1);

	return line && g_utf8_strlen(line, -1) <= SUMMARY_CHARS ? g_steal_pointer(&line) : NULL;
}

// A subtitle, cut where it is long; else a short text that is not the notes.
static char *
choose_summary(const struct episode_texts *got, const char *notes)
{
	const char *const texts[] = { got->itunes_summary, got->atom_summary, got->description };
	char *summary = feed_plain_line(got->subtitle, SUMMARY_CHARS);

	for (size_t i = 0; i < G_N_ELEMENTS(texts) && !summary; i++)
		if (texts[i] && texts[i] != notes && g_strcmp0(texts[i], notes) != 0)
			summary = short_text(texts[i]);
	return summary;
}

// The last part of URL's path without its extension.
static char *
base_name(const char *url)
{
	g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
	g_autofree char *name = g_uri_unescape_string(path, NULL);
	const char *last = name ? name : path;
	size_t len = strlen(last);

	while (len > 0 && last[len - 1] == '/')
		len--;
	const char *slash = memrchr(last, '/', len);
	if (slash) {
		len -= (size_t)(slash + 1 - last);
		last = slash + 1;
	}
	const char *dot = memrchr(last, '.', len);
	return feed_line(last, dot > last ? (size_t)(dot - last) : len, FEED_TITLE_CHARS);
}

static char *
stand_in_title(const struct feed_episode *episode)
{
	char *title = feed_plain_line(episode->notes_html, STAND_IN_CHARS);

	if (!title && episode->enclosures->len > 0) {
		const struct feed_enclosure *enclosure = episode->enclosures->pdata[0];
		title = base_name(enclosure->url);
	}
	if (!title && episode->link)
		title = feed_line(episode->link, strlen(episode->link), FEED_TITLE_CHARS);
	if (!title && episode->guid)
		title = feed_line(episode->guid, strlen(episode->guid), FEED_TITLE_CHARS);
	return title ? title : g_strdup("");
}

// The first second of 1970 is what is written by who has no date.
static gint64
choose_date(const struct episode_texts *got)
{
	const char *const dates[] = { got->published, got->dc_date, got->updated };
	gint64 instant_s;

	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++)
		if (dates[i] && when_parse(dates[i], &instant_s) && instant_s != 0)
			return instant_s;
	return WHEN_UNKNOWN;
}

// A whole number from 1 on; 0 for anything else.
static int
positive(const char *text)
{
	guint64 number;

	return text && g_ascii_string_to_unsigned(text, 10, 1, 1000000, &number, NULL)
	    ? (int)number : 0;
}

// "12", "315.5".
static bool
is_decimal(const char *text)
{
	size_t whole = strspn(text, "0123456789");
	size_t rest = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;

	return whole > 0 && whole < 10 && rest < 10 &&
	    text[whole + (rest > 0 ? rest + 1 : 0)] == '\0';
}

static char *
choose_number(const struct episode_texts *got)
{
	if (got->number && is_decimal(got->number))
		return g_strdup(got->number);
	int count = positive(got->itunes_number);
	return count > 0 ? g_strdup_printf("%d", count) : NULL;
}

static void
fill_episode(struct episode_draft *draft)
{
	struct feed_episode *episode = draft->episode;
	struct episode_texts *got = &draft->got;

	if (episode->enclosures->len == 0) {
		g_ptr_array_unref(episode->enclosures);
		episode->enclosures = g_steal_pointer(&draft->media);
	}
	feed_enclosures_order(episode->enclosures);
	char **notes = choose_notes(got);
	episode->summary = choose_summary(got, notes ? *notes : NULL);
	episode->notes_html = notes ? g_steal_pointer(notes) : NULL;
	episode->link = STEAL_FIRST(&got->link, &got->atom_link);
	if (!episode->link)
		episode->link = g_steal_pointer(&got->permalink);
	episode->guid = STEAL_FIRST(&got->guid, &got->about);
	episode->image = STEAL_FIRST(&got->itunes_image, &got->podcast_image, &got->thumbnail,
	    &got->picture);
	if (!episode->image)
		episode->image = g_strdup(feed_enclosures_picture(episode->enclosures));
	episode->author = STEAL_FIRST(&got->itunes_author, &got->creator, &got->author);
	episode->published_s = choose_date(got);
	episode->season = positive(got->season);
	if (episode->season == 0)
		episode->season = positive(got->itunes_season);
	episode->episode = choose_number(got);
	episode->title = STEAL_FIRST(&got->title, &got->itunes_title, &got->media_title);
	if (!episode->title)
		episode->title = stand_in_title(episode);
	chapters_finish(episode->chapters, episode->duration_s);
}

void
feed_item_end(struct feed_parser *parser)
{
	if (!parser->item.episode)
		return;
	if (parser->feed && parser->total_episodes < FEED_EPISODES) {
		fill_episode(&parser->item);
		parser->item.episode->extras = feed_extras_take(parser, &parser->item.extras);
		g_ptr_array_add(parser->feed->episodes, g_steal_pointer(&parser->item.episode));
		parser->total_episodes++;
	}
	clear_item(&parser->item);
}

void
feed_show_end(struct feed_parser *parser)
{
	struct show_draft *got = &parser->show;
	struct feed *feed = parser->feed;
	g_autofree char *text =
	    STEAL_FIRST(&got->description, &got->itunes_summary, &got->subtitle);

	feed->description = feed_plain_block(text);
	feed->title = STEAL_FIRST(&got->title, &got->itunes_title);
	feed->link = STEAL_FIRST(&got->link, &got->atom_link);
	feed->image = STEAL_FIRST(&got->itunes_image, &got->podcast_image, &got->image,
	    &got->google_image, &got->logo, &got->icon, &got->thumbnail,
	    &got->picture);
	feed->author = STEAL_FIRST(&got->itunes_author, &got->author, &got->creator, &got->editor);
	feed->language = STEAL_FIRST(&got->language, &got->dc_language, &got->xml_language);
	feed->ttl_minutes = MAX(feed->ttl_minutes,
	    feed_schedule_minutes(got->period, got->frequency, got->rule));
	feed->extras = feed_extras_take(parser, &parser->show_extras);
	if (!feed->title)
		warnings_add(feed->warnings, parser->feed_line, _("the feed has no title"));
	if (!feed->title && parser->base)
		feed->title = base_name(parser->base);
	if (parser->total_episodes == 0)
		warnings_add(feed->warnings, parser->feed_line, _("the feed has no episodes"));
}
