// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cleaning, folding, clusters, widths and line breaks.
#include <locale.h>
#include <string.h>

#include "base/text.h"

static void
test_clean_line(void)
{
	static const struct {
		const char *in;
		gssize len;
		size_t max_chars;
		const char *out;
	} rows[] = {
	    {NULL, -1, 0, ""},
	    {NULL, 0, 9, ""},
	    {"", -1, 0, ""},
	    {"plain text", -1, 0, "plain text"},
	    {"plain text", 5, 0, "plain"},
	    {"  a \t\r\n b  ", -1, 0, "a b"},
	    {"a\0b", 3, 0, "a b"},
	    {"a\x1b[31mb\x7f", -1, 0, "a [31mb"},
	    {"a\xc2\x85\xe2\x80\xa8z", -1, 0, "a z"},
	    {"\xff\xfe x \xc3", -1, 0, "\ufffd\ufffd x \ufffd"},
	    {"\xed\xa0\x80", -1, 0, "\ufffd"},
	    {"so\u00adft\u200b\ufeff", -1, 0, "soft"},
	    {"\u202eabc\u202c \u2066x\u2069\u200e\u200f\u061c", -1, 0, "abc x"},
	    {"a\u2060b\U000e0041", -1, 0, "ab"},
	    {"नी\u200d \u2764\ufe0f", -1, 0, "नी\u200d \u2764\ufe0f"},
	    {" \u200b ", -1, 0, ""},
	    {"abcdef", -1, 3, "abc"},
	    {"ab cdef", -1, 3, "ab"},
	    {"äöü", -1, 2, "äö"},
	    {"äöü", -1, 3, "äöü"},
	    {"xe\u0301y", -1, 2, "x"},
	    {"xe\u0301y", -1, 3, "xe\u0301"},
	    {"é  ö", -1, 2, "é"},
	    {"a👨\u200d👩\u200d👧b", -1, 4, "a"},
	    {"a👨\u200d👩\u200d👧b", -1, 6, "a👨\u200d👩\u200d👧"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *out = text_clean_line(rows[i].in, rows[i].len, rows[i].max_chars);
		g_assert_cmpstr(out, ==, rows[i].out);
	}
}

// What was cleaned once is clean: the quick way for ASCII and the long way agree.
static void
test_clean_again(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	for (int i = 0; i < 3000; i++) {
		char bytes[24];
		static const char few[] = "ab \t\n\r\xe2\x80\xae\xc2\xad\xff\xcc\x81";
		for (size_t j = 0; j < sizeof bytes; j++)
			bytes[j] = i % 2 ? (char)g_rand_int(rand)
					 : few[g_rand_int_range(rand, 0, sizeof few - 1)];
		size_t max = (size_t)g_rand_int_range(rand, 0, 12);
		g_autofree char *once = text_clean_line(bytes, sizeof bytes, max);
		g_autofree char *twice = text_clean_line(once, -1, max);
		g_assert_true(g_utf8_validate(once, -1, NULL));
		g_assert_cmpstr(once, ==, twice);
		g_assert_true(!max || g_utf8_strlen(once, -1) <= (glong)max);
		g_autofree char *block = text_clean_block(bytes, sizeof bytes);
		g_autofree char *again = text_clean_block(block, -1);
		g_assert_true(g_utf8_validate(block, -1, NULL));
		g_assert_cmpstr(block, ==, again);
	}
}

static void
test_clean_block(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
	    {NULL, ""},
	    {"a\nb", "a\nb"},
	    {"a\r\nb\rc\n\r\n", "a\nb\nc\n\n"},
	    {" a\tb  c ", " a b  c "},
	    {"a\u2028b\u2029c\xc2\x85" "d", "a\nb\nc\nd"},
	    {"a\x1bz\xffz\u202e", "a z\ufffdz"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *out = text_clean_block(rows[i].in, -1);
		g_assert_cmpstr(out, ==, rows[i].out);
	}
}

static void
test_clusters(void)
{
	// PAINT: the clusters as painted, a bar after each; WIDTH of the whole.
	static const struct {
		const char *text, *paint;
		int width;
	} rows[] = {
	    {"ab", "a|b|", 2},
	    {"e\u0301x", "e\u0301|x|", 2},
	    {"日本", "日|本|", 4},
	    {"한국", "한|국|", 4},
	    {"\u1112\u1161\u11ab", "\u1112\u1161\u11ab|", 2},
	    {"👨\u200d👩\u200d👧!", "👨|!|", 3},
	    {"👍🏽", "👍|", 2},
	    {"🇩🇪🇫🇷", "DE|FR|", 4},
	    {"🇩x", "D|x|", 2},
	    {"1\ufe0f\u20e3", "1|", 1},
	    {"\u2764\ufe0f", "\u2764|", 1},
	    {"น้ำ", "น้|ำ|", 2},
	    {"a\x1b\x07z", "a|||z|", 2},
	    {"\u202ea", "|a|", 1},
	    {"a\xffz", "a|\ufffd|z|", 3},
	    {"e\u0301\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301|", 1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *p = rows[i].text, *end = p + strlen(p);
		g_autoptr(GString) paint = g_string_new(NULL);
		int width = 0;
		while (p < end) {
			struct text_cluster cluster;
			const char *next = text_cluster_next(p, end, &cluster);
			g_assert_true(cluster.bytes == p && next == p + cluster.len);
			g_assert_cmpuint(cluster.len, >, 0);
			g_string_append_printf(paint, "%s|", cluster.paint);
			width += cluster.width;
			p = next;
		}
		g_assert_cmpstr(paint->str, ==, rows[i].paint);
		g_assert_cmpint(width, ==, rows[i].width);
		g_assert_cmpint(text_width(rows[i].text, -1), ==, rows[i].width);
	}
}

// A pile of marks without end costs time in proportion and stays inside the text.
static void
test_long_cluster(void)
{
	g_autoptr(GString) pile = g_string_new("e");
	for (int i = 0; i < 100000; i++)
		g_string_append(pile, "\u0301");
	g_assert_cmpint(text_width(pile->str, (gssize)pile->len), ==, 1);
	g_autofree char *line = text_clean_line(pile->str, -1, 500);
	g_assert_cmpint(g_utf8_strlen(line, -1), <=, 500);
}

static void
test_fit(void)
{
	static const struct {
		const char *text;
		int cells;
		const char *ellipsis, *out;
	} rows[] = {
	    {"hello", 5, "…", "hello"},
	    {"hello", 4, "…", "hel…"},
	    {"hello", 4, "", "hell"},
	    {"hello", 1, "…", "…"},
	    {"hello", 0, "…", ""},
	    {"hello", -3, "…", ""},
	    {"hello", 2, "...", "he"},
	    {"", 3, "…", ""},
	    {"日本語", 6, "…", "日本語"},
	    {"日本語", 5, "…", "日本…"},
	    {"日本語", 4, "…", "日…"},
	    {"e\u0301tude", 3, "~", "e\u0301t~"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *out = text_fit(rows[i].text, rows[i].cells, rows[i].ellipsis);
		g_assert_cmpstr(out, ==, rows[i].out);
		g_assert_cmpint(text_width(out, -1), <=, MAX(rows[i].cells, 0));
	}
	g_assert_cmpuint(text_prefix("日本", -1, 3), ==, 3);
	g_assert_cmpuint(text_prefix("abc", 2, 9), ==, 2);
	g_assert_cmpuint(text_prefix("e\u0301", -1, 1), ==, 3);
}

static void
test_breaks(void)
{
	// A dot: no break; a blank: may; a bar: must.
	static const struct {
		const char *text, *breaks;
	} rows[] = {
	    {"ab cd", "... ."},
	    {"a\nb", "..|"},
	    {"a\n\nb", "..||"},
	    {"a\n", ".."},
	    {"a-b", ".. "},
	    {"a\u00a0b", "...."},
	    {"日本", "... .."},
	    {"(a) b", ".... "},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		size_t len = strlen(rows[i].text);
		g_autofree char *breaks = g_malloc0(len + 1);
		text_breaks(rows[i].text, len, breaks);
		for (size_t j = 0; j < len; j++)
			breaks[j] = ". |"[(int)breaks[j]];
		g_assert_cmpstr(breaks, ==, rows[i].breaks);
	}
	text_breaks("", 0, NULL);
}

static void
test_fold(void)
{
	static const struct {
		const char *text, *folded;
	} rows[] = {
	    {"", ""},
	    {"Hello World", "hello world"},
	    {"Ärger über Straße", "arger uber strasse"},
	    {"E\u0301TUDE", "etude"},
	    {"ﬁn", "fin"},
	    {"ΣΆΣ", "σασ"},
	    {"Ёлка", "елка"},
	    {"が", "か\u3099"},
	    {"a\xff", "a\ufffd"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *folded = text_fold(rows[i].text);
		g_assert_cmpstr(folded, ==, rows[i].folded);
	}
}

static void
test_sort_key(void)
{
	static const char *const sorted[] = {
	    "The Apple", "An Arrow", "Das Boot", "L’Été", "La nuit", "the zoo"};
	for (size_t i = 1; i < G_N_ELEMENTS(sorted); i++) {
		g_autofree char *a = text_sort_key(sorted[i - 1]), *b = text_sort_key(sorted[i]);
		if (i != 3 && i != 4) // where É goes is the locale's word
			g_assert_cmpint(strcmp(a, b), <, 0);
	}
	g_autofree char *the = text_sort_key("The"), *same = text_sort_key("the");
	g_assert_cmpstr(the, ==, same);
	g_assert_cmpstr(the, !=, "");
	g_autofree char *thesis = text_sort_key("Thesis"), *sis = text_sort_key("sis");
	g_assert_cmpstr(thesis, !=, sis);
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/clean-line", test_clean_line);
	g_test_add_func("/text/clean-again", test_clean_again);
	g_test_add_func("/text/clean-block", test_clean_block);
	g_test_add_func("/text/clusters", test_clusters);
	g_test_add_func("/text/long-cluster", test_long_cluster);
	g_test_add_func("/text/fit", test_fit);
	g_test_add_func("/text/breaks", test_breaks);
	g_test_add_func("/text/fold", test_fold);
	g_test_add_func("/text/sort-key", test_sort_key);
	return g_test_run();
}
