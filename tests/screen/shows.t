# SPDX-License-Identifier: GPL-3.0-or-later
# The shows in one, two and three panes, at any size, and back again.
hark add $SRCDIR/tests/screen/library.xml
hark add $SRCDIR/data/tour/feed.xml
hark mark played 3
hark queue add 5
run
expect Inbox·
keys jjjjl
expect Enter play
screen shows-80x24
keys C
expect Enter play
screen shows-compact
keys C
size 120x36
expect Highlights
screen shows-120x36
size 60x20
expect newest first
screen shows-60x20
size 40x10
expect 2 Inbox
screen shows-40x10
size 31x8
expect hark needs 40×10; this is 31×8.
size 300x100
expect Highlights
size 80x24
expect Enter play
screen shows-80x24
keys Q
exit 0
