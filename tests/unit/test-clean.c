// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/clean.h"
#include "text/warning.h"

#include <string.h>

// MARKUP with its texts at their places, escaped.
static char *
weave(const GString *markup, const GString *text)
{
	GString *out = g_string_new(NULL);
	const char *p = markup->str;

	for (const char *mark; (mark = strstr(p, "<?" CLEAN_TEXT_MARK " ")); p = mark) {
		char *behind;
		guint64 at = g_ascii_strtoull(mark + strlen("<?" CLEAN_TEXT_MARK), &behind, 10);
		guint64 len = g_ascii_strtoull(behind, NULL, 10);
		g_assert_true(at <= text->len && len <= text->len - at);
		g_autofree char *piece = g_strndup(text->str + at, len);
		GString *escaped = g_string_new(piece);
		g_string_replace(escaped, "&", "&amp;", 0);
		g_string_replace(escaped, "<", "&lt;", 0);
		g_string_replace(escaped, ">", "&gt;", 0);
		g_string_append_len(out, p, mark - p);
		g_string_append(out, escaped->str);
		g_string_free(escaped, TRUE);
		mark = strstr(mark, "?>");
		g_assert_nonnull(mark);
		mark += 2;
	}
	g_string_append(out, p);
	return g_string_free(out, FALSE);
}

static char *
clean(const char *bytes, size_t len, const char *type, size_t cut, char **encoding, char **warnings)
{
	OWNED(cleaner) cleaner = cleaner_new(type);
	g_autoptr(GString) out = g_string_new(NULL), text = g_string_new(NULL);

	for (size_t at = 0; at < len; at += cut)
		cleaner_push(cleaner, bytes + at, MIN(cut, len - at), false, out, text);
	cleaner_push(cleaner, "", 0, true, out, text);
	if (encoding)
		*encoding = g_strdup(cleaner_encoding(cleaner));
	if (warnings) {
		GString *list = g_string_new(NULL);
		for (guint i = 0; i < cleaner_warnings(cleaner)->len; i++) {
			g_autofree char *line = warning_line(cleaner_warnings(cleaner)->pdata[i]);
			g_string_append_printf(list, "%s\n", line);
		}
		*warnings = g_string_free(list, FALSE);
	}
	return weave(out, text);
}

