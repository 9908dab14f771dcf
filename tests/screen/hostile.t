# SPDX-License-Identifier: GPL-3.0-or-later
# Titles and notes that would like to own the terminal: every cell stays where it belongs.
hark add $SRCDIR/tests/feeds/hostile.xml
run
expect Inbox·1
keys jjl
expect 8 · newest first
screen hostile-80x24
size 40x10
expect 2 Inbox
keys GC
screen hostile-40x10
keys gC
size 200x60
expect Highlights
screen hostile-200x60
size 80x24
absent Highlights
keys l
expect Highlights
screen hostile-notes
keys hjjj
expect >   All work
keys l
expect The feed says nothing about this episode.
keys h2
expect not yet decided
screen hostile-inbox
keys 1
keys jjD
expect unsubscribe
keys Q
exit 0
restored
