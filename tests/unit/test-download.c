// SPDX-License-Identifier: GPL-3.0-or-later
//
// Downloads and small documents against the fixture server: what is kept, and what is not.
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "../lib/workbench.h"
#include "base/when.h"
#include "store/episodes.h"
#include "store/files.h"
#include "store/shows.h"
#include "store/texts.h"
#include "work/mediafile.h"

#define AUDIO_BYTES 300000

static struct fixture *server;

// Adds a feed of one episode with this inside its item; the episode's number.
static gint64
add_episode(struct workbench *bench, const char *title, const char *inside, bool local)
{
	static int count;
	g_autofree char *name = g_strdup_printf("feed%d.xml", ++count);
	g_autofree char *text = g_markup_printf_escaped(
	    "<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel>"
	    "<title>A/B: show %d</title><item><guid>g</guid><title>%s</title>"
	    "<pubDate>Mon, 01 Jan 2024 08:00:00 GMT</pubDate>",
	    count, title);
	g_autofree char *whole = g_strconcat(text, inside, "</item></channel></rss>", NULL);
	g_autofree char *address =
	    local ? g_build_filename(server->folder, name, NULL) : fixture_url(server, name);

	fixture_write(server, name, whole);
	gint64 show_id = workbench_add(bench, address);
	g_autoptr(GArray) ids = workbench_episodes(bench, show_id);
	g_assert_cmpuint(ids->len, ==, 1);
	return g_array_index(ids, gint64, 0);
}

static gint64
add_audio(struct workbench *bench, const char *target, const char *type)
{
	g_autofree char *inside = g_markup_printf_escaped(
	    "<enclosure url='%s' type='%s' length='300000'/>", target, type);

	return add_episode(bench, "What/ever: \"it\" was?", inside, false);
}

static int
count_files(const char *folder, const char *suffix)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	int count = 0;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			count += count_files(path, suffix);
		else
			count += g_str_has_suffix(name, suffix);
	}
	return count;
}

static void
test_good(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_audio(bench, "a.mp3?drip=60000", "audio/mpeg");
	OWNED(episode) before = episode_get(bench->store, id, NULL);
	struct workbench_result result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));
	const struct work_reply *item = result.items->pdata[0];

	g_assert_true(before->in_inbox);
	g_assert_no_error(result.end->error);
	g_assert_cmpstr(item->file_error, ==, NULL);
	g_assert_cmpint(item->id, ==, id);
	g_assert_cmpint(item->bytes, ==, AUDIO_BYTES);
	g_assert_cmpint(result.progress, >=, 1);
	g_assert_cmpint(result.progress, <=, 8); // at most four a second
	g_assert_true(g_str_has_suffix(item->path, ".mp3"));
	g_autofree char *media = g_build_filename(bench->paths->data_dir, "media", NULL);
	g_assert_true(g_str_has_prefix(item->path, media));
	g_autofree char *name = g_path_get_basename(item->path);
	g_assert_true(g_str_has_prefix(name, "2024-01-01 What"));
	g_autofree char *bytes = NULL;
	gsize len;
	g_assert_true(g_file_get_contents(item->path, &bytes, &len, NULL));
	g_assert_cmpint(len, ==, AUDIO_BYTES);
	g_assert_cmpint(count_files(bench->folder, ".part"), ==, 0);
	OWNED(episode) episode = episode_get(bench->store, id, NULL);
	g_assert_cmpint(episode->file_state, ==, FILE_HERE);
	g_assert_cmpstr(episode->file, ==, item->path);
	g_assert_false(episode->in_inbox);
	g_autofree char *path = g_strdup(item->path);
	workbench_result_clear(&result);

	// It is here: nothing is asked, the same answer.
	result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));
	item = result.items->pdata[0];
	g_assert_cmpstr(item->path, ==, path);
	g_assert_cmpstr(item->file_error, ==, NULL);
	workbench_result_clear(&result);
	// Another episode of the same name and day gets a name of its own.
	unlink(path);
	result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));
	item = result.items->pdata[0];
	g_assert_cmpstr(item->path, ==, path); // it had been deleted by hand
	workbench_result_clear(&result);
	workbench_free(bench);
}

