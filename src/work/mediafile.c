// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "work/mediafile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/when.h"

#define NAME_MAX_BYTES 200		 // with " (2).opus.part" well under 255
#define RESERVE_BYTES (16 * 1024 * 1024) // of the disk are left alone

static const struct {
	const char *type, *extension;
} types[] = {
    {"audio/mpeg", "mp3"},
    {"audio/mp3", "mp3"},
    {"audio/x-mp3", "mp3"},
    {"audio/mp4", "m4a"},
    {"audio/x-m4a", "m4a"},
    {"audio/m4a", "m4a"},
    {"audio/aac", "aac"},
    {"audio/opus", "opus"},
    {"audio/ogg", "ogg"},
    {"application/ogg", "ogg"},
    {"audio/flac", "flac"},
    {"audio/x-flac", "flac"},
    {"audio/wav", "wav"},
    {"audio/x-wav", "wav"},
    {"audio/webm", "webm"},
    {"video/mp4", "mp4"},
    {"video/x-m4v", "m4v"},
    {"video/quicktime", "mov"},
    {"video/webm", "webm"},
};

static const char *
extension_of_type(const char *type)
{
	size_t len = type ? strcspn(type, "; ") : 0;

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (len == strlen(types[i].type) && !g_ascii_strncasecmp(types[i].type, type, len))
			return types[i].extension;
	return NULL;
}

// Only extensions of the table: what a feed writes never makes a name.
static const char *
extension_of_url(const char *url)
{
	g_autofree char *path = g_strndup(url, strcspn(url, "?#"));
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < G_N_ELEMENTS(types); i++)
		if (!g_ascii_strcasecmp(types[i].extension, dot + 1))
			return types[i].extension;
	return NULL;
}

static const char *
extension(const struct mediafile_facts *facts)
{
	const char *found = extension_of_type(facts->content_type);

	if (!found)
		found = extension_of_type(facts->feed_type);
	if (!found || !strcmp(found, "ogg")) {
		const char *by_url = facts->url ? extension_of_url(facts->url) : NULL;
		if (by_url)
			found = by_url;
	}
	return found ? found : "mp3";
}

static bool
is_taken(const char *path)
{
	g_autofree char *part = g_strconcat(path, ".part", NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(part, G_FILE_TEST_EXISTS);
}

static char *
choose_path(const struct mediafile_facts *facts, const char *folder)
{
	g_autofree char *day = when_iso(facts->published_s);
	g_autofree char *words =
	    day ? g_strdup_printf("%.10s %s", day, facts->title) : g_strdup(facts->title);
	g_autofree char *name = paths_safe_name(words, NAME_MAX_BYTES);

	if (facts->wish && !g_file_test(facts->wish, G_FILE_TEST_EXISTS) &&
	    g_str_has_prefix(facts->wish, folder))
		return g_strdup(facts->wish);
	char *path = g_strdup_printf("%s/%s.%s", folder, name, extension(facts));
	for (int i = 2; is_taken(path); i++) {
		g_free(path);
		path = g_strdup_printf("%s/%s (%d).%s", folder, name, i, extension(facts));
	}
	return path;
}

static bool
has_room(const char *folder, gint64 bytes, GError **error)
{
	struct statvfs fs;

	if (statvfs(folder, &fs) < 0)
		return true; // writing will tell
	gint64 left = (gint64)fs.f_bavail * (gint64)fs.f_frsize;
	if (MAX(bytes, 0) + RESERVE_BYTES <= left)
		return true;
	g_autofree char *free_text = g_format_size((guint64)left);
	if (bytes <= 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
		    _("Downloads wait: %s free in %s."), free_text, folder);
		return false;
	}
	g_autofree char *needed = g_format_size((guint64)bytes);
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("Downloads wait: %s free, %s needed in %s."), free_text, needed, folder);
	return false;
}

static int
open_part(const char *path, GError **error)
{
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	int fd = open(part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s cannot be written: %s."),
		    part, g_strerror(errno));
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		g_set_error(error, HARK_ERROR,
		    errno == EWOULDBLOCK ? HARK_ERROR_AGAIN : HARK_ERROR_FAILED,
		    _("%s: another hark is fetching this file."), path);
	else if (ftruncate(fd, 0) < 0)
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s cannot be written: %s."),
		    part, g_strerror(errno));
	else
		return fd;
	close(fd);
	return -1;
}

bool
mediafile_is_taken(const char *path)
{
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	int fd = open(part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool taken = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return taken;
}

struct mediafile *
mediafile_open(const struct mediafile_facts *facts, GError **error)
{
	g_autofree char *show = paths_safe_name(facts->show_title, NAME_MAX_BYTES);
	g_autofree char *folder = g_build_filename(facts->folder, show, NULL);

	if (!paths_ensure_dir(folder, error) || !has_room(folder, facts->bytes, error))
		return NULL;
	g_autofree char *path = choose_path(facts, folder);
	int fd = open_part(path, error);
	if (fd < 0)
		return NULL;
	struct mediafile *file = g_new0(struct mediafile, 1);
	file->path = g_steal_pointer(&path);
	file->fd = fd;
	return file;
}

static bool
fail(const struct mediafile *file, GError **error)
{
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s cannot be written: %s."),
	    file->path, g_strerror(errno));
	return false;
}

bool
mediafile_write(struct mediafile *file, const char *bytes, size_t len, GError **error)
{
	while (len) {
		ssize_t put = write(file->fd, bytes, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return fail(file, error);
		bytes += put;
		len -= (size_t)put;
	}
	return true;
}

bool
mediafile_finish(struct mediafile *file, GError **error)
{
	g_autofree char *part = g_strconcat(file->path, ".part", NULL);

	if (fsync(file->fd) < 0 || rename(part, file->path) < 0)
		return fail(file, error);
	return true;
}

void
mediafile_free(struct mediafile *file)
{
	close(file->fd);
	g_free(file->path);
	g_free(file);
}
