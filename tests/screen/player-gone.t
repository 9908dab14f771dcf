# SPDX-License-Identifier: GPL-3.0-or-later
# A player that is killed leaves the interface, a sentence and its place; Enter plays on from there.
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
keys jjl<Enter>
expect 1:23
keys <Space>
expect paused
keys :seek<Space>0:50<Enter>
expect  0:50 ━
keys <Space>
absent paused
keys <Space>
expect paused
keys :seek<Space>0:40<Enter>
expect  0:40 ━
sh at-40.sh
kill-player
expect The player has gone. The place is kept; Space plays on.
expect Nothing plays. Space goes on with what played last.
expect 43s left
keys <Enter>
expect ♫ Finding your way
expect  0:4
keys <Space>
expect paused
kill-player
expect The player has gone.
keys <Space>
expect ♫ Finding your way
expect  0:4
keys hq
expect Still playing.
keys q
exit 0
restored
