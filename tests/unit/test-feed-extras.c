// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept as it came (text/extras.h), an element a row; what a listener is told of it; how
// often a feed says that it changes.
#include "feed-dump.h"

#include "text/extras.h"
#include "text/feed.h"

#include <string.h>

static struct feed *
parse(const char *show, const char *episode)
{
	g_autofree char *text = g_strdup_printf(
	    "<rss xmlns:podcast='https://podcastindex.org/namespace/1.0'"
	    " xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
	    " xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
	    "<title>S</title>%s<item><title>E</title>%s</item></channel></rss>",
	    show, episode);
	struct feed *feed = feed_parse(text, strlen(text), "https://h.example/f/", NULL, NULL);

	g_assert_nonnull(feed);
	g_assert_cmpstr(feed->title, ==, "S");
	g_assert_cmpint(feed->episodes->len, ==, 1);
	return feed;
}

static const struct {
	const char *xml, *extras;
} of_shows[] = {
	{ "", NULL },
	{ "<podcast:locked owner='a@h.example'>yes</podcast:locked>",
	    "[{'element':'locked','owner':'a@h.example','text':'yes'}]" },
	{ "<podcast:medium>music</podcast:medium>", "[{'element':'medium','text':'music'}]" },
	{ "<podcast:block id='x'>yes</podcast:block>",
	    "[{'element':'block','id':'x','text':'yes'}]" },
	{ "<itunes:block>Yes</itunes:block>", "[{'element':'block','text':'Yes'}]" },
	{ "<podcast:trailer url='t.mp3' pubdate='now'> A\nword </podcast:trailer>",
	    "[{'element':'trailer','url':'https://h.example/f/t.mp3','pubdate':'now',"
	    "'text':'A word'}]" },
	{ "<podcast:txt purpose='verify'>1</podcast:txt><podcast:txt>2</podcast:txt>",
	    "[{'element':'txt','purpose':'verify','text':'1'},{'element':'txt','text':'2'}]" },
	{ "<podcast:location geo='geo:1,2'>Rome</podcast:location>",
	    "[{'element':'location','geo':'geo:1,2','text':'Rome'}]" },
	{ "<podcast:license url='l'>mine</podcast:license>",
	    "[{'element':'license','url':'https://h.example/f/l','text':'mine'}]" },
	{ "<podcast:podroll><podcast:remoteItem feedGuid='g' feedUrl='//o.example/f'/>"
	  "</podcast:podroll>",
	    "[{'element':'podroll','children':[{'element':'remoteitem','feedGuid':'g',"
	    "'feedUrl':'https://o.example/f'}]}]" },
	{ "<podcast:remoteItem feedGuid='g'/>", "[{'element':'remoteitem','feedGuid':'g'}]" },
	{ "<podcast:value type='lightning'><podcast:valueRecipient name='A' split='9'/>"
	  "<podcast:valueTimeSplit startTime='1'><podcast:remoteItem itemGuid='i'/>"
	  "</podcast:valueTimeSplit></podcast:value>",
	    "[{'element':'value','type':'lightning','children':["
	    "{'element':'valuerecipient','name':'A','split':'9'},"
	    "{'element':'valuetimesplit','startTime':'1','children':["
	    "{'element':'remoteitem','itemGuid':'i'}]}]}]" },
	{ "<podcast:liveItem status='live'><title>Live</title><link>l</link><guid>g</guid>"
	  "<enclosure url='s.mp3'/><podcast:contentLink href='w'>see</podcast:contentLink>"
	  "</podcast:liveItem>",
	    "[{'element':'liveitem','status':'live','children':["
	    "{'element':'title','text':'Live'},{'element':'link','text':'l'},"
	    "{'element':'guid','text':'g'},"
	    "{'element':'enclosure','url':'https://h.example/f/s.mp3'},"
	    "{'element':'contentlink','href':'https://h.example/f/w','text':'see'}]}]" },
	{ "<podcast:updateFrequency rrule='FREQ=DAILY'>often</podcast:updateFrequency>",
	    "[{'element':'updatefrequency','rrule':'FREQ=DAILY','text':'often'}]" },
	// hostile: our own names, addresses that nothing opens, one that is never closed
	{ "<podcast:license element='x' text='y' url='javascript:x()'>z</podcast:license>",
	    "[{'element':'license','text':'z'}]" },
	{ "<podcast:podroll><podcast:podroll>", "[{'element':'podroll'}]" },
};

static const struct {
	const char *xml, *extras;
} of_episodes[] = {
	{ "", NULL },
	{ "<podcast:alternateEnclosure type='audio/opus' bitrate='64'>"
	  "<podcast:source uri='a.opus'/><podcast:source uri='ipfs://x'/>"
	  "<podcast:integrity type='sri' value='v'/></podcast:alternateEnclosure>",
	    "[{'element':'alternateenclosure','type':'audio/opus','bitrate':'64','children':["
	    "{'element':'source','uri':'https://h.example/f/a.opus'},"
	    "{'element':'source'}," // nothing here opens such
	    "{'element':'integrity','type':'sri','value':'v'}]}]" },
	{ "<podcast:txt>1</podcast:txt>", "[{'element':'txt','text':'1'}]" },
	{ "<podcast:location>Rome</podcast:location>", "[{'element':'location','text':'Rome'}]" },
	{ "<podcast:license>cc0-1.0</podcast:license>",
	    "[{'element':'license','text':'cc0-1.0'}]" },
	{ "<podcast:value type='t'/>", "[{'element':'value','type':'t'}]" },
	{ "<podcast:contentLink href='w'/>",
	    "[{'element':'contentlink','href':'https://h.example/f/w'}]" },
	{ "<itunes:block>yes</itunes:block>", "[{'element':'block','text':'yes'}]" },
	{ "<podcast:trailer url='t.mp3'>of shows</podcast:trailer>", NULL },
};

