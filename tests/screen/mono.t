# SPDX-License-Identifier: GPL-3.0-or-later
# Without colours, and without UTF-8.
hark add $SRCDIR/tests/screen/library.xml
env NO_COLOR=1
run
expect Inbox·1
keys jjl
expect Enter play
screen mono
keys q
env NO_COLOR
env LC_ALL=C
run
keys jjl
expect Enter play
screen ascii
keys Q
exit 0
env TERM=wibble
env LC_ALL=C.UTF-8
run
expect Inbox·1
keys q
exit 0
