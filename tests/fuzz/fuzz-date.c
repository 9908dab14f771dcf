// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dates, lengths, positions and spans: any text is read or refused, and what is read is in bounds.
#include "fuzz.h"

#include <string.h>

#include "base/when.h"

const char *const fuzz_texts[] = {"Wed, 31 Jul 2024 09:00:00 +0200", "2024-07-31T09:00:00.125Z",
    "Wed Jul 31 2024 09:00:00 GMT+0200 (Central European Summer Time)", "24:00:00", "-0312",
    "2004년 05월 28일  01:31:15", "2004-07-13 오후 11:23:17", "1:02:03.5", "PT1H2M", "1w2d",
    "03335", "Thu, 01 Jan 0100 00:00:01 +0100", NULL};
const char *const fuzz_folders[] = {"dates", NULL};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	gint64 instant_s;
	double seconds;
	if (when_parse(text, &instant_s)) {
		g_autofree char *iso = when_iso(instant_s);
		gint64 again_s;
		g_assert(iso);
		// A zone can carry the first and the last day out of the four-digit years.
		if (instant_s > -62135596800 && instant_s < 253402300800)
			g_assert(when_parse(iso, &again_s) && again_s == instant_s);
	}
	if (when_parse_length(text, &seconds))
		g_assert(seconds >= 0 && seconds <= 7 * 86400);
	if (when_parse_position(text, &seconds))
		g_assert(seconds >= 0);
	if (when_parse_span(text, &seconds))
		g_assert(seconds >= 0);
	return 0;
}
