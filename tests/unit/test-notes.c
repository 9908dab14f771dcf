// SPDX-License-Identifier: GPL-3.0-or-later
//
// Show notes: blocks, spans, links and times out of HTML and plain text.
#include <string.h>

#include "text/highlights.h"
#include "text/notes.h"

// The blocks as short lines: "P text", "I1 item" (depth), "N3 item" (number), "H2 heading", ...
static char *
dump(const struct notes *notes)
{
	static const char letters[] = "PHIQCR|";
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];
		int n = block->kind == NOTE_HEADING ? block->level
			: block->number > 0	    ? block->number
						    : block->depth;
		g_autofree char *text = g_strescape(block->text, "“”’–—•é世界äöüß");

		g_string_append_printf(
		    out, "%s%c", i > 0 ? "\n" : "", block->number > 0 ? 'N' : letters[block->kind]);
		if (n > 0)
			g_string_append_printf(out, "%d", n);
		g_string_append_printf(out, " %s", text);
	}
	return g_string_free(out, FALSE);
}

struct row {
	const char *source, *blocks;
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		OWNED(notes) notes = notes_parse(rows[i].source, -1, NULL, -1);
		g_autofree char *got = dump(notes);

		g_assert_cmpstr(got, ==, rows[i].blocks);
	}
}

