# SPDX-License-Identifier: GPL-3.0-or-later
# Without colours, on terminals of little and of no fame, and without UTF-8.
hark add $SRCDIR/tests/screen/library.xml
env NO_COLOR=1
run
expect Inbox·1
keys jjl
expect Enter play
screen mono
keys q
expect Enter episodes
keys q
exit 0
env NO_COLOR
env TERM=vt100
run
expect Inbox·1
keys jjl
expect Enter play
screen mono-vt100
keys Q
exit 0
restored
env TERM=unknown-thing
run
expect Inbox·1
keys jjl
expect Enter play
screen mono-unknown
keys Q
exit 0
restored
env TERM=xterm-256color
env LC_ALL=C
run
keys jjl
expect Enter play
screen ascii
keys l
expect Highlights
screen ascii-notes
keys h?
expect Keys: Episodes
screen ascii-help
keys qa
expect address:
keys $SRCDIR/tests/screen/library.xml<Enter>
expect Ida Moor - 6 episodes
expect wh~
expect Stra?e ?
keys q:compl<Tab>
expect :compl
keys <Esc>d4
expect Downloads
expect 1 failed
expect > ! The Slow Lighthouse - How
expect 0 running, 0 waiting, 1 failed
keys Q
exit 0
restored
