# SPDX-License-Identifier: GPL-3.0-or-later
#
# The server was asked for the feed with its validators, and said that nothing had changed.
grep -q '"GET /feed.xml HTTP/1.1" 304' "$HOME/access.log"
