// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of subscriptions: what was read and is written as OPML reads as the same shows.
#include "fuzz.h"

#include <string.h>

#include "text/feed.h"
#include "text/opml.h"

const char *const fuzz_texts[] = {
    "<opml version='2.0'><body><outline text='Tech &amp; more'><outline type='rss' title='A'"
    " xmlUrl='https://a.example/f?x=1&y=2' category='/x/y,z'/></outline></body></opml>",
    "https://n.example/feed \"two words\" tag \"~Name\"\n# comment\nexec:~/x\n\"query:a:b\"\n",
    "<opml><body><outline url=x><outline XMLURL=\"y\">", "\xff\xfe<\0o\0p\0m\0l\0>\0", NULL};
const char *const fuzz_folders[] = {"opml/listparser/opml", "opml/listparser/malformed",
    "opml/feedvalidator", "opml/newsboat", "opml/newsraft", "opml/rsparser", "opml/castero",
    "opml/gnome-podcasts", NULL};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;

	if (!ready)
		feed_init();
	ready = true;
	g_autoptr(GPtrArray) list = subscriptions_read((const char *)data, size, NULL);
	if (!list)
		return 0;
	for (guint i = 0; i < list->len; i++) {
		const struct subscription *one = list->pdata[i];
		g_assert(one->address && one->tags->len <= 64);
	}
	g_autofree char *written = opml_write(list);
	g_autoptr(GPtrArray) again = subscriptions_read(written, strlen(written), NULL);
	g_assert(again);
	g_assert(again->len <= list->len);
	return 0;
}
