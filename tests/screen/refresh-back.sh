# SPDX-License-Identifier: GPL-3.0-or-later
sed 's/l-9/l-10/; s/Brand new/Newer/; s/9[.]mp3/10.mp3/' "$HOME/www/away.xml" >"$HOME/www/feed.xml"
