// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/text.h"
#include "conf/line.h"

#define MAX_OUTPUT_BYTES 65536
#define MAX_SAID_CHARS 200
#define GRACE_MS 1000 // between the request to end and the end

enum { OUT, ERR, PIPES };

struct child {
	char *program;
	GPid pid;
	int pipes[PIPES];
	GString *said[PIPES];
	int timeout_s;
	gint64 deadline_us;
	bool late; // asked to end
	void (*done)(void *user, const char *out, const GError *error);
	void (*drop)(void *user);
	void *user;
};

struct children {
	GPtrArray *running; // struct child *
};

static void
child_free(gpointer data)
{
	struct child *child = data;

	for (int i = 0; i < PIPES; i++) {
		close(child->pipes[i]);
		g_string_free(child->said[i], TRUE);
	}
	if (child->drop)
		child->drop(child->user);
	g_free(child->program);
	g_free(child);
}

struct children *
children_new(void)
{
	struct children *children = g_new0(struct children, 1);

	children->running = g_ptr_array_new_with_free_func(child_free);
	return children;
}

// The group may have left already, or not begun its session yet.
static void
signal_group(const struct child *child, int number)
{
	if (kill(-child->pid, number) < 0)
		kill(child->pid, number);
}

void
children_free(struct children *children)
{
	for (guint i = 0; i < children->running->len; i++) {
		const struct child *child = children->running->pdata[i];
		signal_group(child, SIGKILL);
		waitpid(child->pid, NULL, 0);
	}
	g_ptr_array_unref(children->running);
	g_free(children);
}

bool
children_running(const struct children *children)
{
	return children->running->len > 0;
}

// Between fork and exec: only what is safe there.
static void
in_child(gpointer data)
{
	sigset_t none;

	setsid();
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL); // what is ignored would stay ignored
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool
spawn(struct child *child, char **argv, char **env, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autofree char *program = paths_expand(argv[0]);

	g_free(argv[0]);
	argv[0] = g_steal_pointer(&program);
	if (g_spawn_async_with_pipes(NULL, argv, env,
		G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, in_child, NULL, &child->pid, NULL,
		&child->pipes[OUT], &child->pipes[ERR], &failed))
		return true;
	if (g_error_matches(failed, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("the program “%s” was not found."), argv[0]);
	else
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("the program “%s” cannot be started: %s."), argv[0], failed->message);
	return false;
}

bool
children_start(struct children *children, const struct child_wish *wish, GError **error)
{
	g_autoptr(GPtrArray) commands = line_parse(wish->line, error);

	if (!commands)
		return false;
	if (commands->len != 1) {
		g_set_error(
		    error, HARK_ERROR, HARK_ERROR_USAGE, _("“%s” is not one program."), wish->line);
		return false;
	}
	struct child *child = g_new0(struct child, 1);
	for (int i = 0; i < PIPES; i++) {
		child->pipes[i] = -1;
		child->said[i] = g_string_new(NULL);
	}
	char **argv = commands->pdata[0];
	if (!spawn(child, argv, wish->env, error)) {
		child_free(child);
		return false;
	}
	for (int i = 0; i < PIPES; i++)
		fcntl(child->pipes[i], F_SETFL, O_NONBLOCK);
	child->program = g_strdup(argv[0]);
	child->timeout_s = wish->timeout_s;
	child->deadline_us = g_get_monotonic_time() + wish->timeout_s * G_USEC_PER_SEC;
	child->done = wish->done;
	child->drop = wish->drop;
	child->user = wish->user;
	g_ptr_array_add(children->running, child);
	return true;
}

// What is beyond the bound is read all the same, so that nobody hangs in writing it.
static void
drain(struct child *child, int pipe)
{
	char bytes[4096];
	ssize_t got;

	for (int turn = 0; turn < MAX_OUTPUT_BYTES / (int)sizeof bytes; turn++) {
		got = read(child->pipes[pipe], bytes, sizeof bytes);
		if (got <= 0)
			return;
		gsize room = MAX_OUTPUT_BYTES - child->said[pipe]->len;
		g_string_append_len(child->said[pipe], bytes, (gssize)MIN((gsize)got, room));
	}
}

static void
urge(struct child *child)
{
	gint64 now_us = g_get_monotonic_time();

	if (now_us < child->deadline_us)
		return;
	signal_group(child, child->late ? SIGKILL : SIGTERM);
	child->late = true;
	child->deadline_us = now_us + GRACE_MS * 1000;
}

static GError *
fault(const struct child *child, int status)
{
	g_autofree char *block = text_clean_block(child->said[ERR]->str, -1);
	g_autofree char *line = g_strndup(block, strcspn(block, "\n"));
	g_autofree char *said = text_clean_line(line, -1, MAX_SAID_CHARS);

	if (child->late)
		return g_error_new(HARK_ERROR, HARK_ERROR_FAILED,
		    ngettext("“%s” took longer than %d second and was ended.",
			"“%s” took longer than %d seconds and was ended.", child->timeout_s),
		    child->program, child->timeout_s);
	if (WIFSIGNALED(status))
		return g_error_new(HARK_ERROR, HARK_ERROR_FAILED, _("“%s” was ended by signal %d."),
		    child->program, WTERMSIG(status));
	if (WEXITSTATUS(status) == 0)
		return NULL;
	if (!*said)
		return g_error_new(HARK_ERROR, HARK_ERROR_FAILED, _("“%s” ended with status %d."),
		    child->program, WEXITSTATUS(status));
	return g_error_new(HARK_ERROR, HARK_ERROR_FAILED, _("“%s” ended with status %d: %s"),
	    child->program, WEXITSTATUS(status), said);
}

// Whether it has ended, and how.
static bool
has_ended(struct child *child, int *status)
{
	pid_t pid = waitpid(child->pid, status, WNOHANG);

	for (int i = 0; i < PIPES; i++)
		drain(child, i);
	if (pid == 0 || (pid < 0 && errno == EINTR))
		return false;
	if (child->late) // with all of its group
		kill(-child->pid, SIGKILL);
	return true;
}

void
children_turn(struct children *children)
{
	for (guint i = children->running->len; i-- > 0;) {
		struct child *child = children->running->pdata[i];
		int status = 0;
		if (!has_ended(child, &status)) {
			urge(child);
			continue;
		}
		g_ptr_array_steal_index(children->running, i);
		g_autoptr(GError) error = fault(child, status);
		child->done(child->user, child->said[OUT]->str, error);
		child_free(child);
	}
}
