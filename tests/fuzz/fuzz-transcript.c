// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transcripts: any bytes are read or refused; what is read rises in time and can be written and
// read again.
#include "fuzz.h"

#include <string.h>

#include "text/transcript.h"

const char *const fuzz_texts[] = {
    "WEBVTT\n\n1\n00:01.000 --> 00:02.000 align:left\n<v Jo>Hi &amp; so</v>\n",
    "1\n00:00:01,000 --> 00:00:02,000\n<b>Jo: Hi</b>\n\n2\n00:00:02,000 --> 00:00:03,000\nyou\n",
    "{\"segments\":[{\"speaker\":\"A\",\"startTime\":0.5,\"endTime\":1,\"body\":\"x\"}]}",
    "[{\"start\":\"1.5\",\"text\":\"x\"}]", "<cite>A:</cite><time>0:05</time><p>x</p>",
    "Emily: Hi.\n\nDave 0:12\nYes.\n\n[00:01:00] Emily: So.\n\nDave: No.", NULL};
const char *const fuzz_folders[] = {"transcripts", NULL};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	OWNED(transcript) transcript = transcript_parse((const char *)data, size, NULL, NULL, NULL);

	if (!transcript)
		return 0;
	double before = -1;

	g_assert(transcript->cues->len > 0);
	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];

		g_assert(g_utf8_validate(cue->text, -1, NULL) && *cue->text);
		g_assert(!cue->speaker || g_utf8_validate(cue->speaker, -1, NULL));
		if (transcript->timed)
			g_assert(cue->start_s >= before);
		before = cue->start_s;
	}
	transcript_estimate(transcript, 3600);
	OWNED(transcript) passages = transcript_passages(transcript);
	g_autofree char *vtt = transcript_to_vtt(passages), *srt = transcript_to_srt(transcript);
	g_autofree char *text = transcript_to_text(transcript);
	OWNED(transcript) again = transcript_parse(vtt, strlen(vtt), NULL, NULL, NULL);

	g_assert(again && again->cues->len > 0 && *srt && *text);
	g_assert(transcript_at(transcript, 1e12) == (int)transcript->cues->len - 1);
	return 0;
}
