// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

struct terminal {
	VTerm *vterm;
	VTermScreen *screen;
	int fd, columns, rows;
	pid_t pid;
	int status; // -1 while it runs
	bool cursor_visible, alternate;
};

static int
on_property(VTermProp property, VTermValue *value, void *data)
{
	struct terminal *terminal = data;
	if (property == VTERM_PROP_CURSORVISIBLE)
		terminal->cursor_visible = value->boolean;
	if (property == VTERM_PROP_ALTSCREEN)
		terminal->alternate = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

struct terminal *
terminal_start(char **argv, int columns, int rows)
{
	struct terminal *terminal = g_new0(struct terminal, 1);
	terminal->columns = columns;
	terminal->rows = rows;
	terminal->status = -1;
	terminal->cursor_visible = true;
	terminal->vterm = vterm_new(rows, columns);
	vterm_set_utf8(terminal->vterm, 1);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_reset(terminal->screen, 1);

	struct winsize size = { .ws_row = rows, .ws_col = columns };
	terminal->pid = forkpty(&terminal->fd, NULL, NULL, &size);
	g_assert(terminal->pid >= 0);
	if (terminal->pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	fcntl(terminal->fd, F_SETFL, O_NONBLOCK);
	fcntl(terminal->fd, F_SETFD, FD_CLOEXEC);
	return terminal;
}

void
terminal_free(struct terminal *terminal)
{
	if (!terminal)
		return;
	if (terminal->status < 0) {
		kill(terminal->pid, SIGKILL);
		waitpid(terminal->pid, NULL, 0);
	}
	close(terminal->fd);
	vterm_free(terminal->vterm);
	g_free(terminal);
}

// The terminal's answers (device attributes, cursor reports) go back to the program.
static void
send_answers(struct terminal *terminal)
{
	char answer[256];
	size_t len = vterm_output_read(terminal->vterm, answer, sizeof(answer));
	if (len > 0 && write(terminal->fd, answer, len) < 0)
		return;
}

bool
terminal_read(struct terminal *terminal, int timeout_ms)
{
	char bytes[16384];
	struct pollfd wait = { .fd = terminal->fd, .events = POLLIN };
	while (poll(&wait, 1, timeout_ms) > 0) {
		ssize_t len = read(terminal->fd, bytes, sizeof(bytes));
		if (len <= 0)
			return len < 0 && (errno == EAGAIN || errno == EINTR);
		vterm_input_write(terminal->vterm, bytes, len);
		vterm_screen_flush_damage(terminal->screen);
		send_answers(terminal);
		timeout_ms = 0;
	}
	return true;
}

void
terminal_type(struct terminal *terminal, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t done = write(terminal->fd, bytes, len);
		if (done < 0 && errno != EAGAIN && errno != EINTR)
			return;
		if (done > 0) {
			bytes += done;
			len -= done;
		} else if (!terminal_read(terminal, 50)) {
			return;
		}
	}
}

void
terminal_resize(struct terminal *terminal, int columns, int rows)
{
	struct winsize size = { .ws_row = rows, .ws_col = columns };
	terminal_read(terminal, 0);
	terminal->columns = columns;
	terminal->rows = rows;
	vterm_set_size(terminal->vterm, rows, columns);
	ioctl(terminal->fd, TIOCSWINSZ, &size);
}

pid_t
terminal_pid(const struct terminal *terminal)
{
	return terminal->pid;
}

int
terminal_wait(struct terminal *terminal, int timeout_ms)
{
	gint64 until = g_get_monotonic_time() + timeout_ms * G_TIME_SPAN_MILLISECOND;
	while (terminal->status < 0) {
		int status;
		if (waitpid(terminal->pid, &status, WNOHANG) == terminal->pid) {
			terminal->status = WIFEXITED(status) ? WEXITSTATUS(status)
							     : 128 + WTERMSIG(status);
			terminal_read(terminal, 0);
		} else if (g_get_monotonic_time() > until) {
			return -1;
		} else if (!terminal_read(terminal, 20)) {
			g_usleep(2000); // it closed its end and is about to leave
		}
	}
	return terminal->status;
}

bool
terminal_restored(struct terminal *terminal)
{
	struct termios mode;

	return !terminal->alternate && terminal->cursor_visible &&
	    tcgetattr(terminal->fd, &mode) == 0 && mode.c_lflag & ICANON && mode.c_lflag & ECHO &&
	    mode.c_oflag & OPOST;
}

static void
append_cell(GString *out, const VTermScreenCell *cell)
{
	if (cell->chars[0] == 0)
		g_string_append_c(out, ' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		g_string_append_unichar(out, cell->chars[i]);
}

static VTermScreenCell
cell_at(struct terminal *terminal, int row, int column)
{
	VTermScreenCell cell = { 0 };
	vterm_screen_get_cell(terminal->screen, (VTermPos){ .row = row, .col = column }, &cell);
	return cell;
}

static void
trim_end(GString *out, char what)
{
	while (out->len > 0 && out->str[out->len - 1] == what)
		g_string_truncate(out, out->len - 1);
}

static void
append_row(struct terminal *terminal, int row, GString *out)
{
	for (int column = 0; column < terminal->columns;) {
		VTermScreenCell cell = cell_at(terminal, row, column);
		append_cell(out, &cell);
		column += MAX(cell.width, 1);
	}
	trim_end(out, ' ');
	g_string_append_c(out, '\n');
}

char *
terminal_text(struct terminal *terminal)
{
	GString *out = g_string_new(NULL);
	for (int row = 0; row < terminal->rows; row++)
		append_row(terminal, row, out);
	return g_string_free(out, FALSE);
}

static void
append_colour(GString *out, const char *name, const VTermColor *colour, bool is_default)
{
	if (is_default)
		return;
	if (VTERM_COLOR_IS_INDEXED(colour))
		g_string_append_printf(out, " %s=%d", name, colour->indexed.idx);
	else
		g_string_append_printf(out, " %s=%02x%02x%02x", name, colour->rgb.red,
		    colour->rgb.green, colour->rgb.blue);
}

static char *
style_name(const VTermScreenCell *cell)
{
	GString *out = g_string_new(NULL);
	g_string_append(out, cell->attrs.bold ? " bold" : "");
	g_string_append(out, cell->attrs.underline ? " underline" : "");
	g_string_append(out, cell->attrs.italic ? " italic" : "");
	g_string_append(out, cell->attrs.blink ? " blink" : "");
	g_string_append(out, cell->attrs.reverse ? " reverse" : "");
	append_colour(out, "fg", &cell->fg, VTERM_COLOR_IS_DEFAULT_FG(&cell->fg));
	append_colour(out, "bg", &cell->bg, VTERM_COLOR_IS_DEFAULT_BG(&cell->bg));
	return g_string_free(out, FALSE);
}

// The letter of a style: "." for plain, else letters in the order of first sight.
static char
style_letter(GPtrArray *legend, const VTermScreenCell *cell)
{
	g_autofree char *name = style_name(cell);
	if (!*name)
		return '.';
	guint i;
	if (!g_ptr_array_find_with_equal_func(legend, name, g_str_equal, &i)) {
		i = legend->len;
		g_ptr_array_add(legend, g_steal_pointer(&name));
	}
	return i < 26 ? (char)('a' + i) : (char)('A' + i - 26);
}

char *
terminal_picture(struct terminal *terminal)
{
	GString *out = g_string_new(NULL);
	g_autoptr(GPtrArray) legend = g_ptr_array_new_with_free_func(g_free);
	VTermPos cursor;
	vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &cursor);
	g_string_append_printf(out, "# %dx%d cursor %d,%d%s\n", terminal->columns, terminal->rows,
	    cursor.row, cursor.col, terminal->cursor_visible ? "" : " hidden");
	for (int row = 0; row < terminal->rows; row++)
		append_row(terminal, row, out);
	g_string_append(out, "# styles\n");
	for (int row = 0; row < terminal->rows; row++) {
		for (int column = 0; column < terminal->columns; column++) {
			VTermScreenCell cell = cell_at(terminal, row, column);
			g_string_append_c(out, style_letter(legend, &cell));
		}
		trim_end(out, '.');
		g_string_append_c(out, '\n');
	}
	for (guint i = 0; i < legend->len; i++)
		g_string_append_printf(out, "# %c%s\n", i < 26 ? 'a' + i : 'A' + i - 26,
		    (char *)legend->pdata[i]);
	return g_string_free(out, FALSE);
}
