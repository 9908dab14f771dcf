// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "ui/terminfo.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

struct term {
	SCREEN *screen;
	struct grid *shown; // what the terminal holds; NULL: nothing known
	struct termios raw;
	bool colors;
};

// What signal handlers may touch; there is one terminal a process.
static struct {
	int pipe[2];
	volatile sig_atomic_t pending[NSIG];
	struct termios saved;
	volatile sig_atomic_t taken; // the terminal is in our mode
} shared = {.pipe = {-1, -1}};

static const struct {
	int number;
	unsigned bit;
} handled[] = {
    {SIGTSTP, TERM_SIGNAL_STOP},
    {SIGWINCH, TERM_SIGNAL_SIZE},
    {SIGTERM, TERM_SIGNAL_END},
    {SIGHUP, TERM_SIGNAL_HANGUP},
    {SIGINT, TERM_SIGNAL_BREAK},
    {SIGCONT, TERM_SIGNAL_SIZE},
};

static const int fatal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};

static void
write_all(const char *text)
{
	size_t len = strlen(text);
	while (len > 0) {
		ssize_t written = write(STDOUT_FILENO, text, len);
		if (written < 0 && errno != EINTR)
			return;
		text += MAX(written, 0);
		len -= (size_t)MAX(written, 0);
	}
}

static void
on_signal(int number)
{
	int saved = errno;
	shared.pending[number] = 1;
	if (write(shared.pipe[1], "", 1) < 0) {
		// Full: the reader has enough to wake up for.
	}
	errno = saved;
}

// A crash leaves a usable terminal; then the signal takes its course.
static void
on_fatal(int number)
{
	if (shared.taken) {
		write_all(PASTE_OFF "\033[0m\033[?25h\033[?1049l\r\n");
		tcsetattr(STDIN_FILENO, TCSANOW, &shared.saved);
	}
	raise(number); // SA_RESETHAND: this time for good
}

static void
handled_set(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < G_N_ELEMENTS(handled); i++)
		sigaddset(set, handled[i].number);
}

void
term_block_signals(void)
{
	sigset_t set;
	handled_set(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static void
take_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	struct sigaction last = {
	    .sa_handler = on_fatal, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < G_N_ELEMENTS(handled); i++)
		sigaction(handled[i].number, &action, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(fatal); i++)
		sigaction(fatal[i], &last, NULL);
	handled_set(&set);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

bool
term_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

// The screen of TERM, or of a terminal that most others understand.
static SCREEN *
open_screen(void)
{
	static const char *const others[] = {"xterm-256color", "xterm", "screen", "vt100", "ansi"};
	const char *name = g_getenv("TERM");

	for (size_t i = 0; !terminfo_knows(name) && i < G_N_ELEMENTS(others); i++)
		name = others[i];
	return newterm(name, stdout, stdin);
}

static void
take_mode(struct term *term)
{
	term->raw = shared.saved;
	cfmakeraw(&term->raw);
	term->raw.c_cc[VMIN] = 0;
	term->raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &term->raw);
	shared.taken = 1;
	write_all(PASTE_ON);
}

static void
give_mode(void)
{
	write_all(PASTE_OFF);
	endwin();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &shared.saved);
	shared.taken = 0;
}

static void
make_colors(struct term *term, enum term_color color)
{
	const char *no = g_getenv("NO_COLOR");

	term->colors = color != TERM_COLOR_NEVER && has_colors() &&
		       (color == TERM_COLOR_ALWAYS || !no || !*no);
	if (!term->colors)
		return;
	start_color();
	use_default_colors();
	for (int i = 0; i < STYLE_COUNT; i++) {
		int wanted = style_rows[i].basic;
		if (COLORS >= 256 && style_rows[i].colour >= 0)
			wanted = style_nearest(style_rows[i].colour);
		init_extended_pair(i + 1, wanted, -1);
	}
}

static struct term *
refuse(GError **error)
{
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("The interface needs a terminal with a cursor that can be moved. Without one these "
	      "work: "
	      "hark shows, hark inbox, hark episodes, hark notes EP, hark transcript EP, hark play "
	      "EP, "
	      "hark --help."));
	return NULL;
}

