# SPDX-License-Identifier: GPL-3.0-or-later
mv "$HOME/www/feed.xml" "$HOME/www/away.xml"
