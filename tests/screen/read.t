# SPDX-License-Identifier: GPL-3.0-or-later
# Reading: notes with their highlights, transcript, chapters, links; finding in them.
hark add $SRCDIR/tests/screen/library.xml
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
keys jjl
expect How to keep a lamp
keys l
expect Highlights
screen read-notes
keys o
expect lighthouse.example/plans
screen read-links
keys t
expect This episode has none. Its notes: i.
keys c
expect Chapters
keys hhjljc
expect Chapters ·
keys hlt
expect Nora
screen read-transcript
keys /microphone<Enter>
expect Nothing for “microphone” here.
keys /sentence<Enter>
screen read-found
keys q
keys c
expect Chapters ·
screen read-chapters
size 120x36
expect [Chapters
screen read-three-panes
keys f
absent [Chapters
keys ?
expect Keys: Chapters
absent mark, mark to here
keys qq
expect [Chapters
keys qq
keys hh?
expect Keys: Shows
expect unsubscribe
keys q3?
expect move the row down, up
keys q1q
exit 0
