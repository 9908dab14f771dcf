// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "fixture.h"

#include <arpa/inet.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

char *
fixture_folder(void)
{
	g_autoptr(GError) error = NULL;
	char *folder = g_dir_make_tmp("hark-XXXXXX", &error);

	g_assert_no_error(error);
	return folder;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	return remove(path);
}

void
fixture_remove(const char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

struct fixture *
fixture_start(void)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	const char *program = g_getenv("FIXTURE_SERVER");
	g_autofree char *built = g_test_build_filename(G_TEST_BUILT, "lib", "fixture-server", NULL);
	g_autoptr(GError) error = NULL;
	char port[16] = "";

	fixture->folder = fixture_folder();
	const char *argv[] = {program ? program : built, fixture->folder, NULL};
	g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
	    &fixture->pid, NULL, &fixture->out, NULL, &error);
	g_assert_no_error(error);
	for (size_t len = 0; len < sizeof port - 1; len++) {
		g_assert_cmpint(read(fixture->out, port + len, 1), ==, 1);
		if (port[len] == '\n')
			break;
	}
	fixture->port = atoi(port);
	fixture->base = g_strdup_printf("http://127.0.0.1:%d", fixture->port);
	return fixture;
}

void
fixture_stop(struct fixture *fixture)
{
	kill(fixture->pid, SIGTERM);
	waitpid(fixture->pid, NULL, 0);
	close(fixture->out);
	fixture_remove(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture->base);
	g_free(fixture);
}

void
fixture_write(const struct fixture *fixture, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
}

char *
fixture_url(const struct fixture *fixture, const char *target)
{
	return g_strdup_printf("%s/%s", fixture->base, target);
}

char *
fixture_log(const struct fixture *fixture)
{
	static const char request[] = "GET /-/log HTTP/1.1\r\n\r\n";
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)fixture->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	g_autoptr(GString) answer = g_string_new(NULL);
	char bytes[4096];
	ssize_t got;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_cmpint(write(fd, request, strlen(request)), ==, strlen(request));
	while ((got = read(fd, bytes, sizeof bytes)) > 0)
		g_string_append_len(answer, bytes, got);
	close(fd);
	const char *body = strstr(answer->str, "\r\n\r\n");
	g_assert_nonnull(body);
	return g_strdup(body + 4);
}
