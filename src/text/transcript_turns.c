// SPDX-License-Identifier: GPL-3.0-or-later
//
// Speakers' turns in running text, as notes, plain text and plain HTML hold them (SHOWNOTES section
// 4): "Emily: ...", "[00:01:02] Lisa Wang: ...", "Darin Pope  0:00", "Corey:" alone on its line.
#include <string.h>

#include "base/text.h"
#include "text/notes_times.h"
#include "text/transcript_read.h"

// What a line begins with.
struct label {
	char *name;	// NULL: none
	double start_s; // negative: none
	size_t after;	// where its text begins
	bool sure;	// bold, or beside a time: a name though it occurs once
};

struct turn {
	char *name;
	double start_s;
	bool sure;
	GString *text;
};

struct turns {
	GArray *list;	    // struct turn
	GHashTable *counts; // name -> times seen
	bool new_paragraph;
};

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

// "[00:01:02]", "(1:02)", "00:12", "[00:00:00.160 --> 00:00:05.520]" at P; what follows it.
static const char *
read_lead_time(const char *p, double *start_s)
{
	struct time_code code, end;
	const char *q = skip_blanks(p);
	bool bracket = *q == '[' || *q == '(';

	q = skip_blanks(q + bracket);
	size_t n = time_code_at(q, &code);

	if (n == 0)
		return NULL;
	q = skip_blanks(q + n);
	if (g_str_has_prefix(q, "-->") || *q == '-' || g_str_has_prefix(q, "–")) {
		const char *to = skip_blanks(q + strspn(q, "->–"));
		size_t m = time_code_at(to, &end);

		q = m > 0 ? skip_blanks(to + m) : q;
	}
	if (bracket && *q != ']' && *q != ')')
		return NULL;
	q = skip_blanks(q + bracket);
	if (*q == ':')
		q = skip_blanks(q + 1);
	*start_s = code.seconds;
	return q;
}

// "Darin Pope 0:00" or "Matty (00:00):" on a line of its own, LEN bytes.
static bool
read_name_time(const char *p, size_t len, struct label *label)
{
	struct time_code code;

	while (len > 0 && strchr(" :)]", p[len - 1]))
		len--;
	size_t digits = len;

	while (digits > 0 && (g_ascii_isdigit(p[digits - 1]) || strchr(":.", p[digits - 1])))
		digits--;
	if (digits < 2 || len - digits < 3 || time_code_at(p + digits, &code) != len - digits)
		return false;
	size_t name = digits;

	while (name > 0 && strchr(" ([-|,", p[name - 1]))
		name--;
	if (name == digits || !voice_is_name(p, name))
		return false;
	label->name = g_strndup(p, name);
	label->start_s = code.seconds;
	label->sure = true;
	return true;
}

static struct label
read_label(const char *line, size_t len, bool bold)
{
	struct label label = {.start_s = -1};
	const char *p = read_lead_time(line, &label.start_s);

	if (p && (size_t)(p - line) <= len)
		label.after = p - line;
	else
		label.start_s = -1;
	p = line + label.after;
	if (label.start_s < 0 && len < 80 && read_name_time(p, len, &label)) {
		label.after = len;
		return label;
	}
	g_autofree char *text = g_strndup(p, len - label.after);
	size_t after = 0;

	label.name = voice_label(text, &after);
	if (label.name) {
		label.after += after;
		label.sure = label.start_s >= 0 || bold;
		// "Matty: (00:10) text", "Break: [04:01]", "Adam Jonas: 00:00:02" over the text
		double start_s;
		const char *rest =
		    label.start_s < 0 ? read_lead_time(line + label.after, &start_s) : NULL;

		if (rest && (strchr("[(", line[label.after]) || (size_t)(rest - line) == len)) {
			label.start_s = start_s;
			label.after = rest - line;
		}
	}
	return label;
}

