// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of subcommands, in the order of the listing. A new one is a row here and a function in
// the file of its group.
#include "cli/command.h"

#include <string.h>

#include "base/i18n.h"

#define ANY (-1)
#define LIBRARY (NEEDS_STORE | NEEDS_WORKER)
#define PLAYING (NEEDS_STORE | NEEDS_PLAYER)
#define READING (NEEDS_STORE | TAKES_STDIN)

const struct cli_option global_options[] = {
    {"json", 0, NULL, N_("one JSON document on standard output")},
    {"template", 0, "TEXT", N_("a line a result: {id} and the other names of --json, \\t \\n")},
    {"quiet", 'q', NULL, N_("no progress, no remarks; faults are still said")},
    {"no-wait", 0, NULL, N_("do not wait for another hark or for the network")},
    {"profile", 0, "DIR", N_("keep everything below DIR")},
    {"clean", 0, NULL, N_("a throw-away profile, removed at the end")},
    {"no-color", 0, NULL, N_("no colour, as with NO_COLOR in the environment")},
    {"verbose", 'v', NULL, N_("write a log; twice: a longer one")},
    {"help", 'h', NULL, N_("this; after a command, its own")},
    {"version", 'V', NULL, N_("versions, features, paths")},
    {NULL},
};

static const struct cli_option shows_options[] = {
    {"errors", 0, NULL, N_("those that fail: why, and when they are asked again")},
    {NULL},
};

static const struct cli_option export_options[] = {
    {"with-logins", 0, NULL, N_("also the names and passwords inside of addresses")},
    {NULL},
};

static const struct cli_option refresh_options[] = {
    {"all-pages", 0, NULL, N_("with SHOW: older episodes too, where the feed has pages")},
    {"force", 0, NULL, N_("read everything anew, as if it were the first time")},
    {NULL},
};

static const struct cli_option transcript_options[] = {
    {"format", 0, "NAME", N_("json, vtt, srt, text or md")},
    {"follow", 0, NULL, N_("print each sentence as it is spoken")},
    {NULL},
};

static const struct cli_option parse_options[] = {
    {"base", 0, "URL", N_("what relative addresses in the document stand on")},
    {"content-type", 0, "TYPE", N_("what a server would call it, for the charset")},
    {NULL},
};

static const struct cli_option download_options[] = {
    {"new", 0, NULL, N_("every new episode of the inbox")},
    {"queue", 0, NULL, N_("every episode of the queue")},
    {NULL},
};

static const struct cli_option play_options[] = {
    {"at", 0, "TIME", N_("begin there instead of where it was left")},
    {"wait", 0, NULL, N_("return when the episode has ended")},
    {NULL},
};

static const struct cli_option status_options[] = {
    {"follow", 0, NULL, N_("go on, a line (with --json a document) at each change")},
    {NULL},
};

#define SHOWS N_("Shows")
#define EPISODES N_("Episodes")
#define READ N_("Reading")
#define FILES N_("Files")
#define QUEUE N_("Queue")
#define PLAY N_("Playing")
#define PROGRAM N_("Program")

