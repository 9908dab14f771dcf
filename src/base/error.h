// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one error domain of hark. Everything below app and cli reports through a GError whose message
// is complete as it stands: what was tried, what came back. The code says what a shell is told.
#ifndef HARK_BASE_ERROR_H
#define HARK_BASE_ERROR_H

#include <glib.h>

#define HARK_ERROR (hark_error_quark())

// The values are the exit codes of the command line (CLI.md, "Exit codes").
enum hark_error {
	HARK_ERROR_FAILED = 1,	      // tried, and it did not work
	HARK_ERROR_USAGE = 2,	      // the words were wrong; a SHOW that fits none or several
	HARK_ERROR_STORE = 3,	      // the database cannot be opened
	HARK_ERROR_NOTHING = 4,	      // nothing there: no match, nothing plays
	HARK_ERROR_AGAIN = 75,	      // try again later: another refresh holds the lock, no network
	HARK_ERROR_INTERRUPTED = 130, // stopped by the user; what was finished is kept
};

GQuark hark_error_quark(void);

#endif
