// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rows.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "text/extras.h"

#define BATCH 200 // rows read at once

const struct column episode_columns[] = {
    {"id", N_("ID"), 6, LOOK_PLAIN, true},
    {"published", N_("Date"), 9, LOOK_DAY, true},
    {"duration", N_("Length"), 6, LOOK_LENGTH, true, 50},
    {"state", N_("State"), 8, .from = 60},
    {"show", N_("Show"), 17, .from = 76},
    {"title", N_("Title"), 0},
    {NULL},
};

// SCRATCH keeps what is made for the record; the record lives as long as both.
static void
episode_record(struct record *record, const struct episode *episode, GStringChunk *scratch)
{
	double left_s = episode->duration_s - episode->position_s;
	g_autofree char *left = when_clock(episode->duration_s > 0 ? MAX(left_s, 0) : -1);

	record_int(record, "id", episode->id);
	record_string(record, "guid", episode->guid);
	record_string(record, "show", episode->show_title);
	record_int(record, "show_id", episode->show_id);
	record_string(record, "title", episode->title);
	record_instant(record, "published", episode->published_s);
	record_length(record, "duration", episode->duration_s);
	record_length(record, "position", MAX(episode->position_s, 0));
	record_string(record, "state", episode_state_name(episode->state));
	record_bool(record, "queued", episode->queue_place > 0);
	record_string(record, "file", episode->file);
	record_string(record, "link", episode->link);
	record_bool(record, "has_transcript", episode->has_transcript);
	record_string(record, "highlight", episode->highlight);
	record_hidden(record, "left", g_string_chunk_insert(scratch, left));
	record->strong = episode->state == EPISODE_NEW;
}

void
show_record(struct record *record, const struct show *show)
{
	record_int(record, "id", show->id);
	record_string(record, "title", show->title);
	record_string(record, "url", show->address);
	record_string(record, "author", show->author);
	record_int(record, "inbox", show->inbox);
	record_int(record, "episodes", show->episodes);
	record_words(record, "tags", (const char *const *)show->tags);
	record_instant(record, "last_refresh", show->last_success_s);
	record_string(record, "error", show->error);
	record_hidden(record, "mark", show->error ? "!" : "");
	record->strong = show->inbox > 0;
}

bool
list_episodes(struct cli *cli, const GArray *ids, GError **error)
{
	bool ok = true;

	list_begin(&cli->out, episode_columns);
	for (guint at = 0; ok && at < ids->len; at += BATCH) {
		g_autoptr(GPtrArray) rows = episodes_get(
		    cli->store, &g_array_index(ids, gint64, at), MIN(BATCH, ids->len - at), error);
		if (!rows) {
			ok = false;
			break;
		}
		g_autoptr(GStringChunk) scratch = g_string_chunk_new(1024);
		for (guint i = 0; ok && i < rows->len; i++) {
			struct record record = {0};
			if (!rows->pdata[i]) // went between the two reads
				continue;
			episode_record(&record, rows->pdata[i], scratch);
			ok = list_put(&cli->out, &record, error);
		}
	}
	list_end(&cli->out);
	return ok;
}

struct filter *
words_filter(struct cli *cli, int skip, struct filter *first, GError **error)
{
	OWNED(filter) base = first;
	struct filter *asked =
	    filter_parse((const char *const *)(cli->words + MIN(skip, cli->words_count)), error);

	if (!asked)
		return NULL;
	if (!base)
		return asked;
	filter_take(base, asked);
	return g_steal_pointer(&base);
}

bool
nothing(GError **error, const char *sentence)
{
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_NOTHING, sentence);
	return false;
}

void
put_fact(struct cli *cli, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	if (cli->out.mode == OUTPUT_TABLE) {
		g_autofree char *first =
		    g_strdup_printf("%s%*s", name, MAX(14 - text_width(name, -1), 1), "");
		output_wrapped(&cli->out, first, text);
	} else {
		fprintf(cli->out.file, "%s\t%s\n", name, text);
	}
}

void
put_extras(struct cli *cli, const GPtrArray *facts)
{
	static const struct {
		const char *element, *word;
	} words[] = {
	    {"trailer", N_("trailer")},
	    {"podroll", N_("see also")},
	    {"location", N_("place")},
	    {"license", N_("licence")},
	};

	for (guint i = 0; i < facts->len; i++) {
		const struct extra_fact *fact = facts->pdata[i];
		for (size_t n = 0; n < G_N_ELEMENTS(words); n++)
			if (strcmp(words[n].element, fact->element) == 0)
				put_fact(cli, _(words[n].word), fact->text);
	}
}
