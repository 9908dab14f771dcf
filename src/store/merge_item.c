// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/merge_item.h"

#include <string.h>

#include "base/text.h"
#include "text/highlights.h"
#include "text/notes.h"
#include "text/transcript.h"

// Goes up when a program works out more of the same notes: every episode then counts as changed.
#define DIGEST_VERSION "1"

// A transcript inside the notes is no mere line (text's reader wants as much), and either says so
// or is full of turns.
#define TRANSCRIPT_MIN_BYTES 400
#define TRANSCRIPT_MIN_TURNS 6

static const char *
media_of(const struct feed_episode *from)
{
	const struct feed_enclosure *main;

	if (!from->enclosures || from->enclosures->len == 0)
		return "";
	main = from->enclosures->pdata[0];
	return main->url ? main->url : "";
}

// The letter in front keeps a guid from being taken for an address.
static char *
identity_of(const struct feed_episode *from, const char *media)
{
	if (from->guid && *from->guid)
		return g_strconcat("g", from->guid, NULL);
	if (*media)
		return g_strconcat("e", media, NULL);
	if (from->link && *from->link)
		return g_strconcat("l", from->link, NULL);
	return g_strdup_printf("t%s\n%" G_GINT64_FORMAT, from->title, from->published_s);
}

static gint64
sum_of(const char *media)
{
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_MD5, media, -1);

	sum[16] = '\0';
	return *media ? (gint64)g_ascii_strtoull(sum, NULL, 16) : 0;
}

static void
add_text(GChecksum *sum, const char *text)
{
	// The NUL goes in too: "ab" "c" is not "a" "bc". NULL differs from "".
	if (text)
		g_checksum_update(sum, (const guchar *)text, strlen(text) + 1);
	else
		g_checksum_update(sum, (const guchar *)"\1", 1);
}

static void
add_number(GChecksum *sum, double number)
{
	g_checksum_update(sum, (const guchar *)&number, sizeof number);
}

static void
add_lists(GChecksum *sum, const struct feed_episode *from)
{
	for (guint i = 0; from->enclosures && i < from->enclosures->len; i++) {
		const struct feed_enclosure *one = from->enclosures->pdata[i];
		add_text(sum, one->url);
		add_text(sum, one->type);
		add_number(sum, one->length_bytes);
	}
	add_text(sum, "transcripts");
	for (guint i = 0; from->transcripts && i < from->transcripts->len; i++) {
		const struct feed_transcript *one = from->transcripts->pdata[i];
		add_text(sum, one->url);
		add_text(sum, one->type);
		add_text(sum, one->language);
		add_text(sum, one->rel);
	}
	add_text(sum, "chapters");
	for (guint i = 0; from->chapters && i < from->chapters->len; i++) {
		const struct chapter *one = from->chapters->pdata[i];
		add_number(sum, one->start_s);
		add_number(sum, one->end_s);
		add_text(sum, one->title);
		add_text(sum, one->url);
		add_text(sum, one->image);
	}
	add_text(sum, "persons");
	for (guint i = 0; from->persons && i < from->persons->len; i++) {
		const struct feed_person *one = from->persons->pdata[i];
		add_text(sum, one->name);
		add_text(sum, one->role);
		add_text(sum, one->group);
		add_text(sum, one->image);
		add_text(sum, one->url);
	}
	add_text(sum, "soundbites");
	for (guint i = 0; from->soundbites && i < from->soundbites->len; i++) {
		const struct feed_soundbite *one = from->soundbites->pdata[i];
		add_number(sum, one->start_s);
		add_number(sum, one->duration_s);
		add_text(sum, one->title);
	}
}

static char *
digest_of(const struct feed_episode *from)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
	const char *const texts[] = {DIGEST_VERSION, from->guid, from->title, from->link,
	    from->summary, from->notes_html, from->author, from->image, from->episode,
	    from->episode_type, from->chapters_url, from->chapters_type};
	const double numbers[] = {
	    from->published_s, from->duration_s, from->season, from->explicit_};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		add_text(sum, texts[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		add_number(sum, numbers[i]);
	add_lists(sum, from);
	return g_strdup(g_checksum_get_string(sum));
}

void
merge_item_init(struct merge_item *item, const struct feed_episode *from, int index)
{
	const char *media = media_of(from);

	*item = (struct merge_item){.from = from, .index = index};
	item->identity = identity_of(from, media);
	item->media_sum = sum_of(media);
	item->digest = digest_of(from);
}

void
merge_item_clear(struct merge_item *item)
{
	g_free(item->identity);
	g_free(item->digest);
	g_free(item->folded);
	g_free(item->highlight);
}

// Cheap, and wrong in one direction only: what it lets through is read properly.
static bool
may_hold_transcript(const char *html)
{
	size_t len = strlen(html);
	int turns = 0;

	if (len < TRANSCRIPT_MIN_BYTES)
		return false;
	if (strcasestr(html, "transcript"))
		return true;
	for (const char *at = strchr(html, ':'); at && turns < TRANSCRIPT_MIN_TURNS;
	     at = strchr(at + 1, ':'))
		if (at > html && g_ascii_isalpha(at[-1]) && strchr(" <&\n", at[1]))
			turns++;
	return turns >= TRANSCRIPT_MIN_TURNS;
}

static bool
may_hold_times(const char *html)
{
	int times = 0;

	for (const char *at = strchr(html, ':'); at && times < 2; at = strchr(at + 1, ':'))
		if (at > html && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1]) &&
		    g_ascii_isdigit(at[2]))
			times++;
	return times >= 2;
}

static bool
holds_transcript(const struct notes *notes)
{
	OWNED(transcript) transcript = transcript_from_notes(notes);

	return transcript != NULL;
}

static bool
holds_times(const struct notes *notes)
{
	OWNED(highlights) highlights = highlights_find(notes);

	return highlights->times->len >= 2;
}

void
merge_item_derive(struct merge_item *item)
{
	const struct feed_episode *from = item->from;
	const char *html = from->notes_html;

	if (item->folded)
		return;
	item->folded = text_fold(from->title);
	OWNED(notes) notes = notes_parse(html, -1, from->link, from->duration_s);
	item->highlight = highlights_row(notes, from->summary);
	item->notes_transcript = html && may_hold_transcript(html) && holds_transcript(notes);
	item->notes_chapters = html && may_hold_times(html) && holds_times(notes);
}
