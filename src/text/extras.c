// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/extras.h"

#include <jansson.h>
#include <string.h>

static const struct {
	const char *element;
	const char *words[2], *address; // keys; the first that is there
} shown[] = {
	{ "trailer", { "text" }, "url" },
	{ "podroll", { "title", "feedGuid" }, "feedUrl" },
	{ "location", { "text" }, NULL },
	{ "license", { "text" }, "url" },
};

static void
extra_fact_free(struct extra_fact *fact)
{
	if (!fact)
		return;
	g_free(fact->text);
	g_free(fact);
}

static const char *
string_at(const json_t *object, const char *key)
{
	return key ? json_string_value(json_object_get(object, key)) : NULL;
}

static void
add_fact(GPtrArray *facts, size_t row, const json_t *object)
{
	const char *address = string_at(object, shown[row].address);
	const char *words = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(shown[row].words) && !words; i++)
		words = string_at(object, shown[row].words[i]);
	if (!words && !address)
		return;
	struct extra_fact *fact = g_new0(struct extra_fact, 1);
	fact->element = shown[row].element;
	fact->text = g_strjoin(" ", words ? words : address, words ? address : NULL, NULL);
	g_ptr_array_add(facts, fact);
}

GPtrArray *
extras_facts(const char *extras)
{
	GPtrArray *facts = g_ptr_array_new_with_free_func((GDestroyNotify)extra_fact_free);
	json_t *list = extras ? json_loads(extras, 0, NULL) : NULL;
	size_t i, n;
	json_t *object, *child;

	for (size_t row = 0; row < G_N_ELEMENTS(shown); row++)
		json_array_foreach(list, i, object) {
			if (g_strcmp0(string_at(object, "element"), shown[row].element) != 0)
				continue;
			const json_t *children = json_object_get(object, "children");
			if (!children)
				add_fact(facts, row, object);
			json_array_foreach(children, n, child)
				add_fact(facts, row, child);
		}
	json_decref(list);
	return facts;
}
