// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of options. A new option is a row here, an id in options.h and a line in
// data/hark.conf.
#include <stddef.h>

#include "base/i18n.h"
#include "conf/options.h"

#define CHOICES(...)                                                                               \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

const struct option_row option_rows[OPT_COUNT] = {
    [OPT_AMBIGUOUS_WIDTH] = {"ambiguous-width", OPTION_INT, "1", .min = 1, .max = 2,
	.sentence = N_("Cells of a character that some terminals draw narrow and some wide.")},
    [OPT_AUDIO_DEVICE] = {"audio-device", OPTION_STRING, "",
	.sentence = N_("The sound device, as mpv names it; empty for the system's own.")},
    [OPT_BAR_CLOCK] = {"clock", OPTION_CHOICE, "1", CHOICES("1", "10", "off"),
	.sentence =
	    N_("How often the position in the bar is drawn: each second, every ten, never.")},
    [OPT_CA_FILE] = {"ca-file", OPTION_STRING, "",
	.sentence =
	    N_("A file of certificates to trust instead of the system's; empty for those.")},
    [OPT_CALM] = {"calm", OPTION_BOOL, "off",
	.sentence = N_("No clock, no counters, nothing that moves by itself, one column.")},
    [OPT_COLOR] = {"color", OPTION_CHOICE, "auto", CHOICES("auto", "always", "never"),
	.sentence = N_("Whether to use colours; auto asks the terminal and NO_COLOR.")},
    [OPT_COMPACT] = {"compact", OPTION_BOOL, "off",
	.sentence = N_("Episodes take one line each instead of two.")},
    [OPT_DOWNLOAD_DIR] = {"download-dir", OPTION_STRING, "",
	.sentence = N_("Where downloads go; empty for \"media\" beside the database.")},
    [OPT_DOWNLOADS_PARALLEL] = {"downloads-parallel", OPTION_INT, "2", .min = 1, .max = 16,
	.sentence = N_("Episodes that are downloaded at once.")},
    [OPT_HINTS] = {"hints", OPTION_BOOL, "on",
	.sentence = N_("A line at the bottom that names the keys for the current row.")},
    [OPT_HOOK_TIMEOUT] = {"hook-timeout", OPTION_INT, "30", .min = 1, .max = 3600,
	.sentence =
	    N_("Seconds that password-command and the hooks may take; then they are ended.")},
    [OPT_NETRC] = {"netrc", OPTION_STRING, "on",
	.sentence = N_("Where passwords of servers stand: on for ~/.netrc, off, or another file.")},
    [OPT_NEW_EPISODES] = {"new-episodes", OPTION_CHOICE, "inbox",
	CHOICES("inbox", "queue", "queue-next", "archive"), .per_show = true,
	.sentence = N_("Where an episode goes that a refresh brings.")},
    [OPT_ON_ADD] = {"on-add", OPTION_CHOICE, "newest", CHOICES("newest", "none", "all"),
	.sentence = N_("Which episodes of a show just added go to the inbox.")},
    [OPT_ON_NEW_EPISODE] = {"on-new-episode", OPTION_ARGV, "", .per_show = true,
	.sentence = N_("The program to run for each new episode; empty for none.")},
    [OPT_ON_REFRESH_DONE] = {"on-refresh-done", OPTION_ARGV, "",
	.sentence = N_("The program to run after each refresh; empty for none.")},
    [OPT_OPENER] = {"opener", OPTION_ARGV, "xdg-open",
	.sentence = N_("The program that opens a link, with its arguments; the link comes last.")},
    [OPT_PASSWORD_COMMAND] = {"password-command", OPTION_ARGV, "", .per_show = true,
	.sentence =
	    N_("The program that prints the password where a server wants one; empty for none.")},
    [OPT_PER_HOST] = {"per-host", OPTION_INT, "2", .min = 1, .max = 64,
	.sentence = N_("Transfers at once from one server.")},
    [OPT_CONNECTIONS] = {"connections", OPTION_INT, "64", .min = 1, .max = 512,
	.sentence = N_("Transfers at once in all.")},
    [OPT_CONNECT_TIMEOUT] = {"connect-timeout", OPTION_INT, "15", .min = 1, .max = 300,
	.sentence = N_("Seconds that a server may take to accept a connection.")},
    [OPT_STALL_TIMEOUT] = {"stall-timeout", OPTION_INT, "30", .min = 1, .max = 600,
	.sentence = N_("Seconds without a byte after which a transfer is given up.")},
    [OPT_PROXY] = {"proxy", OPTION_STRING, "",
	.sentence =
	    N_("The proxy to go through; empty for the environment's, off for none at all.")},
    [OPT_SEEK_BACK] = {"seek-back", OPTION_INT, "10", .min = 1, .max = 600,
	.sentence = N_("Seconds that one step back goes.")},
    [OPT_SEEK_FORWARD] = {"seek-forward", OPTION_INT, "30", .min = 1, .max = 600,
	.sentence = N_("Seconds that one step forward goes.")},
    [OPT_SPEED] = {"speed", OPTION_DOUBLE, "1", .min = 0.25, .max = 4, .per_show = true,
	.sentence = N_("How fast to play; 1 is as recorded.")},
    [OPT_VOLUME] = {"volume", OPTION_INT, "80", .min = 0, .max = 130,
	.sentence = N_("Loudness in percent; above 100 it is amplified.")},
    [OPT_TEXT_WIDTH] = {"text-width", OPTION_INT, "88", .min = 20, .max = 1000,
	.sentence = N_("Cells that a line of notes or transcript takes at most.")},
};
