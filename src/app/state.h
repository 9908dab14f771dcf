// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the interface is made of, for the files of src/app only. One struct app a process, on the UI
// thread; the worker and the reader are reached by their mailboxes.
#ifndef HARK_APP_STATE_H
#define HARK_APP_STATE_H

#include <glib.h>
#include <stdbool.h>

#include "app/app.h"
#include "app/keymap.h"
#include "app/marks.h"
#include "app/view.h"
#include "play/play.h"
#include "store/store.h"
#include "ui/prompt.h"
#include "ui/term.h"
#include "verbs/verbs.h"
#include "work/reader.h"
#include "work/worker.h"

enum screen_id { SCREEN_SHOWS, SCREEN_INBOX, SCREEN_QUEUE, SCREEN_DOWNLOADS, SCREEN_COUNT };

#define PANES_MAX 3
#define APP_MIN_ROWS 10
#define APP_MIN_COLS 40

struct screen {
	struct view *panes[PANES_MAX]; // the last one is for reading
	int count, focus;
};

enum prompt_kind { ASK_NOTHING, ASK_COMMAND, ASK_FIND, ASK_FILTER, ASK_ADD, ASK_LINK };

// A question of one key. YES is called for an accepted one, KEYS names the others.
struct question {
	char *text;				       // NULL: none is asked
	bool (*answer)(struct app *app, key_code key); // any key; the question is over
};

struct message {
	char *text;
	gint64 said_us; // monotonic
	gint64 at_s;	// the clock
};

// A search that goes through a list bit by bit (app/view.c).
struct finding {
	struct view *view; // NULL: none
	int step, from, tried, count;
	char *none; // to say where nothing is found; NULL nothing
};

struct app {
	const struct app_start *start;
	struct options *options;
	const struct marks *marks;
	struct keymap *keymap;

	struct store *store;
	struct worker *worker;
	struct reader *reader;
	struct play *play;
	struct verb_context context;
	int inotify;
	gint64 generations[STORE_KINDS];
	gint64 checked_us;
	bool store_changed; // somebody wrote
	bool check_now;	    // we did: no waiting
	guint64 asked;	    // serial of the reader's newest question

	struct term *term;
	struct input *input;
	struct grid *grid;
	bool dirty, ending, compact;
	bool waiting;	  // ":wait": keys stay in the input until no job is left
	bool stopped;	  // the sound was ended on purpose
	bool hung_up;	  // nobody is there to read last words
	const char *then; // a subcommand to become at the end; NULL none

	struct screen screens[SCREEN_COUNT];
	enum screen_id screen;
	GPtrArray *overlays; // struct view *, the topmost last
	int shows_count, inbox_count, queue_count, downloads_count; // for the header
	int downloads_running;
	gint64 last_refresh_s; // of any show; WHEN_UNKNOWN never

	// Last line (app/lastline.c).
	struct question question;
	enum prompt_kind asking;
	struct prompt prompt;
	struct view *asked_view;
	int asked_cursor;	// where the cursor was before "/"
	GPtrArray *completions; // char *: what Tab found; NULL none
	int completion;
	size_t completion_start;
	GPtrArray *history[ASK_LINK + 1];
	GPtrArray *messages; // struct message *, the newest last
	bool message_shown, message_keyed;

	struct finding finding;

	// Work under way (app/jobs.c).
	GHashTable *jobs; // serial -> struct job *

	// What plays (app/voice.c).
	bool bar_shown, starting;
	gint64 playing_id;
	GPtrArray *playing_chapters; // struct chapter *, NULL not read
	gint64 shown_second;
	double jump_from_s; // where the voice was before the last jump, negative none
	double speed_before;
};

// The topmost overlay, or the focused pane.
struct view *app_view(struct app *app);
// The pane of this screen whose cursor chooses the episode: the last list.
struct view *app_list(struct app *app);
struct view *app_reading(struct app *app);

// Says TEXT (taken) in the last line and keeps it; app_error takes ERROR and says its message.
void app_say(struct app *app, char *text);
void app_error(struct app *app, GError *error);

// Everything visible is to be painted anew.
void app_changed(struct app *app);

// Marks views stale by kinds of the store (1 << enum store_kind).
void app_stale(struct app *app, unsigned kinds);

