# SPDX-License-Identifier: GPL-3.0-or-later
# While another process refreshes: what it finds appears, the cursor stays, keys are answered, and
# what the user does is done. It is killed in the end, and nothing is the worse for it.
sh refresh-setup.sh
serve $HOME/www
sh refresh-add.sh
run
expect Inbox·2
keys jjl
expect newest first
keys jj
expect >   Control reversed
sh refresh-other.sh
expect ◉  Brand new, straight from cron
expect >   Control reversed
expect Inbox·3
sh refresh-under-way.sh
keys j
expect >   5
keys j
expect >   Paint, rust
keys m
expect Played: Paint
keys kk
expect >   Control reversed
keys 2
expect [2 Inbox·3]
keys 1
sh refresh-under-way.sh
sh refresh-killed.sh
keys R
expect Nothing new.
absent ⟳
keys u
expect Taken back. Played: Paint, rust
keys Q
exit 0