static void
test_bad(void)
{
	static const struct {
		const char *target, *says;
		int parts; // .part files that are left
	} rows[] = {
	    {"a.mp3?status=404", "404 not found", 0},
	    {"page.html", "a web page came", 0},
	    {"page.html?type=audio/mpeg", "a web page came", 0},
	    {"sorry.txt", "some text came", 1},
	    {"a.mp3?empty", "empty", 0},
	    {"a.mp3?truncate=100000", "broke", 1},
	    {"a.mp3?length=400000", "broke", 1},
	    {"a.mp3?hang=body", "nothing came", 0},
	    {"a.mp3?redirect=302&to=file:///etc/passwd", "not followed", 0},
	    {"a.mp3?zeros=99000000000000&length=99000000000000", "", 0},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		g_test_message("%s", rows[i].target);
		gint64 id = add_audio(bench, rows[i].target, "audio/mpeg");
		struct workbench_result result =
		    workbench_run(bench, request_id(WORK_DOWNLOAD, id));
		const struct work_reply *item = result.items->pdata[0];
		g_assert_nonnull(item->file_error);
		g_test_message("%s", item->file_error);
		g_assert_nonnull(strstr(item->file_error, rows[i].says));
		g_assert_null(item->path);
		g_assert_cmpint(count_files(bench->paths->data_dir, ".part"), ==, rows[i].parts);
		g_assert_cmpint(count_files(bench->paths->data_dir, ".mp3"), ==, 0);
		OWNED(episode) episode = episode_get(bench->store, id, NULL);
		g_assert_cmpint(episode->file_state, ==, FILE_FAILED);
		g_assert_cmpstr(episode->file_error, ==, item->file_error);
		workbench_result_clear(&result);
		workbench_free(bench);
	}
}

// One without audio, one that does not exist, and one that works, in one request.
static void
test_several(void)
{
	struct workbench *bench = workbench_new();
	gint64 ids[] = {
	    add_episode(bench, "Words", "", false), 4711, add_audio(bench, "a.mp3", "audio/mpeg")};
	struct workbench_result result =
	    workbench_run(bench, work_request_new(WORK_DOWNLOAD, ids, G_N_ELEMENTS(ids)));
	int failed = 0;

	g_assert_cmpuint(result.items->len, ==, 3);
	g_assert_cmpint(result.end->done, ==, 3);
	for (guint i = 0; i < result.items->len; i++) {
		const struct work_reply *item = result.items->pdata[i];
		failed += item->file_error != NULL;
		g_assert_true(!item->file_error == (item->id == ids[2]));
	}
	g_assert_cmpint(failed, ==, 2);
	workbench_result_clear(&result);
	workbench_free(bench);
}

static void
test_hold(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_audio(bench, "a.mp3?drip=2000", "audio/mpeg");
	int ended = 0;
	bool held = false;

	worker_post(bench->worker, request_id(WORK_DOWNLOAD, id));
	while (ended < 2) {
		OWNED(work_reply) reply = workbench_next(bench);
		if (reply->status == WORK_PROGRESS && !held) {
			worker_post(bench->worker, request_id(WORK_DOWNLOAD_STOP, id));
			held = true;
		}
		ended += reply->status == WORK_DONE;
	}
	g_assert_true(held);
	OWNED(episode) episode = episode_get(bench->store, id, NULL);
	g_assert_cmpint(episode->file_state, ==, FILE_HELD);
	g_assert_cmpint(count_files(bench->folder, ".part"), ==, 1);
	workbench_free(bench);
}

// A wish that nobody has taken up yet.
static void
test_hold_waiting(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_audio(bench, "a.mp3", "audio/mpeg");
	struct work_request *request = work_request_new(WORK_ACTION, NULL, 0);

	request->action = action_new(ACTION_DOWNLOAD, &id, 1, 0);
	struct workbench_result result = workbench_run(bench, request);
	workbench_result_clear(&result);
	OWNED(episode) wanted = episode_get(bench->store, id, NULL);
	g_assert_cmpint(wanted->file_state, ==, FILE_WANTED);
	result = workbench_run(bench, request_id(WORK_DOWNLOAD_STOP, id));
	workbench_result_clear(&result);
	OWNED(episode) held = episode_get(bench->store, id, NULL);
	g_assert_cmpint(held->file_state, ==, FILE_HELD);
	workbench_free(bench);
}