void app_focus(struct app *app, int pane);
void app_show_screen(struct app *app, enum screen_id screen);
void app_push(struct app *app, const struct view_ops *ops);
void app_pop(struct app *app); // the topmost
void app_remove_overlay(struct app *app, guint index);

// Runs a line of the command language as if it were typed.
void app_run_line(struct app *app, const char *line);
// The same of a line that was typed: what an older one said is taken off, a setting is said.
void app_run_typed(struct app *app, const char *line);
// One command; false with the reason said.
bool app_run_words(struct app *app, char **words);
// A verb with words, NULL-terminated; NAME first.
bool app_verb(struct app *app, const char *name, ...) G_GNUC_NULL_TERMINATED;

// app/lastline.c
void lastline_ask(struct app *app, enum prompt_kind kind, const char *text);
void lastline_question(struct app *app, char *text, bool (*answer)(struct app *, key_code));
bool lastline_key(struct app *app, key_code key); // false: not asked
void lastline_paste(struct app *app, const char *text);
void lastline_forget(struct app *app); // the view it was asked in goes
void lastline_draw(struct app *app, struct area area, int row);
void lastline_quiet(struct app *app); // takes off what is said
void lastline_after_key(struct app *app);
int lastline_timeout_ms(struct app *app); // until a message may go; -1 never
bool key_says_yes(key_code key);

// app/complete.c: what could stand for the word before the caret; *START its first byte.
GPtrArray *complete(struct app *app, const char *line, size_t caret, size_t *start);

// app/jobs.c
void jobs_post(struct app *app, struct work_request *request, const char *word); // taken
void jobs_note(struct app *app, const struct verb_call *call, const char *word);
void jobs_reply(struct app *app, struct work_reply *reply);
int jobs_outstanding(struct app *app);
void jobs_refreshing(struct app *app, int *done, int *total);
// What is known of a download that runs. False: nothing.
bool jobs_download(struct app *app, gint64 id, gint64 *bytes, gint64 *total, double *rate);
double jobs_rate(struct app *app);
void app_job_free(gpointer job);

// app/voice.c
void voice_read(struct app *app); // the player said something
int voice_bar_rows(struct app *app, int rows);
void voice_draw(struct app *app, struct area area);
bool voice_plays(struct app *app, gint64 episode_id);
void voice_before_jump(struct app *app);

// app/view.c
void finding_go_on(struct app *app);
void finding_stop(struct app *app);

// app/screen.c
void screen_recalc(struct app *app); // lays out and reads what is stale
void screen_paint(struct app *app);
extern const char *const screen_names[SCREEN_COUNT];

// app/loop.c
void app_loop(struct app *app);

// Views.
extern const struct view_ops view_shows, view_episodes, view_inbox, view_queue, view_downloads,
    view_reading, view_help, view_messages, view_add, view_start;

// app/view_shows.c: what its cursor is on.
enum shows_kind { SHOWS_INBOX, SHOWS_ALL, SHOWS_SHOW, SHOWS_TAG, SHOWS_NONE };
enum shows_kind shows_current(struct view *view, gint64 *show_id, const char **title);

// app/view_episodes.c
struct episode;
const struct episode *episodes_current(struct view *view);
bool episodes_go(struct view *view, gint64 episode_id); // false: not in this list
void episodes_answer(struct app *app, struct reader_answer *answer);
const GArray *episodes_marked(struct view *view);
bool episodes_waits(struct view *view);
bool episodes_unmark(struct view *view); // false: none was marked
guint episodes_count(struct view *view);

// app/view_shows.c
bool shows_go(struct view *view, gint64 show_id);

// app/view_reading.c
enum reading_tab_id { READ_NOTES, READ_TRANSCRIPT, READ_CHAPTERS, READ_LINKS, READ_TABS };
void reading_open_tab(struct view *view, enum reading_tab_id tab);
void reading_voice(struct view *view); // what plays, its transcript, following
void reading_list(struct view *view);  // what the list's cursor is on
void reading_open_link(struct view *view, int number);

// app/view_add.c
void add_address(struct view *view, const char *address);
bool add_reply(struct view *view, struct work_reply *reply);

// app/open.c: hands URL to the opener.
void open_url(struct app *app, const char *url);

#endif
