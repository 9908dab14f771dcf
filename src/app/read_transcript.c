// SPDX-License-Identifier: GPL-3.0-or-later
//
// The transcript: times in the margin, a name where the voice changes, the spoken passage marked on
// each of its lines; and chapters, which are read the same way.
#include <string.h>

#include "app/reading.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"
#include "store/texts.h"
#include "text/chapters.h"

#define PAUSED_NEAR_S 0.1

// The transcript with times, true or estimated, joined into passages.
static struct transcript *
load(struct reading *self, GError **error)
{
	struct app *app = self->view.app;
	OWNED(transcript) whole = transcript_load(app->store, self->episode_id, error);

	if (!whole || whole->cues->len == 0)
		return NULL;
	double length_s = self->episode ? self->episode->duration_s : -1;
	if (voice_plays(app, self->episode_id) && play_state(app->play)->duration_s > 0)
		length_s = play_state(app->play)->duration_s;
	if (!whole->timed && length_s > 0)
		transcript_estimate(whole, length_s);
	return transcript_passages(whole);
}

static const struct transcript *
reading_transcript(struct reading *self)
{
	struct app *app = self->view.app;
	GError *error = NULL;

	if (!self->transcript_read && self->episode_id) {
		self->transcript_version = transcript_version(app->store, self->episode_id);
		self->transcript = load(self, &error);
		self->transcript_read = true;
		if (error)
			app_error(app, error);
	}
	return self->transcript;
}

bool
transcript_is_same(struct reading *self)
{
	// Estimated times hang on the length as well.
	return self->transcript && self->transcript->timed && self->transcript_version > 0 &&
	       transcript_version(self->view.app->store, self->episode_id) ==
		   self->transcript_version;
}

bool
transcript_wants_fetch(struct reading *self)
{
	struct app *app = self->view.app;

	if (!transcript_wanted(app->store, self->episode_id, NULL))
		return false;
	g_autoptr(GPtrArray) offers = transcript_offers(app->store, self->episode_id, NULL);
	if (!offers || offers->len == 0)
		return false;
	const struct offer *offer = offers->pdata[0];
	const char *host = strstr(offer->url, "://");
	g_free(self->transcript_host);
	self->transcript_host =
	    host ? g_strndup(host + 3, strcspn(host + 3, "/?#")) : g_path_get_basename(offer->url);
	self->texts[READ_TRANSCRIPT].laid = false;
	return true;
}

static void
lay_none(struct reading *self, struct reading_text *text, int cells)
{
	bool coming = self->transcript_host &&
		      transcript_wanted(self->view.app->store, self->episode_id, NULL);
	g_autofree char *words =
	    coming
		? g_strdup_printf(
		      _("Fetching the transcript from %s … (the audio plays meanwhile)"),
		      self->transcript_host)
		: g_strdup(
		      _("This episode has none. Its notes: i. A file beside the audio, TITLE.vtt, "
			"would be used."));
	textview_wrap(&text->text, -1, 1, cells, STYLE_DIM, words);
}

static int
widest_time(const struct transcript *transcript)
{
	const struct cue *last = transcript->cues->pdata[transcript->cues->len - 1];
	g_autofree char *clock = when_clock(last->start_s);
	return MAX(text_width(clock, -1) + transcript->estimated, 5);
}

// "21:37" or "~21:37", at the margin's end.
static void
set_time(struct reading *self, struct text_line *line, double start_s)
{
	const struct transcript *transcript = self->transcript;
	g_autofree char *clock = when_clock(start_s);
	g_autofree char *sign =
	    g_strconcat(transcript->estimated ? self->view.app->marks->estimated : "", clock, NULL);
	int cells = text_width(sign, -1);

	g_snprintf(line->margin, sizeof line->margin, "%*s%s",
	    transcript->estimated ? 0 : MAX(self->time_cells - cells, 0), "", sign);
	line->margin_style = STYLE_DIM;
}

// NAMES are borrowed, in the order they first speak.
static unsigned
voice_style(GPtrArray *names, const char *name)
{
	guint at;

	if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, &at)) {
		at = names->len;
		g_ptr_array_add(names, (char *)name);
	}
	return STYLE_VOICE + at % STYLE_VOICES;
}

