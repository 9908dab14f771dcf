# SPDX-License-Identifier: GPL-3.0-or-later
kill -KILL "$(cat "$HOME/beside")"
cp "$HOME/slow.xml" "$HOME/www/slow.xml"
