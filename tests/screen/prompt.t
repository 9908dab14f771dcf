# SPDX-License-Identifier: GPL-3.0-or-later
# The prompt: completion, editing as in readline, history, and what is no command.
hark add $SRCDIR/tests/screen/library.xml
run
expect Inbox·1
keys :refr<Tab>
expect :refresh
keys <Tab>
expect :refresh-all
keys <Tab>
expect :refresh
keys <C-u>
absent refresh
keys set<Space>sp<Tab>
expect set speed
keys <C-w><C-w>
absent speed
keys wibble<Enter>
expect There is no command “wibble”; ? lists them.
keys :<Up>
expect :wibble
keys <C-a>x<C-e>y
expect :xwibbley
keys <C-u>
absent wibbley
keys <BS>
expect Enter episodes
keys :one<Space>two<C-b><C-b><C-b><C-k>three<C-a><C-d>
expect :ne three
screen prompt-edited
keys <C-g>
expect Enter episodes
keys :abc<C-c>
absent abc
expect Enter episodes
keys :screen<Space>9<Enter>
expect There is no screen “9”: 1 to 4.
keys :screen<Enter>
expect Usage: screen N
keys :set<Space>wibble<Space>3<Enter>
expect wibble
keys :"unclosed<Enter>
expect is not closed
paste not an address
expect What was pasted is dropped
keys :
paste compact
expect :compact
keys <Enter>
keys :screen<Space>2<Enter>
expect [2 Inbox
keys :
size 40x10
expect :
keys <Esc>
size 80x24
keys qq
exit 0
restored
