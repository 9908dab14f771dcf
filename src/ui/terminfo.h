// SPDX-License-Identifier: GPL-3.0-or-later
//
// The terminals that this machine can describe. A file of its own since term.h claims common words
// ("lines", "columns") as macros.
#ifndef HARK_UI_TERMINFO_H
#define HARK_UI_TERMINFO_H

#include <stdbool.h>

// Whether NAME (a value of TERM; may be NULL) is described here. Asked before newterm, which leaks
// when it fails.
bool terminfo_knows(const char *name);

#endif