// What a process that is gone left running is taken up; what one has in hand is left to it.
static void
test_left(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_audio(bench, "a.mp3", "audio/mpeg");
	g_autofree char *path = g_build_filename(bench->folder, "a.mp3", NULL);
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, NULL);
	OWNED(action) wish = action_new(ACTION_DOWNLOAD, &id, 1, 0);
	struct action_result done = {0};

	g_assert_true(action_apply(store, wish, 1, &done, NULL));
	action_result_clear(&done);
	OWNED(download) row = download_of(store, id, NULL);
	g_assert_true(download_set_state(store, row->id, FILE_RUNNING, 7, -1, path, NULL, NULL));
	g_assert_true(g_file_set_contents(part, "abc", 3, NULL));
	g_assert_false(mediafile_is_taken(path));
	int fd = open(part, O_WRONLY | O_CLOEXEC);
	g_assert_cmpint(flock(fd, LOCK_EX | LOCK_NB), ==, 0);
	g_assert_true(mediafile_is_taken(path));
	close(fd);
	struct workbench_result result =
	    workbench_run(bench, work_request_new(WORK_DOWNLOAD, NULL, 0));
	workbench_result_clear(&result);
	OWNED(episode) episode = episode_get(bench->store, id, NULL);
	g_assert_cmpint(episode->file_state, ==, FILE_HERE);
	workbench_free(bench);
}

// The wish is undone while the file comes down.
static void
test_undo(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_audio(bench, "a.mp3?drip=2000", "audio/mpeg");
	bool undone = false, off = false;
	int ended = 0;

	worker_post(bench->worker, request_id(WORK_DOWNLOAD, id));
	while (ended < 2) {
		OWNED(work_reply) reply = workbench_next(bench);
		if (reply->status == WORK_PROGRESS && !undone) {
			struct work_request *request = work_request_new(WORK_ACTION, NULL, 0);
			request->action = action_new(ACTION_UNDO, NULL, 0, 0);
			worker_post(bench->worker, request);
			undone = true;
		}
		off |= g_strcmp0(reply->file_error, "Called off.") == 0;
		ended += reply->status == WORK_DONE;
	}
	g_assert_true(off);
	OWNED(episode) episode = episode_get(bench->store, id, NULL);
	g_assert_cmpint(episode->file_state, ==, FILE_NONE);
	g_assert_true(episode->in_inbox);
	workbench_free(bench);
}

// Another process has the .part: it is left alone.
static void
test_locked(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_audio(bench, "a.mp3?truncate=10", "audio/mpeg");
	struct workbench_result result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));

	workbench_result_clear(&result);
	g_autoptr(GPtrArray) rows = downloads_list(bench->store, NULL);
	const struct download *row = rows->pdata[0];
	g_autofree char *part = g_strconcat(row->path, ".part", NULL);
	int fd = open(part, O_RDWR | O_CLOEXEC);
	g_assert_cmpint(flock(fd, LOCK_EX | LOCK_NB), ==, 0);
	result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));
	const struct work_reply *item = result.items->pdata[0];
	g_assert_nonnull(strstr(item->file_error, "another hark"));
	g_assert_cmpint(lseek(fd, 0, SEEK_END), ==, 10);
	OWNED(episode) episode = episode_get(bench->store, id, NULL);
	g_assert_cmpint(episode->file_state, ==, FILE_RUNNING);
	workbench_result_clear(&result);
	close(fd);
	workbench_free(bench);
}

