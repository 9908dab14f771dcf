# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two feeds to serve: one whole, one that takes its time.
mkdir -p "$HOME/www"
cp "$SRCDIR/tests/screen/library.xml" "$HOME/www/feed.xml"
chmod u+w "$HOME/www/feed.xml"
sed 's/The Slow Lighthouse/Zephyr/; s/>l-/>z-/g' "$SRCDIR/tests/screen/library.xml" \
    >"$HOME/www/slow.xml"
