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
#define SHOW_CELLS 8 // of its show's name are worth printing
#define MARGIN 11    // cells before a passage
#define DOTS 8	     // for what shows that it was cut, and for brackets

static const struct column hit_columns[] = {
    {"id"}, {"start"}, {"in"}, {"speaker"}, {"text"}, {"show"}, {"title"}, {NULL}};

static void
hit_record(struct record *record, const struct search_hit *hit, const char *text)
{
	record_int(record, "id", hit->episode_id);
	record_string(record, "show", hit->show);
	record_string(record, "title", hit->title);
	record_instant(record, "published", hit->published_s);
	record_string(record, "in", search_in_name(hit->in));
	record_length(record, "start", hit->start_s);
	record_bool(record, "estimated", hit->estimated);
	record_string(record, "speaker", hit->speaker);
	record_string(record, "text", text);
}

// "1  Title · Show  3 Jan 25", cut to the terminal.
static void
print_episode(struct output *out, const struct search_hit *hit)
{
	g_autofree char *day = when_day(hit->published_s, when_now());
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, hit->episode_id);
	int room = out->width - text_width(id, -1) - text_width(day, -1) - 4;
	g_autofree char *title = text_fit(hit->title, MAX(room, 10), "…");
	g_autofree char *show = g_strdup_printf(" · %s", hit->show);
	int left = room - text_width(title, -1);
	g_autofree char *rest = text_fit(show, left < SHOW_CELLS ? 0 : left, "…");

	fprintf(out->file, "%s%s  %s%s%s%s  %s\n", out->rows ? "\n" : "", id, output_bold(out),
	    title, output_plain(out), rest, day);
}

// For a person, below the episode: where in it the words are, one line each.
static void
print_hit(struct output *out, const struct search *search, const struct search_hit *hit)
{
	bool marked = *output_bold(out);
	g_autofree char *time = hit->start_s >= 0 ? when_clock(hit->start_s) : NULL;
	g_autofree char *clock = time ? g_strconcat(hit->estimated ? "~" : "", time, NULL)
				 : hit->in == SEARCH_NOTES ? g_strdup(_("notes"))
							   : g_strdup("");
	g_autofree char *speaker =
	    hit->speaker ? g_strconcat(hit->speaker, ": ", NULL) : g_strdup("");
	g_autofree char *said = text_fit(speaker, out->width / 3, "…");
	int room = output_text_width(out, 0) - MARGIN - text_width(said, -1) - DOTS;
	g_autofree char *text =
	    query_excerpt(search_query(search), hit->text, (size_t)MAX(room, 10),
		marked ? output_bold(out) : "[", marked ? output_plain(out) : "]");

	fprintf(out->file, "%9s  %s%s\n", clock, said, text);
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
		if (cli->out.mode != OUTPUT_TABLE) {
			if (!list_put(&cli->out, &record, error))
				return false;
			continue;
		}
		if (hit->episode_id != before)
			print_episode(&cli->out, hit);
		print_hit(&cli->out, search, hit);
		cli->out.rows++;
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
	       session_do(cli, work_request_new(WORK_UNREAD, NULL, 0), NULL, NULL, error);
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
	return hits->len > 0 ||
	       nothing(
		   error, _("Nothing has all of these words. Try fewer, or a beginning: wait*."));
}