struct term *
term_new(enum term_color color, GError **error)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    tcgetattr(STDIN_FILENO, &shared.saved) < 0 || g_strcmp0(g_getenv("TERM"), "dumb") == 0)
		return refuse(error);
	use_tioctl(TRUE);
	SCREEN *screen = open_screen();
	if (!screen)
		return refuse(error);
	set_term(screen);
	char *move_cursor = tigetstr("cup");
	if (!move_cursor || move_cursor == (char *)-1) {
		endwin();
		delscreen(screen);
		return refuse(error);
	}
	struct term *term = g_new0(struct term, 1);
	term->screen = screen;
	if (shared.pipe[0] < 0 && pipe2(shared.pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		g_error("pipe: %s", g_strerror(errno));
	make_colors(term, color);
	curs_set(0);
	leaveok(stdscr, FALSE);
	take_signals();
	refresh(); // takes the alternate screen
	take_mode(term);
	return term;
}

void
term_free(struct term *term)
{
	if (!term)
		return;
	curs_set(1);
	give_mode();
	grid_free(term->shown);
	delscreen(term->screen);
	g_free(term);
}

void
term_size(const struct term *term, int *rows, int *cols)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0) {
		*rows = LINES;
		*cols = COLS;
		return;
	}
	*rows = MIN(size.ws_row, 1000);
	*cols = MIN(size.ws_col, 1000);
}

int
term_fd(const struct term *term)
{
	return STDIN_FILENO;
}

int
term_signal_fd(const struct term *term)
{
	return shared.pipe[0];
}

unsigned
term_signals(struct term *term)
{
	char bytes[64];
	unsigned bits = 0;

	while (read(shared.pipe[0], bytes, sizeof bytes) > 0)
		continue;
	for (size_t i = 0; i < G_N_ELEMENTS(handled); i++)
		if (shared.pending[handled[i].number]) {
			shared.pending[handled[i].number] = 0;
			bits |= handled[i].bit;
		}
	return bits;
}

bool
term_read(struct term *term, struct input *input)
{
	char bytes[4096];
	ssize_t len = read(STDIN_FILENO, bytes, sizeof bytes);

	if (len > 0)
		input_feed(input, bytes, (size_t)len);
	return len > 0 || (len < 0 && (errno == EINTR || errno == EAGAIN));
}

static void
paint_cell(const struct term *term, int row, int col, const struct cell *cell)
{
	const struct style_row *style = &style_rows[cell->style & STYLE_NUMBER];
	unsigned bits = term->colors ? style->attributes : style->mono;
	attr_t attributes = A_NORMAL;
	wchar_t text[CELL_CHARS + 1] = {0};
	int pair = term->colors ? (cell->style & STYLE_NUMBER) + 1 : 0;
	cchar_t painted;

	for (int i = 0; i < CELL_CHARS && cell->chars[i]; i++)
		text[i] = (wchar_t)cell->chars[i];
	if (bits & ATTRIBUTE_BOLD || cell->style & STYLE_BOLD)
		attributes |= A_BOLD;
	if (bits & ATTRIBUTE_ITALIC)
		attributes |= A_ITALIC;
	if (bits & ATTRIBUTE_UNDERLINE)
		attributes |= A_UNDERLINE;
	if (bits & ATTRIBUTE_REVERSE || cell->style & STYLE_CURSOR)
		attributes |= A_REVERSE;
	setcchar(&painted, text, attributes, (short)pair, NULL);
	mvadd_wch(row, col, &painted);
}

void
term_paint(struct term *term, const struct grid *grid)
{
	bool whole =
	    !term->shown || term->shown->rows != grid->rows || term->shown->cols != grid->cols;

	if (whole) {
		grid_free(term->shown);
		term->shown = grid_new(grid->rows, grid->cols, grid->glyphs);
		resize_term(grid->rows, grid->cols);
		erase();
		clearok(stdscr, TRUE);
	}
	for (int row = 0; row < grid->rows; row++)
		for (int col = 0; col < grid->cols; col++) {
			size_t at = (size_t)row * (size_t)grid->cols + (size_t)col;
			const struct cell *cell = &grid->cells[at];
			// The second half of a wide character was painted with the first.
			if (cell->chars[0] != 0 &&
			    (whole || memcmp(cell, &term->shown->cells[at], sizeof *cell) != 0))
				paint_cell(term, row, col, cell);
			term->shown->cells[at] = *cell;
		}
	curs_set(grid->cursor_visible ? 1 : 0);
	move(grid->cursor_row, grid->cursor_col);
	wnoutrefresh(stdscr);
	doupdate();
}

void
term_redraw(struct term *term)
{
	g_clear_pointer(&term->shown, grid_free);
}

void
term_suspend(struct term *term)
{
	struct sigaction usual = {.sa_handler = SIG_DFL}, ours;

	give_mode();
	sigaction(SIGTSTP, &usual, &ours);
	kill(0, SIGTSTP);
	// Here again after SIGCONT.
	sigaction(SIGTSTP, &ours, NULL);
	tcgetattr(STDIN_FILENO, &shared.saved);
	refresh();
	take_mode(term);
	term_redraw(term);
}
