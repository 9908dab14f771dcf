// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log: each line is one write to a descriptor opened for appending, so threads and processes
// need no lock to keep their lines whole.
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

// Set before the first thread starts, read-only while threads run.
static struct {
	int fd;
	enum log_level level;
} the_log = {.fd = -1};

bool
log_open(const char *path, enum log_level level, GError **error)
{
	log_close();
	if (level == LOG_OFF)
		return true;
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	if (fd < 0) {
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Cannot open the log %s: %s"),
		    path, g_strerror(errno));
		return false;
	}
	the_log.fd = fd;
	the_log.level = level;
	return true;
}

void
log_close(void)
{
	if (the_log.fd >= 0)
		close(the_log.fd);
	the_log.fd = -1;
	the_log.level = LOG_OFF;
}

// LINE with each URL in it cut by log_url. A URL ends at a blank, a quote or a bracket.
static char *
cut_urls(const char *line)
{
	g_autoptr(GString) out = g_string_new(NULL);
	for (const char *sep; (sep = strstr(line, "://"));) {
		const char *start = sep;
		while (start > line && (g_ascii_isalnum(start[-1]) || strchr("+.-", start[-1])))
			start--;
		size_t len = strcspn(start, " \"'<>()");
		g_autofree char *url = g_strndup(start, len);
		g_autofree char *cut = log_url(url);
		g_string_append_len(out, line, start - line);
		g_string_append(out, cut);
		line = start + len;
	}
	g_string_append(out, line);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

void
log_line(enum log_level level, const char *format, ...)
{
	if (level > the_log.level || level == LOG_OFF)
		return;
	va_list args;
	va_start(args, format);
	g_autofree char *raw = g_strdup_vprintf(format, args);
	va_end(args);
	g_autofree char *clean = text_clean_line(raw, -1, 0);
	g_autofree char *safe = cut_urls(clean);

	gint64 now_us = g_get_real_time();
	time_t now_s = (time_t)(now_us / G_USEC_PER_SEC);
	struct tm tm;
	char stamp[32];
	gmtime_r(&now_s, &tm);
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &tm);
	int ms = (int)(now_us / 1000 % 1000);
	g_autofree char *line = g_strdup_printf("%s.%03dZ %s\n", stamp, ms, safe);
	if (write(the_log.fd, line, strlen(line)) < 0)
		return; // a full disk is no reason to stop; there is nobody to tell
}

// Where user and password of the URL end, given the start of its authority. An unescaped slash in
// a password makes it look like a host with a port that is no number: then the last @ counts.
static const char *
skip_credentials(const char *authority)
{
	size_t len = strcspn(authority, "/?#");
	const char *at = memrchr(authority, '@', len);
	if (at)
		return at + 1;
	const char *port = *authority == '[' ? NULL : memchr(authority, ':', len);
	if (port && port + 1 + strspn(port + 1, "0123456789") < authority + len) {
		at = strrchr(authority, '@');
		if (at)
			return at + 1;
	}
	return authority;
}

char *
log_url(const char *url)
{
	g_autofree char *whole = url_without_login(url);
	const char *sep = strstr(whole, "://");
	const char *host = sep ? sep + 3 : whole;

	return g_strndup(whole, (gsize)(host - whole) + strcspn(host, "?#"));
}

char *
url_without_login(const char *url)
{
	const char *sep = strstr(url, "://");

	if (!sep)
		return g_strdup(url);
	return g_strdup_printf("%.*s%s", (int)(sep + 3 - url), url, skip_credentials(sep + 3));
}