static void
turn_clear(gpointer data)
{
	struct turn *turn = data;

	g_free(turn->name);
	g_string_free(turn->text, TRUE);
}

static struct turn *
last_turn(struct turns *turns)
{
	return turns->list->len > 0 ? &g_array_index(turns->list, struct turn, turns->list->len - 1)
				    : NULL;
}

static void
append_text(struct turns *turns, const char *text, size_t len)
{
	struct turn *turn = last_turn(turns);

	if (len == 0)
		return;
	if (turn->text->len > 0)
		g_string_append(turn->text, turns->new_paragraph ? "\n\n" : " ");
	g_string_append_len(turn->text, text, len);
	turns->new_paragraph = false;
}

static int
times_seen(const struct turns *turns, const char *name)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(turns->counts, name));
}

static void
read_line(struct turns *turns, const char *line, size_t len, bool bold)
{
	struct label label = read_label(line, len, bold);
	const struct turn *before = last_turn(turns);

	if (label.name || label.start_s >= 0 || !before) {
		struct turn turn = {.name = label.name,
		    .start_s = label.start_s,
		    .sure = label.sure,
		    .text = g_string_new(NULL)};

		if (label.name) {
			int n = times_seen(turns, label.name);

			g_hash_table_insert(
			    turns->counts, g_strdup(label.name), GINT_TO_POINTER(n + 1));
		}
		g_array_append_val(turns->list, turn);
	}
	append_text(turns, line + label.after, len - label.after);
}

static bool
begins_bold(const struct note_block *block, size_t at)
{
	for (guint i = 0; i < block->spans->len; i++) {
		const struct note_span *span = &g_array_index(block->spans, struct note_span, i);

		if (span->start > at)
			break;
		if (span->style & NOTE_BOLD && span->start + span->len > at)
			return true;
	}
	return false;
}

static void
read_blocks(struct turns *turns, const struct notes *notes, int first, int last)
{
	for (int i = first; i <= last; i++) {
		const struct note_block *block = notes->blocks->pdata[i];

		if (block->kind == NOTE_RULE || block->kind == NOTE_HEADING)
			continue;
		turns->new_paragraph = true;
		for (const char *line = block->text; *line;) {
			size_t len = strcspn(line, "\n");

			read_line(turns, line, len, line == block->text && begins_bold(block, 0));
			line += len + (line[len] == '\n');
		}
	}
}

static bool
is_voice(const struct turns *turns, const struct turn *turn)
{
	if (!turn->name)
		return false;
	// "Brian Douglas" once, and "Brian" from then on.
	g_autofree char *first = g_strndup(turn->name, strcspn(turn->name, " "));

	return turn->sure || voice_is_role(turn->name) || times_seen(turns, turn->name) >= 2 ||
	       times_seen(turns, first) >= 2;
}

// A label that turned out to be none goes back to the text of the turn before.
static void
undo_labels(struct turns *turns)
{
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(struct turn));

	for (guint i = 0; i < turns->list->len; i++) {
		struct turn *turn = &g_array_index(turns->list, struct turn, i);
		struct turn *before =
		    kept->len > 0 ? &g_array_index(kept, struct turn, kept->len - 1) : NULL;

		if (turn->name && !is_voice(turns, turn)) {
			g_autofree char *head = g_strconcat(turn->name, ": ", NULL);

			g_string_prepend(turn->text, head);
			g_clear_pointer(&turn->name, g_free);
			if (before && turn->start_s < 0) {
				g_string_append(before->text, "\n\n");
				g_string_append_len(before->text, turn->text->str, turn->text->len);
				turn_clear(turn);
				continue;
			}
		}
		g_array_append_val(kept, *turn);
	}
	g_array_set_clear_func(turns->list, NULL);
	g_array_unref(turns->list);
	turns->list = kept;
	g_array_set_clear_func(turns->list, turn_clear);
}

