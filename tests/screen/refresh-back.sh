# SPDX-License-Identifier: GPL-3.0-or-later
sed 's/l-9/l-10/; s/Brand new/Newer/' "$HOME/www/away.xml" >"$HOME/www/feed.xml"
