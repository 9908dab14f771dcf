// SPDX-License-Identifier: GPL-3.0-or-later
//
// g_autoptr for plain structs (GLib's own wants a typedef, and hark has none):
//
//	OWNED(feed) feed = feed_parser_finish(...); // struct feed *, freed at the end of the scope
//	return g_steal_pointer(&feed);		    // unless it is given away
#ifndef HARK_BASE_OWNED_H
#define HARK_BASE_OWNED_H

#define OWNED(name) __attribute__((unused, cleanup(name##_cleanup))) struct name *

// Beside each _free: tells OWNED(NAME) to call FREE.
#define OWNED_DEFINE(name, free)                                                                   \
	static inline void name##_cleanup(struct name **owned)                                     \
	{                                                                                          \
		if (*owned)                                                                        \
			free(*owned);                                                              \
	}

#endif
