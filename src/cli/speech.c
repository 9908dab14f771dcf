// SPDX-License-Identifier: GPL-3.0-or-later
//
// transcript: as a document in one of its formats, as text to read, or line by line as it is
// spoken.
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/document.h"
#include "cli/reading.h"
#include "cli/rows.h"
#include "store/texts.h"

static void
print_json(struct output *out, const struct transcript *transcript)
{
	struct jsonout *json = &out->json;

	jsonout_begin_object(json, NULL);
	jsonout_string(json, "language", transcript->language);
	jsonout_string(json, "source", transcript_source_name(transcript->source));
	jsonout_bool(json, "timed", transcript->timed);
	jsonout_begin_array(json, "cues");
	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_length(json, "start", cue->start_s);
		jsonout_length(json, "end", cue->end_s);
		jsonout_string(json, "speaker", cue->speaker);
		jsonout_string(json, "text", cue->text);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	jsonout_end_object(json);
	jsonout_end_document(json);
}

static void
print_made(struct output *out, char *(*make)(const struct transcript *),
    const struct transcript *transcript)
{
	g_autofree char *document = make(transcript);
	fputs(document, out->file);
}

static void
print_vtt(struct output *out, const struct transcript *transcript)
{
	print_made(out, transcript_to_vtt, transcript);
}

static void
print_srt(struct output *out, const struct transcript *transcript)
{
	print_made(out, transcript_to_srt, transcript);
}

static void
print_text(struct output *out, const struct transcript *transcript)
{
	print_made(out, transcript_to_text, transcript);
}

static void
print_markdown(struct output *out, const struct transcript *transcript)
{
	print_made(out, transcript_to_markdown, transcript);
}

// "  12:47  " before a passage; "~" where the time is an estimate.
static char *
margin(const struct cue *cue, bool estimated)
{
	g_autofree char *clock = cue->start_s >= 0 ? when_clock(cue->start_s) : g_strdup("");
	g_autofree char *marked = g_strconcat(estimated && *clock ? "~" : "", clock, NULL);

	return g_strdup_printf("%9s  ", marked);
}

// For a person: passages with the time beside them, a name where the voice changes.
static void
print_passages(struct output *out, const struct transcript *transcript)
{
	OWNED(transcript) joined = transcript_passages(transcript);
	const char *speaker = NULL;

	for (guint i = 0; i < joined->cues->len; i++) {
		const struct cue *cue = joined->cues->pdata[i];
		g_autofree char *first = margin(cue, transcript->estimated);
		g_auto(GStrv) paragraphs = g_strsplit(cue->text, "\n\n", -1);
		if (cue->speaker && g_strcmp0(cue->speaker, speaker) != 0)
			fprintf(out->file, "%s%*s%s%s%s\n", i > 0 ? "\n" : "", 11, "",
			    output_bold(out), cue->speaker, output_plain(out));
		speaker = cue->speaker ? cue->speaker : speaker;
		for (int n = 0; paragraphs[n]; n++)
			output_wrapped(out, n == 0 ? first : "           ", paragraphs[n]);
	}
}

static const struct format {
	const char *name;
	bool needs_times;
	void (*print)(struct output *out, const struct transcript *transcript);
} formats[] = {
    {"json", false, print_json},
    {"vtt", true, print_vtt},
    {"srt", true, print_srt},
    {"text", false, print_text},
    {"txt", false, print_text},
    {"md", false, print_markdown},
};

static const struct format *
find_format(const char *name, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("“%s” is no format of transcripts: json, vtt, srt, text, md."), name);
	return NULL;
}

// The transcript of EPISODE, fetched first where that is due.
static struct transcript *
load(struct cli *cli, const struct episode *episode, GError **error)
{
	g_autoptr(GError) failed = NULL;

	if (transcript_wanted(cli->store, episode->id, NULL) &&
	    !reading_fetch(cli, WORK_TRANSCRIPT, episode->id, error))
		return NULL;
	OWNED(transcript) transcript = transcript_load(cli->store, episode->id, &failed);
	if (failed)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (!transcript)
		nothing(error, _("This episode has no transcript."));
	return failed ? NULL : g_steal_pointer(&transcript);
}

