# SPDX-License-Identifier: GPL-3.0-or-later
# Every width where the panes change, the smallest and the largest screen, while it runs.
hark add $SRCDIR/tests/screen/library.xml
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
keys jjl
expect newest first
size 69x24
absent All shows
screen bounds-69
size 70x24
expect All shows
screen bounds-70
size 109x30
absent Highlights
screen bounds-109
size 110x30
expect Highlights
screen bounds-110
size 170x40
expect Highlights
screen bounds-170
size 200x60
expect Highlights
screen bounds-200x60
size 60x12
absent Highlights
screen bounds-60x12
size 60x11
expect Enter play
screen bounds-60x11
size 40x10
expect 2 Inbox
screen bounds-40x10
size 31x8
expect hark needs 40×10; this is 31×8.
keys jjj
size 39x40
expect hark needs 40×10; this is 39×40.
size 300x9
expect hark needs 40×10; this is 300×9.
size 1x1
size 300x100
expect [Notes]
keys kkk
expect Highlights
size 80x24
expect Enter play
keys 2
size 40x10
expect [2 Inbox
screen bounds-inbox
keys 3
expect The queue is empty.
screen bounds-queue
keys 4
expect No files yet.
screen bounds-downloads
keys ?
expect Keys:
screen bounds-help
keys qa
expect address:
keys an<Space>address<Space>that<Space>is<Space>longer<Space>than<Space>these<Space>forty<Space>cells
expect forty cells
screen bounds-prompt
keys <Esc><Esc>1
expect [1 Shows]
signal TERM
exit 0
restored
