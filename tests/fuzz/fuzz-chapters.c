// SPDX-License-Identifier: GPL-3.0-or-later
//
// Podcast JSON chapters: any bytes are read or refused, and what is read rises in time.
#include "fuzz.h"

#include "text/chapters.h"

const char *const fuzz_texts[] = {"{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":0,\"title\":"
				  "\"a\",\"toc\":false},{\"startTime\":\"1:02\"}]}",
    "[{\"startTime\":1e308,\"endTime\":-1,\"title\":null,\"img\":7}]", NULL};
const char *const fuzz_folders[] = {"chapters", NULL};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GPtrArray) chapters = chapters_from_json((const char *)data, size, NULL);

	if (!chapters)
		return 0;
	chapters_finish(chapters, 3600);
	for (guint i = 0; i < chapters->len; i++) {
		const struct chapter *chapter = chapters->pdata[i];

		g_assert(chapter->title && g_utf8_validate(chapter->title, -1, NULL));
		if (i > 0)
			g_assert(((struct chapter *)chapters->pdata[i - 1])->start_s <=
				 chapter->start_s);
	}
	g_assert(chapters_at(chapters, -1) == -1);
	return 0;
}
