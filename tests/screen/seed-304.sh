# SPDX-License-Identifier: GPL-3.0-or-later
#
# The server was asked for the feed with its validators, and said that nothing had changed.
tries=0
until grep -q '"GET /feed.xml HTTP/1.1" 304' "$HOME/access.log"; do
    tries=$((tries + 1))
    [ $tries -lt 100 ]
    sleep 0.1
done
