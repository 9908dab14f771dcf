// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feed's bytes become structs: RSS 0.9x/1.0/2.0 and Atom with itunes, content, podcast, psc,
// media and dc (STANDARDS sections 1 to 7, 10). Namespaces are matched by URI with the wild
// variants, undeclared prefixes by their usual name. Bytes may arrive in any cuts. The cleaner
// (text/clean.h) stands before libxml2's push parser. Every string given out is UTF-8, one line
// (text_clean_line) unless said; addresses are absolute where a base was known.
#ifndef HARK_TEXT_FEED_H
#define HARK_TEXT_FEED_H

#include <glib.h>
#include <stdbool.h>

#include "base/owned.h"
#include "text/chapters.h"
#include "text/warning.h"

struct feed_funding {
	char *url, *text;
};

struct feed_person {
	char *name, *role, *group, *image, *url; // role, group lower case; NULL where absent
};

struct feed_enclosure {
	char *url, *type; // type guessed from the address where it is useless; may be NULL
	gint64 length_bytes; // -1 unknown
};

struct feed_transcript {
	char *url, *type, *language, *rel;
};

struct feed_soundbite {
	double start_s, duration_s;
	char *title;
};

enum feed_explicit { FEED_EXPLICIT_UNKNOWN, FEED_EXPLICIT_NO, FEED_EXPLICIT_YES };

struct feed_episode {
	char *guid; // trimmed; NULL where absent, empty or "null"
	char *title; // never NULL: STANDARDS section 3 tells what stands in
	char *link;
	gint64 published_s; // WHEN_UNKNOWN
	double duration_s;  // WHEN_NO_LENGTH
	char *summary;	    // one line, short, plain text; may be NULL
	char *notes_html;   // as it came: HTML or plain text, at most 4 MB; may be NULL
	char *author, *image;
	int season;	    // 0 none
	char *episode;	    // "12", "315.5"; NULL none
	char *episode_type; // "full" "trailer" "bonus"; NULL none
	enum feed_explicit explicit_;
	GPtrArray *enclosures;	// struct feed_enclosure *, the main one first; never NULL
	GPtrArray *transcripts; // struct feed_transcript *
	char *chapters_url, *chapters_type;
	GPtrArray *chapters;   // struct chapter *, psc in the feed
	GPtrArray *persons;    // struct feed_person *
	GPtrArray *soundbites; // struct feed_soundbite *
	char *extras;	       // see text/extras.h; NULL none
};

struct feed {
	char *title, *link, *author, *language, *image;
	char *description; // plain text, several lines
	GPtrArray *categories; // char *
	enum feed_explicit explicit_;
	char *type; // "episodic" "serial"; NULL none
	char *guid; // podcast:guid
	char *owner_name, *owner_email; // itunes:owner: whom to ask, not whom to show
	char *feed_url; // atom:link rel=self
	char *next_page; // of older episodes: rel=next, or prev-archive (RFC 5005)
	char *new_feed_url;
	bool complete;
	int ttl_minutes; // the longest that its ttl and its schedules say; 0 none
	GPtrArray *funding; // struct feed_funding *
	GPtrArray *persons; // struct feed_person *
	char *extras; // see text/extras.h; NULL none
	GPtrArray *episodes; // struct feed_episode *, in the feed's order, less what was stolen
	char *encoding; // what the bytes were read as
	GPtrArray *warnings; // struct warning *: what was broken
	bool truncated; // it broke off or hit a bound: what is missing may still be in the feed
	bool is_feed; // a feed's root element was seen
	bool is_html; // it is a web page instead
	GPtrArray *alternates; // char *: addresses of feeds that the web page names
};

// libxml2, for the process: once, before any thread that parses.
void feed_init(void);

void feed_free(struct feed *feed);
void feed_episode_free(struct feed_episode *episode);
OWNED_DEFINE(feed, feed_free)
OWNED_DEFINE(feed_episode, feed_episode_free)

struct feed_parser;

// Bounds: at most 100 MB of input, 200,000 episodes, and what libxml2 limits by itself.
// BASE is the address the bytes came from (for relative addresses), CONTENT_TYPE the server's word
// (for its charset); both may be NULL.
struct feed_parser *feed_parser_new(const char *base, const char *content_type);
void feed_parser_free(struct feed_parser *parser);
OWNED_DEFINE(feed_parser, feed_parser_free)

// Takes LEN bytes. False when there is no use in more of them (over the bounds, certainly no feed):
// ERROR says why.
bool feed_parser_push(struct feed_parser *parser, const char *bytes, size_t len, GError **error);

// The episodes whose end was seen since the last call: struct feed_episode *, the caller's. May be
// empty. For storing a large feed in batches while it arrives.
GPtrArray *feed_parser_steal_episodes(struct feed_parser *parser);

// The end of the bytes. The feed is the caller's. NULL where the bytes were no feed at all: the
// message says what they are ("a web page", "empty", ...); what is readable of a broken feed is
// given with its warnings. For a web page with feeds in it the error's code is HARK_ERROR_NOTHING
// and *ALTERNATES (may be NULL) gets their addresses.
struct feed *feed_parser_finish(struct feed_parser *parser, GPtrArray **alternates, GError **error);

// RELATIVE against BASE (RFC 3986), trimmed, blanks percent-encoded; NULL for schemes that nothing
// here opens (javascript:, data:). Without BASE a relative one stays as it is.
char *feed_resolve(const char *base, const char *relative);

#endif