static void
test_html(void)
{
	static const struct row rows[] = {
	    {"<p>one</p><p>two</p>", "P one\nP two"},
	    {"<ul><li>duties.</li><li>Single</li></ul>", "I duties.\nI Single"},
	    {"<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "I a\nI1 b\nI c"},
	    {"<ol start=3><li>a<li>b</ol>", "N3 a\nN4 b"},
	    {"<ul><li><p>first</p><p>more</p></li></ul>", "I first\nP1 more"},
	    {"<h2>Links</h2>text<br>next<br/><br>third", "H2 Links\nP text\\nnext\nP third"},
	    {"<div>one<div>two</div>three</div>", "P one\nP two\nP three"},
	    {"<p>a  b\n c&nbsp;d</p>", "P a b c d"},
	    {"<p>a\n\nb</p>", "P a\nP b"},
	    {"<pre>a\n  b</pre>", "C a\\n  b"},
	    {"<blockquote>said<blockquote>before</blockquote></blockquote>", "Q said\nQ1 before"},
	    {"<p>x</p><hr><p>y</p>", "P x\nR \nP y"},
	    {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "| a | b\n| c"},
	    {"<p>a<script>alert(1)</script><style>p{}</style>b</p>", "P ab"},
	    {"<p>AT&amp;T &eacute; &#8217;</p>", "P AT&T é ’"},
	    {"<p>I <3 you</p>", "P I <3 you"},
	    {"<b>one\ntwo", "P one\\ntwo"},
	    {"<p>\xe2\x80\xae"
	     "evil\xe2\x80\x8b\x01</p>",
		"P evil"},
	    {"<p>never closed <b>bold <i>both</p><p>next", "P never closed bold both\nP next"},
	    {"</p></div>text<p>", "P text"},
	    {"<p>• one<br>• two<br>three:</p>", "I one\nI two\nP three:"},
	    {"", ""},
	    {"<p> </p><div></div>", ""},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_text(void)
{
	static const struct row rows[] = {
	    {"one\ntwo\n\nthree", "P one\\ntwo\nP three"},
	    {"We talk about:\n*his days\n*the rest", "P We talk about:\nI his days\nI the rest"},
	    {"- a\n  - b\n- c", "I a\nI1 b\nI c"},
	    {"1. a\n2) b", "N1 a\nN2 b"},
	    {"# Big\ntext **bold** and `code`", "H1 Big\nP text bold and code"},
	    {"see [the page](https://a.example/x_(y)) now", "P see the page now"},
	    {"Tom &amp; Jerry &#39;s", "P Tom & Jerry 's"},
	    {"```\n- a\n  b\n```\nafter", "C - a\\n  b\nP after"},
	    {"a\r\nb\r\rc", "P a\\nb\nP c"},
	    {"text\n---\nmore", "P text\nR \nP more"},
	    {"2 < 3 and 4 > 3", "P 2 < 3 and 4 > 3"},
	    {"\\[laughter\\]", "P [laughter]"},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_links(void)
{
	static const struct {
		const char *source, *urls;
	} rows[] = {
	    {"<a href='https://a.example/'>A</a> <a href=https://b.example>B</a>",
		"https://a.example/=A https://b.example=B"},
	    {"<a href='https://a.example/'>one</a> <a href='https://a.example/'>two</a>",
		"https://a.example/=one"},
	    {"<a href='javascript:alert(1)'>x</a><a href='file:///etc/passwd'>y</a><a "
	     "href='#a'>z</a>",
		""},
	    {"<a href='/page'>rel</a>", "https://base.example/page=rel"},
	    {"<a href='https://a.example/'>a <b>bold</b> link</a>",
		"https://a.example/=a bold link"},
	    {"<a href='mailto:x@a.example'>mail</a>", "mailto:x@a.example=mail"},
	    {"go to https://a.example/x, or (http://b.example/y).",
		"https://a.example/x=https://a.example/x http://b.example/y=http://b.example/y"},
	    {"https://en.example/wiki/A_(b)",
		"https://en.example/wiki/A_(b)=https://en.example/wiki/A_(b)"},
	    {"<p>bare https://a.example in html</p>", "https://a.example=https://a.example"},
	    {"[**bold**](https://a.example)", "https://a.example=bold"},
	    {"<a href='https://a.example/'><img src=x></a>",
		"https://a.example/=https://a.example/"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes)
		notes = notes_parse(rows[i].source, -1, "https://base.example/feed", -1);
		g_autoptr(GString) got = g_string_new(NULL);

		for (guint l = 0; l < notes->links->len; l++) {
			const struct note_link *link = notes->links->pdata[l];

			g_string_append_printf(
			    got, "%s%s=%s", l > 0 ? " " : "", link->url, link->text);
		}
		g_assert_cmpstr(got->str, ==, rows[i].urls);
	}
}

static void
test_times(void)
{
	static const struct {
		const char *source;
		double duration_s;
		const char *times;
	} rows[] = {
	    {"00:00 Intro\n12:47 Topic\n1:02:03 End", -1, "0 767 3723"},
	    {"[00:01:11] One (3:35) [@18:15] Three", -1, "71 215 1095"},
	    {"12:30 a\n1:02:03 b", 3900, "750 3723"},
	    {"over the end 99:00, within 10:00", 3600, "600"},
	    {"0:30 a\n4:15 b\n8:10 c", 9 * 3600, "1800 15300 29400"},
	    {"0:30 a\n0:45 b", 3700, "30 45"},
	    {"live at 10:30 am PT and 7:15 pm", -1, ""},
	    {"a ratio of 16:9 and 4:3", -1, ""},
	    {"as John 3:16 says, it is", -1, ""},
	    {"8 October: at the bar (16:30)", -1, ""},
	    {"jump to 25:50 in it", -1, "1550"},
	    {"Dauer: 3:13:52", -1, ""},
	    {"2020-01-01T10:20:30 and 1.2.3:45 and a:10:20", -1, ""},
	    {"<a href='https://a.example/10:20'>see 10:20 there</a>", -1, ""},
	    {"<a href='https://a.example/?t=707'>11:47</a> word", -1, "707"},
	    {"24:00 o'clock news at 12:00 Uhr", -1, "1440"},
	    {"0:14.5 half", -1, "14.5"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes) notes = notes_parse(rows[i].source, -1, NULL, rows[i].duration_s);
		g_autoptr(GString) got = g_string_new(NULL);

		for (guint b = 0; b < notes->blocks->len; b++) {
			const struct note_block *block = notes->blocks->pdata[b];

			for (guint s = 0; s < block->spans->len; s++) {
				const struct note_span *span =
				    &g_array_index(block->spans, struct note_span, s);

				if (span->style & NOTE_TIMESTAMP)
					g_string_append_printf(
					    got, "%s%g", got->len > 0 ? " " : "", span->time_s);
			}
		}
		g_assert_cmpstr(got->str, ==, rows[i].times);
	}
}

static void
test_spans(void)
{
	OWNED(notes)
	notes = notes_parse("<p>a <b>bold <i>both</i></b> "
			    "<a href='https://a.example'>li<b>nk</b></a> 1:23</p>",
	    -1, NULL, -1);
	const struct note_block *block = notes->blocks->pdata[0];
	g_autoptr(GString) got = g_string_new(NULL);
	size_t at = 0;

	for (guint s = 0; s < block->spans->len; s++) {
		const struct note_span *span = &g_array_index(block->spans, struct note_span, s);

		g_assert_cmpuint(span->start, >=, at);
		at = span->start + span->len;
		g_string_append_printf(got, "%.*s=%u/%d ", (int)span->len,
		    block->text + span->start, span->style, span->link);
	}
	g_assert_cmpstr(block->text, ==, "a bold both link 1:23");
	g_assert_cmpstr(got->str, ==, "bold =1/0 both=3/0 li=8/1 nk=9/1 1:23=16/0 ");
	g_assert_false(block->all_bold);

	OWNED(notes) bold = notes_parse("<p><strong>Transcript</strong>:</p>", -1, NULL, -1);

	g_assert_true(((struct note_block *)bold->blocks->pdata[0])->all_bold);
}

// Hostile sizes: no crash, no square.
static void
test_bounds(void)
{
	static const char *const parts[] = {"<b>", "<div>", "<ul><li>", "<blockquote>", "</i>",
	    "<a href=x ", "<!--", "&", "<p>1:23 ", "1:23 ", "(", "**", "[", "https://", "\n",
	    "<br>", "• ", "<table><tr><td>", "a:", "// ", "Why ", "<i><b>x</b>", "[a](", "`",
	    "topics: ", "We discuss: a b c d e f g h i. ", "Emily: hi\n", "12:34 x\n", "1. ",
	    "# a\n", "**Topics**\n\n", "aB", "x.Y"};

	for (size_t i = 0; i < 2 * G_N_ELEMENTS(parts); i++) {
		const char *part = parts[i / 2];
		g_autoptr(GString) source = g_string_new(i % 2 == 0 ? "<p>" : "");

		while (source->len < 1000 * 1000)
			g_string_append(source, part);
		gint64 began = g_get_monotonic_time();
		OWNED(notes) notes = notes_parse(source->str, source->len, NULL, -1);
		OWNED(highlights) found = highlights_find(notes);
		g_autofree char *text = notes_text(notes);

		g_assert_nonnull(found);
		g_test_message(
		    "1 MB of \"%s\": %d ms", part, (int)((g_get_monotonic_time() - began) / 1000));
		g_assert_nonnull(text);
	}
	g_autoptr(GString) both = g_string_new(NULL);

	for (int i = 0; i < 100000; i++)
		g_string_append(both, "<b>");
	for (int i = 0; i < 100000; i++)
		g_string_append(both, "</i>");
	g_string_append(both, "still here");

	OWNED(notes) notes = notes_parse(both->str, -1, NULL, -1);
	g_autofree char *text = notes_text(notes);

	g_assert_cmpstr(text, ==, "still here\n");
}

static void
test_plain(void)
{
	OWNED(notes)
	notes = notes_parse(
	    "<h1>T</h1><p>one<br>two</p><ul><li>a</li><li>b<ul><li>c</ul></ul><ol><li>d", -1, NULL,
	    -1);
	g_autofree char *text = notes_text(notes);

	g_assert_cmpstr(text, ==, "T\n\none\ntwo\n\n• a\n• b\n  • c\n1. d\n");

	OWNED(notes) none = notes_parse(NULL, -1, NULL, -1);
	g_autofree char *empty = notes_text(none);

	g_assert_cmpstr(empty, ==, "");
}

// Letters, digits and line ends: bullets and rules are a matter of taste.
static char *
squash(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = text; *p; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(out, *p);
		else if (*p == '\n' && out->len > 0 && out->str[out->len - 1] != '\n')
			g_string_append_c(out, '\n');
	while (out->len > 0 && out->str[out->len - 1] == '\n')
		g_string_truncate(out, out->len - 1);
	return g_strdup(out->str);
}

// The line breaks of another renderer on the same HTML. It writes images, link addresses, tables
// and numbers of lists otherwise, so only these files.
static void
test_corpus(void)
{
	static const struct {
		const char *html, *text;
	} files[] = {
	    {"basic.html", "basic.no-links.txt"},
	    {"nbsp.html", "nbsp.txt"},
	    {"invalid.html", "invalid.txt"},
	    {"blockquotes.html", "blockquotes.txt"},
	    {"dom-processing.html", "dom-processing.txt"},
	};
	g_autofree char *folder = g_build_filename(
	    g_getenv("SHARED") ? g_getenv("SHARED") : "", "corpus/shownotes/html2text-php", NULL);

	if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		g_test_skip("no corpus beside the project");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *in = g_build_filename(folder, files[i].html, NULL);
		g_autofree char *out = g_build_filename(folder, files[i].text, NULL);
		g_autofree char *html = NULL, *want = NULL;
		size_t len;

		g_assert_true(g_file_get_contents(in, &html, &len, NULL));
		g_assert_true(g_file_get_contents(out, &want, NULL, NULL));
		OWNED(notes) notes = notes_parse(html, len, NULL, -1);
		g_autofree char *text = notes_text(notes);
		g_autofree char *got = squash(text), *expected = squash(want);

		g_assert_cmpstr(got, ==, expected);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/notes/html", test_html);
	g_test_add_func("/notes/text", test_text);
	g_test_add_func("/notes/links", test_links);
	g_test_add_func("/notes/times", test_times);
	g_test_add_func("/notes/spans", test_spans);
	g_test_add_func("/notes/plain", test_plain);
	g_test_add_func("/notes/bounds", test_bounds);
	g_test_add_func("/notes/corpus", test_corpus);
	return g_test_run();
}
