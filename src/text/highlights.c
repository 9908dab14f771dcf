// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the highlights of notes: the ways to find them are tried from the surest to the boldest,
// and the first that gives something decides.
#include "text/highlights.h"

#include <string.h>

#include "base/text.h"
#include "text/highlights_find.h"
#include "text/notes_times.h"
#include "text/phrases.h"

enum { LINE_MAX_BYTES = 200, TOPIC_MAX_BYTES = 80, FIRST_MAX_CHARS = 300 };

static const struct note_block *
block_of(const struct highlights_finder *finder, int index)
{
	return finder->notes->blocks->pdata[index];
}

// "Michael #1: " before a topic.
static size_t
tag_len(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && q - p < 40 && *q != '#' && *q != ':' && *q != '\n')
		q++;
	if (q == p || q >= end || *q != '#' || !g_ascii_isdigit(q[1]))
		return 0;
	for (q++; q < end && g_ascii_isdigit(*q); q++)
		;
	return q < end && *q == ':' ? (size_t)(q + 1 - p) : 0;
}

// Behind bullets, signs and pictograms that stand before an item's words.
static const char *
item_start(const char *p, const char *end)
{
	while (p < end) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c) || g_unichar_ispunct(c)) {
			// One slash may be a word (a key, say), two are a seam.
			bool slashes = p[0] == '/' && p + 1 < end && p[1] == '/';
			if (!strchr("*|>", *p) && !slashes && strncmp(p, "•", 3) != 0)
				break;
			p += slashes;
		} else if (g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL || c == '+' || c == '~') {
			break;
		}
		p = g_utf8_next_char(p);
	}
	return MIN(p, end);
}

char *
highlight_item(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	struct time_code code;

	p = item_start(p, end);
	size_t code_len = time_code_at(time_code_line_start(p), &code);

	if (code_len > 0) {
		p = time_code_line_start(p) + code_len;
		while (p < end && strchr(" -:|)]", *p))
			p++;
		p = item_start(p, end);
	}
	p += tag_len(p, end);
	while (end > p && strchr(" \n|/;", end[-1]))
		end--;
	if (end > p && strchr(")]", end[-1])) {
		const char *open = end - 1;

		while (open > p && !strchr("([", *open))
			open--;
		if (time_code_at(time_code_line_start(open), &code) > 0)
			end = open;
	}
	if (p >= end)
		return NULL;
	char folded[96];

	if (phrases_fold(p, MIN((size_t)(end - p), 72), folded, sizeof(folded)) < 2)
		return NULL;
	if (phrases_is(PHRASES_NO_TOPIC, folded) || phrases_match(PHRASES_AD, folded, false))
		return NULL;
	return text_clean_line(p, end - p, 0);
}

static void
take_text(struct highlights_finder *finder, const char *text, size_t len)
{
	char *item = highlight_item(text, len);

	if (item)
		g_ptr_array_add(finder->items, item);
}

// Whether a link covers all of the block: an address or a name, no topic.
static bool
is_only_link(const struct note_block *block)
{
	size_t covered = 0;

	for (guint i = 0; i < block->spans->len; i++) {
		const struct note_span *span = &g_array_index(block->spans, struct note_span, i);

		if (span->link > 0)
			covered += span->len;
	}
	return covered + 3 >= strlen(block->text);
}

static bool
has_address(const struct note_block *block)
{
	return strstr(block->text, "://") != NULL;
}

// The first run of items in FIRST..LAST: items of its outermost level. Gives how many it took.
static int
take_list(struct highlights_finder *finder, int first, int last)
{
	int depth = -1, taken = 0;

	for (int i = first; i <= last; i++) {
		const struct note_block *block = block_of(finder, i);

		if (block->kind != NOTE_ITEM) {
			if (depth >= 0 && block->depth == 0)
				break;
			continue;
		}
		if (depth < 0)
			depth = block->depth;
		if (block->depth < depth)
			break;
		if (block->depth == depth) {
			take_text(finder, block->text, strcspn(block->text, "\n"));
			taken++;
		}
	}
	return taken;
}

static bool
has_items(const struct highlights_finder *finder, int first, int last)
{
	for (int i = first; i <= last; i++)
		if (block_of(finder, i)->kind == NOTE_ITEM)
			return true;
	return false;
}

// Lines without bullets under a heading: as long as they are short.
static void
take_lines(struct highlights_finder *finder, int first, int last)
{
	guint before = finder->items->len;
	int lines = 0;

	for (int i = first; i <= last; i++) {
		const struct note_block *block = block_of(finder, i);
		bool more = block->kind == NOTE_PARAGRAPH;

		for (const char *p = block->text; more && *p;) {
			size_t len = strcspn(p, "\n");
			char folded[96];

			phrases_fold(p, MIN(len, 72), folded, sizeof(folded));
			more = len <= LINE_MAX_BYTES &&
			       !phrases_match(PHRASES_CLOSING, folded, true) &&
			       !phrases_match(PHRASES_EMPTY, folded, false) &&
			       !g_strstr_len(p, len, "://");
			if (more && len > 0) {
				take_text(finder, p, len);
				lines++;
			}
			p += len + (p[len] == '\n');
		}
		if (!more)
			break;
	}
	if (lines < 2)
		g_ptr_array_set_size(finder->items, before);
}

