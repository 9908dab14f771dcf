# SPDX-License-Identifier: GPL-3.0-or-later
# Inbox, queue, filter, find, marks, undo, commands, help.
hark add $SRCDIR/tests/screen/library.xml
run
expect Inbox·1
keys 2
expect not yet decided
screen lists-inbox
keys e
expect Queued last: How to keep a lamp alight for ninety years
expect Nothing undecided.
screen lists-inbox-decided
keys 1jjl
expect newest first
keys jvvve
expect 3 queued last,
keys 3
expect 3 Queue·4
keys :wait<Enter>
keys J
screen lists-queue
keys x
expect 3 Queue·3
keys u
expect Taken back.
expect 3 Queue·4
keys 1/fog<Enter>
expect The night the fog horn answered
screen lists-found
keys qF
keys longer:40m
expect under “longer:40m”
screen lists-filter
keys <Enter>q
expect 6 · newest first
keys Fzebra<Enter>
expect Nothing under “zebra” (6 hidden)
keys q
keys :ref<Tab>
expect refresh-all
keys <Esc>
keys :wibble<Enter>
expect There is no command “wibble”; ? lists them.
keys :set<Space>text-width<Space>60<Enter>
expect text-width is 60.
keys W
expect W is bound to nothing; ? shows the keys.
keys :bind<Space>W<Space>compact<Enter>W
screen lists-compact
keys W?
expect Keys: Episodes
absent bound to nothing
screen lists-help
keys q:messages<Enter>
expect There is no command
keys q
keys gjvjjVe
expect 4 queued last,
keys gVe
expect Queued last: 
keys uu
expect Taken back.
keys gMy
expect 6 marked as played
keys u
expect Taken back.
keys hF
keys house<Space>slow<Enter>
absent All shows
expect The Slow Lighthouse                      6
keys q
expect All shows
keys Fzebra<Enter>
expect Nothing under
absent Paint, rust
keys q
expect All shows
keys :wait<Enter>gjj
expect Paint, rust
keys M
expect Mark all 6 episodes as played?
keys nh
keys D
expect Unsubscribe from “The Slow Lighthouse”?
keys y
expect No shows yet.
keys u
expect The Slow Lighthouse
keys q
exit 0
