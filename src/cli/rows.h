// SPDX-License-Identifier: GPL-3.0-or-later
//
// The library's structs as records with the names of DESIGN section 5, and lists of them.
#ifndef HARK_CLI_ROWS_H
#define HARK_CLI_ROWS_H

#include "cli/record.h"
#include "cli/session.h"
#include "store/episodes.h"
#include "store/shows.h"

void show_record(struct record *record, const struct show *show);

extern const struct column episode_columns[];

// Prints the episodes IDS (gint64) in their order as a list. Reads them by the hundred.
bool list_episodes(struct cli *cli, const GArray *ids, GError **error);

// The filter that the words after the first SKIP are; FIRST (taken, may be NULL) holds as well.
struct filter *words_filter(struct cli *cli, int skip, struct filter *first, GError **error);

// HARK_ERROR_NOTHING with SENTENCE; gives false.
bool nothing(GError **error, const char *sentence);

// A fact about something, a line; nothing without TEXT.
void put_fact(struct cli *cli, const char *name, const char *text);

// FACTS: of extras_facts (text/extras.h).
void put_extras(struct cli *cli, const GPtrArray *facts);

#endif
