// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folders by environment and profile, the guard of the sockets' folder, safe names.
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/paths.h"

static char *root; // a folder of this test's own, real path

static char *
below(const char *name)
{
	return g_build_filename(root, name, NULL);
}

static void
set_dir(const char *variable, const char *name)
{
	g_autofree char *path = below(name);
	g_setenv(variable, path, TRUE);
}

static void
test_xdg(void)
{
	g_autoptr(GError) error = NULL;
	set_dir("XDG_CONFIG_HOME", "c");
	g_setenv("XDG_DATA_HOME", "", TRUE);
	g_setenv("XDG_STATE_HOME", "relative/state", TRUE);
	g_unsetenv("XDG_CACHE_HOME");
	OWNED(paths) paths = paths_new(NULL, &error);
	g_assert_no_error(error);
	const char *home = g_get_home_dir();
	g_autofree char *config = below("c/hark");
	g_autofree char *data = g_build_filename(home, ".local/share/hark", NULL);
	g_autofree char *state = g_build_filename(home, ".local/state/hark", NULL);
	g_autofree char *cache = g_build_filename(home, ".cache/hark", NULL);
	g_autofree char *runtime = below("run/hark");
	g_autofree char *db = g_build_filename(data, "hark.db", NULL);
	g_assert_cmpstr(paths->config_dir, ==, config);
	g_assert_cmpstr(paths->data_dir, ==, data);
	g_assert_cmpstr(paths->state_dir, ==, state);
	g_assert_cmpstr(paths->cache_dir, ==, cache);
	g_assert_cmpstr(paths->runtime_dir, ==, runtime);
	g_assert_cmpstr(paths->db, ==, db);
	g_assert_true(g_str_has_prefix(paths->socket, runtime));
	g_assert_true(g_str_has_suffix(paths->socket, ".sock"));
	g_autofree char *lock = g_strconcat(paths->socket, ".lock", NULL);
	g_assert_cmpstr(paths->player_lock, ==, lock);
	g_assert_false(g_file_test(runtime, G_FILE_TEST_EXISTS));
	g_assert_false(g_file_test(config, G_FILE_TEST_EXISTS));
}

static void
test_profile(void)
{
	g_autofree char *profile = below("profile"), *other = below("other");
	g_autofree char *data = below("profile/data"), *config = below("profile/config");
	OWNED(paths) one = paths_new(profile, NULL);
	OWNED(paths) two = paths_new(other, NULL);
	g_assert_cmpstr(one->data_dir, ==, data);
	g_assert_cmpstr(one->config_dir, ==, config);
	g_assert_cmpstr(one->runtime_dir, ==, two->runtime_dir);
	g_assert_cmpstr(one->socket, !=, two->socket);
}

// One database has one socket, by whichever name and before as after it is there.
static void
test_same_database(void)
{
	g_autofree char *profile = below("linked"), *link = below("link");
	g_assert_cmpint(symlink(profile, link), ==, 0);
	g_assert_cmpint(g_mkdir(profile, 0700), ==, 0);
	OWNED(paths) before = paths_new(profile, NULL);
	g_assert_true(paths_ensure_dir(before->data_dir, NULL));
	g_assert_true(g_file_set_contents(before->db, "", 0, NULL));
	OWNED(paths) after = paths_new(profile, NULL);
	OWNED(paths) linked = paths_new(link, NULL);
	g_assert_cmpstr(before->socket, ==, after->socket);
	g_assert_cmpstr(before->socket, ==, linked->socket);
}

static void
assert_refused(const char *word)
{
	g_autoptr(GError) error = NULL;
	OWNED(paths) paths = paths_new(NULL, &error);
	g_assert_null(paths);
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	g_assert_nonnull(strstr(error->message, word));
}

