# SPDX-License-Identifier: GPL-3.0-or-later
#
# The show brings out an episode.
item='<item><title>Brand new, straight from cron</title><guid>l-9</guid>'
item="$item<pubDate>Mon, 05 Aug 2024 15:00:00 +0000</pubDate>"
item="$item<enclosure url=\"https://lighthouse.example/9.mp3\" type=\"audio/mpeg\"/></item>"
sed "s|^<item><title>How to keep|$item\n&|" "$SRCDIR/tests/screen/library.xml" \
    >"$HOME/www/feed.xml"