static void
take_times(struct highlights_finder *finder, int first, int last)
{
	for (guint i = 0; i < finder->times->len; i++) {
		const struct found_time *time = &g_array_index(finder->times, struct found_time, i);

		if (time->listed && time->block >= first && time->block <= last)
			take_text(finder, time->title, strlen(time->title));
	}
}

static int
count_times(const struct highlights_finder *finder, int first, int last)
{
	int n = 0;

	for (guint i = 0; i < finder->times->len; i++) {
		const struct found_time *time = &g_array_index(finder->times, struct found_time, i);

		n += time->listed && time->block >= first && time->block <= last;
	}
	return n;
}

// Sections under a heading of highlights.
static bool
find_sections(struct highlights_finder *finder)
{
	for (guint s = 0; s < finder->sections->len; s++) {
		const struct section *section = &g_array_index(finder->sections, struct section, s);
		int first = section->first, last = section->last;

		if (section->kind != SECTION_HIGHLIGHTS)
			continue;
		if (count_times(finder, first, last) >= 2) {
			take_times(finder, first, last);
		} else if (has_items(finder, first, last)) {
			take_list(finder, first, last);
		} else if (first <= last) {
			const struct note_block *block = block_of(finder, first);
			bool flat =
			    !strchr(block->text, '\n') && strlen(block->text) > LINE_MAX_BYTES;

			if (flat) {
				GPtrArray *items = seams_split(
				    block->text, block->text + strlen(block->text), finder->most);

				g_ptr_array_extend_and_steal(finder->items, items);
			} else {
				take_lines(finder, first, last);
			}
		}
	}
	return finder->items->len > 0;
}

// A list of times anywhere.
static bool
find_times(struct highlights_finder *finder)
{
	double before = -1;
	int rising = 0;

	for (guint i = 0; i < finder->times->len; i++) {
		const struct found_time *time = &g_array_index(finder->times, struct found_time, i);

		if (!time->listed)
			continue;
		rising += time->start_s > before;
		before = time->start_s;
	}
	if (rising < 3)
		return false;
	take_times(finder, 0, (int)finder->notes->blocks->len);
	return finder->items->len > 0;
}

// Headings that say "Michael #2: topic".
static bool
find_tagged(struct highlights_finder *finder)
{
	for (guint i = 0; i < finder->notes->blocks->len; i++) {
		const struct note_block *block = finder->notes->blocks->pdata[i];
		size_t len = strcspn(block->text, "\n");

		if (block->kind != NOTE_CODE && tag_len(block->text, block->text + len) > 0)
			take_text(finder, block->text, len);
	}
	if (finder->items->len < 2)
		g_ptr_array_set_size(finder->items, 0);
	return finder->items->len > 0;
}

// At least three headings of no known kind, each over a list of its own.
static bool
find_topics(struct highlights_finder *finder)
{
	for (guint s = 0; s < finder->sections->len; s++) {
		const struct section *section = &g_array_index(finder->sections, struct section, s);

		if (section->kind != SECTION_NONE || section->heading < 0)
			continue;
		const struct note_block *heading = block_of(finder, section->heading);
		size_t len = strlen(heading->text);
		bool named = heading->kind == NOTE_HEADING || heading->all_bold;

		if (named && len <= TOPIC_MAX_BYTES && heading->text[len - 1] != ':' &&
		    section->first <= section->last &&
		    block_of(finder, section->first)->kind == NOTE_ITEM)
			take_text(finder, heading->text, len);
	}
	if (finder->items->len < 3)
		g_ptr_array_set_size(finder->items, 0);
	return finder->items->len > 0;
}

static bool
list_is_topics(const struct highlights_finder *finder, const struct section *section, int at)
{
	int items = 0, links = 0, depth = block_of(finder, at)->depth;

	for (int i = at; i <= section->last; i++) {
		const struct note_block *block = block_of(finder, i);

		if (block->kind != NOTE_ITEM)
			break;
		if (block->depth != depth)
			continue;
		if (has_address(block))
			return false;
		items++;
		links += is_only_link(block);
	}
	return items >= 2 && links < items;
}

// The first list, where no heading of another kind stands over it.
static bool
find_bare_list(struct highlights_finder *finder)
{
	for (guint s = 0; s < finder->sections->len; s++) {
		const struct section *section = &g_array_index(finder->sections, struct section, s);

		if (section->kind != SECTION_NOTES &&
		    !(section->kind == SECTION_NONE && section->heading < 0))
			continue;
		for (int i = section->first; i <= section->last; i++) {
			if (block_of(finder, i)->kind != NOTE_ITEM)
				continue;
			if (!list_is_topics(finder, section, i))
				break;
			take_list(finder, i, section->last);
			return finder->items->len > 0;
		}
	}
	return false;
}