// What kind of times these are, where they are not the document's own.
static void
lay_origin(const struct transcript *transcript, struct reading_text *text, int cells)
{
	const char *words = transcript->source == TRANSCRIPT_NOTES
				? (transcript->estimated ? _("from the notes, times estimated (~)")
							 : _("from the notes"))
			    : transcript->estimated ? _("times estimated (~)")
						    : NULL;
	if (!words)
		return;
	textview_wrap(&text->text, -1, 1, cells, STYLE_DIM, words);
	textview_add(&text->text, -1, 1, STYLE_TEXT, "", 0);
}

void
transcript_lay(struct reading *self, struct reading_text *text, int cells)
{
	const struct transcript *transcript = reading_transcript(self);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *speaker = NULL;

	if (!transcript || transcript->cues->len == 0) {
		lay_none(self, text, cells);
		return;
	}
	bool times = transcript->timed || transcript->estimated;
	self->time_cells = times ? widest_time(transcript) : 5;
	int indent = 1 + self->time_cells + 2;
	lay_origin(transcript, text, cells);
	for (guint i = 0; i < transcript->cues->len; i++) {
		const struct cue *cue = transcript->cues->pdata[i];
		int item = reading_item(text, times ? cue->start_s : -1, 0);
		bool change = cue->speaker && g_strcmp0(cue->speaker, speaker) != 0;
		if (change) {
			if (i > 0)
				textview_add(&text->text, -1, indent, STYLE_TEXT, "", 0);
			struct text_line *line = textview_add(&text->text, item, indent,
			    voice_style(names, cue->speaker), cue->speaker, -1);
			if (times)
				set_time(self, line, cue->start_s);
			speaker = cue->speaker;
		}
		guint first = text->text.lines->len;
		textview_wrap(&text->text, item, indent, cells - indent + 1, STYLE_TEXT, cue->text);
		if (!change && times)
			set_time(self, text->text.lines->pdata[first], cue->start_s);
	}
	self->cue = -1;
}

static int
spoken(struct reading *self)
{
	struct app *app = self->view.app;

	if (!self->transcript || !voice_plays(app, self->episode_id) ||
	    (!self->transcript->timed && !self->transcript->estimated))
		return -1;
	// After a seek the decoder rests a hair before what was asked for.
	const struct play_state *state = play_state(app->play);
	return transcript_at(
	    self->transcript, state->position_s + (state->paused ? PAUSED_NEAR_S : 0));
}

// The first line of CUE's words, below its speaker's name.
static int
words_line(struct reading *self, int cue)
{
	const struct textview *text = &self->texts[READ_TRANSCRIPT].text;
	const struct cue *spoken_cue = self->transcript->cues->pdata[cue];
	int line = textview_line_of(text, cue);

	if (line < 0 || line + 1 >= (int)text->lines->len)
		return line;
	const struct text_line *name = text->lines->pdata[line],
			       *next = text->lines->pdata[line + 1];
	return next->item == cue && spoken_cue->speaker &&
		       strcmp(name->text, spoken_cue->speaker) == 0 && name->style >= STYLE_VOICE
		   ? line + 1
		   : line;
}

void
transcript_follow(struct reading *self)
{
	struct textview *text = &self->texts[READ_TRANSCRIPT].text;
	int cue = spoken(self);

	if (cue < 0 || !self->follow || cue == self->cue ||
	    options_bool(self->view.app->options, OPT_CALM)) {
		self->cue = self->follow ? self->cue : -1;
		return;
	}
	int line = words_line(self, cue), last = line;
	while (last + 1 < (int)text->lines->len &&
	       ((struct text_line *)text->lines->pdata[last + 1])->item == cue)
		last++;
	// The whole passage and what comes next are kept in sight.
	bool far = line < text->list.top || last + 2 >= text->list.top + text->list.fits;
	listview_go(&text->list, line);
	if (far) {
		text->list.top = MAX(line - text->list.fits / 3, 0);
		listview_go(&text->list, line);
	}
	self->cue = cue;
}

