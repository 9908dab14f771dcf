// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command language: what keys are bound to, what the ":" prompt, hark.conf and screen tests
// speak. Words are split at blanks; "..." and '...' quote, \ takes the next character; ";" ends a
// command; "#" at a word's start begins a comment. Nothing is expanded.
#ifndef HARK_CONF_LINE_H
#define HARK_CONF_LINE_H

#include <glib.h>
#include <stdbool.h>

// The commands of LINE: a GPtrArray of GStrv (each NULL-terminated, at least one word). An empty
// line gives an empty array. Fails (HARK_ERROR_USAGE) on an open quote, saying at which column.
GPtrArray *line_parse(const char *line, GError **error);

// WORD quoted so that line_parse gives it back.
char *line_quote(const char *word);

#endif
