# SPDX-License-Identifier: GPL-3.0-or-later
# What ends the interface from outside: the terminal is restored and the sound goes on.
hark add $SRCDIR/data/tour/feed.xml
run
expect Inbox·
signal TERM
exit 0
restored
run
expect Inbox·
keys jjl<Enter>
expect 1:23
signal HUP
exit 0
restored
sh plays.sh
run
expect ♫ Finding your way
signal TERM
exit 0
restored
expect Playing on: Finding your way.
sh plays.sh
run
expect ♫ Finding your way
signal INT
expect q leaves, Q leaves it playing
signal KILL
exit 137
sh plays.sh
run
expect ♫ Finding your way
signal SEGV
exit 139
restored
sh plays.sh
run
expect ♫ Finding your way
signal ABRT
exit 134
restored
sh plays.sh
hark stop
sh stopped.sh
run
expect Inbox·
keys Q
exit 0
restored