static void
test_names(void)
{
	static const struct {
		const char *type, *feed_type, *url, *extension;
	} rows[] = {
	    {"audio/mpeg", NULL, "http://h/x", ".mp3"},
	    {"AUDIO/MPEG; charset=x", NULL, "http://h/x", ".mp3"},
	    {"audio/mp4", "audio/mpeg", "http://h/x.mp3", ".m4a"},
	    {"application/octet-stream", "audio/x-m4a", "http://h/x", ".m4a"},
	    {"application/octet-stream", NULL, "http://h/x.opus?y=.exe", ".opus"},
	    {"audio/ogg", NULL, "http://h/x.opus", ".opus"},
	    {"audio/ogg", NULL, "http://h/x", ".ogg"},
	    {NULL, NULL, "http://h/x.exe", ".mp3"},
	    {NULL, NULL, NULL, ".mp3"},
	};
	g_autofree char *folder = fixture_folder();

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		OWNED(mediafile)
		file = mediafile_open(
		    &(struct mediafile_facts){
			.folder = folder,
			.show_title = "../..",
			.title = "a/../../b\n",
			.published_s = WHEN_UNKNOWN,
			.content_type = rows[i].type,
			.feed_type = rows[i].feed_type,
			.url = rows[i].url,
			.bytes = -1,
		    },
		    &error);
		g_assert_no_error(error);
		g_assert_true(g_str_has_suffix(file->path, rows[i].extension));
		g_autofree char *show = g_path_get_dirname(file->path);
		g_autofree char *parent = g_path_get_dirname(show);
		g_assert_cmpstr(parent, ==, folder);
		g_assert_null(strstr(file->path, "/../"));
		g_assert_true(mediafile_finish(file, &error));
	}
	// Nine names, none of them twice.
	int files = 0;
	static const char *const endings[] = {".mp3", ".m4a", ".opus", ".ogg"};
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		files += count_files(folder, endings[i]);
	g_assert_cmpint(files, ==, G_N_ELEMENTS(rows));

	g_autoptr(GError) error = NULL;
	struct mediafile_facts huge = {.folder = folder,
	    .show_title = "s",
	    .title = "t",
	    .published_s = 0,
	    .bytes = G_GINT64_CONSTANT(1) << 60};
	g_assert_null(mediafile_open(&huge, &error));
	g_assert_nonnull(strstr(error->message, "needed in"));
	fixture_remove(folder);
}

// A local feed's audio lies beside it and is copied; its documents are read from there.
static void
test_local(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_episode(bench, "Here",
	    "<enclosure url='a.mp3' type='audio/mpeg' length='1'/>"
	    "<podcast:transcript url='good.vtt' type='text/vtt'/>"
	    "<podcast:chapters url='good.json' type='application/json+chapters'/>",
	    true);
	struct workbench_result result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));
	const struct work_reply *item = result.items->pdata[0];

	g_assert_cmpstr(item->file_error, ==, NULL);
	g_assert_cmpint(item->bytes, ==, AUDIO_BYTES);
	workbench_result_clear(&result);
	result = workbench_run(bench, request_id(WORK_TRANSCRIPT, id));
	item = result.items->pdata[0];
	g_assert_cmpstr(item->file_error, ==, NULL);
	workbench_result_clear(&result);
	result = workbench_run(bench, request_id(WORK_CHAPTERS, id));
	item = result.items->pdata[0];
	g_assert_cmpstr(item->file_error, ==, NULL);
	workbench_result_clear(&result);
	OWNED(transcript) transcript = transcript_load(bench->store, id, NULL);
	g_assert_nonnull(transcript);
	g_assert_cmpint(transcript->source, ==, TRANSCRIPT_VTT);
	enum chapters_source source;
	g_autoptr(GPtrArray) chapters = chapters_load(bench->store, id, &source, NULL);
	g_assert_cmpint(source, ==, CHAPTERS_JSON);
	g_assert_cmpuint(chapters->len, ==, 2);
	workbench_free(bench);
}

// A database that already names a file of this machine for a remote feed (an older program's, say):
// the worker itself does not go there.
static void
test_remote_to_local(void)
{
	struct workbench *bench = workbench_new();
	gint64 id = add_episode(bench, "Here", "<enclosure url='a.mp3' type='audio/mpeg'/>", true);
	g_autofree char *remote = fixture_url(server, "elsewhere.xml");
	OWNED(episode) episode = episode_get(bench->store, id, NULL);
	g_autoptr(GError) error = NULL;
	OWNED(store) store = store_open(bench->paths->db, STORE_WRITE, &error);
	struct show_outcome moved = {.success = true, .moved_to = remote};

	g_assert_true(show_set_outcome(store, episode->show_id, &moved, &error));
	struct workbench_result result = workbench_run(bench, request_id(WORK_DOWNLOAD, id));
	const struct work_reply *item = result.items->pdata[0];
	g_assert_nonnull(strstr(item->file_error, "only http and https"));
	workbench_result_clear(&result);
	workbench_free(bench);
}

