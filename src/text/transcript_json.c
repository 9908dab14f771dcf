// SPDX-License-Identifier: GPL-3.0-or-later
//
// Podcast JSON (STANDARDS 11.3) and what goes by its name: a bare array, Whisper's and Flightcast's
// words for the same, times as strings.
#include <jansson.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"
#include "text/transcript_read.h"

static const json_t *
first_of(const json_t *object, const char *const *keys)
{
	for (; *keys; keys++) {
		const json_t *value = json_object_get(object, *keys);

		if (value && !json_is_null(value))
			return value;
	}
	return NULL;
}

static double
seconds_of(const json_t *value)
{
	double seconds = -1;

	if (json_is_number(value))
		return json_number_value(value);
	if (json_is_string(value)) {
		g_autofree char *text = g_strdelimit(g_strdup(json_string_value(value)), ",", '.');

		if (!when_parse_length(text, &seconds))
			seconds = g_ascii_isdigit(*text) ? g_ascii_strtod(text, NULL) : -1;
	}
	return seconds;
}

static char *
speaker_of(const json_t *segment)
{
	static const char *const keys[] = {"speaker", "speakerName", "speaker_name", "name", NULL};
	const json_t *value = first_of(segment, keys);

	if (json_is_object(value))
		value = json_object_get(value, "name");
	if (json_is_integer(value))
		return g_strdup_printf("Speaker %lld", (long long)json_integer_value(value));
	return json_is_string(value) && *json_string_value(value)
		   ? g_strdup(json_string_value(value))
		   : NULL;
}

static void
read_segment(struct transcript *transcript, const json_t *segment)
{
	static const char *const starts[] = {
	    "startTime", "start", "start_time", "from", "begin", "time", NULL};
	static const char *const ends[] = {"endTime", "end", "end_time", "to", NULL};
	static const char *const texts[] = {
	    "body", "text", "content", "transcript", "sentence", NULL};
	const json_t *text = json_is_string(segment) ? segment : first_of(segment, texts);
	double start_s = seconds_of(first_of(segment, starts));
	g_autofree char *speaker = speaker_of(segment);

	if (!json_is_string(text))
		return;
	if (start_s >= 0)
		transcript->timed = true;
	transcript_add(transcript, start_s, seconds_of(first_of(segment, ends)), speaker,
	    json_string_value(text));
}

static const json_t *
find_segments(const json_t *root)
{
	static const char *const keys[] = {
	    "segments", "cues", "utterances", "transcript", "results", "monologues", NULL};

	if (json_is_array(root))
		return root;
	for (const char *const *key = keys; *key; key++) {
		const json_t *value = json_object_get(root, *key);

		if (json_is_array(value))
			return value;
		if (json_is_object(value) && json_is_array(json_object_get(value, "segments")))
			return json_object_get(value, "segments");
	}
	return NULL;
}

// Where some segments lack a time they take that of the one before.
static void
fill_times(struct transcript *transcript)
{
	double before = 0;

	for (guint i = 0; transcript->timed && i < transcript->cues->len; i++) {
		struct cue *cue = transcript->cues->pdata[i];

		if (cue->start_s < 0)
			cue->start_s = before;
		before = cue->start_s;
	}
}

struct transcript *
transcript_read_json(const char *text, GError **error)
{
	json_error_t why;
	json_t *root =
	    json_loadb(text, strlen(text), JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &why);

	if (!root) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("this JSON cannot be read: %s (line %d)"), why.text, why.line);
		return NULL;
	}
	const json_t *segments = find_segments(root), *vtt = json_object_get(root, "vtt");
	struct transcript *transcript = NULL;
	size_t index;
	json_t *segment;

	if (segments) {
		transcript = transcript_new(TRANSCRIPT_JSON);
		json_array_foreach((json_t *)segments, index, segment)
		    read_segment(transcript, segment);
		fill_times(transcript);
		transcript_carry_voices(transcript);
	} else if (json_is_string(vtt)) {
		transcript = transcript_read_vtt(json_string_value(vtt));
		transcript->source = TRANSCRIPT_JSON;
	} else {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("this JSON holds no transcript (no \"segments\")"));
	}
	if (transcript && json_is_string(json_object_get(root, "language")))
		transcript->language =
		    g_strdup(json_string_value(json_object_get(root, "language")));
	json_decref(root);
	return transcript;
}
