# SPDX-License-Identifier: GPL-3.0-or-later
# Cron beside the interface; refreshing by hand; a show that fails and comes back.
sh refresh-setup.sh
serve $HOME/www
sh refresh-add.sh
run
expect Inbox·2
keys jjl
expect newest first
keys jj
expect >   Control reversed
sh refresh-new.sh
hark refresh
expect ◉  Brand new, straight from cron
expect >   Control reversed
expect Inbox·3
screen refresh-cron
keys R
expect ⟳
absent ⟳
expect Nothing new.
keys h
sh refresh-gone.sh
keys r
expect 404
expect >!The Slow Lig
keys j
keys k
expect >!The Slow
expect ! $BASE/feed.xml: the server says 404 not found. r tries now.
keys R
expect 404
sh refresh-back.sh
keys r
expect 1 new episode.
absent >!The Slow
keys j
absent new episode
screen refresh-back
keys Q
exit 0
