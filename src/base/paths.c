// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folders and file names.
#include "base/paths.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

// VARIABLE's folder where it is set and absolute, else FALLBACK below the home folder; then /hark.
static char *
xdg_dir(const char *variable, const char *fallback)
{
	const char *value = g_getenv(variable);
	if (value && g_path_is_absolute(value))
		return g_build_filename(value, "hark", NULL);
	return g_build_filename(g_get_home_dir(), fallback, "hark", NULL);
}

static char *
runtime_dir(void)
{
	const char *value = g_getenv("XDG_RUNTIME_DIR");
	if (value && g_path_is_absolute(value))
		return g_build_filename(value, "hark", NULL);
	return g_strdup_printf("/tmp/hark-%ju", (uintmax_t)geteuid());
}

// PATH without symbolic links as far as it exists: one database has one name, before it is made
// and after, whichever way one came to it.
static char *
resolve(const char *path)
{
	char *real = realpath(path, NULL);
	if (real) {
		char *copy = g_strdup(real);
		free(real);
		return copy;
	}
	g_autofree char *above = g_path_get_dirname(path);
	if (g_str_equal(above, path) || g_str_equal(above, "."))
		return g_strdup(path);
	g_autofree char *name = g_path_get_basename(path);
	g_autofree char *resolved = resolve(above);
	return g_build_filename(resolved, name, NULL);
}

// Whoever may write into runtime_dir may speak to the player. A missing folder is fine.
static bool
check_private(const char *dir, GError **error)
{
	struct stat st;
	if (lstat(dir, &st) < 0) {
		if (errno == ENOENT)
			return true;
		g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Cannot look at %s: %s"), dir,
		    g_strerror(errno));
		return false;
	}
	char *wrong = NULL;
	if (S_ISLNK(st.st_mode))
		wrong = g_strdup_printf(
		    _("%s is a symbolic link; hark needs a folder there for its sockets"), dir);
	else if (!S_ISDIR(st.st_mode))
		wrong = g_strdup_printf(
		    _("%s is no folder; hark needs one there for its sockets"), dir);
	else if (st.st_uid != geteuid())
		wrong = g_strdup_printf(
		    _("%s belongs to somebody else; hark does not put its sockets there"), dir);
	else if (st.st_mode & 077)
		wrong = g_strdup_printf(
		    _("%s is open to others; \"chmod 700\" it if you trust what is in it"), dir);
	if (!wrong)
		return true;
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED, wrong);
	g_free(wrong);
	return false;
}

static bool
name_sockets(struct paths *paths, GError **error)
{
	g_autofree char *db = resolve(paths->db);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, db, -1);
	paths->socket = g_strdup_printf("%s/%.16s.sock", paths->runtime_dir, sum);
	paths->player_lock = g_strconcat(paths->socket, ".lock", NULL);
	size_t limit = sizeof((struct sockaddr_un *)NULL)->sun_path - 1;
	if (strlen(paths->socket) <= limit)
		return check_private(paths->runtime_dir, error);
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED,
	    _("The player's socket %s would have a path of %zu bytes, and %zu are allowed: set "
	      "XDG_RUNTIME_DIR to a shorter one"),
	    paths->socket, strlen(paths->socket), limit);
	return false;
}

struct paths *
paths_new(const char *profile, GError **error)
{
	OWNED(paths) paths = g_new0(struct paths, 1);
	if (profile) {
		g_autofree char *root = g_canonicalize_filename(profile, NULL);
		paths->config_dir = g_build_filename(root, "config", NULL);
		paths->data_dir = g_build_filename(root, "data", NULL);
		paths->state_dir = g_build_filename(root, "state", NULL);
		paths->cache_dir = g_build_filename(root, "cache", NULL);
	} else {
		paths->config_dir = xdg_dir("XDG_CONFIG_HOME", ".config");
		paths->data_dir = xdg_dir("XDG_DATA_HOME", ".local/share");
		paths->state_dir = xdg_dir("XDG_STATE_HOME", ".local/state");
		paths->cache_dir = xdg_dir("XDG_CACHE_HOME", ".cache");
	}
	paths->runtime_dir = runtime_dir();
	paths->db = g_build_filename(paths->data_dir, "hark.db", NULL);
	if (!name_sockets(paths, error))
		return NULL;
	return g_steal_pointer(&paths);
}

void
paths_free(struct paths *paths)
{
	if (!paths)
		return;
	g_free(paths->config_dir);
	g_free(paths->data_dir);
	g_free(paths->state_dir);
	g_free(paths->cache_dir);
	g_free(paths->runtime_dir);
	g_free(paths->db);
	g_free(paths->socket);
	g_free(paths->player_lock);
	g_free(paths);
}

bool
paths_ensure_dir(const char *dir, GError **error)
{
	if (g_mkdir_with_parents(dir, 0700) == 0)
		return true;
	g_set_error(error, HARK_ERROR, HARK_ERROR_FAILED, _("Cannot make the folder %s: %s"), dir,
	    g_strerror(errno));
	return false;
}

bool
paths_ensure_runtime(const struct paths *paths, GError **error)
{
	// Checked after it was made: in /tmp somebody may have been faster.
	return paths_ensure_dir(paths->runtime_dir, error) &&
	       check_private(paths->runtime_dir, error);
}

// Does NAME, up to its first dot, mean a device to Windows?
static bool
is_reserved(const char *name)
{
	static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "COM", "LPT"};
	size_t len = strcspn(name, ".");
	for (size_t i = 0; i < G_N_ELEMENTS(devices); i++) {
		if (g_ascii_strncasecmp(name, devices[i], 3) != 0)
			continue;
		bool numbered = i >= 4;
		if (numbered ? len == 4 && g_ascii_isdigit(name[3]) : len == 3)
			return true;
	}
	return false;
}

// The length of NAME's longest prefix within MAX_BYTES that ends with a cluster.
static size_t
cut_bytes(const char *name, size_t max_bytes)
{
	const char *p = name, *end = name + strlen(name);
	while (p < end) {
		struct text_cluster cluster;
		const char *next = text_cluster_next(p, end, &cluster);
		if ((size_t)(next - name) > max_bytes)
			break;
		p = next;
	}
	return (size_t)(p - name);
}

char *
paths_safe_name(const char *text, size_t max_bytes)
{
	g_autofree char *clean = text_clean_line(text, -1, 0);
	const char *start = clean + strspn(clean, ". ");
	g_autoptr(GString) name = g_string_new(is_reserved(start) ? "_" : "");
	g_string_append(name, start);
	g_strdelimit(name->str, "/\\:*?\"<>|", '_');
	g_string_truncate(name, cut_bytes(name->str, max_bytes));
	while (name->len && strchr(". ", name->str[name->len - 1]))
		g_string_truncate(name, name->len - 1);
	if (!name->len)
		g_string_append_c(name, '_');
	return g_string_free(g_steal_pointer(&name), FALSE);
}

char *
paths_expand(const char *path)
{
	if (g_str_has_prefix(path, "~/"))
		return g_build_filename(g_get_home_dir(), path + 2, NULL);
	return g_strdup(path);
}

const char *
paths_pkgdata(void)
{
	const char *dir = g_getenv("HARK_DATADIR");
	return dir && *dir ? dir : PKGDATADIR;
}
