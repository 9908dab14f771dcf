// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/library.h"

#include <unistring/version.h>

static char *
glib_compiled(void)
{
	return g_strdup_printf("%d.%d.%d", GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION,
	    GLIB_MICRO_VERSION);
}

static char *
glib_running(void)
{
	return g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version,
	    glib_micro_version);
}

static char *
unistring_compiled(void)
{
	return g_strdup_printf("%d.%d", _LIBUNISTRING_VERSION >> 16,
	    _LIBUNISTRING_VERSION >> 8 & 0xff);
}

static char *
unistring_running(void)
{
	return g_strdup_printf("%d.%d", _libunistring_version >> 16,
	    _libunistring_version >> 8 & 0xff);
}

const struct library base_libraries[] = {
	{ "GLib", glib_compiled, glib_running },
	{ "libunistring", unistring_compiled, unistring_running },
	{ NULL },
};