static void
compare(const char *extras, const char *expected)
{
	g_autofree char *wanted = g_strdup(expected);

	if (wanted)
		g_strdelimit(wanted, "'", '"');
	g_assert_cmpstr(extras, ==, wanted);
}

static void
test_kept(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(of_shows); i++) {
		OWNED(feed) feed = parse(of_shows[i].xml, "");
		const struct feed_episode *episode = feed->episodes->pdata[0];
		compare(feed->extras, of_shows[i].extras);
		g_assert_null(episode->extras);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(of_episodes); i++) {
		OWNED(feed) feed = parse("", of_episodes[i].xml);
		const struct feed_episode *episode = feed->episodes->pdata[0];
		compare(episode->extras, of_episodes[i].extras);
		g_assert_null(feed->extras);
	}
}

// Depth and number are bounded, and what comes after counts still.
static void
test_bounds(void)
{
	g_autoptr(GString) xml = g_string_new(NULL);

	for (int i = 0; i < 30; i++)
		g_string_append(xml, "<podcast:value>");
	for (int i = 0; i < 30; i++)
		g_string_append(xml, "</podcast:value>");
	g_string_append(xml, "<podcast:location>Rome</podcast:location>");
	OWNED(feed) deep = parse("", xml->str);
	const char *extras = ((const struct feed_episode *)deep->episodes->pdata[0])->extras;
	g_assert_nonnull(strstr(extras, "{\"element\":\"location\",\"text\":\"Rome\"}]"));
	g_assert_cmpint(strlen(extras), <, 500);

	g_string_truncate(xml, 0);
	for (int i = 0; i < 5000; i++)
		g_string_append(xml, "<podcast:txt>x</podcast:txt>");
	OWNED(feed) wide = parse(xml->str, "");
	g_assert_cmpint(strlen(wide->extras), <, 40 * 1000);
}

static void
test_facts(void)
{
	static const char json[] =
	    "[{\"element\":\"license\",\"text\":\"mine\",\"url\":\"https://l.example\"},"
	    "{\"element\":\"medium\",\"text\":\"music\"},"
	    "{\"element\":\"podroll\",\"children\":[{\"feedGuid\":\"g\"},"
	    "{\"title\":\"T\",\"feedUrl\":\"https://t.example\"},{\"medium\":\"x\"}]},"
	    "{\"element\":\"location\",\"text\":7},"
	    "{\"element\":\"trailer\",\"url\":\"https://t.example/t.mp3\"}]";
	static const char *const expected[] = { "trailer https://t.example/t.mp3", "podroll g",
		"podroll T https://t.example", "license mine https://l.example" };
	static const char *const nothing[] = { NULL, "", "{}", "[1,null]", "[{\"element\":" };
	g_autoptr(GPtrArray) facts = extras_facts(json);

	g_assert_cmpint(facts->len, ==, G_N_ELEMENTS(expected));
	for (guint i = 0; i < facts->len; i++) {
		const struct extra_fact *fact = facts->pdata[i];
		g_autofree char *line = g_strconcat(fact->element, " ", fact->text, NULL);
		g_assert_cmpstr(line, ==, expected[i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(nothing); i++) {
		g_autoptr(GPtrArray) none = extras_facts(nothing[i]);
		g_assert_cmpint(none->len, ==, 0);
	}
}

static const struct {
	const char *xml;
	int minutes;
} schedules[] = {
	{ "", 0 },
	{ "<ttl>90</ttl>", 90 },
	{ "<sy:updatePeriod>hourly</sy:updatePeriod>", 60 },
	{ "<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
	    12 * 60 },
	{ "<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 90 },
	{ "<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 60 },
	{ "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
	    60 },
	{ "<sy:updatePeriod>never</sy:updatePeriod>", 0 },
	{ "<podcast:updateFrequency rrule='FREQ=WEEKLY'/>", 7 * 24 * 5 },
	{ "<podcast:updateFrequency rrule='FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE'/>", 7 * 24 * 5 },
	{ "<podcast:updateFrequency rrule='FREQ=DAILY;BYHOUR=6,18'/>", 60 },
	{ "<podcast:updateFrequency rrule='FREQ=DAILY;INTERVAL=99999999999999999999'/>",
	    365 * 24 * 60 },
	{ "<podcast:updateFrequency rrule='FREQ;=;;INTERVAL=x'/>", 0 },
	{ "<podcast:updateFrequency rrule='FREQ=SECONDLY'/>", 0 },
};

static void
test_schedules(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(schedules); i++) {
		OWNED(feed) feed = parse(schedules[i].xml, "");
		g_assert_cmpint(feed->ttl_minutes, ==, schedules[i].minutes);
		g_assert_false(feed->complete);
	}
	OWNED(feed) over = parse("<podcast:updateFrequency complete='true'/>", "");
	g_assert_true(over->complete);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	feed_init();
	g_test_add_func("/feed/extras/kept", test_kept);
	g_test_add_func("/feed/extras/bounds", test_bounds);
	g_test_add_func("/feed/extras/facts", test_facts);
	g_test_add_func("/feed/extras/schedules", test_schedules);
	return g_test_run();
}
