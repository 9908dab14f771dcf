// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/profile.h"

static bool
paths_up(struct cli *cli, GError **error)
{
	return profile_ready(cli->start, cli->arguments->verbose, error);
}

static bool
store_up(struct cli *cli, GError **error)
{
	const struct paths *paths = cli->start->paths;

	if (!paths_ensure_dir(paths->data_dir, error)) {
		if (error && *error)
			(*error)->code = HARK_ERROR_STORE;
		return false;
	}
	cli->store = store_open(paths->db, STORE_READ, error);
	cli->context.store = cli->store;
	return cli->store != NULL;
}

// The worker's thread takes none of the signals: a broken pipe is libcurl's business there, and the
// others are read from a descriptor, between two replies.
static bool
worker_up(struct cli *cli, GError **error)
{
	sigset_t ours, all;

	sigemptyset(&ours);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGHUP);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &cli->signals_before);
	cli->worker = worker_start(cli->start->paths, cli->start->options, error);
	sigset_t now = cli->signals_before;
	for (int number = 1; number < NSIG; number++)
		if (sigismember(&ours, number) == 1)
			sigaddset(&now, number);
	pthread_sigmask(SIG_SETMASK, &now, NULL);
	cli->signals_fd = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
	cli->context.worker = cli->worker;
	return cli->worker != NULL;
}

static bool
player_up(struct cli *cli, GError **error)
{
	cli->play = play_new(cli->start->paths->socket);
	cli->context.play = cli->play;
	g_autoptr(GError) failed = NULL;
	if (play_connect(cli->play, &failed) || !failed)
		return true;
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

static const struct {
	unsigned need;
	unsigned stands_on;
	bool (*up)(struct cli *cli, GError **error);
} steps[] = {
    {NEEDS_PATHS, 0, paths_up},
    {NEEDS_STORE, NEEDS_PATHS, store_up},
    {NEEDS_WORKER, NEEDS_PATHS, worker_up},
    {NEEDS_PLAYER, NEEDS_PATHS, player_up},
};

static bool
is_up(const struct cli *cli, unsigned need)
{
	switch (need) {
	case NEEDS_PATHS:
		return cli->start->options != NULL;
	case NEEDS_STORE:
		return cli->store != NULL;
	case NEEDS_WORKER:
		return cli->worker != NULL;
	default:
		return cli->play != NULL;
	}
}

bool
session_up(struct cli *cli, unsigned needs, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		if (needs & steps[i].need)
			needs |= steps[i].stands_on;
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		if (!(needs & steps[i].need) || is_up(cli, steps[i].need))
			continue;
		if (!steps[i].up(cli, error))
			return false;
		cli->context.paths = cli->start->paths;
		cli->context.options = cli->start->options;
		cli->context.profile = cli->start->profile;
	}
	return true;
}

void
session_end_worker(struct cli *cli)
{
	if (!cli->worker)
		return;
	g_clear_pointer(&cli->worker, worker_stop);
	cli->context.worker = NULL;
	if (cli->signals_fd >= 0)
		close(cli->signals_fd);
	cli->signals_fd = -1;
	pthread_sigmask(SIG_SETMASK, &cli->signals_before, NULL);
}

void
session_down(struct cli *cli)
{
	session_progress(cli, NULL);
	session_end_worker(cli);
	g_clear_pointer(&cli->play, play_free);
	g_clear_pointer(&cli->store, store_close);
}

struct verb_call
session_call(const struct cli *cli, int skip)
{
	return (struct verb_call){
	    .argc = cli->words_count - skip,
	    .argv = cli->words + skip,
	};
}

static bool
take_serial(GArray *pending, guint64 serial)
{
	for (guint i = 0; i < pending->len; i++)
		if (g_array_index(pending, guint64, i) == serial) {
			g_array_remove_index_fast(pending, i);
			return true;
		}
	return false;
}

static bool
wait_for_mail(struct cli *cli, GError **error)
{
	struct pollfd files[] = {
	    {.fd = mailbox_fd(worker_replies(cli->worker)), .events = POLLIN},
	    {.fd = cli->signals_fd, .events = POLLIN},
	};

	poll(files, G_N_ELEMENTS(files), -1);
	if (!(files[1].revents & POLLIN))
		return true;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_INTERRUPTED,
	    _("Interrupted; what was finished is kept."));
	return false;
}

bool
session_wait(
    struct cli *cli, const struct verb_call *call, session_reply *each, void *data, GError **error)
{
	g_autoptr(GArray) pending = g_array_new(FALSE, FALSE, sizeof(guint64));

	if (call->serials)
		g_array_append_vals(pending, call->serials->data, call->serials->len);
	while (pending->len > 0) {
		OWNED(work_reply) reply = mailbox_take(worker_replies(cli->worker));
		if (!reply) {
			if (!wait_for_mail(cli, error))
				return false;
			continue;
		}
		bool taken = each && each(cli, reply, data);
		if (reply->status != WORK_DONE || !take_serial(pending, reply->serial))
			continue;
		if (reply->error && !taken)
			session_complain(cli, reply->error);
	}
	session_progress(cli, NULL);
	return true;
}

bool
session_do(
    struct cli *cli, struct work_request *request, session_reply *each, void *data, GError **error)
{
	struct verb_call call = {0};
	guint64 serial = worker_post(cli->worker, request);

	call.serials = g_array_new(FALSE, FALSE, sizeof(guint64));
	g_array_append_val(call.serials, serial);
	bool ok = session_wait(cli, &call, each, data, error);
	verb_call_clear(&call);
	return ok;
}

static void
remember(struct cli *cli, int code)
{
	cli->exit_code = cli->exit_code == 0 || cli->exit_code == code ? code : HARK_ERROR_FAILED;
}

// What strangers and file names say goes to a terminal here: no control character gets through.
static void
print_cleaned(const char *text)
{
	g_autofree char *clean = text_clean_block(text, -1);

	fputs(clean, stderr);
}

void
session_complain(struct cli *cli, const GError *error)
{
	int code = error->domain == HARK_ERROR ? error->code : HARK_ERROR_FAILED;
	bool fault = code != HARK_ERROR_NOTHING && code != HARK_ERROR_AGAIN;

	session_progress(cli, NULL);
	fflush(cli->out.file);
	if (fault || !cli->quiet) {
		g_autofree char *line = g_strdup_printf("hark: %s\n", error->message);
		print_cleaned(line);
	}
	remember(cli, code);
}

void
session_complain_about(struct cli *cli, const char *what, const char *message)
{
	session_progress(cli, NULL);
	fflush(cli->out.file);
	// A show that was never read is called by its address, and so does the sentence.
	bool said = what && g_str_has_prefix(message, what);
	g_autofree char *line = what && !said ? g_strdup_printf("hark: %s: %s\n", what, message)
					      : g_strdup_printf("hark: %s\n", message);
	print_cleaned(line);
	remember(cli, HARK_ERROR_FAILED);
}

void
session_say(struct cli *cli, const char *format, ...)
{
	va_list arguments;

	if (cli->quiet)
		return;
	session_progress(cli, NULL);
	fflush(cli->out.file);
	va_start(arguments, format);
	g_autofree char *line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	print_cleaned(line);
	fputc('\n', stderr);
}

void
session_progress(struct cli *cli, const char *format, ...)
{
	va_list arguments;

	if (cli->progress_shown)
		fputs("\r\033[K", stderr);
	cli->progress_shown = format && cli->progress;
	if (!cli->progress_shown)
		return;
	va_start(arguments, format);
	g_autofree char *line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	print_cleaned(line);
	fflush(stderr);
}