static void
test_transcripts(void)
{
	static const struct {
		const char *offers;
		const char *fails; // NULL: a transcript is stored
		int cues;
	} rows[] = {
	    {"<podcast:transcript url='good.vtt' type='text/vtt'/>", NULL, 2},
	    {"<podcast:transcript url='page.html' type='text/vtt'/>", "page.html", 0},
	    {"<podcast:transcript url='gone.vtt' type='text/vtt'/>", "404", 0},
	    {"<podcast:transcript url='good.vtt?empty' type='text/vtt'/>", "good.vtt", 0},
	    // The better one is broken: the next is taken.
	    {"<podcast:transcript url='gone.vtt' type='text/vtt'/>"
	     "<podcast:transcript url='good.srt' type='application/x-subrip'/>",
		NULL, 1},
	    {"<podcast:transcript url='file:///etc/passwd' type='text/plain'/>"
	     "<podcast:transcript url='good.srt' type='application/x-subrip'/>",
		NULL, 1},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct workbench *bench = workbench_new();
		gint64 id = add_episode(bench, "Words", rows[i].offers, false);
		struct workbench_result result =
		    workbench_run(bench, request_id(WORK_TRANSCRIPT, id));
		const struct work_reply *item = result.items->pdata[0];
		OWNED(transcript) transcript = transcript_load(bench->store, id, NULL);
		g_test_message("%s -> %s", rows[i].offers, item->file_error);
		if (rows[i].fails) {
			g_assert_nonnull(strstr(item->file_error, rows[i].fails));
			g_assert_null(transcript);
			workbench_result_clear(&result);
			// Not tried again in a loop.
			result = workbench_run(bench, request_id(WORK_TRANSCRIPT, id));
			item = result.items->pdata[0];
			g_assert_cmpstr(item->file_error, ==, NULL);
		} else {
			g_assert_cmpstr(item->file_error, ==, NULL);
			g_assert_nonnull(transcript);
			g_assert_cmpuint(transcript->cues->len, ==, rows[i].cues);
		}
		workbench_result_clear(&result);
		workbench_free(bench);
	}
}

static void
write_files(void)
{
	g_autofree char *audio = g_strnfill(AUDIO_BYTES, '\x55');

	fixture_write(server, "a.mp3", audio);
	fixture_write(server, "page.html", "<!DOCTYPE html><html><body>Sorry</body></html>");
	fixture_write(server, "sorry.txt", "This file is not available in your country.\n");
	fixture_write(server, "good.vtt",
	    "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ada>Good morning everybody.\n\n"
	    "00:00:02.000 --> 00:00:04.000\n<v Ben>Good morning to you, Ada.\n");
	fixture_write(
	    server, "good.srt", "1\n00:00:00,000 --> 00:00:02,000\nGood morning everybody.\n");
	fixture_write(server, "good.json",
	    "{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":0,\"title\":\"One\"},"
	    "{\"startTime\":60,\"title\":\"Two\"}]}");
}

int
main(int argc, char **argv)
{
	workbench_init(&argc, &argv);
	server = fixture_start();
	write_files();
	g_test_add_func("/download/good", test_good);
	g_test_add_func("/download/bad", test_bad);
	g_test_add_func("/download/several", test_several);
	g_test_add_func("/download/hold", test_hold);
	g_test_add_func("/download/hold-waiting", test_hold_waiting);
	g_test_add_func("/download/left", test_left);
	g_test_add_func("/download/undo", test_undo);
	g_test_add_func("/download/locked", test_locked);
	g_test_add_func("/download/names", test_names);
	g_test_add_func("/download/local", test_local);
	g_test_add_func("/download/remote-to-local", test_remote_to_local);
	g_test_add_func("/fetch/transcripts", test_transcripts);
	int status = g_test_run();
	fixture_stop(server);
	return status;
}
