// SPDX-License-Identifier: GPL-3.0-or-later
//
// The feed parser over the corpus that stands beside the project: what was counted in real feeds,
// and everything else for "no crash, something said".
#include "feed-dump.h"

#include "base/when.h"
#include "text/feed.h"

#include <jansson.h>
#include <string.h>

static char *
corpus_dir(void)
{
	const char *shared = g_getenv("SHARED");
	char *dir = shared ? g_build_filename(shared, "corpus", "feeds", NULL) : NULL;

	if (dir && !g_file_test(dir, G_FILE_TEST_IS_DIR))
		g_clear_pointer(&dir, g_free);
	if (!dir)
		g_test_skip("no corpus beside the project");
	return dir;
}

static void
find_files(const char *dir, GPtrArray *files)
{
	g_autoptr(GDir) open = g_dir_open(dir, 0, NULL);
	const char *name;

	while (open && (name = g_dir_read_name(open))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			find_files(path, files);
		else
			g_ptr_array_add(files, g_steal_pointer(&path));
	}
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Every file below the corpus whose name ends with SUFFIX, or none of them with EXCEPT.
static GPtrArray *
corpus_files(const char *dir, const char *suffix, const char *except)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *some = g_ptr_array_new_with_free_func(g_free);

	find_files(dir, all);
	g_ptr_array_sort(all, by_name);
	for (guint i = 0; i < all->len; i++) {
		const char *path = all->pdata[i];
		if ((!suffix || g_str_has_suffix(path, suffix)) &&
		    (!except || !g_str_has_suffix(path, except)))
			g_ptr_array_add(some, g_strdup(path));
	}
	return some;
}

struct file {
	char *bytes;
	gsize len;
};

static struct file
load(const char *path)
{
	struct file file;
	g_autoptr(GError) error = NULL;

	g_file_get_contents(path, &file.bytes, &file.len, &error);
	g_assert_no_error(error);
	return file;
}

static struct feed *
parse_file(const char *path, const char *base)
{
	struct file file = load(path);
	g_autoptr(GError) error = NULL;
	struct feed *feed = feed_parse(file.bytes, file.len, base, NULL, &error);

	g_free(file.bytes);
	if (!feed)
		g_test_message("%s: %s", path, error->message);
	return feed;
}

// --- facts counted in real feeds

static const char *
fact(json_t *facts, const char *name)
{
	const char *value = json_string_value(json_object_get(facts, name));

	return value ? value : "";
}

static char *
squeezed(const char *text)
{
	g_autoptr(GString) blanks = g_string_new(text);
	g_string_replace(blanks, "\u00a0", " ", 0);
	g_auto(GStrv) words = g_strsplit_set(blanks->str, " \t\r\n", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s%s", out->len ? " " : "", *word);
	return g_string_free(out, FALSE);
}

struct tally {
	const char *path;
	int wrong;
};

static void
compare(struct tally *tally, const char *what, const char *got, const char *want)
{
	if (g_strcmp0(got ? got : "", want) == 0)
		return;
	tally->wrong++;
	g_test_message("%s: %s: \"%s\", expected \"%s\"", tally->path, what, got, want);
}

static void
compare_hash(struct tally *tally, const char *what, const GString *list, const char *want)
{
	g_autofree char *got = g_compute_checksum_for_string(G_CHECKSUM_SHA1, list->str, -1);

	compare(tally, what, got, want);
}

static void
add_line(GString *list, const char *line, bool first)
{
	if (!first)
		g_string_append_c(list, '\n');
	g_string_append(list, line ? line : "");
}

static void
compare_lists(struct tally *tally, const struct feed *feed, json_t *facts)
{
	g_autoptr(GString) titles = g_string_new(NULL);
	g_autoptr(GString) guids = g_string_new(NULL);
	g_autoptr(GString) urls = g_string_new(NULL);
	g_autoptr(GString) dates = g_string_new(NULL);

	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = feed->episodes->pdata[i];
		g_autofree char *date = episode->published_s == WHEN_UNKNOWN ? g_strdup("None") :
		    g_strdup_printf("%" G_GINT64_FORMAT, episode->published_s);
		g_autofree char *title = squeezed(episode->title);
		add_line(titles, title, i == 0);
		add_line(guids, episode->guid, i == 0);
		add_line(dates, date, i == 0);
		for (guint j = 0; j < episode->enclosures->len; j++) {
			const struct feed_enclosure *enclosure = episode->enclosures->pdata[j];
			add_line(urls, enclosure->url, urls->len == 0);
		}
	}
	compare_hash(tally, "titles", titles, fact(facts, "titles_sha1"));
	compare_hash(tally, "guids", guids, fact(facts, "guids_sha1"));
	compare_hash(tally, "enclosures", urls, fact(facts, "enclosure_urls_sha1"));
	compare_hash(tally, "dates", dates, fact(facts, "pubdates_unix_sha1"));
}

