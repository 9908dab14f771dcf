// SPDX-License-Identifier: GPL-3.0-or-later
//
// parse: what the parser saw in a document. Keeps nothing, needs no store for a file.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/when.h"
#include "cli/session.h"
#include "text/feed.h"

// --- from where ----------------------------------------------------------------------------------

static bool
preview_reply(struct cli *cli, const struct work_reply *reply, void *data)
{
	struct work_reply *answer = (struct work_reply *)reply;
	struct feed **feed = data;

	if (answer->feed && !*feed)
		*feed = g_steal_pointer(&answer->feed);
	return false;
}

static struct feed *
from_address(struct cli *cli, const char *address, GError **error)
{
	struct work_request *request;
	struct feed *feed = NULL;

	if (!session_up(cli, NEEDS_WORKER, error))
		return NULL;
	request = work_request_new(WORK_PREVIEW, NULL, 0);
	request->address = g_strdup(address);
	session_do(cli, request, preview_reply, &feed, error);
	return feed; // NULL: it was said why, or ERROR is set
}

static struct feed *
from_stream(FILE *file, const char *name, const char *base, const char *type, GError **error)
{
	OWNED(feed_parser) parser = feed_parser_new(base, type);
	char bytes[64 * 1024];
	size_t len;
	struct feed *feed = NULL;
	bool wants_more = true;

	while (wants_more && (len = fread(bytes, 1, sizeof(bytes), file)) > 0)
		wants_more = feed_parser_push(parser, bytes, len, error);
	if (ferror(file)) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("“%s” cannot be read: %s"),
		    name, g_strerror(errno));
		return NULL;
	}
	if (wants_more)
		feed = feed_parser_finish(parser, NULL, error);
	if (!feed)
		g_prefix_error(error, "%s: ", name);
	return feed;
}

static struct feed *
from_file(const char *path, const char *base, const char *type, GError **error)
{
	g_autofree char *whole = g_canonicalize_filename(path, NULL);
	struct stat info;

	if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
		g_set_error(
		    error, HARK_ERROR, HARK_ERROR_FAILED, _("“%s” is a folder, not a feed."), path);
		return NULL;
	}
	FILE *file = fopen(path, "rbe");
	if (!file) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("“%s” cannot be opened: %s"),
		    path, g_strerror(errno));
		return NULL;
	}
	struct feed *feed = from_stream(file, path, base ? base : whole, type, error);
	fclose(file);
	return feed;
}

static struct feed *
read_feed(struct cli *cli, GError **error)
{
	const char *word = cli->words[0];
	const char *base = arguments_value(cli->arguments, "base");
	const char *type = arguments_value(cli->arguments, "content-type");

	if (strcmp(word, "-") == 0)
		return from_stream(stdin, _("standard input"), base, type, error);
	if (strstr(word, "://") && !g_str_has_prefix(word, "file://"))
		return from_address(cli, word, error);
	if (!g_str_has_prefix(word, "file://"))
		return from_file(word, base, type, error);
	g_autofree char *path = g_filename_from_uri(word, NULL, NULL);
	return from_file(path ? path : word, base, type, error);
}

// --- to where ------------------------------------------------------------------------------------

static void
explicit_json(struct jsonout *json, enum feed_explicit explicit_)
{
	if (explicit_ == FEED_EXPLICIT_UNKNOWN)
		jsonout_null(json, "explicit");
	else
		jsonout_bool(json, "explicit", explicit_ == FEED_EXPLICIT_YES);
}