static bool
print(struct cli *cli, struct transcript *transcript, double duration_s, GError **error)
{
	const char *name = arguments_value(cli->arguments, "format");
	const struct format *format = NULL;

	if (cli->out.mode == OUTPUT_JSON)
		name = "json";
	if (name && !(format = find_format(name, error)))
		return false;
	// JSON and text tell what there is; captions are nothing without times.
	bool estimate = format ? format->needs_times : cli->out.mode == OUTPUT_TABLE;
	if (estimate && !transcript->timed && duration_s > 0)
		transcript_estimate(transcript, duration_s);
	if (format && format->needs_times && !transcript->timed && !transcript->estimated)
		return nothing(error,
		    _("This transcript has no times, and the episode's length is not known."));
	if (format)
		format->print(&cli->out, transcript);
	else if (cli->out.mode == OUTPUT_TABLE)
		print_passages(&cli->out, transcript);
	else
		print_text(&cli->out, transcript);
	return true;
}

// --- --follow ------------------------------------------------------------------------------------

static void
say_cue(struct cli *cli, const struct cue *cue, char **speaker)
{
	g_autofree char *line = text_clean_line(cue->text, -1, 0);

	if (cli->out.mode == OUTPUT_JSON) {
		jsonout_begin_object(&cli->out.json, NULL);
		jsonout_length(&cli->out.json, "start", cue->start_s);
		jsonout_length(&cli->out.json, "end", cue->end_s);
		jsonout_string(&cli->out.json, "speaker", cue->speaker);
		jsonout_string(&cli->out.json, "text", line);
		jsonout_end_object(&cli->out.json);
		jsonout_end_document(&cli->out.json);
	} else if (cue->speaker && g_strcmp0(cue->speaker, *speaker) != 0) {
		fprintf(cli->out.file, "%s: %s\n", cue->speaker, line);
		g_free(*speaker);
		*speaker = g_strdup(cue->speaker);
	} else {
		fprintf(cli->out.file, "%s\n", line);
	}
	fflush(cli->out.file);
}

// Until the player leaves or another episode begins.
static bool
follow(
    struct cli *cli, const struct episode *episode, struct transcript *transcript, GError **error)
{
	const struct play_state *state = play_state(cli->play);
	g_autofree char *speaker = NULL;
	int last = -1;

	session_end_worker(cli); // so that Ctrl-C ends this
	if (!state->loaded || state->episode_id != episode->id)
		return nothing(error, _("That is not what plays."));
	if (!transcript->timed)
		transcript_estimate(transcript,
		    state->duration_s > 0 ? state->duration_s : MAX(episode->duration_s, 1));
	while (state->connected && state->loaded && state->episode_id == episode->id) {
		int now = transcript_at(transcript, state->position_s);
		if (now != last && now >= 0)
			say_cue(cli, transcript->cues->pdata[now], &speaker);
		last = now;
		struct pollfd file = {.fd = play_fd(cli->play), .events = POLLIN};
		poll(&file, 1, -1);
		play_read(cli->play);
	}
	return true;
}

static struct transcript *
load_file(const char *path, GError **error)
{
	gsize len;
	g_autofree char *bytes = document_read(path, TRANSCRIPT_BYTES, &len, error);

	return bytes ? transcript_parse(bytes, len, NULL, path, error) : NULL;
}

bool
command_transcript(struct cli *cli, GError **error)
{
	const char *file = NULL;
	OWNED(episode) episode = reading_episode(cli, &file, error);
	OWNED(transcript) transcript = NULL;

	if (episode)
		transcript = file ? load_file(file, error) : load(cli, episode, error);
	if (!transcript)
		return false;
	if (arguments_flag(cli->arguments, "follow"))
		return follow(cli, episode, transcript, error);
	return print(cli, transcript, episode->duration_s, error);
}
