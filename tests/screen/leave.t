# SPDX-License-Identifier: GPL-3.0-or-later
# Leaving: q asks where something plays, Q goes with a word, signals leave a clean terminal.
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
keys jjl<Enter>
expect 1:23
keys hq
expect Still playing.  q stop and quit   Q quit, keep playing   any other key: stay
keys j
absent Still playing.
keys q
expect Still playing.
keys Q
exit 0
run
expect Finding your way · A tour of hark
keys <Esc><Esc><Esc><Esc>
expect [1 Shows]
keys Q
expect Playing on: Finding your way. hark toggle · hark stop · hark
exit 0
run
expect Finding your way · A tour of hark
keys <C-c>
expect q leaves, Q leaves it playing
signal TERM
exit 0
run
expect Finding your way · A tour of hark
keys qq
exit 0
hark play 1
run
expect Finding your way · A tour of hark
kill-player
expect The player has gone.
signal HUP
exit 0
