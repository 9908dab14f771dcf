// SPDX-License-Identifier: GPL-3.0-or-later
//
// notes, highlights, links, chapters.
#include "cli/reading.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/document.h"
#include "cli/rows.h"
#include "store/texts.h"
#include "text/extras.h"
#include "text/highlights.h"
#include "text/notes.h"

#define NOTES_MAX_BYTES (4 * 1024 * 1024)

static struct episode *
episode_of_file(const char *path)
{
	struct episode *episode = g_new0(struct episode, 1);

	episode->title = g_path_get_basename(path);
	episode->show_title = g_strdup("");
	episode->duration_s = WHEN_NO_LENGTH;
	return episode;
}

struct episode *
reading_episode(struct cli *cli, const char **file, GError **error)
{
	const char *word = cli->words[0];
	g_autoptr(GError) failed = NULL;

	if (cli->words_count > 1) { // "-" brought several
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("hark %s takes one episode at a time; %d came."), cli->command->name,
		    cli->words_count);
		return NULL;
	}
	gint64 id = resolve_episode(&cli->context, word, &failed);
	if (id > 0)
		return episode_get(cli->store, id, error);
	if (file && document_is_there(word)) {
		*file = word;
		return episode_of_file(word);
	}
	g_propagate_error(error, g_steal_pointer(&failed));
	return NULL;
}

static bool
fetch_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	if (reply->status == WORK_ITEM && reply->file_error)
		session_complain_about(cli, NULL, reply->file_error);
	return false;
}

bool
reading_fetch(struct cli *cli, enum work_kind kind, gint64 episode_id, GError **error)
{
	if (arguments_flag(cli->arguments, "no-wait"))
		return true;
	session_progress(cli, kind == WORK_TRANSCRIPT ? _("Fetching the transcript …")
						      : _("Fetching the chapters …"));
	return session_up(cli, NEEDS_WORKER, error) &&
	       session_do(cli, work_request_new(kind, &episode_id, 1), fetch_reply, NULL, error);
}

// The episode and its notes, parsed. False with an error, also where there are none and NEEDED.
static bool
load_notes(
    struct cli *cli, struct episode **episode, char **html, struct notes **notes, GError **error)
{
	g_autoptr(GError) failed = NULL;
	const char *file = NULL;

	if (!(*episode = reading_episode(cli, &file, error)))
		return false;
	*html = file ? document_read(file, NOTES_MAX_BYTES, NULL, &failed)
		     : episode_notes(cli->store, (*episode)->id, &failed);
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	*notes = notes_parse(*html, -1, (*episode)->link, (*episode)->duration_s);
	return true;
}

static void
links_json(struct jsonout *json, const char *key, const struct notes *notes)
{
	jsonout_begin_array(json, key);
	for (guint i = 0; i < notes->links->len; i++) {
		const struct note_link *link = notes->links->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "url", link->url);
		jsonout_string(json, "text", link->text);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

// --- notes ---------------------------------------------------------------------------------------

static void
print_line(struct output *out, const struct note_block *block, const struct note_line *line)
{
	bool bold = block->kind == NOTE_HEADING || block->all_bold;

	fprintf(out->file, "%*s%s%s%.*s%s\n", MAX(line->indent - text_width(line->prefix, -1), 0),
	    "", line->prefix, bold ? output_bold(out) : "", (int)line->len,
	    block->text + line->start, bold ? output_plain(out) : "");
}

// Items of one list and rows of one table stand together.
static bool
stand_together(const struct note_block *block, const struct note_block *next)
{
	return block->kind == next->kind && (block->kind == NOTE_ITEM || block->kind == NOTE_ROW);
}

static void
print_wrapped_notes(struct output *out, const struct notes *notes)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct note_line));

	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];
		if (i > 0 && !stand_together(notes->blocks->pdata[i - 1], block))
			fputc('\n', out->file);
		g_array_set_size(lines, 0);
		notes_wrap(notes, (int)i, output_text_width(out, 0), lines);
		for (guint n = 0; n < lines->len; n++)
			print_line(out, block, &g_array_index(lines, struct note_line, n));
	}
	for (guint i = 0; i < notes->links->len; i++) {
		const struct note_link *link = notes->links->pdata[i];
		fprintf(out->file, "%s[%u] %s\n", i == 0 ? "\n" : "", i + 1, link->url);
	}
}

static bool
print_notes(struct cli *cli, const struct episode *episode, const char *html,
    const struct notes *notes, GError **error)
{
	g_autofree char *text = notes_text(notes);
	g_autofree char *extras = extras_of_episode(cli->store, episode->id, NULL);
	g_autoptr(GPtrArray) facts = extras_facts(extras);
	struct jsonout *json = &cli->out.json;
	struct record record = {0};
	bool done;

	if (cli->out.mode == OUTPUT_JSON) {
		jsonout_begin_object(json, NULL);
		jsonout_int(json, "id", episode->id);
		jsonout_string(json, "title", episode->title);
		jsonout_string(json, "html", html);
		jsonout_string(json, "text", text);
		links_json(json, "links", notes);
		jsonout_json(json, "extras", extras ? extras : "[]");
		jsonout_end_object(json);
		jsonout_end_document(json);
		return true;
	}
	record_int(&record, "id", episode->id);
	record_string(&record, "title", episode->title);
	record_string(&record, "html", html);
	record_string(&record, "text", text);
	if (!output_one(&cli->out, &record, &done, error))
		return false;
	if (done)
		return true;
	if (cli->out.mode == OUTPUT_TABLE) {
		fprintf(cli->out.file, "%s%s%s\n%s\n\n", output_bold(&cli->out), episode->title,
		    output_plain(&cli->out), episode->show_title);
		print_wrapped_notes(&cli->out, notes);
		if (facts->len > 0)
			fputc('\n', cli->out.file);
		put_extras(cli, facts);
	} else {
		fputs(text, cli->out.file);
		if (!g_str_has_suffix(text, "\n"))
			fputc('\n', cli->out.file);
	}
	return true;
}

