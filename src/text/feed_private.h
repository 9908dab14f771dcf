// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the feed parser is made: feed_parser.c drives libxml2 and keeps a frame for each open
// element; feed_names.c finds the row that an element's name means where it stands; the rows
// (feed_rows.c) and what they do (feed_rss.c, feed_atom.c, feed_podcast.c, ...) fill a draft, from
// which feed_draft.c makes the episode and the show. A new element is a row, and where it is of a
// new kind a function.
#ifndef HARK_TEXT_FEED_PRIVATE_H
#define HARK_TEXT_FEED_PRIVATE_H

#include <glib.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <stdbool.h>

#include "text/clean.h"
#include "text/feed.h"

enum {
	FEED_TITLE_CHARS = 1000,
	FEED_LINE_CHARS = 4000,
	FEED_TEXT_BYTES = 4 * 1024 * 1024,
	FEED_INPUT_BYTES = 100 * 1024 * 1024,
	FEED_EPISODES = 200000,
	FEED_LIST = 1000, // of anything within an episode or a show
	FEED_EXTRA_DEPTH = 8,
	FEED_PAGE_BYTES = 512 * 1024, // kept for finding a web page's feeds
};

enum feed_ns {
	NS_NONE, // RSS itself
	NS_ATOM,
	NS_CONTENT,
	NS_DC,
	NS_GOOGLEPLAY,
	NS_ITUNES,
	NS_MEDIA,
	NS_PODCAST,
	NS_PSC,
	NS_RDF,
	NS_SY,
	NS_XHTML,
	NS_OTHER,
};

// Where an element stands, as bits, so that a row can name several places.
enum feed_place {
	AT_TOP = 1 << 0,      // no show begun
	AT_SHOW = 1 << 1,     // rss/channel, feed
	AT_EPISODE = 1 << 2,  // item, entry
	AT_IMAGE = 1 << 3,    // channel/image
	AT_AUTHOR = 1 << 4,   // atom:author of the show
	AT_CREATOR = 1 << 5,  // atom:author of an episode
	AT_CHAPTERS = 1 << 6, // psc:chapters
	AT_REDIRECT = 1 << 7, // rss/redirect
	AT_SAME = 1 << 8,     // row.opens: children stand where the element stands
	AT_IGNORED = 1 << 9,  // within an element that means nothing here
	AT_OWNER = 1 << 10,   // itunes:owner
	AT_EXTRA = 1 << 11,   // an element that is kept as it came
	AT_ANY = 0xfff,
};

enum feed_text {
	TEXT_NONE,
	TEXT_PLAIN,  // tags inside are dropped, their text kept
	TEXT_MARKUP, // tags inside are written out again: notes
};

struct feed_attributes {
	const xmlChar **list; // libxml2's five pointers each
	int count;
};

struct feed_row;
typedef void feed_start(struct feed_parser *parser, const struct feed_row *row,
    const struct feed_attributes *attributes);
typedef void feed_end(struct feed_parser *parser, const struct feed_row *row, const char *text,
    size_t len);

struct feed_row {
	enum feed_ns ns;
	const char *name;  // lower case
	unsigned where;	   // places it means something in
	enum feed_place opens; // what its children stand in
	enum feed_text text;
	bool html_name;	   // is also an element of HTML: does not end markup that it stands in
	feed_start *start; // may be NULL
	feed_end *end;	   // may be NULL; with TEXT_NONE it gets ""
	size_t field;	   // for functions that serve several rows: offset of a char * in a draft
};

// What an episode's elements said, as text. Only char *: they are freed as one array.
struct episode_texts {
	char *content, *description, *atom_content, *itunes_summary, *media_description,
	    *atom_summary, *subtitle; // as they came
	char *title, *itunes_title, *media_title;
	char *link, *atom_link, *guid, *about, *permalink;
	char *itunes_image, *podcast_image, *thumbnail, *picture;
	char *itunes_author, *creator, *author;
	char *published, *dc_date, *updated;
	char *season, *itunes_season, *number, *itunes_number;
};

struct episode_draft {
	struct feed_episode *episode; // NULL: none open
	struct episode_texts got;
	bool guid_may_link, guid_says_link;
	int psc_lists;
	GPtrArray *media; // struct feed_enclosure *, from media:content
	json_t *extras;	  // a list; NULL: none
};

// The same for the show. Only char *.
struct show_draft {
	char *description, *subtitle, *itunes_summary;
	char *title, *itunes_title;
	char *link, *atom_link;
	char *itunes_image, *podcast_image, *image, *logo, *icon, *thumbnail, *picture,
	    *google_image;
	char *itunes_author, *creator, *author, *editor;
	char *language, *dc_language, *xml_language;
	char *period, *frequency, *rule; // of changes: sy's, podcast's
};

struct feed_frame { // an open element
	const struct feed_row *row; // NULL: unknown here
	unsigned place;		    // of its children
	char *base;		    // xml:base, resolved; owned; NULL: its parent's
	bool ended;		    // its text was already taken
};

struct feed_name { // a slot of the cache: libxml2 gives one pointer for one name
	const xmlChar *local, *prefix, *uri;
	const struct feed_row *row; // the first with that name; NULL none
};

enum { FEED_NAME_SLOTS = 512 };

struct feed_extras { // elements kept as they came that are open
	json_t *open[FEED_EXTRA_DEPTH]; // NULL: left out
	int depth, count;
};

