// SPDX-License-Identifier: GPL-3.0-or-later
//
// Messages for people go through _() and ngettext(); N_() marks those in tables.
#ifndef HARK_BASE_I18N_H
#define HARK_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