bool
command_notes(struct cli *cli, GError **error)
{
	OWNED(episode) episode = NULL;
	OWNED(notes) notes = NULL;
	g_autofree char *html = NULL;

	if (!load_notes(cli, &episode, &html, &notes, error))
		return false;
	if (notes->blocks->len == 0 && cli->out.mode != OUTPUT_JSON)
		return nothing(error, _("This episode has no notes."));
	return print_notes(cli, episode, html, notes, error);
}

// --- highlights ----------------------------------------------------------------------------------

static void
highlights_json(struct jsonout *json, const struct highlights *found, const struct notes *notes)
{
	jsonout_begin_object(json, NULL);
	jsonout_begin_array(json, "highlights");
	for (guint i = 0; i < found->items->len; i++)
		jsonout_string(json, NULL, found->items->pdata[i]);
	jsonout_end_array(json);
	jsonout_begin_array(json, "timestamps");
	for (guint i = 0; i < found->times->len; i++) {
		const struct highlight_time *time = found->times->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_length(json, "start", time->start_s);
		jsonout_string(json, "title", time->title);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	links_json(json, "links", notes);
	jsonout_end_object(json);
	jsonout_end_document(json);
}

static const struct column highlight_columns[] = {{"text"}, {NULL}};

bool
command_highlights(struct cli *cli, GError **error)
{
	OWNED(episode) episode = NULL;
	OWNED(notes) notes = NULL;
	g_autofree char *html = NULL;

	if (!load_notes(cli, &episode, &html, &notes, error))
		return false;
	OWNED(highlights) found = highlights_find(notes);
	if (cli->out.mode == OUTPUT_JSON) {
		highlights_json(&cli->out.json, found, notes);
		return true;
	}
	if (found->items->len == 0)
		session_say(cli, _("The notes name no highlights."));
	list_begin(&cli->out, highlight_columns);
	for (guint i = 0; i < found->items->len; i++) {
		struct record record = {0};
		record_string(&record, "text", found->items->pdata[i]);
		if (cli->out.mode == OUTPUT_TABLE)
			output_wrapped(&cli->out, "‣ ", found->items->pdata[i]);
		else if (!list_put(&cli->out, &record, error))
			return false;
	}
	return true;
}

// --- links ---------------------------------------------------------------------------------------

static const struct column link_columns[] = {
    {"number", "", 3, LOOK_PLAIN, true},
    {"url", N_("Address"), 40},
    {"text", N_("Text"), 0},
    {NULL},
};

bool
command_links(struct cli *cli, GError **error)
{
	OWNED(episode) episode = NULL;
	OWNED(notes) notes = NULL;
	g_autofree char *html = NULL;

	if (!load_notes(cli, &episode, &html, &notes, error))
		return false;
	if (cli->out.mode == OUTPUT_JSON) {
		links_json(&cli->out.json, NULL, notes);
		jsonout_end_document(&cli->out.json);
		return true;
	}
	if (notes->links->len == 0)
		session_say(cli, _("The notes have no links."));
	list_begin(&cli->out, link_columns);
	for (guint i = 0; i < notes->links->len; i++) {
		const struct note_link *link = notes->links->pdata[i];
		struct record record = {0};
		record_int(&record, "number", i + 1);
		record_string(&record, "url", link->url);
		record_string(&record, "text", link->text);
		if (cli->out.mode == OUTPUT_TABLE) // an address that is cut opens nothing
			fprintf(cli->out.file, "%3u  %s\n     %s\n", i + 1, link->text, link->url);
		else if (!list_put(&cli->out, &record, error))
			return false;
	}
	return true;
}

// --- chapters ------------------------------------------------------------------------------------

static const struct column chapter_columns[] = {
    {"number", "", 3, LOOK_PLAIN, true},
    {"start", N_("Start"), 8, LOOK_CLOCK, true},
    {"title", N_("Title"), 0},
    {NULL},
};

static void
chapter_record(struct record *record, const struct chapter *chapter, int number)
{
	record_length(record, "start", chapter->start_s);
	record_length(record, "end", chapter->end_s);
	record_string(record, "title", chapter->title);
	record_string(record, "url", chapter->url);
	record_string(record, "image", chapter->image);
	record_int(record, "number", number);
	record->values[record->count - 1].hidden = true;
}

bool
command_chapters(struct cli *cli, GError **error)
{
	OWNED(episode) episode = reading_episode(cli, NULL, error);
	bool ok = true;

	if (!episode)
		return false;
	if (chapters_wanted(cli->store, episode->id, NULL) &&
	    !reading_fetch(cli, WORK_CHAPTERS, episode->id, error))
		return false;
	g_autoptr(GPtrArray) chapters = chapters_load(cli->store, episode->id, NULL, error);
	if (!chapters)
		return false;
	if (chapters->len == 0)
		session_say(cli, _("This episode has no chapters."));
	list_begin(&cli->out, chapter_columns);
	for (guint i = 0; ok && i < chapters->len; i++) {
		struct record record = {0};
		chapter_record(&record, chapters->pdata[i], (int)i + 1);
		ok = list_put(&cli->out, &record, error);
	}
	list_end(&cli->out);
	return ok;
}
