# SPDX-License-Identifier: GPL-3.0-or-later
# A transcript that follows the voice keeps its line in sight at every size.
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
keys jjl
expect Enter play
keys <Enter>
expect 1:23
keys <Space>
expect paused
keys :seek<Space>0:50<Enter>
expect  0:50 ━
keys T
expect follows
expect ▸
size 40x10
expect ♫ 0:50
expect ▸
screen follow-40x10
size 300x100
expect follows
expect ▸
size 120x36
expect [Transcript]
expect ▸
screen follow-120x36
size 80x24
expect Transcript · vtt · follows
expect ▸
screen follow-80x24
keys <Space>
absent paused
size 200x60
expect follows
size 40x10
expect ▸
size 80x24
expect follows
keys <Space>
expect paused
keys qqqq
exit 0
