// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cleaning and measuring text: what is cleaned is valid and stays as it is, clusters cover the text
// and nothing that is cut is wider than asked.
#include "fuzz.h"

#include <locale.h>
#include <string.h>

#include "base/paths.h"
#include "base/text.h"

const char *const fuzz_texts[] = {"plain  text", "e\u0301\u0301 👨\u200d👩\u200d👧 🇩🇪🇫 1\ufe0f\u20e3",
    "\u202eabc\u202c\u00ad\u200b", "น้ำ हिन्दी \u1112\u1161\u11ab 日本語",
    "\xff\xc3 \xed\xa0\x80\r\n\t", "CON.", NULL};
const char *const fuzz_folders[] = {"shownotes", NULL};

// Clusters of SIZE bytes follow each other without a gap, and their cells sum up.
static void
check_clusters(const char *text, size_t size)
{
	const char *p = text, *end = text + size;
	int width = 0;
	while (p < end) {
		struct text_cluster cluster;
		const char *next = text_cluster_next(p, end, &cluster);
		g_assert(next > p && next <= end && cluster.bytes == p);
		g_assert(cluster.width >= 0 && cluster.width <= 2);
		g_assert(g_utf8_validate(cluster.paint, -1, NULL));
		width += cluster.width;
		p = next;
	}
	g_assert(text_width(text, (gssize)size) == width);
}

static void
check_line(const char *data, size_t size)
{
	size_t max = size % 40;
	g_autofree char *line = text_clean_line(data, (gssize)size, max);
	g_autofree char *again = text_clean_line(line, -1, max);
	g_assert(g_utf8_validate(line, -1, NULL) && g_str_equal(line, again));
	g_assert(!max || (size_t)g_utf8_strlen(line, -1) <= max);
	for (int cells = 0; cells < 9; cells += 4) {
		g_autofree char *fit = text_fit(line, cells, "…");
		g_assert(text_width(fit, -1) <= cells);
	}
	g_autofree char *name = paths_safe_name(line, 30);
	g_assert(*name && *name != '.' && !strpbrk(name, "/\\") && strlen(name) <= 30);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	setlocale(LC_CTYPE, "C.UTF-8");
	check_clusters(bytes, size);
	check_line(bytes, size);
	g_autofree char *block = text_clean_block(bytes, (gssize)size);
	g_assert(g_utf8_validate(block, -1, NULL));
	check_clusters(block, strlen(block));
	g_autofree char *breaks = g_malloc(strlen(block) + 1);
	text_breaks(block, strlen(block), breaks);
	g_autofree char *folded = text_fold(block);
	g_autofree char *twice = text_fold(folded);
	g_assert(g_str_equal(folded, twice));
	g_free(text_sort_key(block));
	return 0;
}
