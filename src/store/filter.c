// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of the filter language, one row each, and what they are in SQL.
#include "config.h"

#include "store/filter.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/episodes.h"
#include "store/filter_sql.h"

enum argument {
	ARGUMENT_NONE,
	ARGUMENT_TEXT,
	ARGUMENT_SPAN,
	ARGUMENT_AGE,
	ARGUMENT_DATE,
	ARGUMENT_NUMBER
};

// sql: a condition on episode e; each ? takes the term's argument. word NULL: not for typing.
struct filter_row {
	const char *word;
	enum argument argument;
	const char *sql;
};

#define BEGUN "e.id IN (SELECT episode_id FROM position WHERE position_s > 0)"
#define LENGTH "coalesce(e.measured_s, e.duration_s)"

enum {
	ROW_NEW,
	ROW_BEGUN,
	ROW_PLAYED,
	ROW_QUEUED,
	ROW_DOWNLOADED,
	ROW_ARCHIVED,
	ROW_SHOW,
	ROW_TAG,
	ROW_LONGER,
	ROW_SHORTER,
	ROW_NEWER,
	ROW_OLDER,
	ROW_AFTER,
	ROW_BEFORE,
	ROW_WORDS,
	ROW_SHOW_ID
};

static const struct filter_row rows[] = {
    [ROW_NEW] = {"new", ARGUMENT_NONE, "e.inbox = 1"},
    [ROW_BEGUN] = {"begun", ARGUMENT_NONE, BEGUN},
    [ROW_PLAYED] = {"played", ARGUMENT_NONE, "e.played_at IS NOT NULL"},
    [ROW_QUEUED] = {"queued", ARGUMENT_NONE,
	"e.id IN (SELECT episode_id FROM queue WHERE rank IS NOT NULL)"},
    [ROW_DOWNLOADED] = {"downloaded", ARGUMENT_NONE,
	"e.id IN (SELECT episode_id FROM file WHERE state = 5)"},
    [ROW_ARCHIVED] = {"archived", ARGUMENT_NONE, "e.archived_at IS NOT NULL"},
    [ROW_SHOW] = {"show:", ARGUMENT_TEXT,
	"e.show_id IN (SELECT id FROM show WHERE instr(folded, ?1) OR id = ?1)"},
    [ROW_TAG] = {"tag:", ARGUMENT_TEXT,
	"e.show_id IN (SELECT show_id FROM show_tag WHERE folded = ?1)"},
    [ROW_LONGER] = {"longer:", ARGUMENT_SPAN, LENGTH " > ?1"},
    [ROW_SHORTER] = {"shorter:", ARGUMENT_SPAN, LENGTH " < ?1"},
    [ROW_NEWER] = {"newer:", ARGUMENT_AGE, "e.sort_s > ?1"},
    [ROW_OLDER] = {"older:", ARGUMENT_AGE, "e.sort_s < ?1"},
    [ROW_AFTER] = {"after:", ARGUMENT_DATE, "e.sort_s >= ?1"},
    [ROW_BEFORE] = {"before:", ARGUMENT_DATE, "e.sort_s < ?1"},
    // The first subquery reads an index of titles alone, never the rows.
    [ROW_WORDS] = {NULL, ARGUMENT_TEXT,
	"(e.id IN (SELECT id FROM episode WHERE instr(folded, ?1))"
	" OR e.show_id IN (SELECT id FROM show WHERE instr(folded, ?1)))"},
    [ROW_SHOW_ID] = {NULL, ARGUMENT_NUMBER, "e.show_id = ?1"},
};

G_STATIC_ASSERT(FILE_HERE == 5);

const char *const filter_words[][2] = {
    {"new", N_("came after subscribing, not yet decided")},
    {"begun", N_("heard in part")},
    {"played", N_("heard, or marked so")},
    {"queued", N_("in the queue")},
    {"downloaded", N_("its file is on this machine")},
    {"archived", N_("decided against")},
    {"not:", N_("everything that the word after it does not let through")},
    {"show:", N_("of shows with these letters in their title, or of that number")},
    {"tag:", N_("of shows with that tag")},
    {"longer:", N_("longer than 30m, 1h")},
    {"shorter:", N_("shorter than 30m, 1h")},
    {"newer:", N_("published within 2d, 1w, 1y")},
    {"older:", N_("published before 2d, 1w, 1y")},
    {"after:", N_("published from 2020, 2020-03, 2020-03-14 on")},
    {"before:", N_("published before that")},
    {NULL, NULL},
};

static struct filter *
filter_new(void)
{
	struct filter *filter = g_new0(struct filter, 1);

	filter->terms = g_array_new(FALSE, FALSE, sizeof(struct filter_term));
	return filter;
}

static void
free_terms(GArray *terms)
{
	for (guint i = 0; i < terms->len; i++)
		g_free(g_array_index(terms, struct filter_term, i).word);
	g_array_free(terms, TRUE);
}

void
filter_free(struct filter *filter)
{
	if (!filter)
		return;
	free_terms(filter->terms);
	g_free(filter);
}

static struct filter *
filter_of(struct filter_term term)
{
	struct filter *filter = filter_new();

	g_array_append_val(filter->terms, term);
	return filter;
}

struct filter *
filter_show(gint64 show_id)
{
	return filter_of((struct filter_term){.row = ROW_SHOW_ID, .number = show_id});
}

struct filter *
filter_inbox(void)
{
	return filter_of((struct filter_term){.row = ROW_NEW});
}

