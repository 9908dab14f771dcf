// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/library.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xmlversion.h>

static char *
xml_compiled(void)
{
	return g_strdup(LIBXML_DOTTED_VERSION);
}

// libxml2 tells its own version as one number, 20914.
static char *
xml_running(void)
{
	guint64 number = g_ascii_strtoull(xmlParserVersion, NULL, 10);
	return g_strdup_printf("%u.%u.%u", (unsigned)(number / 10000),
	    (unsigned)(number / 100 % 100), (unsigned)(number % 100));
}

static char *
jansson_compiled(void)
{
	return g_strdup(JANSSON_VERSION);
}

static char *
jansson_running(void)
{
	return g_strdup(jansson_version_str());
}

const struct library text_libraries[] = {
	{ "libxml2", xml_compiled, xml_running },
	{ "jansson", jansson_compiled, jansson_running },
	{ NULL },
};