static void
persons_json(struct jsonout *json, const GPtrArray *persons)
{
	jsonout_begin_array(json, "persons");
	for (guint i = 0; i < persons->len; i++) {
		const struct feed_person *person = persons->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "name", person->name);
		jsonout_string(json, "role", person->role);
		jsonout_string(json, "group", person->group);
		jsonout_string(json, "image", person->image);
		jsonout_string(json, "url", person->url);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
enclosures_json(struct jsonout *json, const GPtrArray *enclosures)
{
	jsonout_begin_array(json, "enclosures");
	for (guint i = 0; i < enclosures->len; i++) {
		const struct feed_enclosure *enclosure = enclosures->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "url", enclosure->url);
		jsonout_string(json, "type", enclosure->type);
		if (enclosure->length_bytes >= 0)
			jsonout_int(json, "length", enclosure->length_bytes);
		else
			jsonout_null(json, "length");
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
transcripts_json(struct jsonout *json, const GPtrArray *transcripts)
{
	jsonout_begin_array(json, "transcripts");
	for (guint i = 0; i < transcripts->len; i++) {
		const struct feed_transcript *transcript = transcripts->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "url", transcript->url);
		jsonout_string(json, "type", transcript->type);
		jsonout_string(json, "language", transcript->language);
		jsonout_string(json, "rel", transcript->rel);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
chapters_json(struct jsonout *json, const GPtrArray *chapters)
{
	jsonout_begin_array(json, "chapters");
	for (guint i = 0; chapters && i < chapters->len; i++) {
		const struct chapter *chapter = chapters->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_length(json, "start", chapter->start_s);
		jsonout_string(json, "title", chapter->title);
		jsonout_string(json, "url", chapter->url);
		jsonout_string(json, "image", chapter->image);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
soundbites_json(struct jsonout *json, const GPtrArray *soundbites)
{
	jsonout_begin_array(json, "soundbites");
	for (guint i = 0; i < soundbites->len; i++) {
		const struct feed_soundbite *soundbite = soundbites->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_length(json, "start", soundbite->start_s);
		jsonout_length(json, "duration", soundbite->duration_s);
		jsonout_string(json, "title", soundbite->title);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
warnings_json(struct jsonout *json, const GPtrArray *warnings)
{
	jsonout_begin_array(json, "warnings");
	for (guint i = 0; i < warnings->len; i++) {
		const struct warning *warning = warnings->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_int(json, "line", warning->line);
		jsonout_string(json, "text", warning->text);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
episode_json(struct jsonout *json, const struct feed_episode *episode)
{
	jsonout_begin_object(json, NULL);
	jsonout_string(json, "guid", episode->guid);
	jsonout_string(json, "title", episode->title);
	jsonout_string(json, "link", episode->link);
	jsonout_instant(json, "published", episode->published_s);
	jsonout_length(json, "duration", episode->duration_s);
	jsonout_string(json, "summary", episode->summary);
	jsonout_string(json, "notes_html", episode->notes_html);
	jsonout_string(json, "author", episode->author);
	jsonout_string(json, "image", episode->image);
	if (episode->season > 0)
		jsonout_int(json, "season", episode->season);
	else
		jsonout_null(json, "season");
	jsonout_string(json, "episode", episode->episode);
	jsonout_string(json, "episode_type", episode->episode_type);
	explicit_json(json, episode->explicit_);
	enclosures_json(json, episode->enclosures);
	transcripts_json(json, episode->transcripts);
	jsonout_string(json, "chapters_url", episode->chapters_url);
	chapters_json(json, episode->chapters);
	persons_json(json, episode->persons);
	soundbites_json(json, episode->soundbites);
	jsonout_json(json, "extras", episode->extras ? episode->extras : "[]");
	jsonout_end_object(json);
}

static void
feed_json(struct jsonout *json, const struct feed *feed)
{
	jsonout_begin_object(json, NULL);
	jsonout_string(json, "title", feed->title);
	jsonout_string(json, "link", feed->link);
	jsonout_string(json, "description", feed->description);
	jsonout_string(json, "author", feed->author);
	jsonout_string(json, "language", feed->language);
	jsonout_string(json, "image", feed->image);
	jsonout_begin_array(json, "categories");
	for (guint i = 0; i < feed->categories->len; i++)
		jsonout_string(json, NULL, feed->categories->pdata[i]);
	jsonout_end_array(json);
	explicit_json(json, feed->explicit_);
	jsonout_string(json, "type", feed->type);
	jsonout_string(json, "guid", feed->guid);
	jsonout_begin_object(json, "owner");
	jsonout_string(json, "name", feed->owner_name);
	jsonout_string(json, "email", feed->owner_email);
	jsonout_end_object(json);
	jsonout_string(json, "feed_url", feed->feed_url);
	jsonout_string(json, "new_feed_url", feed->new_feed_url);
	jsonout_bool(json, "complete", feed->complete);
	if (feed->ttl_minutes > 0)
		jsonout_int(json, "ttl", feed->ttl_minutes);
	else
		jsonout_null(json, "ttl");
	jsonout_begin_array(json, "funding");
	for (guint i = 0; i < feed->funding->len; i++) {
		const struct feed_funding *funding = feed->funding->pdata[i];
		jsonout_begin_object(json, NULL);
		jsonout_string(json, "url", funding->url);
		jsonout_string(json, "text", funding->text);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	persons_json(json, feed->persons);
	jsonout_json(json, "extras", feed->extras ? feed->extras : "[]");
	jsonout_string(json, "encoding", feed->encoding);
	warnings_json(json, feed->warnings);
	jsonout_begin_array(json, "episodes");
	for (guint i = 0; i < feed->episodes->len; i++)
		episode_json(json, feed->episodes->pdata[i]);
	jsonout_end_array(json);
	jsonout_end_object(json);
	jsonout_end_document(json);
}

static const struct column parsed_columns[] = {
    {"number", "", 5, LOOK_PLAIN, true},
    {"published", N_("Date"), 9, LOOK_DAY, true},
    {"duration", N_("Length"), 6, LOOK_LENGTH, true, 50},
    {"title", N_("Title"), 0},
    {NULL},
};

static bool
print_rows(struct cli *cli, const struct feed *feed, GError **error)
{
	if (cli->out.mode == OUTPUT_TABLE) {
		output_wrapped(&cli->out, "", feed->title ? feed->title : "");
		if (feed->author)
			output_wrapped(&cli->out, "", feed->author);
		fputc('\n', cli->out.file);
	}
	list_begin(&cli->out, parsed_columns);
	for (guint i = 0; i < feed->episodes->len; i++) {
		const struct feed_episode *episode = feed->episodes->pdata[i];
		struct record record = {0};
		record_int(&record, "number", i + 1);
		record_string(&record, "guid", episode->guid);
		record_string(&record, "title", episode->title);
		record_string(&record, "link", episode->link);
		record_instant(&record, "published", episode->published_s);
		record_length(&record, "duration", episode->duration_s);
		record_string(&record, "summary", episode->summary);
		if (!list_put(&cli->out, &record, error))
			return false;
	}
	return true;
}

bool
command_parse(struct cli *cli, GError **error)
{
	OWNED(feed) feed = read_feed(cli, error);

	if (!feed)
		return cli->exit_code != 0 && (!error || !*error);
	for (guint i = 0; i < feed->warnings->len; i++) {
		g_autofree char *line = warning_line(feed->warnings->pdata[i]);
		session_say(cli, "hark: %s: %s", cli->words[0], line);
	}
	if (cli->out.mode != OUTPUT_JSON)
		return print_rows(cli, feed, error);
	feed_json(&cli->out.json, feed);
	return true;
}
