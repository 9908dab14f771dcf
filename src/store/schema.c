// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables, as steps from one schema to the next. A step that was released is never edited.
// Instants are seconds since 1970 UTC, lengths and positions seconds; *_at columns are what the
// user did and when. Rows of shows and episodes are marked removed, never deleted.
#include "store/migrate.h"

#include "store/store.h"
#include "store/tokens.h"

static const char schema_1[] =
    "PRAGMA application_id = 1751216747;" // "hark"

    // url_key: the address as it is compared. folded: the title as it is found.
    "CREATE TABLE show ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " url TEXT NOT NULL, url_key TEXT NOT NULL UNIQUE,"
    " title TEXT NOT NULL, folded TEXT NOT NULL, user_title TEXT,"
    " link TEXT, author TEXT, description TEXT, language TEXT, image TEXT, type TEXT, guid TEXT,"
    " categories TEXT, explicit INTEGER, complete INTEGER NOT NULL DEFAULT 0,"
    " ttl_minutes INTEGER, feed_url TEXT, new_feed_url TEXT,"
    " added_at INTEGER NOT NULL, removed_at INTEGER, changed_at INTEGER,"
    " last_try_s INTEGER, last_success_s INTEGER, next_try_s INTEGER,"
    " http_status INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, error TEXT,"
    " etag TEXT, last_modified TEXT, body_hash TEXT, gone INTEGER NOT NULL DEFAULT 0,"
    " new_episodes TEXT);" // NULL: as the option says
    "CREATE INDEX show_words ON show (folded);"
    "CREATE INDEX show_removed ON show (removed_at) WHERE removed_at IS NOT NULL;"

    "CREATE TABLE show_tag ("
    " show_id INTEGER NOT NULL REFERENCES show (id), tag TEXT NOT NULL, folded TEXT NOT NULL,"
    " PRIMARY KEY (show_id, folded)) WITHOUT ROWID;"
    "CREATE TABLE show_funding ("
    " show_id INTEGER NOT NULL REFERENCES show (id), n INTEGER NOT NULL,"
    " url TEXT, text TEXT, PRIMARY KEY (show_id, n)) WITHOUT ROWID;"
    "CREATE TABLE show_person ("
    " show_id INTEGER NOT NULL REFERENCES show (id), n INTEGER NOT NULL,"
    " name TEXT, role TEXT, team TEXT, image TEXT, url TEXT,"
    " PRIMARY KEY (show_id, n)) WITHOUT ROWID;"

    // identity: what makes it the same episode (merge_item.c); two of one show may share it where
    // their enclosures differ, which media_sum tells. digest: of all that the feed says. sort_s:
    // published, or first seen where that is missing or lies ahead. duration_s is the feed's word,
    // measured_s the player's.
    "CREATE TABLE episode ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " show_id INTEGER NOT NULL REFERENCES show (id),"
    " identity TEXT NOT NULL, media_sum INTEGER NOT NULL, digest TEXT,"
    " title TEXT NOT NULL, folded TEXT NOT NULL, guid TEXT, link TEXT, author TEXT, image TEXT,"
    " published_s INTEGER, seen_s INTEGER NOT NULL, sort_s INTEGER NOT NULL,"
    " duration_s REAL, measured_s REAL,"
    " season INTEGER, number TEXT, type TEXT, explicit INTEGER,"
    " highlight TEXT NOT NULL DEFAULT '',"
    " notes_transcript INTEGER NOT NULL DEFAULT 0, notes_chapters INTEGER NOT NULL DEFAULT 0,"
    " left_feed INTEGER NOT NULL DEFAULT 0,"
    " inbox INTEGER NOT NULL DEFAULT 0, played_at INTEGER, archived_at INTEGER,"
    " changed_at INTEGER, removed_at INTEGER);"
    "CREATE INDEX episode_identity ON episode (show_id, identity, media_sum);"
    // The long lists are read from these alone, in their order. (removed_at is in them because
    // SQLite does not take the index's own condition for knowledge of the column.)
    "CREATE INDEX episode_date ON episode (sort_s DESC, id DESC, show_id, inbox, played_at,"
    " archived_at, duration_s, measured_s, removed_at) WHERE removed_at IS NULL;"
    "CREATE INDEX episode_show ON episode (show_id, sort_s DESC, id DESC, inbox, played_at,"
    " archived_at, duration_s, measured_s, removed_at) WHERE removed_at IS NULL;"
    "CREATE INDEX episode_inbox ON episode (sort_s DESC, id DESC, show_id, inbox, removed_at)"
    " WHERE inbox = 1 AND removed_at IS NULL;"
    "CREATE INDEX episode_words ON episode (folded);"

    "CREATE TABLE notes ("
    " episode_id INTEGER PRIMARY KEY REFERENCES episode (id), html TEXT, summary TEXT);"
    "CREATE TABLE enclosure ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " episode_id INTEGER NOT NULL REFERENCES episode (id), n INTEGER NOT NULL," // 0: the main one
    " url TEXT NOT NULL, type TEXT, bytes INTEGER, UNIQUE (episode_id, n));"
    "CREATE INDEX enclosure_url ON enclosure (url);"
    "CREATE TABLE person ("
    " episode_id INTEGER NOT NULL REFERENCES episode (id), n INTEGER NOT NULL,"
    " name TEXT, role TEXT, team TEXT, image TEXT, url TEXT,"
    " PRIMARY KEY (episode_id, n)) WITHOUT ROWID;"
    "CREATE TABLE soundbite ("
    " episode_id INTEGER NOT NULL REFERENCES episode (id), n INTEGER NOT NULL,"
    " start_s REAL, duration_s REAL, title TEXT, PRIMARY KEY (episode_id, n)) WITHOUT ROWID;"

    // Documents that the feed names; kind: 't' transcript, 'c' chapters. fetched: what came of it.
    "CREATE TABLE offer ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " episode_id INTEGER NOT NULL REFERENCES episode (id), kind TEXT NOT NULL,"
    " n INTEGER NOT NULL, url TEXT NOT NULL, type TEXT, language TEXT, rel TEXT,"
    " UNIQUE (episode_id, kind, n));"
    "CREATE TABLE fetched ("
    " episode_id INTEGER NOT NULL REFERENCES episode (id), kind TEXT NOT NULL,"
    " stored_s INTEGER, failed_s INTEGER, error TEXT,"
    " PRIMARY KEY (episode_id, kind)) WITHOUT ROWID;"

    // source: enum transcript_source. Cues are rows, so that a search can name one.
    "CREATE TABLE transcript ("
    " episode_id INTEGER PRIMARY KEY REFERENCES episode (id),"
    " source INTEGER NOT NULL, timed INTEGER NOT NULL, language TEXT, url TEXT);"
    "CREATE TABLE cue ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " episode_id INTEGER NOT NULL REFERENCES transcript (episode_id), n INTEGER NOT NULL,"
    " start_s REAL, end_s REAL, speaker TEXT, text TEXT NOT NULL, UNIQUE (episode_id, n));"
    // source: enum chapters_source.
    "CREATE TABLE chapter ("
    " episode_id INTEGER NOT NULL REFERENCES episode (id), source INTEGER NOT NULL,"
    " n INTEGER NOT NULL, start_s REAL NOT NULL, end_s REAL, title TEXT, url TEXT, image TEXT,"
    " PRIMARY KEY (episode_id, source, n)) WITHOUT ROWID;"

    // rank NULL: it was there once.
    "CREATE TABLE queue ("
    " episode_id INTEGER PRIMARY KEY REFERENCES episode (id), rank INTEGER,"
    " changed_at INTEGER);"
    "CREATE INDEX queue_rank ON queue (rank, episode_id) WHERE rank IS NOT NULL;"
    "CREATE TABLE position ("
    " episode_id INTEGER PRIMARY KEY REFERENCES episode (id), position_s REAL NOT NULL,"
    " changed_at INTEGER);"
    "CREATE INDEX position_begun ON position (episode_id) WHERE position_s > 0;"

    // state: enum file_state.
    "CREATE TABLE file ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " episode_id INTEGER NOT NULL UNIQUE REFERENCES episode (id),"
    " url TEXT NOT NULL, type TEXT, state INTEGER NOT NULL, path TEXT,"
    " bytes INTEGER NOT NULL DEFAULT 0, total INTEGER, error TEXT,"
    " tries INTEGER NOT NULL DEFAULT 0, changed_at INTEGER);"
    "CREATE INDEX file_state ON file (state, id);"
    "CREATE INDEX file_path ON file (path) WHERE path IS NOT NULL;"

    // What the user did: an action, and each column it changed, so that it can be taken back.
    "CREATE TABLE journal ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,"
    " rows INTEGER NOT NULL DEFAULT 0, first_id INTEGER, undone_at INTEGER);"
    "CREATE TABLE journal_change ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " journal_id INTEGER NOT NULL REFERENCES journal (id),"
    " place TEXT NOT NULL, row_id INTEGER NOT NULL, old, new);" // place: "table.column"
    "CREATE INDEX journal_change_journal ON journal_change (journal_id);"

    "CREATE TABLE generation (kind INTEGER PRIMARY KEY, n INTEGER NOT NULL);" // enum store_kind
    "INSERT INTO generation VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0);"
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;";

