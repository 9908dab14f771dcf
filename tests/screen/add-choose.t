# SPDX-License-Identifier: GPL-3.0-or-later
# Add: what becomes of the episodes is chosen before subscribing.
sh add-setup.sh
run
expect No shows yet
keys a$HOME/www/feed.xml<Enter>
expect 6 episodes
expect ‹ inbox ›
screen add-choose
keys hl<Tab>
expect ‹ queue next ›
keys h
expect ‹ queue ›
keys j<Tab>
expect ‹ none ›
keys l
expect ‹ all ›
screen add-chosen
size 40x10
expect ‹ queue ›
expect ‹ all ›
size 80x24
keys <Enter>
expect Subscribed to The Slow Lighthouse
expect Inbox·6
keys q
exit 0
