// SPDX-License-Identifier: GPL-3.0-or-later
//
// The decoder of what a terminal sends: UTF-8, CSI and SS3 keys in the forms of xterm, rxvt, screen
// and the Linux console, bracketed paste; strings of control (OSC, DCS, APC, PM, SOS) are dropped.
#include "config.h"

#include "ui/key.h"

#include <string.h>

#define PASTE_MAX (1 << 20)
#define SEQUENCE_MAX 64 // no key is longer; what does not end by then is dropped

struct input {
	GString *bytes; // not yet understood
	size_t at;
	GString *paste; // being pasted, else NULL
	bool in_string; // inside OSC, DCS, ...: dropped until its end
	bool flush;	// no more will come: an escape is the key
};

struct input *
input_new(void)
{
	struct input *input = g_new0(struct input, 1);
	input->bytes = g_string_new(NULL);
	return input;
}

void
input_free(struct input *input)
{
	if (!input)
		return;
	if (input->paste)
		g_string_free(input->paste, TRUE);
	g_string_free(input->bytes, TRUE);
	g_free(input);
}

void
input_feed(struct input *input, const char *bytes, size_t len)
{
	g_string_erase(input->bytes, 0, (gssize)input->at);
	input->at = 0;
	input->flush = false;
	g_string_append_len(input->bytes, bytes, (gssize)len);
}

bool
input_waits(const struct input *input)
{
	return !input->paste && !input->in_string && input->at < input->bytes->len;
}

bool
input_begins(const struct input *input, const char *text)
{
	return !input->paste && !input->in_string &&
	       g_str_has_prefix(input->bytes->str + input->at, text);
}

bool
input_breaks(const struct input *input)
{
	return memchr(input->bytes->str + input->at, 3, input->bytes->len - input->at) != NULL;
}

void
input_flush(struct input *input)
{
	input->flush = true;
}

static key_code
key_of_csi_number(unsigned number)
{
	static const key_code keys[] = {[1] = KC_HOME,
	    [2] = KC_INSERT,
	    [3] = KC_DELETE,
	    [4] = KC_END,
	    [5] = KC_PGUP,
	    [6] = KC_PGDN,
	    [7] = KC_HOME,
	    [8] = KC_END,
	    [11] = KC_F1,
	    [12] = KC_F1 + 1,
	    [13] = KC_F1 + 2,
	    [14] = KC_F1 + 3,
	    [15] = KC_F1 + 4,
	    [17] = KC_F1 + 5,
	    [18] = KC_F1 + 6,
	    [19] = KC_F1 + 7,
	    [20] = KC_F1 + 8,
	    [21] = KC_F1 + 9,
	    [23] = KC_F1 + 10,
	    [24] = KC_F12};
	return number < G_N_ELEMENTS(keys) ? keys[number] : KC_NONE;
}

static key_code
key_of_letter(char letter)
{
	switch (letter) {
	case 'A':
		return KC_UP;
	case 'B':
		return KC_DOWN;
	case 'C':
		return KC_RIGHT;
	case 'D':
		return KC_LEFT;
	case 'H':
		return KC_HOME;
	case 'F':
		return KC_END;
	case 'M':
		return KC_ENTER; // of the number pad
	case 'P':
	case 'Q':
	case 'R':
	case 'S':
		return KC_F1 + (key_code)(letter - 'P');
	case 'Z':
		return KC_TAB | KC_SHIFT;
	case 'a': // rxvt: with Shift
	case 'b':
	case 'c':
	case 'd':
		return key_of_letter((char)(letter - 'a' + 'A')) | KC_SHIFT;
	default:
		return KC_NONE;
	}
}

// xterm's modifier parameter: 1 + Shift 1, Alt 2, Ctrl 4.
static key_code
key_bits(unsigned modifier)
{
	unsigned held = modifier > 1 && modifier <= 16 ? modifier - 1 : 0;
	return (held & 1 ? KC_SHIFT : 0) | (held & 2 ? KC_ALT : 0) | (held & 4 ? KC_CTRL : 0);
}

// A sequence "ESC [ parameters final" at P. Gives its length, 0 where it is not all there, and its
// key (KC_NONE: none of ours) or *PASTE.
static size_t
read_csi(const char *p, size_t len, key_code *key, bool *paste)
{
	unsigned numbers[4] = {0};
	size_t count = 0, i = 2;

	if (len > 2 && p[2] == '[') { // Linux console: ESC [ [ A is F1
		if (len < 4)
			return 0;
		*key = p[3] >= 'A' && p[3] <= 'E' ? KC_F1 + (key_code)(p[3] - 'A') : KC_NONE;
		return 4;
	}
	for (; i < len && i < SEQUENCE_MAX; i++) {
		if (g_ascii_isdigit(p[i]))
			numbers[count] = MIN(numbers[count] * 10 + (unsigned)(p[i] - '0'), 99999);
		else if (p[i] == ';')
			count = MIN(count + 1, G_N_ELEMENTS(numbers) - 1);
		else if (p[i] >= 0x40 && p[i] <= 0x7e)
			break;
		else if (p[i] == '$')
			break; // rxvt: with Shift
	}
	if (i == len && i < SEQUENCE_MAX)
		return 0;
	if (i == SEQUENCE_MAX)
		return i;
	if (p[i] == '~' && numbers[0] == 200)
		*paste = true;
	else if (p[i] == '~' || p[i] == '$')
		*key = key_of_csi_number(numbers[0]);
	else if (p[2] != '?' && p[2] != '<' && p[2] != '>' && numbers[0] <= 1)
		*key = key_of_letter(p[i]); // with another number it is a report
	if (*key != KC_NONE)
		*key |= key_bits(numbers[1]) | (p[i] == '$' ? KC_SHIFT : 0);
	return i + 1;
}