static const struct {
	const char *in, *out;
} texts[] = {
	// What is XML stays as it is.
	{ "<a b=\"c\" d='e'>f</a>", "<a b=\"c\" d='e'>f</a>" },
	{ "<a>1 &lt; 2 &amp;&gt;</a>", "<a>1 &lt; 2 &amp;&gt;</a>" },
	{ "<a><![CDATA[x & <y> ]] ]]></a>", "<a>x &amp; &lt;y&gt; ]] </a>" },
	{ "<a>x\r\ny\rz\r\n\r<![CDATA[\r\n]]>\n</a>", "<a>x\ny\nz\n\n\n\n</a>" },
	{ "<a\n b = \"c\"\n/>", "<a\n b = \"c\"\n/>" },
	{ "<a:b xmlns:a=\"u\"/>", "<a:b xmlns:a=\"u\"/>" },
	{ "<a>é 日本 🎧</a>", "<a>é 日本 🎧</a>" },
	// Stray signs.
	{ "<a>AT&T and R&D</a>", "<a>AT&amp;T and R&amp;D</a>" },
	{ "<a>I <3 you</a>", "<a>I &lt;3 you</a>" },
	{ "<a>a < b <= c << d</a>", "<a>a &lt; b &lt;= c &lt;&lt; d</a>" },
	{ "<a>a -> b</a>", "<a>a -&gt; b</a>" },
	{ "<a>x <me@example.org> y</a>", "<a>x &lt;me@example.org&gt; y</a>" },
	{ "<a>x <http://example.org/> y</a>", "<a>x &lt;http://example.org/&gt; y</a>" },
	{ "<a>if a <b and c</a>", "<a>if a &lt;b and c</a>" },
	{ "<a>]]></a>", "<a>]]&gt;</a>" },
	{ "<a>x &; &# &#x; &a b; &</a>", "<a>x &amp;; &amp;# &amp;#x; &amp;a b; &amp;</a>" },
	// References.
	{ "<a>one&nbsp;two&mdash;three&eacute;</a>", "<a>one\u00a0two—threeé</a>" },
	{ "<a>it&#146;s &#8217; &#x2019; &#x41;</a>", "<a>it’s ’ ’ A</a>" },
	{ "<a>&#38;lt; &#60;b></a>", "<a>&amp;lt; &lt;b&gt;</a>" },
	{ "<a>&#0;&#7;&#xFFFF;&#x110000;&#99999999999;x</a>", "<a>x</a>" },
	{ "<a>&#8217s &unknown; &nbsp</a>", "<a>’s &amp;unknown; &amp;nbsp</a>" },
	{ "<a b=\"x&nbsp;&&amp;y\"/>", "<a b=\"x\u00a0&amp;&amp;y\"/>" },
	// Control characters.
	{ "<a>x\001\002y\x7fz\tw</a>", "<a>xyz\tw</a>" },
	{ "<a><![CDATA[x\001y]]></a>", "<a>xy</a>" },
	{ "<a>\uffffx\ufffey</a>", "<a>xy</a>" },
	// Attributes.
	{ "<a b=c d=http://x/y?1&2 e/>", "<a b=\"c\" d=\"http://x/y?1&amp;2\" e=\"\"/>" },
	{ "<a b=\"I <3 you\"/>", "<a b=\"I &lt;3 you\"/>" },
	{ "<a / b=\"c\"/ >", "<a b=\"c\"></a>" },
	{ "<a b=\"x\"c='y'/>", "<a b=\"x\" c=\"y\"/>" },
	{ "<a b=\"x>y\"/>", "<a b=\"x>y\"/>" },
	{ "<a b=\"5\" disk\" c='d'/>", "<a b=\"5\" disk=\"\" c=\"d\"/>" },
	{ "<a b=\"x>y</a><c d=\"e\"/>", "<a b=\"x\">y</a><c d=\"e\"/>" },
	// Balance.
	{ "<a><b>x</a>", "<a><b>x</b></a>" },
	{ "<a>x</b></a>", "<a>x</a>" },
	{ "<a><b><c>x</b>y</a>", "<a><b><c>x</c></b>y</a>" },
	{ "<a><B>x</b></A >", "<a><B>x</B></a>" },
	{ "<r><item><t>x</t><item>y</item></r>", "<r><item><t>x</t></item><item>y</item></r>" },
	{ "<r><x:entry>1<b><x:entry>2</r>",
	    "<r><x:entry>1<b></b></x:entry><x:entry>2</x:entry></r>" },
	{ "<a><b>x", "<a><b>x</b></a>" },
	{ "<a><b>x</", "<a><b>x</b></a>" },
	{ "<a><b>x</b", "<a><b>x</b></a>" },
	{ "<a>x<b c=\"d", "<a>x</a>" },
	{ "<a><![CDATA[x", "<a>x</a>" },
	{ "<a/></a><b/>", "<a/><b/>" },
	// What is left out, but for its line ends.
	{ "\n<?xml version=\"1.0\"\n?><a/>", "\n\n<a/>" },
	{ "<!DOCTYPE rss [\n<!ENTITY x \"y\">\n]><a>&x;</a>", "\n\n<a>&amp;x;</a>" },
	{ "<!doctype html><a/>", "<a/>" },
	{ "<a><!-- x\n -- > --></a>", "<a>\n</a>" },
	{ "<a><!-- x", "<a></a>" },
	{ "<a><!ELEMENT b><! c></a>", "<a>&lt;! c&gt;</a>" },
	{ "<a><?php echo 1 ?>x<? y</a>", "<a>x&lt;? y</a>" },
	{ "", "" },
};