void
transcript_mark(struct reading *self, struct area area)
{
	const struct textview *text = &self->texts[READ_TRANSCRIPT].text;
	const struct marks *marks = self->view.app->marks;
	int cue = spoken(self), shown = listview_shown(&text->list);

	for (int i = 0; cue >= 0 && i < shown; i++) {
		const struct text_line *line = text->lines->pdata[text->list.top + i];
		if (line->item != cue || line->style >= STYLE_VOICE)
			continue;
		// Behind the time, or where the time would be.
		int col = *line->margin ? 1 + self->time_cells : 1;
		bool current = text->list.top + i == text->list.cursor && self->view.focused;
		draw_text(area, i, col, 1, STYLE_SPOKEN | (current ? STYLE_CURSOR : 0),
		    marks->spoken, -1);
		if (!current)
			draw_style(
			    area, i, line->indent, text_width(line->text, -1), STYLE_SPOKEN, false);
	}
}

static char *
where_we_are(struct reading *self)
{
	const struct textview *text = &self->texts[READ_TRANSCRIPT].text;
	const struct transcript *transcript = self->transcript;
	int item = -1;

	for (int i = MIN(text->list.cursor, (int)text->lines->len - 1); i >= 0 && item < 0; i--)
		item = ((struct text_line *)text->lines->pdata[i])->item;
	if (item < 0 || item >= (int)transcript->cues->len)
		return NULL;
	const struct cue *cue = transcript->cues->pdata[item];
	g_autofree char *here = when_clock(cue->start_s);
	g_autofree char *voice = when_clock(play_state(self->view.app->play)->position_s);
	return g_strdup_printf(_("at %s, voice at %s %s T goes there"), here, voice,
	    self->view.app->marks->glyphs->dot);
}

char *
transcript_head(struct reading *self, bool wide)
{
	const struct transcript *transcript = self->transcript;
	const char *dot = self->view.app->marks->glyphs->dot;

	if (!transcript)
		return NULL;
	bool plays = spoken(self) >= 0 || voice_plays(self->view.app, self->episode_id);
	g_autofree char *source =
	    g_strdup_printf("%s%s", transcript_source_name(transcript->source),
		transcript->estimated ? self->view.app->marks->estimated : "");
	if (!plays)
		return g_steal_pointer(&source);
	if (!self->follow) {
		g_autofree char *where = where_we_are(self);
		return where && wide ? g_steal_pointer(&where) : g_strdup(_("T follows"));
	}
	return wide ? g_strdup_printf("%s %s %s", source, dot, _("follows"))
		    : g_strdup(_("follows"));
}

void
chapters_lay(struct reading *self, struct reading_text *text, int cells)
{
	const GPtrArray *chapters = reading_chapters(self);

	for (guint i = 0; i < chapters->len; i++) {
		const struct chapter *chapter = chapters->pdata[i];
		g_autofree char *clock = when_clock(chapter->start_s);
		int item = reading_item(text, chapter->start_s, 0);
		guint first = text->text.lines->len;
		g_autofree char *nameless =
		    *chapter->title ? NULL : g_strdup_printf(_("Chapter %u"), i + 1);

		textview_wrap(&text->text, item, 11, cells - 10, STYLE_TEXT,
		    nameless ? nameless : chapter->title);
		struct text_line *line = text->text.lines->pdata[first];
		g_snprintf(line->margin, sizeof line->margin, "%8s", clock);
		line->margin_style = STYLE_TIME;
	}
	if (chapters->len == 0)
		textview_wrap(&text->text, -1, 1, cells, STYLE_DIM,
		    _("This episode has no chapters. Its notes: i."));
}

void
chapters_mark(struct reading *self, struct area area)
{
	const struct textview *text = &self->texts[READ_CHAPTERS].text;
	struct app *app = self->view.app;
	int shown = listview_shown(&text->list);

	if (!voice_plays(app, self->episode_id))
		return;
	int now = chapters_at(reading_chapters(self), play_state(app->play)->position_s);
	for (int i = 0; i < shown; i++) {
		const struct text_line *line = text->lines->pdata[text->list.top + i];
		bool current = text->list.top + i == text->list.cursor && self->view.focused;
		if (line->item == now && now >= 0)
			draw_text(area, i, 9, 1, STYLE_SPOKEN | (current ? STYLE_CURSOR : 0),
			    app->marks->spoken, -1);
	}
}