static key_code
key_of_control(unsigned char byte)
{
	switch (byte) {
	case '\r':
	case '\n':
		return KC_ENTER;
	case '\t':
		return KC_TAB;
	case 0x08:
	case 0x7f:
		return KC_BACKSPACE;
	case 0x1b:
		return KC_ESC;
	default:
		// ^\ ^] ^^ ^_ and ^@ keep their sign, the others their letter.
		return KC_CTRL |
		       (byte >= 1 && byte <= 26 ? (key_code)byte + 'a' - 1 : (key_code)byte + '@');
	}
}

// One character or control at P. 0 where more bytes are needed.
static size_t
read_plain(const struct input *input, const char *p, size_t len, key_code *key)
{
	if ((unsigned char)*p < 0x20 || *p == 0x7f) {
		*key = key_of_control((unsigned char)*p);
		return 1;
	}
	gunichar c = g_utf8_get_char_validated(p, (gssize)len);
	if (c == (gunichar)-2 && !input->flush && len < 6)
		return 0;
	if (c >= (gunichar)-2) // not UTF-8: dropped
		return 1;
	*key = c >= 0x80 && c < 0xa0 ? KC_NONE : c;
	return (size_t)g_utf8_skip[(guchar)*p];
}

static size_t
read_escape(struct input *input, const char *p, size_t len, key_code *key, bool *paste)
{
	if (len == 1) {
		if (!input->flush)
			return 0;
		*key = KC_ESC;
		return 1;
	}
	size_t used = 0;
	if (p[1] == '[')
		used = read_csi(p, len, key, paste);
	else if (p[1] == 'O' && len >= 3) {
		*key = key_of_letter(p[2]);
		used = 3;
	} else if (strchr("]P_^X", p[1])) {
		input->in_string = true;
		used = 2;
	} else if (p[1] == 0x1b) {
		*key = KC_ESC;
		used = 1;
	} else if (p[1] != 'O' && (used = read_plain(input, p + 1, len - 1, key)) > 0) {
		*key |= *key != KC_NONE ? KC_ALT : 0;
		used++;
	}
	if (used == 0 && input->flush) { // "ESC [" alone was Alt and a bracket
		*key = KC_ALT | (key_code)(unsigned char)p[1];
		return 2;
	}
	return used;
}

// Drops until BEL or ESC \ (the backslash is dropped with the escape).
static void
skip_string(struct input *input)
{
	const char *p = input->bytes->str;
	size_t len = input->bytes->len;

	for (; input->at < len; input->at++) {
		if (p[input->at] == '\a' || p[input->at] == 0x18 || p[input->at] == 0x1a) {
			input->at++;
			input->in_string = false;
			return;
		}
		if (p[input->at] == 0x1b) {
			if (input->at + 1 == len)
				return;
			input->at += p[input->at + 1] == '\\' ? 2 : 0;
			input->in_string = false;
			return;
		}
	}
}

// Takes what was pasted so far; true at its end.
static bool
take_paste(struct input *input)
{
	static const char end[] = "\033[201~";
	const char *p = input->bytes->str + input->at;
	size_t len = input->bytes->len - input->at;
	const char *found = memmem(p, len, end, strlen(end));
	size_t take = found ? (size_t)(found - p) : len - MIN(len, strlen(end) - 1);
	size_t room = PASTE_MAX - MIN(input->paste->len, PASTE_MAX);

	g_string_append_len(input->paste, p, (gssize)MIN(take, room));
	input->at += take + (found ? strlen(end) : 0);
	return found;
}

bool
input_next(struct input *input, struct input_event *out)
{
	*out = (struct input_event){.kind = INPUT_NOTHING};
	while (input->at < input->bytes->len) {
		if (input->in_string) {
			size_t before = input->at;
			skip_string(input);
			if (input->in_string && input->at == before)
				return false;
			continue;
		}
		if (input->paste) {
			if (!take_paste(input))
				return false;
			out->kind = INPUT_PASTE;
			out->text = g_string_free(g_steal_pointer(&input->paste), FALSE);
			return true;
		}
		const char *p = input->bytes->str + input->at;
		size_t len = input->bytes->len - input->at;
		bool paste = false;
		size_t used = *p == 0x1b ? read_escape(input, p, len, &out->key, &paste)
					 : read_plain(input, p, len, &out->key);
		if (used == 0)
			return false;
		input->at += used;
		if (paste)
			input->paste = g_string_new(NULL);
		if (out->key != KC_NONE) {
			out->kind = INPUT_KEY;
			return true;
		}
	}
	return false;
}
