// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "store/merge_item.h"

#include <string.h>

#include "base/text.h"

// Goes up when a program works out more of the same notes: every episode then counts as changed.
#define DIGEST_VERSION 2

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

// A sum of 64 bits that no publisher meets by chance; nobody gains by meeting it on purpose. GLib's
// MD5 takes longer over a feed than all of its parsing.
static guint64
mix(guint64 sum, guint64 word)
{
	sum = (sum ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

static guint64
mix_bytes(guint64 sum, const char *bytes, size_t length)
{
	guint64 word;

	for (size_t left = length; left > 0; left -= MIN(left, sizeof word)) {
		word = 0;
		memcpy(&word, bytes + length - left, MIN(left, sizeof word));
		sum = mix(sum, word);
	}
	return mix(sum, length); // "ab" "c" is not "a" "bc"
}

static void
add_text(guint64 *sum, const char *text)
{
	*sum = text ? mix_bytes(*sum, text, strlen(text)) : mix(*sum, G_MAXUINT64);
}

static void
add_number(guint64 *sum, double number)
{
	*sum = mix_bytes(*sum, (const char *)&number, sizeof number);
}

static void
add_lists(guint64 *sum, const struct feed_episode *from)
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

// Rows are found by it: it stays what it was in schema 1.
static gint64
media_sum_of(const char *media)
{
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_MD5, media, -1);

	sum[16] = '\0';
	return *media ? (gint64)g_ascii_strtoull(sum, NULL, 16) : 0;
}

static guint64
notes_sum_of(const struct feed_episode *from)
{
	guint64 sum = DIGEST_VERSION;

	add_text(&sum, from->notes_html);
	add_text(&sum, from->summary);
	return sum ? sum : 1;
}

static guint64
digest_of(const struct feed_episode *from, guint64 notes_sum)
{
	guint64 sum = notes_sum;
	const char *const texts[] = {from->guid, from->title, from->link, from->author, from->image,
	    from->episode, from->episode_type, from->chapters_url, from->chapters_type};
	const double numbers[] = {
	    from->published_s, from->duration_s, from->season, from->explicit_};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		add_text(&sum, texts[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		add_number(&sum, numbers[i]);
	add_lists(&sum, from);
	if (from->extras) // the sums of those without are what they were before it was kept
		add_text(&sum, from->extras);
	return sum ? sum : 1;
}

guint64
merge_item_sum(const char *folded)
{
	return folded && *folded ? mix_bytes(0, folded, strlen(folded)) : 0;
}

void
merge_item_digest_print(guint64 digest, char text[DIGEST_BYTES])
{
	g_snprintf(text, DIGEST_BYTES, "%016" G_GINT64_MODIFIER "x", digest);
}

guint64
merge_item_digest_parse(const char *text)
{
	return text && strlen(text) == DIGEST_BYTES - 1 ? g_ascii_strtoull(text, NULL, 16) : 0;
}

void
merge_item_init(struct merge_item *item, struct feed_episode *from, int index)
{
	const char *media = media_of(from);

	*item = (struct merge_item){.from = from, .index = index, .place = {.pack = -1}};
	item->identity = identity_of(from, media);
	item->media_sum = media_sum_of(media);
	item->notes_sum = notes_sum_of(from);
	item->digest = digest_of(from, item->notes_sum);
}

void
merge_item_clear(struct merge_item *item)
{
	g_free(item->identity);
	g_free(item->folded);
	g_free(item->gist.highlight);
}

void
merge_item_derive(struct merge_item *item, struct packs *packs, bool read_notes)
{
	const struct feed_episode *from = item->from;

	if (!item->folded)
		item->folded = text_fold(from->title);
	if (!item->notes_sum)
		return;
	if (from->notes_html)
		item->place = packs_add(packs, from->notes_html);
	item->has_gist = read_notes;
	if (read_notes)
		item->gist =
		    gist_read(from->notes_html, from->link, from->summary, from->duration_s);
}
