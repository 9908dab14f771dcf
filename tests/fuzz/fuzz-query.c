// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search's words (the first line) in a text (the rest): spans lie in it, an excerpt is one line.
#include "fuzz.h"

#include <string.h>

#include "base/text.h"
#include "text/query.h"

const char *const fuzz_texts[] = {"wait time\nViewing wait time as waste", "\"a b\nc \"a* b",
    "東京 caf\xc3\xa9*\nここは東京駅です CAFE", "* \" \"\" a\"\n",
    "stra\xc3\x9f"
    "e\nSTRASSE",
    NULL};
const char *const fuzz_folders[] = {NULL};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *clean = text_clean_block((const char *)data, (gssize)size);
	char *text = strchr(clean, '\n');

	if (text)
		*text++ = '\0';
	g_auto(GStrv) words = g_strsplit(clean, " ", -1);
	OWNED(query) query = query_parse((const char *const *)words, NULL);
	if (!query)
		return 0;
	text = text ? text : clean;
	g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct query_span));
	guint terms = query_find(query, text, spans);
	g_assert(terms <= query->terms->len && (terms > 0) == (spans->len > 0));
	for (guint i = 0; i < spans->len; i++) {
		const struct query_span *span = &g_array_index(spans, struct query_span, i);
		g_assert(span->len > 0 && span->at + span->len <= strlen(text));
		g_assert(span->term < query->terms->len);
	}
	g_autofree char *excerpt = query_excerpt(query, text, 40, "[", "]");
	g_assert(!strchr(excerpt, '\n') && g_utf8_validate(excerpt, -1, NULL));
	return 0;
}
