// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program in a terminal that nobody sees: a pty with libvterm at its other end.
#ifndef HARK_TESTS_TERMINAL_H
#define HARK_TESTS_TERMINAL_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct terminal;

// Starts ARGV (environment as it is) in a terminal of that size. Aborts where no pty is to be had.
struct terminal *terminal_start(char **argv, int columns, int rows);
void terminal_free(struct terminal *terminal); // kills what still runs

// Types BYTES, taking what the program writes meanwhile, so that neither blocks the other.
void terminal_type(struct terminal *terminal, const char *bytes, size_t len);

// Takes what the program wrote, waiting at most TIMEOUT_MS for the first byte. False at its end.
bool terminal_read(struct terminal *terminal, int timeout_ms);

void terminal_resize(struct terminal *terminal, int columns, int rows);
pid_t terminal_pid(const struct terminal *terminal);

// The exit status (as of a shell: 128 + signal), waiting at most TIMEOUT_MS; -1 while it runs.
int terminal_wait(struct terminal *terminal, int timeout_ms);

// After its end: the terminal is on its own screen with a cursor, and in the mode of lines with
// echo.
bool terminal_restored(struct terminal *terminal);

// The characters, a row a line, trailing blanks cut.
char *terminal_text(struct terminal *terminal);

// A golden's content: size and cursor, the characters, one letter a cell for its style, the legend.
char *terminal_picture(struct terminal *terminal);

#endif