struct feed_parser {
	struct feed *feed;
	struct cleaner *cleaner;
	xmlParserCtxtPtr xml;
	GString *beside;    // text that the markup only marks
	gint64 beside_at;   // of all text: where that begins
	gint64 beside_seen; // and up to where it was taken
	GString *clean; // what the cleaner gave for the present block
	GString *page;	// the first bytes, until it is known to be a feed
	char *base;
	gint64 total_bytes;
	int total_episodes;
	bool full;	   // over a bound: the rest is left
	bool full_page;	   // a web page: enough of it was read
	bool failed;	   // libxml2 stopped reading
	bool plain_is_atom; // the root is a feed without Atom's namespace
	char *root;	   // name of the first element, where it was no feed
	unsigned feed_line; // where the feed begins
	unsigned xml_faults; // that libxml2 met

	GArray *frames; // struct feed_frame
	GString *text;	// of the element that is collected
	int collecting; // its frame's index, -1 none
	enum feed_text kind;
	bool escape;	// text is written as markup (XHTML)
	bool base64;	// text is that of Atom, in base64

	struct episode_draft item;
	struct show_draft show;
	char *funding_url; // of the element whose text is collected, and so on
	struct feed_person *person;
	struct feed_soundbite *soundbite;
	struct feed_extras extras;
	json_t *show_extras;
	struct feed_name names[FEED_NAME_SLOTS];
};

// feed_names.c, feed_rows.c
const struct feed_row *feed_row_find(struct feed_parser *parser, const xmlChar *local,
    const xmlChar *prefix, const xmlChar *uri, unsigned place);
bool feed_row_same_name(const struct feed_row *a, const struct feed_row *b);
extern const struct feed_row feed_rows[];
extern const size_t feed_rows_count;

// feed_sax.c: the base at the present element; an attribute without prefix, decoded, NULL where
// absent or blank; an address in it, resolved.
const char *feed_base(const struct feed_parser *parser);
char *feed_attribute(const struct feed_attributes *attributes, const char *name);
char *feed_attribute_of(const struct feed_attributes *attributes, const char *prefix,
    const char *name);
char *feed_attribute_line(const struct feed_attributes *attributes, const char *name);
char *feed_attribute_url(const struct feed_parser *parser,
    const struct feed_attributes *attributes, const char *name);

// feed_resolve.c: makes the addresses of links and pictures in HTML absolute.
void feed_resolve_links(GString *html, const char *base);

// feed_text.c. NULL where nothing is left.
char *feed_line(const char *text, size_t len, size_t max_chars);
char *feed_title_line(const char *text, size_t len); // left-over references and inline tags undone
char *feed_plain_block(const char *text);	     // several lines, tags gone
char *feed_plain_line(const char *text, size_t max_chars);
bool feed_has_text(const char *html); // something but tags and blanks
char *feed_author_name(const char *text, size_t len); // "mail@x (Name)" -> "Name"
enum feed_explicit feed_explicit_value(const char *text, size_t len);

// feed_extra.c: *LIST as text, NULL where it is; it is NULL then.
char *feed_extras_take(struct feed_parser *parser, json_t **list);

// feed_schedule.c: minutes in which no change is to be looked for; 0 none. Each may be NULL.
int feed_schedule_minutes(const char *period, const char *frequency, const char *rule);

// feed_draft.c
void feed_item_begin(struct feed_parser *parser);
void feed_item_end(struct feed_parser *parser); // the draft becomes the last of feed->episodes
void feed_show_end(struct feed_parser *parser);
void feed_drafts_clear(struct feed_parser *parser);

// feed_media.c. URL NULL or known: nothing is added.
void feed_enclosure_add(GPtrArray *enclosures, char *take_url, char *take_type,
    const char *length);
void feed_enclosures_order(GPtrArray *enclosures); // the main one first
const char *feed_enclosures_picture(const GPtrArray *enclosures); // NULL none

void feed_add_category(struct feed_parser *parser, char *take_category);
void feed_funding_add(struct feed_parser *parser, char *take_url, char *take_text);

// feed_page.c: addresses of feeds that a web page names (char *).
GPtrArray *feed_page_alternates(const char *bytes, size_t len, const char *base);

// At the line that is being read.
void feed_warn(struct feed_parser *parser, const char *message);
void feed_person_free(struct feed_person *person);
void feed_enclosure_free(struct feed_enclosure *enclosure);
void feed_soundbite_free(struct feed_soundbite *soundbite);
struct feed *feed_new(void);
struct feed_episode *feed_episode_new(void);

// What the rows do: feed_rss.c
extern feed_start feed_is_feed, start_item, start_enclosure, start_guid;
extern feed_end end_item, end_show_line, end_show_title, end_show_text, end_show_url,
    end_show_author, end_show_category, end_ttl, end_new_feed_url, end_show_guid, end_item_line,
    end_item_title, end_item_text, end_item_url, end_item_author, end_guid;
// feed_itunes.c (and media)
extern feed_start start_show_image, start_item_image, start_show_image_link,
    start_item_image_link, start_itunes_category, start_show_media,
    start_media_content;
extern feed_end end_duration, end_owner_name, end_owner_email, end_show_explicit,
    end_item_explicit, end_type, end_complete, end_episode_type;
// feed_atom.c
extern feed_start start_plain_feed, start_atom_text, start_show_link, start_item_link,
    start_atom_category;
// feed_podcast.c (and psc)
extern feed_start start_transcript, start_chapters, start_soundbite, start_person, start_funding,
    start_psc_chapters, start_psc_chapter;
extern feed_end end_soundbite, end_person, end_funding;
// feed_extra.c
extern feed_start start_extra, start_update_frequency;
extern feed_end end_extra;

#endif