static const char schema_2[] =
    // Notes lie many in one compressed pack (store/pack.h); those of schema 1 keep their html until
    // the feed brings them again. live: notes that are still in it. sum: of the notes' text.
    "CREATE TABLE pack ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT, live INTEGER NOT NULL, bytes BLOB NOT NULL);"
    "ALTER TABLE notes ADD COLUMN pack_id INTEGER;"
    "ALTER TABLE notes ADD COLUMN at INTEGER;"
    "ALTER TABLE notes ADD COLUMN length INTEGER;"
    "ALTER TABLE notes ADD COLUMN sum INTEGER;"

    // What is searched as a whole anyway stands by show: an index in the order of the words or
    // addresses costs each batch of a refresh a page for nearly every episode.
    "DROP INDEX episode_words;"
    "CREATE INDEX episode_words ON episode (show_id, folded);"
    // The places of a list are its key: nobody asks for its rows by a number.
    "ALTER TABLE enclosure RENAME TO enclosure_1;"
    "CREATE TABLE enclosure ("
    " episode_id INTEGER NOT NULL REFERENCES episode (id), n INTEGER NOT NULL," // 0: the main one
    " url TEXT NOT NULL, type TEXT, bytes INTEGER, PRIMARY KEY (episode_id, n)) WITHOUT ROWID;"
    "INSERT INTO enclosure SELECT episode_id, n, url, type, bytes FROM enclosure_1;"
    "DROP TABLE enclosure_1;"
    "ALTER TABLE offer RENAME TO offer_1;"
    "CREATE TABLE offer ("
    " episode_id INTEGER NOT NULL REFERENCES episode (id), kind TEXT NOT NULL,"
    " n INTEGER NOT NULL, url TEXT NOT NULL, type TEXT, language TEXT, rel TEXT,"
    " PRIMARY KEY (episode_id, kind, n)) WITHOUT ROWID;"
    "INSERT INTO offer SELECT episode_id, kind, n, url, type, language, rel FROM offer_1;"
    "DROP TABLE offer_1;"

    // One row an identity and medium, so that who writes it twice is told.
    "UPDATE episode SET identity = identity || char(10) || id, left_feed = 1 WHERE id NOT IN"
    " (SELECT min(id) FROM episode GROUP BY show_id, identity, media_sum);"
    "DROP INDEX episode_identity;"
    "CREATE UNIQUE INDEX episode_identity ON episode (show_id, identity, media_sum);"

    // Where a show lived before, and which one it became when two met at one address.
    "CREATE TABLE show_move ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT, show_id INTEGER NOT NULL REFERENCES show (id),"
    " at INTEGER NOT NULL, from_url TEXT NOT NULL, to_url TEXT NOT NULL);"
    "CREATE INDEX show_move_show ON show_move (show_id);"
    "ALTER TABLE show ADD COLUMN united_into INTEGER;"

    // 1: highlight, notes_transcript and notes_chapters are not read out of the notes yet.
    "ALTER TABLE episode ADD COLUMN unread_notes INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX episode_unread_notes ON episode (id) WHERE unread_notes;"

    // What only few ask for, as JSON (text/extras.h); most have none.
    "ALTER TABLE show ADD COLUMN extras TEXT;"
    "ALTER TABLE episode ADD COLUMN extras TEXT;";

static const char schema_3[] =
    // What is said anywhere. The index keeps no text, and forgets nothing: a doc is a text of an
    // episode as it was once (store/words.h), and what no doc leads to is not found.
    "CREATE VIRTUAL TABLE words USING fts5"
    " (title, notes, transcript, content = '', tokenize = '" TOKENS "');"
    "INSERT INTO words (words, rank) VALUES ('automerge', 0);"
    "CREATE TABLE doc (id INTEGER PRIMARY KEY, episode_id INTEGER REFERENCES episode (id));"
    "CREATE UNIQUE INDEX doc_episode ON doc (episode_id) WHERE episode_id IS NOT NULL;"
    // unread_notes: 1 for the list's line, 2 for the index (store/unread.h).
    "UPDATE episode SET unread_notes = unread_notes | 2;";

const char *const schema_steps[STORE_SCHEMA] = {
    schema_1,
    schema_2,
    schema_3,
};

G_STATIC_ASSERT(STORE_KINDS == 6);
