// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which libraries a folder stands on, for `hark --version`. Each folder has a table of its own,
// ended by a row without a name.
#ifndef HARK_BASE_LIBRARY_H
#define HARK_BASE_LIBRARY_H

#include <glib.h>

struct library {
	const char *name;
	char *(*compiled)(void); // the version it was compiled against; the caller's
	char *(*running)(void);	 // the version it runs with; the caller's
	char *(*features)(void); // NULL: nothing to tell; the caller's
};

extern const struct library base_libraries[];

#endif
