# SPDX-License-Identifier: GPL-3.0-or-later
# Finding and filtering in every pane, and taking both off again.
hark add $SRCDIR/tests/screen/library.xml
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·2
keys jj/tour<Enter>
expect > A tour of hark
keys n
expect > A tour of hark
keys q/slow<Esc>
expect > A tour of hark
keys Fslow<Enter>
absent All shows
expect Slow Lighthouse
keys q
expect All shows
keys Fzebra<Enter>
expect “zebra” (2
keys q
expect All shows
keys g/slow<Enter>l
expect 6 · newest first
keys /p<Enter>
keys n
expect >   Paint
keys n
expect >◉  How to keep
keys N
expect >   Paint
keys q/NIGHT<Enter>
expect >   The night the fog horn
keys N
expect >   The night the fog horn
keys q/zebra<Enter>
expect Nothing for “zebra” here.
keys qFpaint<Enter>
expect Paint, rust, paint
absent The night
keys q
expect The night
keys gl
expect Highlights
keys /lamp<Enter>
expect >12:30    The second lamp
keys n
keys qq
expect 6 · newest first
keys ?/queue<Enter>
expect queue last
keys qq
expect 6 · newest first
keys Q
exit 0