// One topic a paragraph under "Show notes": short ones, without links and full stops.
static bool
find_short_lines(struct highlights_finder *finder)
{
	for (guint s = 0; s < finder->sections->len; s++) {
		const struct section *section = &g_array_index(finder->sections, struct section, s);
		int run = 0;

		if (section->kind != SECTION_NOTES)
			continue;
		for (int i = section->first; i <= section->last; i++) {
			const struct note_block *block = block_of(finder, i);
			size_t len = strlen(block->text);

			if (block->kind != NOTE_PARAGRAPH || len > TOPIC_MAX_BYTES ||
			    strchr(block->text, '\n') || strchr(".!:", block->text[len - 1]) ||
			    is_only_link(block) || has_address(block))
				break;
			run++;
		}
		if (run < 4)
			continue;
		for (int i = section->first; i < section->first + run; i++)
			take_text(
			    finder, block_of(finder, i)->text, strlen(block_of(finder, i)->text));
	}
	return finder->items->len > 0;
}

// Whether the notes are little else than a transcript.
static bool
is_talk(const struct notes *notes)
{
	guint labels = 0, prose = 0;

	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];
		const char *colon = strchr(block->text, ':');

		if (block->kind != NOTE_PARAGRAPH)
			continue;
		prose++;
		labels += colon && colon - block->text <= 40 && g_ascii_isupper(block->text[0]);
	}
	return labels >= 6 && labels * 3 >= prose;
}

static void
find_all(struct highlights_finder *finder)
{
	static bool (*const ways[])(struct highlights_finder *) = {
	    find_sections,
	    find_tagged,
	    find_times,
	    seams_find_slashes,
	    seams_find,
	    find_topics,
	    find_bare_list,
	    find_short_lines,
	    seams_find_numbers,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		if (ways[i] == find_topics && is_talk(finder->notes))
			return;
		if (ways[i](finder))
			return;
	}
}

static void
highlight_time_free(struct highlight_time *time)
{
	g_free(time->title);
	g_free(time);
}

// WITH_TIMES: the list of times too. There is no use in more than MOST items.
static struct highlights *
find(const struct notes *notes, guint most, bool with_times)
{
	struct highlights *found = g_new0(struct highlights, 1);
	g_autoptr(GArray) sections = sections_find(notes);
	g_autoptr(GArray) times = times_find(notes, sections);

	found->items = g_ptr_array_new_with_free_func(g_free);
	found->times = g_ptr_array_new_with_free_func((GDestroyNotify)highlight_time_free);
	for (guint i = 0; with_times && i < times->len; i++) {
		struct found_time *from = &g_array_index(times, struct found_time, i);
		struct highlight_time *time = g_new0(struct highlight_time, 1);

		time->start_s = from->start_s;
		time->title = g_strdup(from->title);
		g_ptr_array_add(found->times, time);
	}
	find_all(&(struct highlights_finder){.notes = notes,
	    .sections = sections,
	    .times = times,
	    .items = found->items,
	    .most = most});
	return found;
}

struct highlights *
highlights_find(const struct notes *notes)
{
	return find(notes, G_MAXUINT, true);
}

void
highlights_free(struct highlights *highlights)
{
	if (!highlights)
		return;
	g_ptr_array_unref(highlights->items);
	g_ptr_array_unref(highlights->times);
	g_free(highlights);
}

// The first sentence that says something; NULL where none does.
static char *
first_sentence(const struct notes *notes)
{
	for (guint i = 0; i < notes->blocks->len; i++) {
		const struct note_block *block = notes->blocks->pdata[i];

		if (block->kind == NOTE_RULE || block->kind == NOTE_CODE)
			continue;
		const char *line = block->text; // the end of the line at P
		for (const char *p = block->text, *end = p + strlen(p); p < end;) {
			if (p >= line)
				line = p + strcspn(p, "\n");
			const char *stop = seams_sentence(p, line);
			char folded[96];
			size_t len = phrases_fold(p, MIN(stop - p, 72), folded, sizeof(folded));

			if (len >= 12 && stop[-1] != ':' &&
			    !phrases_match(PHRASES_EMPTY, folded, false))
				return text_clean_line(p, stop - p, FIRST_MAX_CHARS);
			for (p = stop; *p == ' ' || *p == '\n'; p++)
				;
		}
	}
	return NULL;
}

char *
highlights_row(const struct notes *notes, const char *summary)
{
	// The ways to find them want two at least.
	OWNED(highlights) found = find(notes, 2, false);

	if (found->items->len > 0)
		return g_strdup(found->items->pdata[0]);
	char *sentence = first_sentence(notes);

	return sentence ? sentence : text_clean_line(summary, -1, FIRST_MAX_CHARS);
}