// Bytes in other encodings, of a length.
static const struct {
	const char *name, *in;
	size_t len;
	const char *type, *out, *encoding;
} encodings[] = {
#define BYTES(s) s, sizeof(s) - 1
	{ "cp1252 in UTF-8", BYTES("<a>caf\xe9 \x93x\x94 é</a>"), NULL,
	    "<a>café “x” é</a>", "utf-8" },
	{ "mark", BYTES("\xef\xbb\xbf<a>é</a>"), NULL, "<a>é</a>", "utf-8" },
	{ "NUL", BYTES("<a>x\0y</a>\0<b/>"), NULL, "<a>xy</a><b/>", "utf-8" },
	{ "declared latin-1", BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9\x92</a>"),
	    NULL, "<a>é’</a>", "windows-1252" },
	{ "latin-1, as declared", BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"),
	    NULL, "<a>é</a>", "iso-8859-1" },
	{ "served as ASCII, which it is", BYTES("<?xml version='1.0' encoding='utf-8'?><a>e</a>"),
	    "text/xml; charset=US-ASCII", "<a>e</a>", "us-ascii" },
	{ "served as ASCII, which it is not", BYTES("<a>\xe9</a>"), "text/xml; charset=us-ascii",
	    "<a>é</a>", "windows-1252" },
	{ "declared latin-1 but UTF-8",
	    BYTES("<?xml version='1.0' encoding='latin1'?><a>é</a>"), NULL, "<a>é</a>", "utf-8" },
	{ "declared cyrillic",
	    BYTES("<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xcf\xf0</a>"),
	    NULL, "<a>Пр</a>", "windows-1251" },
	{ "served", BYTES("<a>\xcf\xf0</a>"), "text/xml; charset=\"windows-1251\"", "<a>Пр</a>",
	    "windows-1251" },
	{ "served latin-1 but UTF-8", BYTES("<?xml version='1.0' encoding='utf-8'?><a>é</a>"),
	    "text/xml; charset=ISO-8859-1", "<a>é</a>", "utf-8" },
	{ "shift-jis",
	    BYTES("<?xml version='1.0' encoding='Shift_JIS'?><a>\x93\xfa\x96\x7b</a>"), NULL,
	    "<a>日本</a>", "cp932" },
	{ "UTF-16 with mark",
	    BYTES("\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>\0"), NULL, "<a>é</a>", "utf-16le" },
	{ "UTF-16 without", BYTES("\0<\0a\0>\0\xe9\0<\0/\0a\0>"), NULL, "<a>é</a>", "utf-16be" },
	{ "UTF-16 cut",
	    BYTES("\xff\xfe<\0a\0>\0x\0<\0/\0a\0>\0\x41"), NULL, "<a>x</a>\ufffd", "utf-16le" },
	{ "UTF-32", BYTES("<\0\0\0a\0\0\0/\0\0\0>\0\0\0"), NULL, "<a/>", "utf-32le" },
	{ "no UTF-16 at all", BYTES("<?xml version='1.0' encoding='utf-16'?><a>é</a>"), NULL,
	    "<a>é</a>", "utf-8" },
	{ "unknown",
	    BYTES("<?xml version='1.0' encoding='klingon'?><a>é</a>"), NULL, "<a>é</a>", "utf-8" },
	{ "cut character", BYTES("<a>x\xe2\x82"), NULL, "<a>xâ‚</a>", "utf-8" },
	{ "surrogates, overlong", BYTES("<a>\xed\xa0\x80 \xc0\x80</a>"), NULL, "<a>í\u00a0€ À€</a>",
	    "utf-8" },
};

static const size_t cuts[] = { 1, 2, 3, 7, 64, 100000 };

static void
test_texts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(cuts); j++) {
			g_autofree char *out =
			    clean(texts[i].in, strlen(texts[i].in), NULL, cuts[j], NULL, NULL);
			g_assert_cmpstr(out, ==, texts[i].out);
		}
}

static void
test_encodings(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(cuts); j++) {
			g_autofree char *encoding = NULL;
			g_test_message("%s", encodings[i].name);
			g_autofree char *out = clean(encodings[i].in, encodings[i].len,
			    encodings[i].type, cuts[j], &encoding, NULL);
			g_assert_cmpstr(out, ==, encodings[i].out);
			g_assert_cmpstr(encoding, ==, encodings[i].encoding);
		}
}

// Nobody declares these.
static const struct {
	const char *bytes_in, *text, *encoding;
} guesses[] = {
	{ "euc-jp", "ゲーム三昧な正月をすごしました", "euc-jp" },
	{ "cp932", "記事投稿が反映されないのはなぜですか", "shift_jis" },
	{ "cp949", "서울에서 보내는 편지 TypeKey 한글", "euc-kr" },
	{ "gb18030", "每天早上的新闻节目，欢迎收听", "gb18030" },
	{ "windows-1251", "Новости науки и техники, выпуск 12", "windows-1251" },
	{ "koi8-r", "Новости науки и техники, выпуск 12", "koi8-r" },
	{ "windows-1255", "חדשות הבוקר עם מיכל", "windows-1255" },
	{ "windows-1252", "Ça va ? Où est l’été à Besançon, cœur « déjà » épuisé", "utf-8" },
	{ "windows-1252", "Größe über Äußerung, Übergrößen für süße Füße – schön", "utf-8" },
	{ "windows-1252", "¿Qué pasó en España mañana? ¡Añádelo aquí, señor!", "utf-8" },
	{ "windows-1252", "Don’t say it’s we’re they’ve can’t won’t I’ll you’d she’s he’s who’s "
	    "what’s let’s that’s here’s", "utf-8" },
	{ "windows-1252", "one—two three—four five—six seven—eight nine—ten he—she it—we",
	    "utf-8" },
	{ "windows-1252", "“a“b“c“d“e“f“g“h“i“j“k“l“m“n“o“p“q", "utf-8" },
	{ "windows-1252", "L’ÉTÉ À L’ÎLE : DÉJÀ VU, CŒUR ÉPUISÉ", "utf-8" },
};

