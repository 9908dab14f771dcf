// SPDX-License-Identifier: GPL-3.0-or-later
//
// The options: one row each in rows.c (name, type, default, limits, a sentence). The worker, the
// player, the interface and the subcommands read them by id. Values may be set per show.
#ifndef HARK_CONF_OPTIONS_H
#define HARK_CONF_OPTIONS_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"

enum option_type {
	OPTION_BOOL,
	OPTION_INT,
	OPTION_DOUBLE,
	OPTION_CHOICE,
	OPTION_STRING,
	OPTION_ARGV, // a program and its arguments, quoted as for line_parse
};

// One id a row of the table in rows.c; the order is the same.
enum option_id {
	OPT_AMBIGUOUS_WIDTH,	// 1 or 2
	OPT_AUDIO_DEVICE,	// mpv's name; "" the default
	OPT_BAR_CLOCK,		// clock 1|10|off
	OPT_CA_FILE,		// "" = the system's certificates
	OPT_CALM,		// bool
	OPT_COLOR,		// auto|always|never
	OPT_COMPACT,		// bool: rows of one line
	OPT_DOWNLOAD_DIR,	// "" = data_dir/media
	OPT_DOWNLOADS_PARALLEL, // int
	OPT_HINTS,		// bool
	OPT_HOOK_TIMEOUT,	// seconds
	OPT_NETRC,		// on|off|a file
	OPT_NEW_EPISODES,	// inbox|queue|queue-next|archive (per show)
	OPT_ON_ADD,		// newest|none|all
	OPT_ON_NEW_EPISODE,	// argv: hears of each (per show); "" none
	OPT_ON_REFRESH_DONE,	// argv: hears of each end of a refresh; "" none
	OPT_OPENER,		// argv: opens links
	OPT_PASSWORD_COMMAND,	// argv: prints a password; "" none (per show)
	OPT_PER_HOST,		// int: transfers at once to one host
	OPT_CONNECTIONS,	// int: transfers at once in all
	OPT_CONNECT_TIMEOUT,	// seconds
	OPT_STALL_TIMEOUT,	// seconds without a byte
	OPT_PROXY,		// "" = the environment's, off, or an address
	OPT_SEEK_BACK,		// seconds for ","
	OPT_SEEK_FORWARD,	// seconds for "."
	OPT_SPEED,		// double (per show)
	OPT_VOLUME,		// 0-130
	OPT_TEXT_WIDTH,		// cells: text is never set wider
	OPT_COUNT
};

struct option_row {
	const char *name;
	enum option_type type;
	const char *fallback;	      // the default, as a user would write it
	const char *const *choices;   // OPTION_CHOICE: NULL-terminated
	double min, max;	      // OPTION_INT, OPTION_DOUBLE
	bool per_show;
	const char *sentence;	      // N_(): for help and manual
};

extern const struct option_row option_rows[OPT_COUNT];

struct options;

struct options *options_new(void); // all at their defaults
void options_free(struct options *options);
OWNED_DEFINE(options, options_free)

// Copies, so that a thread gets its own.
struct options *options_copy(const struct options *options);

// The row of NAME, or -1.
int options_find(const char *name);

// Sets NAME by the user's word; SHOW_ID 0 for all shows. Fails (HARK_ERROR_USAGE) with a sentence
// that names what would fit.
bool options_set(struct options *options, gint64 show_id, const char *name, const char *value,
    GError **error);

// The value for SHOW_ID (0: in general), falling back to the general one. Borrowed strings.
bool options_bool(const struct options *options, enum option_id id);
int options_int(const struct options *options, gint64 show_id, enum option_id id);
double options_double(const struct options *options, gint64 show_id, enum option_id id);
const char *options_string(const struct options *options, gint64 show_id, enum option_id id);

// Value as the user would write it. Owned by the caller.
char *options_text(const struct options *options, gint64 show_id, enum option_id id);

#endif