// clang-format off
const struct command commands[] = {
	{ .group = SHOWS,
	    .name = "add",
	    .usage = "ADDRESS…",
	    .sentence =
		N_("Subscribes: the address of a feed, of a web page that names one, or a file."),
	    .min_words = 1,
	    .max_words = ANY,
	    .needs = LIBRARY,
	    .run = command_add },
	{ .group = SHOWS,
	    .name = "remove",
	    .usage = "SHOW…",
	    .sentence = N_("Unsubscribes and says from what. hark undo brings everything back."),
	    .min_words = 1,
	    .max_words = ANY,
	    .needs = LIBRARY,
	    .run = command_remove },
	{ .group = SHOWS,
	    .name = "import",
	    .usage = "FILE|-",
	    .sentence = N_("Subscribes to a list: OPML, newsboat's urls file, or addresses."),
	    .details = N_("Nothing is fetched yet: hark refresh reads the new shows. Groups become "
			  "tags."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = LIBRARY,
	    .run = command_import },
	{ .group = SHOWS,
	    .name = "export",
	    .usage = "[FILE]",
	    .sentence = N_("Writes the subscriptions as OPML, to a file or to standard output."),
	    .options = export_options,
	    .max_words = 1,
	    .needs = NEEDS_STORE,
	    .run = command_export },
	{ .group = SHOWS,
	    .name = "refresh",
	    .usage = "[SHOW…]",
	    .sentence = N_("Asks the servers for what is new: all shows, or those named."),
	    .details =
		N_("A row a show: id, status, how many are new, title. A show that failed is said\n"
		   "on standard error, and the exit code is 1; 75 where it is worth trying again."),
	    .options = refresh_options,
	    .max_words = ANY,
	    .needs = LIBRARY,
	    .run = command_refresh },
	{ .group = SHOWS,
	    .name = "shows",
	    .usage = "[FILTER]",
	    .sentence =
		N_("Lists shows; FILTER: those with an episode or title that it lets through."),
	    .options = shows_options,
	    .max_words = ANY,
	    .needs = NEEDS_STORE,
	    .run = command_shows },
	{ .group = SHOWS,
	    .name = "show",
	    .usage = "SHOW",
	    .sentence = N_("Tells what is known of a show."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = NEEDS_STORE,
	    .run = command_show },

	{ .group = EPISODES,
	    .name = "inbox",
	    .usage = "[FILTER]",
	    .sentence = N_("Lists what came after subscribing and is not yet decided."),
	    .max_words = ANY,
	    .needs = NEEDS_STORE,
	    .run = command_inbox },
	{ .group = EPISODES,
	    .name = "episodes",
	    .usage = "[FILTER]",
	    .sentence = N_("Lists episodes, newest first."),
	    .details = N_("In a pipe: id, published, seconds, state, show, title, by TAB."),
	    .max_words = ANY,
	    .needs = NEEDS_STORE,
	    .run = command_episodes },
	{ .group = EPISODES,
	    .name = "search",
	    .usage = "WORDS",
	    .sentence = N_("Finds words in titles, notes and transcripts, newest first."),
	    .details = N_("word, \"a phrase\", begin*, and show:NAME speaker:NAME in:title\n"
			  "in:notes in:transcript after:2020-03 before:2021, and the rest of\n"
			  "FILTER with a colon. In a pipe: id, seconds, place, speaker, text,\n"
			  "show, title, by TAB."),
	    .min_words = 1,
	    .max_words = ANY,
	    .needs = NEEDS_STORE,
	    .run = command_search },
	{ .group = EPISODES,
	    .name = "mark",
	    .usage = "played|unplayed|inbox|archive EP…",
	    .sentence = N_("Marks episodes. hark undo takes it back."),
	    .min_words = 2,
	    .max_words = ANY,
	    .needs = LIBRARY | NEEDS_PLAYER | TAKES_STDIN,
	    .run = command_mark },
	{ .group = EPISODES,
	    .name = "undo",
	    .sentence = N_("Takes the last change back."),
	    .needs = LIBRARY,
	    .run = command_undo },

	{ .group = READ,
	    .name = "notes",
	    .usage = "EP|FILE",
	    .sentence = N_("Prints the show notes."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = READING | NEEDS_PLAYER,
	    .run = command_notes },
	{ .group = READ,
	    .name = "highlights",
	    .usage = "EP|FILE",
	    .sentence = N_("Prints what the notes say that the episode holds."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = READING | NEEDS_PLAYER,
	    .run = command_highlights },
	{ .group = READ,
	    .name = "links",
	    .usage = "EP|FILE",
	    .sentence = N_("Lists the links of the notes."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = READING | NEEDS_PLAYER,
	    .run = command_links },
	{ .group = READ,
	    .name = "chapters",
	    .usage = "EP",
	    .sentence =
		N_("Lists the chapters; fetches them first if the feed offers them elsewhere."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = READING | NEEDS_PLAYER,
	    .run = command_chapters },
	{ .group = READ,
	    .name = "transcript",
	    .usage = "EP|FILE",
	    .sentence =
		N_("Prints what is said; fetches it first if the feed offers it elsewhere."),
	    .details = N_("Where the words have no times, those on a terminal are estimated (~)."),
	    .options = transcript_options,
	    .min_words = 1,
	    .max_words = 1,
	    .needs = READING | NEEDS_PLAYER,
	    .run = command_transcript },

	{ .group = FILES,
	    .name = "download",
	    .usage = "[EP…]",
	    .listed = "download EP…|--new|--queue",
	    .sentence = N_("Fetches the audio of episodes to this machine."),
	    .options = download_options,
	    .max_words = ANY,
	    .needs = LIBRARY | NEEDS_PLAYER | TAKES_STDIN,
	    .run = command_download },
	{ .group = FILES,
	    .name = "downloads",
	    .sentence = N_("Lists what is here and what comes down."),
	    .needs = NEEDS_STORE,
	    .run = command_downloads },

	{ .group = QUEUE,
	    .name = "queue",
	    .usage = "[add|next|remove EP… | clear]",
	    .listed = "queue  queue add|next|remove EP…  queue clear",
	    .sentence = N_("Lists the queue, in order; or changes it."),
	    .details = N_("add puts at its end, next right after what plays."),
	    .max_words = ANY,
	    .needs = LIBRARY | NEEDS_PLAYER | TAKES_STDIN,
	    .run = command_queue },

	{ .group = PLAY,
	    .name = "play",
	    .usage = "[EP]",
	    .listed = "play [EP] [--at TIME] [--wait]",
	    .sentence = N_("Plays an episode, a file or an address; returns when it plays."),
	    .details =
		N_("Without EP: what played last, else the top of the queue. The sound goes on\n"
		   "when hark has ended; hark stop ends it."),
	    .options = play_options,
	    .max_words = 1,
	    .needs = PLAYING | TAKES_STDIN,
	    .run = command_play },
	{ .group = PLAY,
	    .name = "pause",
	    .sentence = N_("Pauses what plays."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "resume",
	    .sentence = N_("Goes on with what plays, or with what played last."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "toggle",
	    .sentence = N_("Pauses or goes on; in silence plays what played last."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "stop",
	    .sentence = N_("Stops; the place is kept."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "next",
	    .sentence = N_("Plays the next of the queue."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "previous",
	    .sentence = N_("Plays what played before."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "seek",
	    .usage = "TIME",
	    .sentence = N_("Goes to a place in what plays."),
	    .details =
		N_("seek 12:47 goes there, seek -10 ten seconds back, seek chapter:3 to it."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "chapter",
	    .usage = "N",
	    .sentence = N_("Goes to a chapter: its number, +1 or -1."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "speed",
	    .usage = "X",
	    .sentence = N_("Sets the speed: 1.3, or changes it: +0.1, -0.1."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "volume",
	    .usage = "N",
	    .sentence = N_("Sets the volume: 80, or changes it: +5, -5."),
	    .min_words = 1,
	    .max_words = 1,
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "mute",
	    .sentence = N_("Mutes, and back."),
	    .needs = PLAYING,
	    .run = command_sound },
	{ .group = PLAY,
	    .name = "status",
	    .listed = "status [--follow]",
	    .sentence = N_("Tells what plays; silent: exit code 4."),
	    .details =
		N_("--template also knows {left}, {at} and {length}, as a clock shows them."),
	    .options = status_options,
	    .needs = PLAYING,
	    .run = command_status },

	{ .group = PROGRAM,
	    .name = "set",
	    .usage = "[OPTION]",
	    .sentence = N_("Prints the options, or one of them, as hark.conf would set them."),
	    .max_words = 1,
	    .needs = NEEDS_PATHS,
	    .run = command_set },
	{ .group = PROGRAM,
	    .name = "config",
	    .sentence = N_("Names the file of options and what is wrong in it."),
	    .needs = NEEDS_PATHS,
	    .run = command_config },
	{ .group = PROGRAM,
	    .name = "parse",
	    .usage = "FILE|URL|-",
	    .sentence = N_("Prints what hark sees in a feed; keeps nothing."),
	    .options = parse_options,
	    .min_words = 1,
	    .max_words = 1,
	    .run = command_parse },
	{ .group = PROGRAM,
	    .name = "tour",
	    .listed = "",
	    .sentence = N_("Opens three short episodes that explain hark by ear."),
	    .details = N_("On a throw-away profile: nothing is kept."),
	    .needs = NEEDS_INTERFACE,
	    .run = command_tour },
};
// clang-format on
const size_t commands_count = G_N_ELEMENTS(commands);

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

char *
command_usage(const struct command *command)
{
	GString *usage = g_string_new("hark ");

	g_string_append(usage, command->name);
	if (command->usage)
		g_string_append_printf(usage, " %s", command->usage);
	for (const struct cli_option *row = command->options; row && row->name; row++)
		g_string_append_printf(usage, " [--%s%s%s]", row->name, row->argument ? " " : "",
		    row->argument ? row->argument : "");
	return g_string_free(usage, FALSE);
}