static void
test_guesses(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(guesses); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(cuts); j++) {
			g_autofree char *markup = g_strdup_printf("<a>%s</a>", guesses[i].text);
			g_autofree char *encoding = NULL, *warnings = NULL;
			gsize len;
			g_autofree char *bytes = g_convert(
			    markup, -1, guesses[i].bytes_in, "UTF-8", NULL, &len, NULL);
			g_autofree char *out =
			    clean(bytes, len, NULL, cuts[j], &encoding, &warnings);
			g_assert_cmpstr(out, ==, markup);
			g_assert_cmpstr(encoding, ==, guesses[i].encoding);
			g_assert_true(g_str_has_prefix(warnings, "line 1: bytes"));
			g_assert_false(g_str_has_suffix(warnings, "guessed\n") ==
			    g_str_equal(encoding, "utf-8"));
		}
	g_autofree char *encoding = NULL, *warnings = NULL;
	const char *lie = "<?xml version='1.0' encoding='windows-1251'?>\n<a>Новости</a>";
	g_autofree char *out = clean(lie, strlen(lie), NULL, 7, &encoding, &warnings);
	g_assert_cmpstr(out, ==, "\n<a>Новости</a>");
	g_assert_cmpstr(encoding, ==, "utf-8");
	g_assert_cmpstr(warnings, ==, "line 2: UTF-8, although another encoding is declared\n");
}

static void
test_warnings(void)
{
	static const char in[] = "<r>\n<a>x & y</a>\n<b>z & \xe9</b>\n<c>\n<d\ne=f>I <3\n</r>";
	g_autofree char *whole = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
		g_autofree char *warnings = NULL;
		g_autofree char *out = clean(in, strlen(in), NULL, cuts[i], NULL, &warnings);
		g_assert_nonnull(strstr(warnings, "line 2: an \"&\""));
		g_assert_nonnull(strstr(warnings, "line 3: bytes"));
		g_assert_nonnull(strstr(warnings, "line 6: a \"<\""));
		g_assert_null(strstr(warnings, "line 3: an \"&\"")); // once a kind
		g_assert_nonnull(strstr(warnings, "line 7: an element is not closed"));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
		static const char lie[] =
		    "<?xml version='1.0' encoding='latin1'?>\n<r>\n<a>x</a><b>é</b></r>\n";
		g_autofree char *warnings = NULL;
		g_autofree char *out = clean(lie, strlen(lie), NULL, cuts[i], NULL, &warnings);
		g_assert_cmpstr(
		    warnings, ==, "line 3: UTF-8, although another encoding is declared\n");
	}
	for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
		static const char junk[] = "\n x\n<?xml version='1.0'?>\n<r></r>\n\n Warning: y\n";
		g_autofree char *warnings = NULL;
		g_autofree char *out = clean(junk, strlen(junk), NULL, cuts[i], NULL, &warnings);
		g_assert_cmpstr(warnings, ==,
		    "line 3: something stands before the beginning, left out\n"
		    "line 6: something stands behind the end\n");
	}
	g_autofree char *none = NULL;
	whole = clean("<a>é</a>", 9, NULL, 100, NULL, &none);
	g_assert_cmpstr(none, ==, "");
}

// No stretch of odd input is kept whole, or read again and again.
static void
test_bounds(void)
{
	static const char *const units[] = { "<", "<a", "<a ", "<a b='", "&", "&a", "<!",
		"<![CDATA[", "<a>",
		"</a", "\"", "<a b=\"c\"", "<!DOCTYPE [", "<!--", "<?", "]]", "\xe2" };
	enum { TIMES = 200000 };

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		OWNED(cleaner) cleaner = cleaner_new(NULL);
		g_autoptr(GString) in = g_string_new("<r>");
		g_autoptr(GString) out = g_string_new(NULL), text = g_string_new(NULL);
		while (in->len < TIMES)
			g_string_append(in, units[i]);
		for (size_t at = 0; at < in->len; at += 100)
			cleaner_push(cleaner, in->str + at, MIN((size_t)100, in->len - at), false,
			    out, text);
		cleaner_push(cleaner, "", 0, true, out, text);
		g_assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
		g_assert_true(g_utf8_validate(text->str, (gssize)text->len, NULL));
		g_assert_cmpint(out->len + text->len, <, in->len * 10);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/clean/texts", test_texts);
	g_test_add_func("/clean/encodings", test_encodings);
	g_test_add_func("/clean/guesses", test_guesses);
	g_test_add_func("/clean/warnings", test_warnings);
	g_test_add_func("/clean/bounds", test_bounds);
	return g_test_run();
}
