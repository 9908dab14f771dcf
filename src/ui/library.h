// SPDX-License-Identifier: GPL-3.0-or-later
//
// What this folder stands on (base/library.h).
#ifndef HARK_UI_LIBRARY_H
#define HARK_UI_LIBRARY_H

#include "base/library.h"

extern const struct library ui_libraries[];

#endif
