# SPDX-License-Identifier: GPL-3.0-or-later
# Help tells the keys of the screen it was asked on; what is bound to nothing says so.
hark add $SRCDIR/tests/screen/library.xml
run
expect Inbox·1
keys ?
expect Keys:
screen help-shows
keys q2
expect not yet decided
keys ?
expect Keys: Inbox
screen help-inbox
keys q3?
expect Keys: Queue
expect move
screen help-queue
keys q4?
expect Keys: Downloads
keys G
absent >decide
expect >volume
keys g<Esc>
expect No files yet
keys 1<PgDn>
size 120x36
keys ?
expect Keys:
keys ?
absent Keys:
size 80x24
keys w
expect w is bound to nothing; ? shows the keys.
keys 7
expect 7 is bound to nothing
keys <Esc><Esc><Esc>
expect [1 Shows]
keys q
exit 0
