// SPDX-License-Identifier: GPL-3.0-or-later
//
// play, status, and the verbs of the sound.
#include <math.h>
#include <poll.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"
#include "cli/rows.h"
#include "store/texts.h"

#define STARTS_MS 15000 // a stream that is slow to open
#define SETTLES_MS 5000 // a command that shows its effect, on a busy machine too
#define ASK_AGAIN_MS 1000
#define SETTLES_S 0.25

static const struct column status_columns[] = {
    {"episode"},
    {"position"},
    {"duration"},
    {"state"},
    {"show"},
    {"title"},
    {NULL},
};

// Number of the chapter at the place, from 1; 0 none.
static int
chapter_number(struct cli *cli, const struct play_state *state)
{
	if (state->episode_id == 0)
		return state->chapter + 1;
	g_autoptr(GPtrArray) chapters = chapters_load(cli->store, state->episode_id, NULL, NULL);
	// Paused, mpv stands a little before the place that was asked for.
	double at_s = state->position_s + (state->paused ? SETTLES_S : 0);
	return chapters && chapters->len > 0 ? chapters_at(chapters, at_s) + 1 : state->chapter + 1;
}

static void
number_or_null(struct record *record, const char *name, double number, bool known)
{
	if (known)
		record_number(record, name, number);
	else
		record_string(record, name, NULL);
}

// To the millisecond: what mpv says beyond that is noise.
static double
to_ms(double seconds)
{
	return round(seconds * 1000) / 1000;
}

static void
status_record(
    struct record *record, struct cli *cli, const struct play_state *state, GStringChunk *scratch)
{
	double left_s = state->duration_s - state->position_s;
	g_autofree char *left = when_clock(state->duration_s > 0 ? MAX(left_s, 0) : -1);
	g_autofree char *at = when_clock(state->position_s);
	g_autofree char *length = when_clock(state->duration_s);
	int chapter = chapter_number(cli, state);

	record_bool(record, "playing", true);
	record_bool(record, "paused", state->paused);
	number_or_null(record, "episode", (double)state->episode_id, state->episode_id > 0);
	record_string(record, "show", state->show_title);
	record_string(record, "title", state->title);
	record_length(record, "position", to_ms(MAX(state->position_s, 0)));
	record_length(record, "duration", to_ms(state->duration_s));
	record_number(record, "speed", state->speed);
	record_int(record, "volume", state->volume);
	number_or_null(record, "chapter", chapter, chapter > 0);
	number_or_null(record, "sleep", state->sleep_s, state->sleep_s > 0);
	record_hidden(record, "left", g_string_chunk_insert(scratch, left));
	record_hidden(record, "at", g_string_chunk_insert(scratch, at));
	record_hidden(record, "length", g_string_chunk_insert(scratch, length));
	record_hidden(record, "state", state->paused ? "paused" : "playing");
}

static bool
print_status(struct cli *cli, GError **error)
{
	const struct play_state *state = play_state(cli->play);
	g_autoptr(GStringChunk) scratch = g_string_chunk_new(128);
	struct record record = {0};
	bool done, ok;

	status_record(&record, cli, state, scratch);
	if (!output_one(&cli->out, &record, &done, error))
		return false;
	if (done)
		return true;
	if (cli->out.mode == OUTPUT_ROWS) {
		cli->out.columns = status_columns;
		ok = list_put(&cli->out, &record, error);
		return ok;
	}
	fprintf(cli->out.file, "%s%s%s%s%s\n", output_bold(&cli->out),
	    state->title ? state->title : _("A file"), output_plain(&cli->out),
	    state->show_title ? " · " : "", state->show_title ? state->show_title : "");
	fprintf(cli->out.file, "%s%s / %s  %gx  %s %d%s\n", state->paused ? _("paused  ") : "",
	    record_find(&record, "at")->text, record_find(&record, "length")->text, state->speed,
	    _("volume"), state->volume, state->muted ? _(", muted") : "");
	return true;
}

static bool
is_loaded(const struct play_state *state, void *data)
{
	return state->loaded;
}

