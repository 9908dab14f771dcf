# SPDX-License-Identifier: GPL-3.0-or-later
# No shows: the lines to choose from; an address that is no feed; a file is added and opened.
run
expect No shows yet.
screen first-start
keys <Enter>/no/such/file.xml<Enter>
expect /no/such/file.xml
keys q
expect Take the tour
paste https://127.0.0.1:9/feed.xml
expect no connection
keys q
expect Take the tour
keys a$SRCDIR/tests/screen/library.xml<Enter>
expect Ida Moor
expect 6 episodes
keys <Enter>
expect Subscribed to The Slow Lighthouse
keys j
expect Enter episodes
screen added
keys q
exit 0
