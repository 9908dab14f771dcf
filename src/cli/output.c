// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/when.h"

#define GAP 2		  // cells between columns
#define LAST_WIDTH_MIN 16 // the column that gets the rest gets at least this
#define TEXT_WIDTH 88	  // SCREENS: text is never set wider

static int
terminal_width(int fd)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	int width = columns ? atoi(columns) : 0;

	if (width > 0)
		return CLAMP(width, 20, 2000);
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return MAX(size.ws_col, 20);
	return 80;
}

void
output_init(struct output *output, FILE *file, bool json, const char *template, bool colour)
{
	bool terminal = isatty(fileno(file));

	*output = (struct output){
	    .file = file,
	    .mode = json       ? OUTPUT_JSON
		    : template ? OUTPUT_TEMPLATE
		    : terminal ? OUTPUT_TABLE
			       : OUTPUT_ROWS,
	    .template = template,
	    .width = terminal_width(fileno(file)),
	    .colour = colour && terminal,
	};
	jsonout_init_file(&output->json, file);
}

const char *
output_bold(const struct output *output)
{
	return output->colour ? "\033[1m" : "";
}

const char *
output_plain(const struct output *output)
{
	return output->colour ? "\033[m" : "";
}

int
output_text_width(const struct output *output, int limit)
{
	return MIN(output->width, limit > 0 ? limit : TEXT_WIDTH);
}

static char *
value_look(const struct value *value, enum column_look look)
{
	switch (look) {
	case LOOK_DAY:
		return when_day(value->number, when_now());
	case LOOK_LENGTH:
		return when_length(value->real);
	case LOOK_CLOCK:
		return value->real < 0 ? g_strdup("") : when_clock(value->real);
	case LOOK_SIZE:
		return value->number < 0 ? g_strdup("") : g_format_size((guint64)value->number);
	case LOOK_PLAIN:
		break;
	}
	return value_text(value);
}

// The width of COLUMN: its own, or what the others leave.
static int
column_width(const struct output *output, const struct column *column)
{
	int taken = 0;

	if (column->width > 0)
		return column->width;
	for (const struct column *other = output->columns; other->name; other++)
		if (output->width >= other->from)
			taken += other->width + (other[1].name ? GAP : 0);
	return MAX(output->width - taken, LAST_WIDTH_MIN);
}

// Appends TEXT as a cell of COLUMN, if there is room for it; the last one is not filled up.
static void
put_cell(const struct output *output, GString *line, const struct column *column, const char *text)
{
	if (output->width < column->from)
		return;
	int width = column_width(output, column);
	g_autofree char *fitted = text_fit(text, width, "…");
	int blanks = width - text_width(fitted, -1);

	if (column->right)
		g_string_append_printf(line, "%*s", blanks, "");
	g_string_append(line, fitted);
	if (column[1].name)
		g_string_append_printf(line, "%*s", (column->right ? 0 : blanks) + GAP, "");
}

static void
print_head(struct output *output)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (const struct column *column = output->columns; column->name; column++)
		put_cell(output, line, column, _(column->head));
	fprintf(output->file, "%s%s%s\n", output->colour ? "\033[4m" : "", line->str,
	    output_plain(output));
}

void
list_begin(struct output *output, const struct column *columns)
{
	output->columns = columns;
	output->rows = 0;
	if (output->mode == OUTPUT_JSON)
		jsonout_begin_array(&output->json, NULL);
}

static void
put_table_row(struct output *output, const struct record *record)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (const struct column *column = output->columns; column->name; column++) {
		const struct value *value = record_find(record, column->name);
		g_autofree char *text = value ? value_look(value, column->look) : g_strdup("");
		put_cell(output, line, column, text);
	}
	g_strchomp(line->str);
	fprintf(output->file, "%s%s%s\n", record->strong ? output_bold(output) : "", line->str,
	    record->strong ? output_plain(output) : "");
}

static void
put_tab_row(struct output *output, const struct record *record)
{
	for (const struct column *column = output->columns; column->name; column++) {
		const struct value *value = record_find(record, column->name);
		g_autofree char *text = value ? value_text(value) : g_strdup("");
		fprintf(output->file, "%s%s", column == output->columns ? "" : "\t", text);
	}
	fputc('\n', output->file);
}

static bool
put_template(struct output *output, const struct record *record, GError **error)
{
	g_autofree char *text = record_template(record, output->template, error);

	if (text)
		fprintf(output->file, "%s\n", text);
	return text != NULL;
}

bool
list_put(struct output *output, const struct record *record, GError **error)
{
	bool first = output->rows++ == 0;

	switch (output->mode) {
	case OUTPUT_JSON:
		record_json(record, NULL, &output->json);
		return true;
	case OUTPUT_TEMPLATE:
		return put_template(output, record, error);
	case OUTPUT_TABLE:
		if (first)
			print_head(output);
		put_table_row(output, record);
		return true;
	case OUTPUT_ROWS:
		put_tab_row(output, record);
		return true;
	}
	return true;
}

void
list_end(struct output *output)
{
	if (output->mode != OUTPUT_JSON)
		return;
	jsonout_end_array(&output->json);
	jsonout_end_document(&output->json);
}

bool
output_one(struct output *output, const struct record *record, bool *done, GError **error)
{
	*done = output->mode == OUTPUT_JSON || output->mode == OUTPUT_TEMPLATE;
	if (output->mode == OUTPUT_TEMPLATE)
		return put_template(output, record, error);
	if (output->mode == OUTPUT_JSON) {
		record_json(record, NULL, &output->json);
		jsonout_end_document(&output->json);
	}
	return true;
}

// Bytes of LINE (LEN long) that fit CELLS, cut where UAX 14 allows it, and in *NEXT where the next
// line begins.
static size_t
break_line(const char *text, size_t len, const char *breaks, int cells, size_t *next)
{
	size_t fits = text_prefix(text, (gssize)len, cells), cut = fits;

	for (size_t i = 1; i < fits; i++)
		if (breaks[i] == TEXT_BREAK_MUST) {
			fits = cut = i;
			break;
		}
	if (fits < len && breaks[fits] == TEXT_BREAK_NONE) {
		while (cut > 0 && breaks[cut] == TEXT_BREAK_NONE)
			cut--;
		if (cut == 0)
			cut = MAX(fits, 1);
	}
	*next = cut;
	while (cut > 0 && g_ascii_isspace(text[cut - 1]))
		cut--;
	return cut;
}

void
output_wrapped(struct output *output, const char *first, const char *text)
{
	if (output->mode != OUTPUT_TABLE) {
		fprintf(output->file, "%s%s\n", first, text);
		return;
	}
	size_t len = strlen(text);
	int indent = text_width(first, -1);
	int cells = MAX(output_text_width(output, 0) - indent, 10);
	g_autofree char *breaks = g_malloc0(len + 1);

	text_breaks(text, len, breaks);
	for (size_t at = 0, next; at < len || at == 0; at += next) {
		size_t cut = break_line(text + at, len - at, breaks + at, cells, &next);
		fprintf(output->file, "%s%*s%.*s\n", at == 0 ? first : "", at == 0 ? 0 : indent, "",
		    (int)cut, text + at);
		if (next == 0)
			break;
	}
}
