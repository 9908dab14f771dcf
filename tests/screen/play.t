# SPDX-License-Identifier: GPL-3.0-or-later
# Playing: the bar with its ticks, the transcript that follows, jumps from everywhere.
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
keys jjl
expect Enter play
keys <Enter>
expect 1:23
keys <Space>
expect paused
keys :seek<Space>0:37<Enter>
expect  0:37 ━
screen play-bar
keys T
expect follows
expect ▸
screen play-transcript
keys )
expect  0:41 ━
keys k
expect voice at 0:41 · T goes there
keys T
expect follows
keys (((
expect  0:28 ━
keys }
expect  0:36 ━
keys B
expect  0:28 ━
keys c
expect Chapters · 5
keys G<Enter>
expect  1:04 ━
keys <Space>
expect paused
keys i
expect Highlights
keys ]]
expect 1.2x
keys \
absent 1.2x
keys _
expect muted
keys q
keys <Enter>
expect Transcript · vtt · follows
size 120x36
expect [Transcript]
size 40x10
expect Transcript
size 80x24
keys qqq
exit 0
