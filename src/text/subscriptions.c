// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells lists of subscriptions apart, and reads those that are lines of text.
#include "config.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "text/opml_private.h"

#define TITLE_CHARS 1000

struct subscription *
subscription_new(const char *address, int line)
{
	struct subscription *subscription = g_new0(struct subscription, 1);

	subscription->address = g_strdup(address);
	subscription->line = line;
	subscription->tags = g_ptr_array_new_with_free_func(g_free);
	return subscription;
}

void
subscription_free(struct subscription *subscription)
{
	if (!subscription)
		return;
	g_free(subscription->address);
	g_free(subscription->title);
	g_free(subscription->own_title);
	g_free(subscription->wrong);
	g_free(subscription->link);
	g_ptr_array_unref(subscription->tags);
	g_free(subscription);
}

void
subscription_tag(struct subscription *subscription, const char *tag)
{
	g_autofree char *clean = text_clean_line(tag, strlen(tag), TITLE_CHARS);
	GPtrArray *tags = subscription->tags;

	g_strstrip(clean);
	if (!*clean || tags->len >= SUBSCRIPTION_TAGS_MAX ||
	    g_ptr_array_find_with_equal_func(tags, clean, g_str_equal, NULL))
		return;
	g_ptr_array_add(tags, g_steal_pointer(&clean));
}

// newsboat's lines that are no addresses: what a shell would run, and searches.
static const struct {
	const char *begins, *sentence;
} refused[] = {
    {"exec:", N_("a program whose output is a feed cannot be subscribed to")},
    {"filter:", N_("a feed that a program changes cannot be subscribed to")},
    {"query:", N_("a search is no subscription")},
};

static char *
wrong_with(const char *address)
{
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
		if (g_str_has_prefix(address, refused[i].begins))
			return g_strdup(_(refused[i].sentence));
	return NULL;
}

// URL "tag" "~title" "!": newsboat's, of which a bare address is the simplest.
static struct subscription *
read_line(const char *line, int number)
{
	g_auto(GStrv) words = NULL;

	if (!g_shell_parse_argv(line, NULL, &words, NULL))
		words = g_strsplit_set(line, " \t", -1);
	struct subscription *found = subscription_new(words[0], number);
	found->wrong = wrong_with(found->address);
	for (char **word = words + 1; *word && !found->wrong; word++) {
		if (**word == '~' && !found->own_title)
			found->own_title =
			    text_clean_line(*word + 1, strlen(*word + 1), TITLE_CHARS);
		else if (**word != '~' && strcmp(*word, "!") != 0)
			subscription_tag(found, *word);
	}
	return found;
}

static void
read_lines(const char *text, GPtrArray *list)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (int i = 0; lines[i] && list->len < SUBSCRIPTIONS_MAX; i++) {
		const char *line = g_strstrip(lines[i]);
		if (*line && *line != '#')
			g_ptr_array_add(list, read_line(line, i + 1));
	}
}

// Marks the lines without a scheme, a host or a file's path as wrong. False where most are.
static bool
check_addresses(const GPtrArray *list)
{
	guint odd = 0;

	for (guint i = 0; i < list->len; i++) {
		struct subscription *one = list->pdata[i];
		if (one->wrong || strpbrk(one->address, ".:"))
			continue;
		one->wrong = g_strdup(_("this is no address"));
		odd++;
	}
	return !list->len || odd * 2 < list->len;
}

// What begins with a tag is markup of another kind.
static bool
is_markup(const char *text)
{
	while (g_ascii_isspace(*text))
		text++;
	return *text == '<';
}

GPtrArray *
subscriptions_read(const char *bytes, size_t len, GError **error)
{
	g_autoptr(GPtrArray) list =
	    g_ptr_array_new_with_free_func((GDestroyNotify)subscription_free);

	if (opml_read(bytes, len, list))
		return g_steal_pointer(&list);
	g_autofree char *text = text_clean_block(bytes, (gssize)len);
	bool markup = is_markup(text);
	g_ptr_array_set_size(list, 0);
	if (!markup)
		read_lines(text, list);
	if (!markup && check_addresses(list))
		return g_steal_pointer(&list);
	g_set_error_literal(error, HARK_ERROR, HARK_ERROR_FAILED,
	    markup ? _("this is no list of subscriptions, but a page or a feed")
		   : _("this is no list of subscriptions: neither OPML nor addresses"));
	return NULL;
}