static void
compare_counts(struct tally *tally, const struct feed *feed, json_t *facts)
{
	json_t *counts = json_object_get(facts, "podcast_and_psc_elements");
	json_int_t transcripts = 0, chapters = 0, psc = 0, soundbites = 0, items = 0, media = 0;
	json_int_t persons = feed->persons->len;

	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = feed->episodes->pdata[i];
		items++;
		media += episode->enclosures->len > 0;
		transcripts += episode->transcripts->len;
		chapters += episode->chapters_url != NULL;
		psc += episode->chapters->len;
		soundbites += episode->soundbites->len;
		persons += episode->persons->len;
	}
	const struct {
		const char *name;
		json_t *want;
		json_int_t got;
	} rows[] = {
		{ "items", json_object_get(facts, "items"), items },
		{ "items with enclosure", json_object_get(facts, "items_with_enclosure"), media },
		{ "transcript", json_object_get(counts, "transcript"), transcripts },
		{ "chapters", json_object_get(counts, "chapters"), chapters },
		{ "psc:chapter", json_object_get(counts, "psc:chapter"), psc },
		{ "soundbite", json_object_get(counts, "soundbite"), soundbites },
		{ "person", json_object_get(counts, "person"), persons },
		{ "funding", json_object_get(counts, "funding"), feed->funding->len },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = g_strdup_printf("%d", (int)rows[i].got);
		g_autofree char *want =
		    g_strdup_printf("%d", (int)json_integer_value(rows[i].want));
		compare(tally, rows[i].name, got, want);
	}
}

static void
compare_first(struct tally *tally, const struct feed *feed, json_t *facts)
{
	json_t *first = json_object_get(facts, "first");

	for (size_t i = 0; i < json_array_size(first) && i < feed->episodes->len; i++) {
		const struct feed_episode *episode = feed->episodes->pdata[i];
		json_t *want = json_array_get(first, i);
		double length_s;
		compare(tally, "title", episode->title, fact(want, "title"));
		if (*fact(want, "link"))
			compare(tally, "link", episode->link, fact(want, "link"));
		if (when_parse_length(fact(want, "itunes_duration"), &length_s) && length_s > 0)
			g_assert_cmpfloat(episode->duration_s, ==, length_s);
	}
}

// Facts that hark reads otherwise on purpose.
static const struct {
	const char *file, *why;
	int wrong;
} known[] = {
	{ "HuffPostCanada.xml", "media:content stands in for an enclosure", 2 },
	{ "a10.xml", "Atom's link of the show", 1 },
	{ "CRE.xml", "a link with rel=payment is funding", 1 },
	{ "homegrown-hits.xml", "persons of a liveItem", 1 },
	{ "pc20rss.xml", "persons without a name", 1 },
	{ "manton.rss", "items without a title", 4 },
	{ "scriptingNews.rss", "items without a title", 4 },
};

static int
expected_wrong(const char *path)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (g_str_has_suffix(path, known[i].file))
			return known[i].wrong;
	return 0;
}

static void
test_facts(void)
{
	g_autofree char *dir = corpus_dir();
	if (!dir)
		return;
	g_autoptr(GPtrArray) files = corpus_files(dir, ".facts.json", NULL);
	int whole = 0;

	for (guint i = 0; i < files->len; i++) {
		const char *path = files->pdata[i];
		g_autofree char *feed_path = g_strndup(path, strlen(path) - strlen(".facts.json"));
		json_t *facts = json_load_file(path, 0, NULL);
		g_assert_nonnull(facts);
		OWNED(feed) feed = parse_file(feed_path, NULL);
		g_assert_nonnull(feed);
		struct tally tally = { feed_path, 0 };
		g_autofree char *title = squeezed(feed->title);
		compare(&tally, "title", title, fact(facts, "title"));
		compare(&tally, "link", feed->link, fact(facts, "link"));
		compare(&tally, "language", feed->language, fact(facts, "language"));
		compare_counts(&tally, feed, facts);
		compare_lists(&tally, feed, facts);
		compare_first(&tally, feed, facts);
		whole += tally.wrong == 0;
		if (tally.wrong != expected_wrong(feed_path)) {
			g_test_message("%s: %d facts do not hold", feed_path, tally.wrong);
			g_test_fail();
		}
		json_decref(facts);
	}
	g_test_message("%d of %u feeds hold in every fact", whole, files->len);
}

// --- everything

static struct feed *
parse_in_cuts(const struct file *file, size_t cut, GError **error)
{
	OWNED(feed_parser) parser = feed_parser_new(NULL, NULL);

	for (size_t at = 0; at < file->len; at += cut)
		if (!feed_parser_push(parser, file->bytes + at, MIN(cut, file->len - at), NULL))
			break;
	return feed_parser_finish(parser, NULL, error);
}

static char *
said(struct feed *take_feed, const GError *error)
{
	OWNED(feed) feed = take_feed;
	GString *out = g_string_new(NULL);

	if (feed)
		feed_dump(feed, out);
	else
		g_string_append(out, error->message);
	return g_string_free(out, FALSE);
}

static void
test_everything(void)
{
	g_autofree char *dir = corpus_dir();
	if (!dir)
		return;
	g_autoptr(GPtrArray) files = corpus_files(dir, NULL, ".json");

	for (guint i = 0; i < files->len; i++) {
		struct file file = load(files->pdata[i]);
		g_autoptr(GError) error = NULL, cut_error = NULL;
		struct feed *feed = feed_parse(file.bytes, file.len, NULL, NULL, &error);
		g_autofree char *whole = said(feed, error);
		struct feed *cut_feed = parse_in_cuts(&file, 61, &cut_error);
		g_autofree char *cut = said(cut_feed, cut_error);
		g_assert_cmpstr(whole, ==, cut);
		g_assert_cmpint(strlen(whole), >, 0);
		g_assert_true(g_utf8_validate(whole, -1, NULL));
		g_free(file.bytes);
	}
	g_test_message("%u files", files->len);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/feed-corpus/facts", test_facts);
	g_test_add_func("/feed-corpus/everything", test_everything);
	return g_test_run();
}
