# SPDX-License-Identifier: GPL-3.0-or-later
# The first play: keys work while the player begins, and what they say to it waits.
hark add $SRCDIR/data/tour/feed.xml
env HARK_PLAYER=/bin/false
run
expect Inbox·
keys jjl
expect Enter play
keys <Enter>
expect The player begins …
keys ?
expect Keys: Episodes
keys q
expect The player did not begin within 5 seconds.
keys qq
exit 0
env HARK_PLAYER=/no/such/player
run
expect Inbox·
keys jjl<Enter>
expect Could not start the player /no/such/player
keys qq
exit 0
env HARK_PLAYER
run
expect Inbox·
keys jjl<Enter><Space>]].
expect paused
expect 1.2x
expect  0:30 ━
keys <Space>
absent paused
keys qqq
exit 0
run
expect Inbox·
keys jjl<Enter>Q
expect Playing on: Finding your way.
exit 0
