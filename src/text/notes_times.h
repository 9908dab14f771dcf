// SPDX-License-Identifier: GPL-3.0-or-later
//
// Private to text/: time codes as people write them into notes and transcripts.
#ifndef HARK_TEXT_NOTES_TIMES_H
#define HARK_TEXT_NOTES_TIMES_H

#include <stdbool.h>
#include <stddef.h>

struct time_code {
	double seconds; // of two numbers: read as minutes and seconds
	bool is_long;	// three numbers
};

// The bytes of the code at P ("1:02:03", "12:47", "0:14.5"); 0 where none stands.
size_t time_code_at(const char *p, struct time_code *code);

// What is left of LINE without the brackets, dashes and signs that may stand before a code.
const char *time_code_line_start(const char *line);

#endif