struct filter *
filter_queue(void)
{
	return filter_of((struct filter_term){.row = ROW_QUEUED});
}

void
filter_take(struct filter *filter, struct filter *other)
{
	g_array_append_vals(filter->terms, other->terms->data, other->terms->len);
	g_array_set_size(other->terms, 0); // the words went over
	filter_free(other);
}

// ">30m" is a length, ">1w" an age: hours and less are listened to, days and more are waited for.
static int
row_of_sign(const char *word)
{
	bool age = *word && strchr("dwy", word[strlen(word) - 1]);

	if (*word == '>')
		return age ? ROW_OLDER : ROW_LONGER;
	return age ? ROW_NEWER : ROW_SHORTER;
}

// The row that WORD names and where its argument begins; plain words where none does.
static int
row_of(const char *word, const char **argument)
{
	*argument = word;
	if (*word == '>' || *word == '<') {
		*argument = word + 1;
		return row_of_sign(word);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!rows[i].word)
			continue;
		if (rows[i].argument == ARGUMENT_NONE && strcmp(word, rows[i].word) == 0)
			return i;
		if (rows[i].argument != ARGUMENT_NONE && g_str_has_prefix(word, rows[i].word)) {
			*argument = word + strlen(rows[i].word);
			return i;
		}
	}
	return ROW_WORDS;
}

// "lenght:30m" is a slip, not something to look for; "12:30", "http://…" and "Note:" are text.
static bool
is_slip(const char *word)
{
	size_t letters = strspn(word, "abcdefghijklmnopqrstuvwxyz");

	return letters > 0 && word[letters] == ':' && word[letters + 1] != '\0' &&
	       !strchr("/: ", word[letters + 1]) && !strchr(word, ' ');
}

static void
set_slip(const char *word, GError **error)
{
	g_autoptr(GString) known = g_string_new("not:");

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].word && rows[i].argument != ARGUMENT_NONE)
			g_string_append_printf(known, ", %s", rows[i].word);
	g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
	    _("%1$s: there is no such filter; there are %2$s"), word, known->str);
}

static bool
parse_word(const char *word, struct filter_term *term, GError **error)
{
	const char *argument;

	while (g_str_has_prefix(word, "not:")) {
		term->negated = !term->negated;
		word += strlen("not:");
	}
	term->row = row_of(word, &argument);
	if (term->row == ROW_WORDS && is_slip(word)) {
		set_slip(word, error);
		return false;
	}
	switch (rows[term->row].argument) {
	case ARGUMENT_TEXT:
		term->word = text_fold(argument);
		return true;
	case ARGUMENT_SPAN:
	case ARGUMENT_AGE:
		if (when_parse_span(argument, &term->value))
			return true;
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("%s: “%s” is no span of time; 90s, 30m, 1h, 2d, 1w and 1y are"), word,
		    argument);
		return false;
	case ARGUMENT_DATE:
		if (when_parse_day(argument, &term->number))
			return true;
		g_set_error(error, HARK_ERROR, HARK_ERROR_USAGE,
		    _("%s: “%s” is no date; 2020, 2020-03 and 2020-03-14 are"), word, argument);
		return false;
	default:
		return true;
	}
}

bool
filter_is_term(const char *word)
{
	const char *argument;

	while (g_str_has_prefix(word, "not:"))
		word += strlen("not:");
	int row = row_of(word, &argument);
	return row != ROW_WORDS ? rows[row].argument != ARGUMENT_NONE : is_slip(word);
}

struct filter *
filter_parse(const char *const *words, GError **error)
{
	OWNED(filter) filter = filter_new();

	for (; words && *words; words++) {
		struct filter_term term = {0};
		if (!**words)
			continue;
		if (!parse_word(*words, &term, error))
			return NULL;
		g_array_append_val(filter->terms, term);
	}
	return g_steal_pointer(&filter);
}

void
filter_append(const struct filter *filter, GString *sql)
{
	for (guint i = 0; filter && i < filter->terms->len; i++) {
		struct filter_term *term = &g_array_index(filter->terms, struct filter_term, i);
		g_autoptr(GString) condition = g_string_new(rows[term->row].sql);
		g_autofree char *place = g_strdup_printf("?%u", i + 1);

		g_string_replace(condition, "?1", place, 0);
		// IS NOT TRUE: an unknown length is not longer than an hour.
		g_string_append_printf(
		    sql, term->negated ? " AND (%s) IS NOT TRUE" : " AND %s", condition->str);
	}
}

void
filter_bind(const struct filter *filter, sqlite3_stmt *statement, gint64 now_s)
{
	for (guint i = 0; filter && i < filter->terms->len; i++) {
		struct filter_term *term = &g_array_index(filter->terms, struct filter_term, i);
		switch (rows[term->row].argument) {
		case ARGUMENT_TEXT:
			sqlite3_bind_text(statement, i + 1, term->word, -1, SQLITE_STATIC);
			break;
		case ARGUMENT_SPAN:
			sqlite3_bind_double(statement, i + 1, term->value);
			break;
		case ARGUMENT_AGE:
			sqlite3_bind_int64(statement, i + 1, now_s - (gint64)term->value);
			break;
		case ARGUMENT_DATE:
		case ARGUMENT_NUMBER:
			sqlite3_bind_int64(statement, i + 1, term->number);
			break;
		case ARGUMENT_NONE:
			break;
		}
	}
}