// "Brian" is "Brian Douglas" where no other Brian speaks.
static const char *
full_name(GHashTable *full, const char *name)
{
	const char *longer = g_hash_table_lookup(full, name);

	return longer && *longer ? longer : name;
}

static GHashTable *
full_names(const struct turns *turns)
{
	GHashTable *full = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (guint i = 0; i < turns->list->len; i++) {
		const struct turn *turn = &g_array_index(turns->list, struct turn, i);
		const char *blank =
		    turn->name && !voice_is_role(turn->name) ? strchr(turn->name, ' ') : NULL;

		if (!blank)
			continue;
		g_autofree char *first = g_strndup(turn->name, blank - turn->name);
		const char *known = g_hash_table_lookup(full, first);

		// Two of one first name: an empty value says that it is nobody's.
		if (!known)
			g_hash_table_insert(full, g_strdup(first), g_strdup(turn->name));
		else if (strcmp(known, turn->name) != 0)
			g_hash_table_insert(full, g_strdup(first), g_strdup(""));
	}
	return full;
}

// Times hold where most turns have one and they rise; what lacks one lies between its neighbours.
static bool
settle_times(struct turns *turns)
{
	double before = 0;
	guint timed = 0;

	for (guint i = 0; i < turns->list->len; i++) {
		struct turn *turn = &g_array_index(turns->list, struct turn, i);

		if (turn->start_s >= 0 && turn->start_s < before)
			turn->start_s = -1;
		if (turn->start_s < 0)
			continue;
		before = turn->start_s;
		timed++;
	}
	if (timed < 2 || timed * 2 < turns->list->len)
		return false;
	before = 0;
	for (guint i = 0; i < turns->list->len; i++) {
		struct turn *turn = &g_array_index(turns->list, struct turn, i);

		if (turn->start_s < 0)
			turn->start_s = before;
		before = turn->start_s;
	}
	return true;
}

static void
make_cues(struct turns *turns, struct transcript *transcript)
{
	g_autoptr(GHashTable) full = full_names(turns);

	transcript->timed = settle_times(turns);
	for (guint i = 0; i < turns->list->len && i < TRANSCRIPT_MAX_CUES; i++) {
		struct turn *turn = &g_array_index(turns->list, struct turn, i);

		if (turn->text->len == 0)
			continue;
		struct cue *cue = g_new0(struct cue, 1);

		cue->start_s = transcript->timed ? turn->start_s : -1;
		cue->end_s = -1;
		cue->speaker = turn->name ? g_strdup(full_name(full, turn->name)) : NULL;
		cue->text = g_strndup(turn->text->str, turn->text->len);
		g_ptr_array_add(transcript->cues, cue);
	}
	if (transcript->timed)
		transcript_carry_voices(transcript);
}

// Whether the turns are many enough to make a conversation.
static bool
is_conversation(const struct turns *turns)
{
	const char *one = NULL;
	guint named = 0, timed = 0;
	bool several = false;

	for (guint i = 0; i < turns->list->len; i++) {
		const struct turn *turn = &g_array_index(turns->list, struct turn, i);

		timed += turn->start_s >= 0 && turn->text->len > 20;
		if (!turn->name)
			continue;
		named++;
		several = several || (one && strcmp(one, turn->name) != 0);
		one = turn->name;
	}
	return (named >= 4 && several) || timed >= 10;
}

struct transcript *
turns_read(
    const struct notes *notes, int first, int last, enum transcript_source source, bool need_turns)
{
	struct transcript *transcript = transcript_new(source);
	struct turns turns = {
	    .list = g_array_new(FALSE, FALSE, sizeof(struct turn)),
	    .counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};

	g_array_set_clear_func(turns.list, turn_clear);
	read_blocks(&turns, notes, first, last);
	undo_labels(&turns);
	if (!need_turns || is_conversation(&turns))
		make_cues(&turns, transcript);
	g_array_unref(turns.list);
	g_hash_table_unref(turns.counts);
	return transcript;
}
