// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the commands for reading share.
#ifndef HARK_CLI_READING_H
#define HARK_CLI_READING_H

#include "cli/session.h"
#include "store/episodes.h"

// The episode that the only word names, or NULL.
struct episode *reading_episode(struct cli *cli, GError **error);

// Asks the worker for the document KIND (WORK_TRANSCRIPT, WORK_CHAPTERS) of an episode and waits;
// what fails is said. With --no-wait nothing is asked.
bool reading_fetch(struct cli *cli, enum work_kind kind, gint64 episode_id, GError **error);

#endif
