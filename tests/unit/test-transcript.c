// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts: each format's forms, turns in notes, what is made of cues; and the corpus.
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "text/transcript.h"

// "source timed|start-end speaker: text|..."
static char *
dump(const struct transcript *transcript)
{
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "%s%s", transcript_source_name(transcript->source),
	    transcript->timed ? "" : " untimed");
	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];
		g_autofree char *text = g_strdelimit(g_strdup(cue->text), "\n", '_');

		g_string_append_c(out, '|');
		if (cue->start_s >= 0)
			g_string_append_printf(out, "%g-%g ", cue->start_s, cue->end_s);
		if (cue->speaker)
			g_string_append_printf(out, "%s: ", cue->speaker);
		g_string_append(out, text);
	}
	return g_string_free(out, FALSE);
}

struct row {
	const char *bytes, *cues;
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		g_autoptr(GError) error = NULL;
		OWNED(transcript)
		transcript =
		    transcript_parse(rows[i].bytes, strlen(rows[i].bytes), NULL, NULL, &error);

		g_assert_no_error(error);
		g_autofree char *got = dump(transcript);

		g_assert_cmpstr(got, ==, rows[i].cues);
	}
}

static void
test_vtt(void)
{
	static const struct row rows[] = {
	    {"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\nthere\n", "vtt|1-2 Hi there"},
	    {"\xef\xbb\xbfWEBVTT - Title\r\n\r\n1\r\n0:00:00.240 --> 0:00:01,500\r\nHi\r\n",
		"vtt|0.24-1.5 Hi"},
	    {"WEBVTT\n00:01.000 --> 00:02.000\nno empty line\n", "vtt|1-2 no empty line"},
	    {"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:1\n\nNOTE\nno\n\nSTYLE\n::cue{}\n\n00:01.000 --> "
	     "00:02.000 align:left\nHi",
		"vtt|1-2 Hi"},
	    {"WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Jo &amp; Al>One</v> <v "
	     "Bo>Two\n\n00:02.000 --> 00:03.000\nThree",
		"vtt|1-2 Jo & Al: One|1-2 Bo: Two|2-3 Bo: Three"},
	    {"WEBVTT\n\n00:01.000 --> 00:02.000\n<c.x><i>a</i></c> <00:01.500>b &lt;c&gt; "
	     "<bad>d</bad>\n",
		"vtt|1-2 a b <c> d"},
	    {"WEBVTT\n\nbroken --> cue\nx\n\n00:01.000 --> 00:02.000\nHi\n", "vtt|1-2 Hi"},
	    {"WEBVTT\n\n0.860 --> 7.380\n<v A>Seconds only\n", "vtt|0.86-7.38 A: Seconds only"},
	    {"WEBVTT\n\n00:01.000 --> 00:02.000\nAl: a\n\n00:02.000 --> 00:03.000\nAl: b: c\n",
		"vtt|1-2 Al: a|2-3 Al: b: c"},
	    {"WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n00:01.000 --> 00:02.000\nsooner\n",
		"vtt|1-2 sooner|5-6 later"},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_srt(void)
{
	static const struct row rows[] = {
	    {"1\n00:00:01,000 --> 00:00:02,000\nHi\nthere\n\n2\n00:00:02,500 --> "
	     "00:00:03,000\nyou\n",
		"srt|1-2 Hi there|2.5-3 you"},
	    {"\xef\xbb\xbf"
	     "0\r\n00:01.5-->00:02\r\nHi\r\n\r\n\r\n\r\n0\r\n0:0:2.25 --> 0:0:3 X1:1 X2:2\r\nyou",
		"srt|1.5-2 Hi|2.25-3 you"},
	    {"1\n00:00:01,000 --> 00:00:02,000\nHi\n2\n00:00:02,000 --> 00:00:03,000\nno empty "
	     "line",
		"srt|1-2 Hi|2-3 no empty line"},
	    {"00:00:01,000 --> 00:00:02,000\nno index\n\n00:00:02,000 --> 00:00:03,000\nnone\n",
		"srt|1-2 no index|2-3 none"},
	    {"1\n00:00:01,000 --> 00:00:02,000\n<b>bold</b> {\\an8}<font color=red>red</font> I <3 "
	     "you &amp; you\n",
		"srt|1-2 bold red I <3 you & you"},
	    {"1\n00:00:01,000 --> 00:00:02,000\nBekah: Hi\n\n2\n00:00:02,000 --> "
	     "00:00:03,000\nmore: of it\n\n"
	     "3\n00:00:03,000 --> 00:00:04,000\nBekah: So\n\n4\n00:00:04,000 --> "
	     "00:00:05,000\nHere's the thing: no\n",
		"srt|1-2 Bekah: Hi|2-3 Bekah: more: of it|3-4 Bekah: So|4-5 Bekah: Here's the "
		"thing: no"},
	    {"1\n00:00:01,000 --> 00:00:02,000\nSpeaker 1: once\n", "srt|1-2 Speaker 1: once"},
	    {"1\n00:00:01,000 --> 00:00:02,000\nOnce: no name\n", "srt|1-2 Once: no name"},
	    {"1\n00:00:01,000 --> 00:00:02,000\ncaf\xe9 \x93so\x94\n", "srt|1-2 café “so”"},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_json(void)
{
	static const struct row rows[] = {
	    {"{\"version\":\"1.0.0\",\"segments\":[{\"speaker\":\"Luke\",\"startTime\":2.75,"
	     "\"endTime\":3.0,\"body\":\"No\"},"
	     "{\"startTime\":3,\"body\":\"more\\n\"},{\"speaker\":\"\",\"startTime\":5,\"body\":"
	     "\"and\"}]}",
		"json|2.75-3 Luke: No|3-5 Luke: more|5--1 Luke: and"},
	    {"[{\"start\":\"1.5\",\"end\":\"00:00:02.5\",\"text\":\"strings\"}]",
		"json|1.5-2.5 strings"},
	    {"{\"text\":\"all\",\"segments\":[{\"start\":0.0,\"end\":1.2,\"text\":\" "
	     "whisper\"}],\"language\":\"en\"}",
		"json|0-1.2 whisper"},
	    {"{\"segments\":[{\"startTime\":0,\"body\":\" "
	     "\"},{\"startTime\":1,\"body\":null},{\"startTime\":2,\"body\":\"x\"}]}",
		"json|2--1 x"},
	    {"{\"segments\":[{\"body\":\"no times\"},7,null]}", "json untimed|no times"},
	    {"{\"vtt\":\"WEBVTT\\n\\n00:01.000 --> 00:02.000\\nHi\"}", "json|1-2 Hi"},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_html(void)
{
	static const struct row rows[] = {
	    {"<cite>Kevin:</cite> <time>0:00</time> <p>Hi.</p><p>More.</p><cite>Alban "
	     ":</cite><time>1:02:03</time><p>Yes.</p>",
		"html|0-3723 Kevin: Hi.__More.|3723--1 Alban: Yes."},
	    {"<html><head><title>T</title><script>x</script></head><body><nav>menu</nav><cite>A</"
	     "cite><p>one</p>"
	     "<footer>foot</footer></body></html>",
		"html untimed|A: one"},
	    {"<time>0:05</time><p>no name</p>", "html|5--1 no name"},
	    {"<p>Emily: Hi.</p><p>Dave: Yes.</p><p>Emily: So.</p><p>Dave: No.</p>",
		"html untimed|Emily: Hi.|Dave: Yes.|Emily: So.|Dave: No."},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_turns(void)
{
	static const struct row rows[] = {
	    {"Emily: Hi.\n\nDave: Yes.\n\nmore of it\n\nEmily: So: then.\n\nDave: No.\n\nOnce: no "
	     "name",
		"text untimed|Emily: Hi.|Dave: Yes.__more of it|Emily: So: then.|Dave: No.__Once: "
		"no name"},
	    {"**Jerod Santo:** One.\n\n**Break:** \\[04:01\\]\n\n**Jerod Santo:** Two.",
		"text untimed|Jerod Santo: One.|Jerod Santo: Two."},
	    {"Brian Douglas: One.\n\nBrian: Two.\n\nAvi: Three.\n\nBrian: Four.\n\nAvi: Five.",
		"text untimed|Brian Douglas: One.|Brian Douglas: Two.|Avi: Three.|Brian Douglas: "
		"Four.|Avi: Five."},
	    {"Darin Pope  0:00\nHi.\n\nViktor  0:12\nHello.\n\nDarin Pope  0:14\nYes.",
		"text|0-12 Darin Pope: Hi.|12-14 Viktor: Hello.|14--1 Darin Pope: Yes."},
	    {"Matty (00:00):\nHi.\n\n(00:24):\nMore.\n\nAl (00:30):\nYes.",
		"text|0-24 Matty: Hi.|24-30 Matty: More.|30--1 Al: Yes."},
	    {"[00:01:02] Lisa Wang: One.\n\n[00:02:00] Jo: Two.",
		"text|62-120 Lisa Wang: One.|120--1 Jo: Two."},
	    {"00:00:00 One\n\n00:00:04 Two", "text|0-4 One|4--1 Two"},
	    {"Adam: 00:00:01\n\nHi\n\nJo: 00:00:05\n\nYes", "text|1-5 Adam: Hi|5--1 Jo: Yes"},
	    {"[00:00:00.160 --> 00:00:05.520]  One\n[00:00:05.520 --> 00:00:07.000]  Two",
		"text|0.16-5.52 One|5.52--1 Two"},
	    {"Walid : bonjour\n\nAlban : salut\n\nWalid : bien\n\nAlban : oui",
		"text untimed|Walid: bonjour|Alban: salut|Walid: bien|Alban: oui"},
	    {"ADAM GLICK: One [LAUGHTER]\n\nCRAIG BOX: Two\n\nADAM GLICK: x\n\nCRAIG BOX: y",
		"text untimed|ADAM GLICK: One [LAUGHTER]|CRAIG BOX: Two|ADAM GLICK: x|CRAIG BOX: "
		"y"},
	    {"Corey:\n\nOne.\n\nLaura:\n\nTwo.\n\nCorey:\n\nThree.\n\nLaura:\n\nFour.",
		"text untimed|Corey: One.|Laura: Two.|Corey: Three.|Laura: Four."},
	    {"Just prose.\n\nHere's the thing: it has no turns.",
		"text untimed|Just prose.__Here's the thing: it has no turns."},
	    {"---\ntitle: T\nspeakers: x\n---\nEmily: Hi.\n\nEmily: So.",
		"text untimed|Emily: Hi.|Emily: So."},
	};

	check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_notes(void)
{
	static const struct row rows[] = {
	    {"<p>Links</p><p>Emily: Hi everyone.</p><p>Dave: Hi.</p><p>and more</p><p>Emily: "
	     "So.</p><p>Dave: Yes.</p>",
		"notes untimed|Emily: Hi everyone.|Dave: Hi.__and more|Emily: So.|Dave: Yes."},
	    {"<p>Transcript</p><p><a href='https://a.example'>Read the "
	     "transcript</a></p><p>Thanks</p>",
		NULL},
	    {"<p>Only prose here.</p><p>Note: nothing.</p>", NULL},
	    {"<p>Host: Jane</p><p>Music: Joe</p><p>Editor: Jim</p><p>Art: Jil</p>", NULL},
	    {"", NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		OWNED(notes) notes = notes_parse(rows[i].bytes, -1, NULL, -1);
		OWNED(transcript) transcript = transcript_from_notes(notes);
		g_autofree char *got = transcript ? dump(transcript) : NULL;

		g_assert_cmpstr(got, ==, rows[i].cues);
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *bytes, *url, *message;
	} rows[] = {
	    {"", "https://u:p@a.example/t.vtt?key=1", "https://a.example/t.vtt: empty"},
	    {" \n", NULL, "The transcript: empty"},
	    {"<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>", NULL,
		"The transcript: a web page without a transcript"},
	    {"{\"error\":\"gone\"}", NULL,
		"The transcript: this JSON holds no transcript (no \"segments\")"},
	    {"WEBVTT\n", NULL, "The transcript: no text that reads as a transcript"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		struct transcript *transcript = transcript_parse(
		    rows[i].bytes, strlen(rows[i].bytes), NULL, rows[i].url, &error);

		g_assert_null(transcript);
		g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
		g_assert_cmpstr(error->message, ==, rows[i].message);
	}
	g_autoptr(GError) error = NULL;

	g_assert_null(transcript_parse("{\"segments\":[{]", 15, NULL, NULL, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
}

static struct transcript *
parse(const char *bytes)
{
	return transcript_parse(bytes, strlen(bytes), NULL, NULL, NULL);
}

static void
test_out(void)
{
	OWNED(transcript)
	transcript = parse("WEBVTT\n\n00:01.000 --> 00:02.500\n<v Jo>a &amp; b\n\n"
			   "01:00:02.500 --> 01:00:03.000\n<v Al>c &lt;d&gt;\n");
	g_autofree char *vtt = transcript_to_vtt(transcript), *srt = transcript_to_srt(transcript);
	g_autofree char *text = transcript_to_text(transcript);

	g_assert_cmpstr(vtt, ==,
	    "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Jo>a &amp; b\n\n"
	    "01:00:02.500 --> 01:00:03.000\n<v Al>c &lt;d&gt;\n");
	g_assert_cmpstr(srt, ==,
	    "1\n00:00:01,000 --> 00:00:02,500\nJo: a & b\n\n2\n01:00:02,500 --> 01:00:03,000\nAl: "
	    "c <d>\n");
	g_assert_cmpstr(text, ==, "Jo: a & b\n\nAl: c <d>\n");

	OWNED(transcript) again = parse(vtt);
	g_autofree char *left = dump(transcript), *right = dump(again);

	g_assert_cmpstr(left, ==, right);

	OWNED(transcript)
	untimed = parse("Emily: Hi.\n\nmore\n\nDave: Yes.\n\nEmily: So.\n\nDave: No.");
	g_autofree char *untimed_vtt = transcript_to_vtt(untimed);
	OWNED(transcript) read = parse(untimed_vtt);

	g_assert_cmpuint(read->cues->len, ==, untimed->cues->len);
}

static void
test_time(void)
{
	OWNED(transcript)
	transcript = parse("aaaa\n\nEmily: bbbb bbbb\n\nDave: cccc\n\nEmily: d\n\nDave: e");
	const struct cue *last = transcript->cues->pdata[transcript->cues->len - 1];

	g_assert_cmpint(transcript_at(transcript, 10), ==, -1);
	transcript_estimate(transcript, 100);
	g_assert_true(transcript->estimated);
	g_assert_false(transcript->timed);
	g_assert_cmpint(transcript_at(transcript, 0), ==, 0);
	g_assert_cmpint(transcript_at(transcript, 99.9), ==, (int)transcript->cues->len - 1);
	g_assert_cmpfloat(fabs(last->end_s - 100), <, 1e-6);

	OWNED(transcript)
	timed = parse("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:05.000 --> 00:06.000\nb\n\n"
		      "00:05.000 --> 00:06.000\nc\n");
	static const struct {
		double at;
		int index;
	} rows[] = {{0, -1}, {0.999, -1}, {1, 0}, {3, 0}, {5, 2}, {1e9, 2}, {-1, -1}};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpint(transcript_at(timed, rows[i].at), ==, rows[i].index);
}

static void
test_passages(void)
{
	OWNED(transcript)
	words = parse("{\"segments\":[{\"speaker\":\"A\",\"startTime\":0.2,\"endTime\":0.4,"
		      "\"body\":\"It's\"},"
		      "{\"speaker\":\"A\",\"startTime\":0.5,\"endTime\":0.9,\"body\":\"Friday\"},"
		      "{\"speaker\":\"A\",\"startTime\":0.9,\"endTime\":0.9,\"body\":\",\"},"
		      "{\"speaker\":\"A\",\"startTime\":1,\"endTime\":6,\"body\":\"yes.\"},"
		      "{\"speaker\":\"A\",\"startTime\":6,\"endTime\":7,\"body\":\"Next\"},"
		      "{\"speaker\":\"B\",\"startTime\":7,\"endTime\":8,\"body\":\"Other\"},"
		      "{\"speaker\":\"B\",\"startTime\":30,\"endTime\":31,\"body\":\"late\"}]}");
	OWNED(transcript) passages = transcript_passages(words);
	g_autofree char *got = dump(passages);

	g_assert_cmpstr(
	    got, ==, "json|0.2-6 A: It's Friday, yes.|6-7 A: Next|7-8 B: Other|30-31 B: late");
}

// Cues that take no time are joined as far as one can read. (Each was once copied for the next:
// these would take hours.)
static void
test_passages_many(void)
{
	enum { CUES = 200000 };
	g_autoptr(GString) vtt = g_string_new("WEBVTT\n\n");

	for (int i = 0; i < CUES; i++)
		g_string_append(vtt, "00:01.000 --> 00:01.000\nsome words\n\n");
	OWNED(transcript) cues = parse(vtt->str);
	g_assert_cmpuint(cues->cues->len, ==, CUES);
	OWNED(transcript) passages = transcript_passages(cues);
	size_t bytes = 0;

	for (guint i = 0; i < passages->cues->len; i++) {
		size_t len = strlen(((const struct cue *)passages->cues->pdata[i])->text);

		g_assert_cmpuint(len, <=, 1000);
		bytes += len + 1;
	}
	g_assert_cmpuint(bytes, ==, CUES * strlen("some words "));
}

// What never ends is looked for once a line.
static void
test_unended(void)
{
	static const struct {
		const char *head, *part;
	} rows[] = {
	    {"1\n00:00:01,000 --> 00:00:02,000\n", "<b"},
	    {"1\n00:00:01,000 --> 00:00:02,000\n", "{\\"},
	    {"WEBVTT\n\n00:01.000 --> 00:02.000\nx", "<v.>"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) text = g_string_new(rows[i].head);

		while (text->len < 8 * 1024 * 1024)
			g_string_append(text, rows[i].part);
		OWNED(transcript) transcript = parse(text->str);
		g_assert_cmpuint(transcript->cues->len, ==, 1);
	}
}

// Turns without times: cut at sentences, joined to passages of 5 to 12 s, never across paragraphs.
static void
test_passages_estimated(void)
{
	OWNED(notes)
	notes = notes_parse("<p>Transcript</p>"
			    "<p>Ann: One two three. Dr. Who is here. That is all of it now.</p>"
			    "<p>A second paragraph of hers.</p><p>Bob: Yes? He said so.</p>"
			    "<p>Ann: Good.</p><p>Bob: Bye.</p>",
	    -1, NULL, -1);
	OWNED(transcript) turns = transcript_from_notes(notes);
	g_assert_nonnull(turns);
	transcript_estimate(turns, 30);
	OWNED(transcript) passages = transcript_passages(turns);
	GString *got = g_string_new(NULL);
	double last_s = 0;

	for (guint i = 0; i < passages->cues->len; i++) {
		const struct cue *cue = passages->cues->pdata[i];

		g_string_append_printf(got, "%s: %s|", cue->speaker, cue->text);
		g_assert_cmpfloat(cue->start_s, >=, last_s);
		last_s = cue->start_s;
	}
	g_assert_cmpstr(got->str, ==,
	    "Ann: One two three. Dr. Who is here.|Ann: That is all of it now.|"
	    "Ann: A second paragraph of hers.|Bob: Yes? He said so.|Ann: Good.|Bob: Bye.|");
	g_string_free(got, TRUE);
}

static void
test_rank(void)
{
	static const struct {
		const char *type, *url, *rel, *language;
	} rows[] = {
	    // best first
	    {"text/vtt", "https://a.example/t", "captions", "en"},
	    {"text/vtt", "https://a.example/t.vtt", NULL, NULL},
	    {"application/json", "https://a.example/t.json", NULL, "en-US"},
	    {NULL, "https://a.example/t.srt?x=1", NULL, "en"},
	    {"text/html", "https://a.example/t.html", NULL, "en"},
	    {"text/plain", "https://a.example/t.txt", NULL, "en"},
	    {"text/vtt", "https://a.example/t.vtt", "captions", "de"},
	};
	int before = -1;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		int rank =
		    transcript_rank(rows[i].type, rows[i].url, rows[i].rel, rows[i].language, "en");

		g_assert_cmpint(rank, >, before);
		before = rank;
	}
}

// Hostile sizes: no crash, no square.
static void
test_bounds(void)
{
	static const char *const heads[] = {
	    "WEBVTT\n\n", "", "[", "<cite>a</cite><p>", "1\n00:00:01,000 --> 00:00:02,000\n"};
	static const char *const parts[] = {"00:01.000 --> 00:02.000\nx\n\n", "-->\n", "<v a>", "&",
	    "[", "{", "A: b\n\n", "0:01 ", "<p>", "1\n", "\n", "<b>"};

	for (size_t h = 0; h < G_N_ELEMENTS(heads); h++)
		for (size_t p = 0; p < G_N_ELEMENTS(parts); p++) {
			g_autoptr(GString) bytes = g_string_new(heads[h]);

			while (bytes->len < 300 * 1000)
				g_string_append(bytes, parts[p]);
			gint64 began = g_get_monotonic_time();
			OWNED(transcript)
			transcript = transcript_parse(bytes->str, bytes->len, NULL, NULL, NULL);
			int ms = (int)((g_get_monotonic_time() - began) / 1000);

			if (ms > 300)
				g_test_message("%s%s: %d ms", heads[h], parts[p], ms);
			g_assert_true(!transcript || transcript->cues->len <= 200000);
		}
}

// --- the corpus ------------------------------------------------------------------------------

static char *
squash(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n\t", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", *word);
	return g_string_free(out, FALSE);
}

// What is left of a WebVTT payload for a reader.
static char *
plain_payload(const char *text)
{
	g_autofree char *cue = g_strdup_printf("WEBVTT\n\n00:00.000 --> 00:01.000\n%s\n", text);
	OWNED(transcript) transcript = parse(cue);

	return transcript ? squash(((struct cue *)transcript->cues->pdata[0])->text) : g_strdup("");
}

static char *
corpus(const char *folder)
{
	return g_build_filename(
	    g_getenv("SHARED") ? g_getenv("SHARED") : "", "corpus/transcripts", folder, NULL);
}

static struct transcript *
parse_file(const char *path)
{
	g_autofree char *bytes = NULL;
	size_t len;

	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	return transcript_parse(bytes, len, NULL, path, NULL);
}

static bool
is_time(const json_t *want, const char *key, double got)
{
	const json_t *value = json_object_get(want, key);

	return !json_is_number(value) || fabs(json_number_value(value) - got) < 0.0015;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

// The files of FOLDER that end with SUFFIX, sorted.
static GPtrArray *
files_with(const char *folder, const char *suffix)
{
	GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

	for (const char *name; dir && (name = g_dir_read_name(dir));)
		if (g_str_has_suffix(name, suffix))
			g_ptr_array_add(files, g_build_filename(folder, name, NULL));
	g_ptr_array_sort(files, compare_names);
	return files;
}

// {cues, each:[{start,end,text}]}: cues whose text shows nothing are left out by us.
static bool
same_cues(const json_t *want, const struct transcript *transcript)
{
	guint at = 0, count = transcript ? transcript->cues->len : 0;
	size_t index;
	json_t *cue;

	json_array_foreach(json_object_get(want, "each"), index, cue)
	{
		const char *text = json_string_value(json_object_get(cue, "text"));
		g_autofree char *plain = text ? plain_payload(text) : NULL;

		if (plain && *plain == '\0')
			continue;
		if (at >= count)
			return false;
		const struct cue *got = transcript->cues->pdata[at++];
		g_autofree char *said = squash(got->text);

		if (!is_time(cue, "start", got->start_s) || !is_time(cue, "end", got->end_s) ||
		    (plain && strcmp(plain, said) != 0))
			return false;
	}
	return at == count;
}

static void
test_conformance(void)
{
	static const struct {
		const char *folder;
		int held; // as many at least
	} rows[] = {
	    {"vtt/wpt-file-parsing", 17}, // decimal commas and "3:40.300" are read
	    {"vtt/vttjs", 127},		  // so is what follows blanks before the signature
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *folder = corpus(rows[i].folder);
		g_autoptr(GPtrArray) files = files_with(folder, ".expected.json");
		int held = 0;

		if (files->len == 0) {
			g_test_skip("no corpus beside the project");
			return;
		}
		for (guint f = 0; f < files->len; f++) {
			const char *name = files->pdata[f];
			g_autofree char *input = g_strdup_printf(
			    "%.*s.vtt", (int)(strlen(name) - strlen(".expected.json")), name);
			json_t *want = json_load_file(name, 0, NULL);
			OWNED(transcript) transcript = parse_file(input);
			bool same = same_cues(want, transcript);

			held += same;
			if (!same)
				g_test_message("differs: %s", strrchr(input, '/') + 1);
			json_decref(want);
		}
		g_test_message("%s: %d of %u hold", rows[i].folder, held, files->len);
		g_assert_cmpint(held, >=, rows[i].held);
	}
}

// The words that a html5lib-style tree holds, in order.
static char *
tree_words(const char *tree)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = tree; (p = strchr(p, '"'));) {
		const char *line = p;

		while (line > tree && line[-1] != '\n')
			line--;
		const char *end = strstr(p + 1, "\"\n");

		if (!end)
			end = p + strlen(p) - 1;
		// An attribute stands before its quote.
		if (strspn(line, "| ") == (size_t)(p - line))
			g_string_append_len(out, p + 1, end - p - 1);
		p = end + 1;
	}
	return squash(out->str);
}

static void
test_payloads(void)
{
	static const struct {
		const char *name;
		int held;
	} rows[] = {
	    {"tags", 27},     // two voices in one cue become two cues
	    {"entities", 17}, // marks of direction are dropped; names without ";" stay
	    {"tree-building", 9},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *base = corpus("vtt/wpt-cue-parsing");
		g_autofree char *name = g_strdup_printf("%s/%s.json", base, rows[i].name);
		json_t *want = json_load_file(name, 0, NULL), *cue;
		size_t index;
		int held = 0;

		if (!want) {
			g_test_skip("no corpus beside the project");
			return;
		}
		json_array_foreach(want, index, cue)
		{
			g_autofree char *got =
			    plain_payload(json_string_value(json_object_get(cue, "text")));
			g_autofree char *words =
			    tree_words(json_string_value(json_object_get(cue, "expectedTree")));

			held += strcmp(got, words) == 0;
			if (strcmp(got, words) != 0)
				g_test_message("differs: %s, not %s", got, words);
		}
		g_test_message("%s: %d of %zu hold", rows[i].name, held, json_array_size(want));
		g_assert_cmpint(held, >=, rows[i].held);
		json_decref(want);
	}
}

// {segments:[{startTime,endTime,speaker,body}]}
static void
test_segments(void)
{
	static const struct {
		const char *input;
		double held;	// share of the segments
		bool any_voice; // they have the names shifted by one
	} rows[] = {
	    {"srt/transcriptator/buzzcast.srt", 1},
	    {"json/transcriptator/buzzcast.json", 1},
	    {"html/transcriptator/buzzcast.html", 0.9},
	    {"html/transcriptator/podnews_weekly_review_2023-03-17.html", 1, true},
	    {"vtt/transcriptator/podnews_daily_2024-01-25.vtt", 1},
	    {"vtt/transcriptator/podnews_weekly_review_2024-01-19.vtt", 1},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *input = corpus(rows[i].input);
		g_autofree char *name = g_strconcat(input, ".expected.json", NULL);
		json_t *want = json_load_file(name, 0, NULL), *segment;
		size_t index;
		guint held = 0;

		if (!want) {
			g_test_skip("no corpus beside the project");
			return;
		}
		OWNED(transcript) transcript = parse_file(input);
		json_t *segments = json_object_get(want, "segments");

		g_assert_nonnull(transcript);
		g_assert_cmpuint(transcript->cues->len, ==, json_array_size(segments));
		json_array_foreach(segments, index, segment)
		{
			const struct cue *cue = transcript->cues->pdata[index];
			g_autofree char *body =
			    squash(json_string_value(json_object_get(segment, "body")));
			g_autofree char *text = squash(cue->text);
			bool same =
			    is_time(segment, "startTime", cue->start_s) &&
			    strcmp(body, text) == 0 &&
			    (rows[i].any_voice ||
				g_strcmp0(cue->speaker,
				    json_string_value(json_object_get(segment, "speaker"))) == 0);

			held += same;
			if (!same)
				g_test_message("differs: %zu %s: %.60s", index, cue->speaker, text);
		}
		g_test_message(
		    "%s: %u of %u segments hold", rows[i].input, held, transcript->cues->len);
		g_assert_cmpfloat(held, >=, rows[i].held * transcript->cues->len);
		json_decref(want);
	}
}

static bool
same_fact(const json_t *fact, const struct cue *cue)
{
	g_autofree char *want = squash(json_string_value(json_object_get(fact, "text")));
	g_autofree char *text = squash(cue->text);

	// The facts keep a name before the text.
	return is_time(fact, "start", cue->start_s) && is_time(fact, "end", cue->end_s) &&
	       g_str_has_suffix(want, text);
}

static void
test_facts(void)
{
	static const char *const folders[] = {"srt/podcast-namespace", "srt/syntax-fm",
	    "vtt/python-bytes", "vtt/python-bytes-youtube"};

	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = corpus(folders[i]);
		g_autoptr(GPtrArray) files = files_with(folder, ".facts.json");

		if (files->len == 0) {
			g_test_skip("no corpus beside the project");
			return;
		}
		for (guint f = 0; f < files->len; f++) {
			const char *name = files->pdata[f];
			g_autofree char *input =
			    g_strndup(name, strlen(name) - strlen(".facts.json"));
			json_t *want = json_load_file(name, 0, NULL), *fact;
			OWNED(transcript) transcript = parse_file(input);
			const json_t *first = json_object_get(want, "first"),
				     *last = json_object_get(want, "last");
			size_t index, count = json_integer_value(json_object_get(want, "cues"));

			g_assert_cmpuint(transcript->cues->len, ==, count);
			json_array_foreach((json_t *)first, index, fact)
			    g_assert_true(same_fact(fact, transcript->cues->pdata[index]));
			json_array_foreach((json_t *)last, index, fact) g_assert_true(same_fact(
			    fact, transcript->cues->pdata[count - json_array_size(last) + index]));
			json_decref(want);
		}
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transcript/vtt", test_vtt);
	g_test_add_func("/transcript/srt", test_srt);
	g_test_add_func("/transcript/json", test_json);
	g_test_add_func("/transcript/html", test_html);
	g_test_add_func("/transcript/turns", test_turns);
	g_test_add_func("/transcript/notes", test_notes);
	g_test_add_func("/transcript/refused", test_refused);
	g_test_add_func("/transcript/out", test_out);
	g_test_add_func("/transcript/time", test_time);
	g_test_add_func("/transcript/passages", test_passages);
	g_test_add_func("/transcript/passages-many", test_passages_many);
	g_test_add_func("/transcript/unended", test_unended);
	g_test_add_func("/transcript/passages-estimated", test_passages_estimated);
	g_test_add_func("/transcript/rank", test_rank);
	g_test_add_func("/transcript/bounds", test_bounds);
	g_test_add_func("/transcript/conformance", test_conformance);
	g_test_add_func("/transcript/payloads", test_payloads);
	g_test_add_func("/transcript/segments", test_segments);
	g_test_add_func("/transcript/facts", test_facts);
	return g_test_run();
}
