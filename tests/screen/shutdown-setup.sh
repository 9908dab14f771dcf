# SPDX-License-Identifier: GPL-3.0-or-later
#
# Three shows to refresh, two of them slow; the one with audio is three-ways.xml.
mv "$HOME/www/feed.xml" "$HOME/www/lighthouse.xml"
sh "$SRCDIR/tests/screen/download-setup.sh"
mv "$HOME/www/feed.xml" "$HOME/www/three-ways.xml"
