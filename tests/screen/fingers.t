# SPDX-License-Identifier: GPL-3.0-or-later
# A stranger's fingers: what other programs' keys do here is harmless.
hark add $SRCDIR/tests/screen/library.xml
run
expect Inbox·1
keys jjl
expect Enter play
keys m
expect Played:
keys u
expect Taken back.
keys x
expect u undo
keys u
expect Taken back.
keys e
expect 3 Queue·1
keys u
absent 3 Queue·1
keys n
expect Nothing found to go to: / finds.
keys b
expect b is bound to nothing; ? shows the keys.
keys <C-n>
expect >   日本語
keys <BS>
expect ›   日本語
keys f
absent How to keep a lamp
keys f
expect How to keep a lamp
keys <Space>
expect Nothing has played yet, and the queue is empty.
paste some words from elsewhere
expect What was pasted is dropped: only an address is taken here.
keys https://127.0.0.1:9/feed.xml<Enter>
expect no connection
keys q
keys <Esc><Esc><Esc><Esc>
expect [1 Shows]
signal INT
expect q leaves, Q leaves it playing
keys Q
exit 0
