# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing sounds before a key; q peels layer by layer and is silent at the end where nothing plays.
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
absent ♫
sh stopped.sh
keys <Esc><Esc><C-c>
expect q leaves, Q leaves it playing
keys q
exit 0
restored
run
expect Inbox·
keys jjl
expect newest first
keys Freading<Enter>
absent Keeping up
keys v/while<Enter>l
expect Highlights
keys ?
expect Keys:
keys q
expect Highlights
keys q
expect Reading while
absent Keeping up
keys qqq
expect Keeping up
keys :screen<Space>2<Enter>
expect not yet decided
keys <Esc><Esc><Esc>
expect not yet decided
keys 1
keys <Esc><Esc><Esc><Esc>
expect [1 Shows]
keys q
exit 0
restored
# What plays is asked about; any other key stays; Esc never quits.
hark play 1
run
expect ♫
keys q
expect Still playing.  q stop and quit   Q quit, keep playing   any other key: stay
keys <Enter>
absent Still playing.
keys q
expect Still playing.
keys <Esc>
absent Still playing.
keys q
expect Still playing.
keys Q
exit 0
restored
expect Playing on: Finding your way. hark toggle · hark stop · hark
sh plays.sh
run
expect ♫
keys <Space>
expect paused
keys q
exit 0
restored
sh stopped.sh
