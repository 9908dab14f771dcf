# SPDX-License-Identifier: GPL-3.0-or-later
# Hooks beside the interface: one that hangs holds back no key, one that is missing is said.
sh refresh-setup.sh
sh hooks-setup.sh
serve $HOME/www
sh hooks-add.sh
run
expect Inbox·1
sh refresh-new.sh
keys R
expect 1 new episode.
expect Inbox·2
keys jjl
expect newest first
keys jj
expect >   日本語
expect on-refresh-done: the program “no-such-program” was not found.
keys :messages<Enter>
expect on-new-episode: “sleep” took longer than 2 seconds and was ended.
keys Q
exit 0