static void
print_silence(struct cli *cli)
{
	if (cli->out.mode != OUTPUT_JSON)
		return;
	jsonout_begin_object(&cli->out.json, NULL);
	jsonout_bool(&cli->out.json, "playing", false);
	jsonout_end_object(&cli->out.json);
	jsonout_end_document(&cli->out.json);
}

// --- status --------------------------------------------------------------------------------------

// One line (or document) each time that something worth telling has changed: at most one a second.
static bool
follow(struct cli *cli, GError **error)
{
	bool was_loaded = true;

	for (;;) {
		const struct play_state *state = play_state(cli->play);
		if (!state->connected)
			play_connect(cli->play, NULL);
		bool loaded = state->connected && state->loaded;
		if (loaded && !print_status(cli, error))
			return false;
		if (!loaded && was_loaded)
			print_silence(cli);
		fflush(cli->out.file);
		was_loaded = loaded;
		int second = (int)state->position_s;
		bool paused = state->paused;
		gint64 id = state->episode_id, until = g_get_monotonic_time() + ASK_AGAIN_MS * 1000;
		do {
			struct pollfd file = {.fd = play_fd(cli->play), .events = POLLIN};
			poll(&file, file.fd >= 0, ASK_AGAIN_MS);
			if (file.fd >= 0)
				play_read(cli->play);
		} while (
		    state->connected && state->loaded == loaded && state->paused == paused &&
		    state->episode_id == id &&
		    (paused || (int)state->position_s == second || g_get_monotonic_time() < until));
	}
}

bool
command_status(struct cli *cli, GError **error)
{
	if (arguments_flag(cli->arguments, "follow"))
		return follow(cli, error);
	if (play_state(cli->play)->connected && play_state(cli->play)->loaded)
		return print_status(cli, error);
	print_silence(cli);
	return nothing(error, _("Nothing plays."));
}

// --- what was before -----------------------------------------------------------------------------

struct before {
	struct play_state state; // its strings are not looked at
	char *title, *trouble;
};

static void
before_init(struct before *before, const struct play_state *state)
{
	before->state = *state;
	before->title = g_strdup(state->title);
	before->trouble = g_strdup(state->trouble);
}

static void
before_clear(struct before *before)
{
	g_free(before->title);
	g_free(before->trouble);
}

static bool
has_changed(const struct play_state *state, void *data)
{
	const struct before *now = data;
	const struct play_state *before = &now->state;

	return state->loaded != before->loaded || state->paused != before->paused ||
	       state->episode_id != before->episode_id || state->speed != before->speed ||
	       state->volume != before->volume || state->muted != before->muted ||
	       state->position_s < before->position_s ||
	       state->position_s > before->position_s + 2 ||
	       g_strcmp0(state->title, now->title) != 0 ||
	       g_strcmp0(state->trouble, now->trouble) != 0;
}

// --- play ----------------------------------------------------------------------------------------

struct expected {
	gint64 episode_id; // 0: a file
	struct before before;
};

// It plays, or the player says why it does not.
static bool
has_begun(const struct play_state *state, void *data)
{
	const struct expected *expected = data;

	if (state->trouble && g_strcmp0(state->trouble, expected->before.trouble) != 0)
		return true;
	return state->loaded && state->episode_id == expected->episode_id &&
	       (state->duration_s > 0 || state->position_s > 0);
}

static bool
has_ended(const struct play_state *state, void *data)
{
	const struct expected *expected = data;
	return !state->loaded || state->episode_id != expected->episode_id;
}

