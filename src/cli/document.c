// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/document.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"

#define BLOCK_BYTES 65536

bool
document_is_there(const char *word)
{
	struct stat file;

	return stat(word, &file) == 0 && !S_ISDIR(file.st_mode);
}

static bool
read_all(int fd, const char *path, gsize max_bytes, GString *bytes, GError **error)
{
	char block[BLOCK_BYTES];
	ssize_t got;

	while ((got = read(fd, block, sizeof block)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, "%s: %s", path,
			    g_strerror(errno));
			return false;
		}
		if (bytes->len + (gsize)got > max_bytes) {
			g_autofree char *most = g_format_size(max_bytes);
			g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("%s: more than %s"),
			    path, most);
			return false;
		}
		g_string_append_len(bytes, block, got);
	}
	return true;
}

char *
document_read(const char *path, gsize max_bytes, gsize *len, GError **error)
{
	GString *bytes = g_string_new(NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		g_set_error(
		    error, HARK_ERROR, HARK_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
	bool ok = fd >= 0 && read_all(fd, path, max_bytes, bytes, error);
	if (fd >= 0)
		close(fd);
	if (len)
		*len = bytes->len;
	return g_string_free(bytes, !ok);
}
