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

static const struct cli_option refresh_options[] = {
    {"force", 0, NULL, N_("read everything anew, as if it were the first time")},
    {NULL},
};

static const struct cli_option transcript_options[] = {
    {"format", 0, "NAME", N_("json, vtt, srt or text")},
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

const struct command commands[] = {
    {SHOWS, "add", "ADDRESS…", NULL,
	N_("Subscribes: the address of a feed, of a web page that names one, or a file."), NULL,
	NULL, 1, ANY, LIBRARY, command_add},
    {SHOWS, "remove", "SHOW…", NULL,
	N_("Unsubscribes and says from what. hark undo brings everything back."), NULL, NULL, 1,
	ANY, LIBRARY, command_remove},
    {SHOWS, "refresh", "[SHOW…]", NULL,
	N_("Asks the servers for what is new: all shows, or those named."),
	N_("Prints a row a show: id, status, how many are new, title. A show that failed is\n"
	   "said on standard error, and the exit code is 1; 75 where it is worth trying again."),
	refresh_options, 0, ANY, LIBRARY, command_refresh},
    {SHOWS, "shows", "[FILTER]", NULL,
	N_("Lists the shows, or those with an episode or a title that FILTER lets through."), NULL,
	NULL, 0, ANY, NEEDS_STORE, command_shows},
    {SHOWS, "show", "SHOW", NULL, N_("Tells what is known of a show."), NULL, NULL, 1, 1,
	NEEDS_STORE, command_show},

    {EPISODES, "inbox", "[FILTER]", NULL,
	N_("Lists what came after subscribing and is not yet decided."), NULL, NULL, 0, ANY,
	NEEDS_STORE, command_inbox},
    {EPISODES, "episodes", "[FILTER]", NULL, N_("Lists episodes, newest first."),
	N_("In a pipe: id, published, seconds, state, show, title, by TAB."), NULL, 0, ANY,
	NEEDS_STORE, command_episodes},
    {EPISODES, "mark", "played|unplayed|inbox|archive EP…", NULL,
	N_("Marks episodes. hark undo takes it back."), NULL, NULL, 2, ANY,
	LIBRARY | NEEDS_PLAYER | TAKES_STDIN, command_mark},
    {EPISODES, "undo", "", NULL, N_("Takes the last change back."), NULL, NULL, 0, 0, LIBRARY,
	command_undo},

    {READ, "notes", "EP", NULL, N_("Prints the show notes."), NULL, NULL, 1, 1,
	READING | NEEDS_PLAYER, command_notes},
    {READ, "highlights", "EP", NULL, N_("Prints what the notes say that the episode holds."), NULL,
	NULL, 1, 1, READING | NEEDS_PLAYER, command_highlights},
    {READ, "links", "EP", NULL, N_("Lists the links of the notes."), NULL, NULL, 1, 1,
	READING | NEEDS_PLAYER, command_links},
    {READ, "chapters", "EP", NULL,
	N_("Lists the chapters; fetches them first if the feed offers them elsewhere."), NULL, NULL,
	1, 1, READING | NEEDS_PLAYER, command_chapters},
    {READ, "transcript", "EP", NULL,
	N_("Prints what is said; fetches it first if the feed offers it elsewhere."),
	N_("Where the words have no times, those on a terminal are estimated (~)."),
	transcript_options, 1, 1, READING | NEEDS_PLAYER, command_transcript},

    {FILES, "download", "[EP…]", "download EP…|--new|--queue",
	N_("Fetches the audio of episodes to this machine."), NULL, download_options, 0, ANY,
	LIBRARY | NEEDS_PLAYER | TAKES_STDIN, command_download},
    {FILES, "downloads", "", NULL, N_("Lists what is here and what comes down."), NULL, NULL, 0, 0,
	NEEDS_STORE, command_downloads},

    {QUEUE, "queue", "[add|next|remove EP… | clear]",
	"queue  queue add|next|remove EP…  queue clear",
	N_("Lists the queue, in order; or changes it."),
	N_("add puts at its end, next right after what plays."), NULL, 0, ANY,
	LIBRARY | NEEDS_PLAYER | TAKES_STDIN, command_queue},

    {PLAY, "play", "[EP]", "play [EP] [--at TIME] [--wait]",
	N_("Plays an episode, a file or an address; returns when it plays."),
	N_("Without EP: what played last, else the top of the queue. The sound goes on when hark\n"
	   "has ended; hark stop ends it."),
	play_options, 0, 1, PLAYING | TAKES_STDIN, command_play},
    {PLAY, "pause", "", NULL, N_("Pauses what plays."), NULL, NULL, 0, 0, PLAYING, command_sound},
    {PLAY, "resume", "", NULL, N_("Goes on with what plays, or with what played last."), NULL, NULL,
	0, 0, PLAYING, command_sound},
    {PLAY, "toggle", "", NULL, N_("Pauses or goes on; in silence plays what played last."), NULL,
	NULL, 0, 0, PLAYING, command_sound},
    {PLAY, "stop", "", NULL, N_("Stops; the place is kept."), NULL, NULL, 0, 0, PLAYING,
	command_sound},
    {PLAY, "next", "", NULL, N_("Plays the next of the queue."), NULL, NULL, 0, 0, PLAYING,
	command_sound},
    {PLAY, "previous", "", NULL, N_("Plays what played before."), NULL, NULL, 0, 0, PLAYING,
	command_sound},
    {PLAY, "seek", "TIME", NULL, N_("Goes to a place in what plays."),
	N_("seek 12:47 goes there, seek -10 ten seconds back, seek chapter:3 to a chapter."), NULL,
	1, 1, PLAYING, command_sound},
    {PLAY, "chapter", "N", NULL, N_("Goes to a chapter: its number, +1 or -1."), NULL, NULL, 1, 1,
	PLAYING, command_sound},
    {PLAY, "speed", "X", NULL, N_("Sets the speed: 1.3, or changes it: +0.1, -0.1."), NULL, NULL, 1,
	1, PLAYING, command_sound},
    {PLAY, "volume", "N", NULL, N_("Sets the volume: 80, or changes it: +5, -5."), NULL, NULL, 1, 1,
	PLAYING, command_sound},
    {PLAY, "mute", "", NULL, N_("Mutes, and back."), NULL, NULL, 0, 0, PLAYING, command_sound},
    {PLAY, "status", "", "status [--follow]", N_("Tells what plays; silent: exit code 4."),
	N_("--template also knows {left}, {at} and {length}, as a clock shows them."),
	status_options, 0, 0, PLAYING, command_status},

    {PROGRAM, "set", "[OPTION]", NULL,
	N_("Prints the options, or one of them, as hark.conf would set them."), NULL, NULL, 0, 1,
	NEEDS_PATHS, command_set},
    {PROGRAM, "config", "", NULL, N_("Names the file of options and what is wrong in it."), NULL,
	NULL, 0, 0, NEEDS_PATHS, command_config},
    {PROGRAM, "parse", "FILE|URL|-", NULL, N_("Prints what hark sees in a feed; keeps nothing."),
	NULL, parse_options, 1, 1, NEEDS_NOTHING, command_parse},
    {PROGRAM, "tour", "", "", N_("Opens three short episodes that explain hark by ear."),
	N_("On a throw-away profile: nothing is kept."), NULL, 0, 0, NEEDS_INTERFACE, command_tour},
};
const size_t commands_count = G_N_ELEMENTS(commands);

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}
