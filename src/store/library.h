// SPDX-License-Identifier: GPL-3.0-or-later
//
// What this folder stands on (base/library.h).
#ifndef HARK_STORE_LIBRARY_H
#define HARK_STORE_LIBRARY_H

#include "base/library.h"

extern const struct library store_libraries[];

#endif