static void
test_runtime_guard(void)
{
	set_dir("XDG_RUNTIME_DIR", "guard");
	g_autofree char *dir = below("guard/hark"), *target = below("guard/target");
	g_autofree char *above = below("guard");
	g_assert_cmpint(g_mkdir(above, 0700), ==, 0);
	OWNED(paths) paths = paths_new(NULL, NULL);
	g_assert_true(paths_ensure_runtime(paths, NULL));
	struct stat st;
	g_assert_cmpint(stat(dir, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0700);
	g_assert_true(paths_ensure_runtime(paths, NULL));

	g_assert_cmpint(g_chmod(dir, 0755), ==, 0);
	assert_refused("open to others");
	g_assert_false(paths_ensure_runtime(paths, NULL));
	g_assert_cmpint(g_rmdir(dir), ==, 0);

	g_assert_cmpint(g_mkdir(target, 0700), ==, 0);
	g_assert_cmpint(symlink(target, dir), ==, 0);
	assert_refused("symbolic link");
	g_assert_cmpint(g_unlink(dir), ==, 0);

	g_assert_true(g_file_set_contents(dir, "", 0, NULL));
	assert_refused("no folder");
	g_assert_cmpint(g_unlink(dir), ==, 0);

	if (geteuid() == 0) { // only then can there be a folder of somebody else's
		g_assert_cmpint(g_mkdir(dir, 0700), ==, 0);
		g_assert_cmpint(chown(dir, 65534, 65534), ==, 0);
		assert_refused("somebody else");
		g_assert_cmpint(g_rmdir(dir), ==, 0);
	}
	set_dir("XDG_RUNTIME_DIR", "run");
}

static void
test_socket_limit(void)
{
	// "/hark/", 16 digits and ".sock" come behind it: 107 bytes in all, then 108.
	g_autofree char *fits = g_strnfill(107 - 1 - 27, 'x');
	g_autofree char *fitting = g_strconcat("/", fits, NULL);
	g_autofree char *long_one = g_strconcat("/", fits, "x", NULL);
	g_setenv("XDG_RUNTIME_DIR", fitting, TRUE);
	OWNED(paths) paths = paths_new(NULL, NULL);
	g_assert_nonnull(paths);
	g_assert_cmpuint(strlen(paths->socket), ==, 107);
	g_setenv("XDG_RUNTIME_DIR", long_one, TRUE);
	assert_refused("XDG_RUNTIME_DIR");
	set_dir("XDG_RUNTIME_DIR", "run");
}

static void
test_without_runtime(void)
{
	g_unsetenv("XDG_RUNTIME_DIR");
	g_autofree char *dir = g_strdup_printf("/tmp/hark-%u", (unsigned)geteuid());
	g_autoptr(GError) error = NULL;
	OWNED(paths) paths = paths_new(NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(paths->runtime_dir, ==, dir);
	set_dir("XDG_RUNTIME_DIR", "run");
}

static void
test_ensure_dir(void)
{
	g_autofree char *dir = below("a/b/c"), *file = below("file"), *under = below("file/x");
	g_assert_true(paths_ensure_dir(dir, NULL));
	g_assert_true(paths_ensure_dir(dir, NULL));
	struct stat st;
	g_assert_cmpint(stat(dir, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0700);
	g_assert_true(g_file_set_contents(file, "", 0, NULL));
	g_autoptr(GError) error = NULL;
	g_assert_false(paths_ensure_dir(under, &error));
	g_assert_error(error, HARK_ERROR, HARK_ERROR_FAILED);
	g_assert_nonnull(strstr(error->message, under));
}

static void
test_safe_name(void)
{
	static const struct {
		const char *text;
		size_t max_bytes;
		const char *name;
	} rows[] = {
	    {"Plain title", 100, "Plain title"},
	    {"AC/DC: \"live\"?", 100, "AC_DC_ _live__"},
	    {"a\\b*c<d>e|f", 100, "a_b_c_d_e_f"},
	    {"../../etc/passwd", 100, "_.._etc_passwd"},
	    {"...hidden", 100, "hidden"},
	    {"ends. . ", 100, "ends"},
	    {"a\nb\tc\x01", 100, "a b c"},
	    {"\u202egpj.exe", 100, "gpj.exe"},
	    {"CON", 100, "_CON"},
	    {"nul.mp3", 100, "_nul.mp3"},
	    {"COM1", 100, "_COM1"},
	    {"Com", 100, "Com"},
	    {"Console", 100, "Console"},
	    {"COM10", 100, "COM10"},
	    {"", 100, "_"},
	    {" .. ", 100, "_"},
	    {NULL, 100, "_"},
	    {"äöü", 5, "äö"},
	    {"xe\u0301", 3, "x"},
	    {"ab cd", 3, "ab"},
	    {"日本", 2, "_"},
	    {"\xff", 100, "\ufffd"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = paths_safe_name(rows[i].text, rows[i].max_bytes);
		g_assert_cmpstr(name, ==, rows[i].name);
	}
}

static void
test_expand(void)
{
	g_autofree char *home = paths_expand("~/a b");
	g_autofree char *wanted = g_build_filename(g_get_home_dir(), "a b", NULL);
	g_autofree char *other = paths_expand("/a/~/b");

	g_assert_cmpstr(home, ==, wanted);
	g_assert_cmpstr(other, ==, "/a/~/b");
}

static void
test_pkgdata(void)
{
	g_setenv("HARK_DATADIR", "/somewhere", TRUE);
	g_assert_cmpstr(paths_pkgdata(), ==, "/somewhere");
	g_setenv("HARK_DATADIR", "", TRUE);
	g_assert_cmpstr(paths_pkgdata(), ==, PKGDATADIR);
}

static void
remove_tree(const char *path)
{
	g_autoptr(GDir) dir =
	    g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		remove_tree(child);
	}
	g_remove(path);
}

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	root = g_dir_make_tmp("hark-XXXXXX", NULL);
	set_dir("XDG_RUNTIME_DIR", "run");
	g_test_add_func("/paths/xdg", test_xdg);
	g_test_add_func("/paths/profile", test_profile);
	g_test_add_func("/paths/same-database", test_same_database);
	g_test_add_func("/paths/runtime-guard", test_runtime_guard);
	g_test_add_func("/paths/socket-limit", test_socket_limit);
	g_test_add_func("/paths/without-runtime", test_without_runtime);
	g_test_add_func("/paths/ensure-dir", test_ensure_dir);
	g_test_add_func("/paths/safe-name", test_safe_name);
	g_test_add_func("/paths/expand", test_expand);
	g_test_add_func("/paths/pkgdata", test_pkgdata);
	int failed = g_test_run();
	remove_tree(root);
	g_free(root);
	return failed;
}
