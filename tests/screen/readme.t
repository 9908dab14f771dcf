# SPDX-License-Identifier: GPL-3.0-or-later
# The picture in README.md: a show with the highlights of its episodes, one of them playing. The
# show is the one in $SHARED/seed.
size 80x24
nginx $HOME/www
sh seed-setup.sh
run
expect No shows yet
keys a
expect address:
keys $BASE/feed.xml<Enter>
expect 9 episodes
keys <Enter>
expect Starting an open source company
keys ljjjm
expect ✓
keys gj<Enter>
expect ♫
keys <Space>
expect paused
expect ch 1/5
keys }}
expect ch 3/5
keys gj
absent Played:
screen readme
keys qq
exit 0