static bool
wait_for_beginning(struct cli *cli, struct expected *expected, GError **error)
{
	const struct play_state *state = play_state(cli->play);

	// Where the same plays already, its state tells nothing of the new beginning at first.
	if (expected->before.state.loaded && state->episode_id == expected->episode_id)
		play_wait(cli->play, has_changed, &expected->before, SETTLES_MS);
	bool told = play_wait(cli->play, has_begun, expected, STARTS_MS);
	bool trouble = state->trouble && g_strcmp0(state->trouble, expected->before.trouble) != 0;
	if (!trouble && state->loaded && state->episode_id == expected->episode_id) {
		if (state->silent)
			session_say(cli, _("No sound device: it plays silently, on time."));
		return true;
	}
	if (told && state->trouble)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED, state->trouble);
	else if (!state->connected)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("The player has left before anything played."));
	else
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("Nothing plays yet after %d seconds; the player goes on trying."),
		    STARTS_MS / 1000);
	return false;
}

// False where it ended before its end.
static bool
wait_for_end(struct cli *cli, struct expected *expected, GError **error)
{
	const struct play_state *state = play_state(cli->play);

	play_wait(cli->play, has_ended, expected, G_MAXINT);
	if (!state->connected)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("The player has left before it had ended."));
	else if (!state->loaded && state->trouble)
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED, state->trouble);
	return state->connected && (state->loaded || !state->trouble);
}

// The number that the words name, 0 for a file of their own.
static gint64
number_of(struct cli *cli, int argc, char **argv)
{
	return argc > 0 ? resolve_episode(&cli->context, argv[0], NULL) : 0;
}

static bool
play(struct cli *cli, struct expected *expected, GError **error)
{
	const char *at = arguments_value(cli->arguments, "at");
	char *words[3] = {cli->words_count > 0 ? cli->words[0] : NULL, (char *)at, NULL};
	struct verb_call call = {.argc = words[0] ? (at ? 2 : 1) : 0, .argv = words};

	expected->episode_id = number_of(cli, call.argc, words);
	if (!verb_run(verb_find("play"), &cli->context, &call, error))
		return false;
	if (call.argc == 0) { // whatever played last
		play_wait(cli->play, is_loaded, NULL, STARTS_MS);
		expected->episode_id = play_state(cli->play)->episode_id;
	}
	if (!wait_for_beginning(cli, expected, error))
		return false;
	if ((!cli->quiet || cli->out.mode == OUTPUT_JSON) && !print_status(cli, error))
		return false;
	fflush(cli->out.file);
	return !arguments_flag(cli->arguments, "wait") || wait_for_end(cli, expected, error);
}

bool
command_play(struct cli *cli, GError **error)
{
	struct expected expected = {0};

	if (arguments_value(cli->arguments, "at") && cli->words_count == 0) {
		g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("--at wants an episode: hark play EP --at TIME. In what plays: hark seek "
		      "TIME."));
		return false;
	}
	if (cli->words_count > 1) { // "-" brought several
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("hark play takes one episode; %d came. hark queue add - takes many."),
		    cli->words_count);
		return false;
	}
	before_init(&expected.before, play_state(cli->play));
	bool ok = play(cli, &expected, error);
	before_clear(&expected.before);
	return ok;
}

// --- the verbs of the sound ----------------------------------------------------------------------

// Whether the verb asks for what is so already: then nothing will change.
static bool
is_so(const char *verb, const struct play_state *state)
{
	return (strcmp(verb, "pause") == 0 && state->paused) ||
	       (strcmp(verb, "resume") == 0 && state->loaded && !state->paused);
}

static bool
run_sound(struct cli *cli, struct before *before, GError **error)
{
	const char *name = cli->command->name;
	struct verb_call call = session_call(cli, 0);

	if (!verb_run(verb_find(name), &cli->context, &call, error))
		return false;
	if (!is_so(name, &before->state))
		play_wait(cli->play, has_changed, before, SETTLES_MS);
	bool asked = cli->out.mode == OUTPUT_JSON || cli->out.mode == OUTPUT_TEMPLATE;
	if (asked && play_state(cli->play)->loaded)
		return print_status(cli, error);
	if (asked)
		print_silence(cli);
	return true;
}

bool
command_sound(struct cli *cli, GError **error)
{
	struct before before;

	before_init(&before, play_state(cli->play));
	bool ok = run_sound(cli, &before, error);
	before_clear(&before);
	return ok;
}
