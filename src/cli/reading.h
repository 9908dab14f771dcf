// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the commands for reading share.
#ifndef HARK_CLI_READING_H
#define HARK_CLI_READING_H

#include "cli/session.h"
#include "store/episodes.h"

// The episode that the only word names, or NULL. Where none is and FILE is not NULL, the word may
// be the path of a document (cli/document.h): then *FILE is it (borrowed), and the episode one that
// is in no library: its id is 0, its title the file's name.
struct episode *reading_episode(struct cli *cli, const char **file, GError **error);

// Asks the worker for the document KIND (WORK_TRANSCRIPT, WORK_CHAPTERS) of an episode and waits;
// what fails is said. With --no-wait nothing is asked.
bool reading_fetch(struct cli *cli, enum work_kind kind, gint64 episode_id, GError **error);

#endif
