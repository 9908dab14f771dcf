// SPDX-License-Identifier: GPL-3.0-or-later
//
// search: what was said anywhere.
#include "store/search.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/rows.h"
#include "store/unread.h"

#define EPISODES 200
#define EXCERPT_CHARS 160

static const char *const places[] = {
    [SEARCH_TITLE] = "title", [SEARCH_NOTES] = "notes", [SEARCH_TRANSCRIPT] = "transcript"};

static const struct column hit_columns[] = {
    {"id"}, {"start"}, {"in"}, {"speaker"}, {"text"}, {"show"}, {"title"}, {NULL}};

static void
hit_record(struct record *record, const struct search_hit *hit, const char *text)
{
	record_int(record, "id", hit->episode_id);
	record_string(record, "show", hit->show);
	record_string(record, "title", hit->title);
	record_instant(record, "published", hit->published_s);
	record_string(record, "in", places[hit->in]);
	record_length(record, "start", hit->start_s);
	record_string(record, "speaker", hit->speaker);
	record_string(record, "text", text);
}

// For a person: the episode, and below it where in it the words are.
static void
print_hit(struct cli *cli, const struct search *search, const struct search_hit *hit, bool first)
{
	struct output *out = &cli->out;
	bool marked = *output_bold(out);
	g_autofree char *text = query_excerpt(search_query(search), hit->text, EXCERPT_CHARS,
	    marked ? output_bold(out) : "[", marked ? output_plain(out) : "]");
	g_autofree char *clock = hit->start_s >= 0
				     ? when_clock(hit->start_s)
				     : g_strdup(hit->in == SEARCH_NOTES ? _("notes") : "");
	g_autofree char *day = when_day(hit->published_s, when_now());

	if (first)
		fprintf(out->file, "%s%" G_GINT64_FORMAT "  %s%s%s · %s  %s\n",
		    out->rows ? "\n" : "", hit->episode_id, output_bold(out), hit->title,
		    output_plain(out), hit->show, day);
	fprintf(out->file, "%9s  %s%s%s\n", clock, hit->speaker ? hit->speaker : "",
	    hit->speaker ? ": " : "", text);
	out->rows++;
}

static bool
print_hits(struct cli *cli, const struct search *search, const GPtrArray *hits, GError **error)
{
	gint64 before = 0;

	list_begin(&cli->out, hit_columns);
	for (guint i = 0; i < hits->len; i++) {
		const struct search_hit *hit = hits->pdata[i];
		g_autofree char *text = text_clean_line(hit->text, -1, 0);
		struct record record = {0};

		hit_record(&record, hit, text);
		if (cli->out.mode == OUTPUT_TABLE)
			print_hit(cli, search, hit, hit->episode_id != before);
		else if (!list_put(&cli->out, &record, error))
			return false;
		before = hit->episode_id;
	}
	list_end(&cli->out);
	return true;
}

// What came since the last time is read first: the first time ever that takes a while.
static bool
catch_up(struct cli *cli, GError **error)
{
	gint64 waiting = unread_count(cli->store, error);

	if (waiting < 0)
		return false;
	if (!waiting || arguments_flag(cli->arguments, "no-wait"))
		return true;
	session_progress(cli, _("Reading the notes of %d episodes for the search …"), (int)waiting);
	return session_up(cli, NEEDS_WORKER, error) &&
	       session_do(cli, work_request_new(WORK_GISTS, NULL, 0), NULL, NULL, error);
}

bool
command_search(struct cli *cli, GError **error)
{
	OWNED(search) search = search_parse((const char *const *)cli->words, error);

	if (!search || !catch_up(cli, error))
		return false;
	g_autoptr(GPtrArray) hits = search_run(cli->store, search, EPISODES, error);
	session_progress(cli, NULL);
	if (!hits || !print_hits(cli, search, hits, error))
		return false;
	return hits->len > 0 || nothing(error, _("Nobody said that."));
}
