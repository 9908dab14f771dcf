// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HARK_TEXT_FEED_SAX_H
#define HARK_TEXT_FEED_SAX_H

#include "text/feed_private.h"

// A push parser whose events go to PARSER's rows. Freed by xmlFreeParserCtxt.
xmlParserCtxtPtr feed_sax_new(struct feed_parser *parser);

#endif
