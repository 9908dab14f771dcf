# SPDX-License-Identifier: GPL-3.0-or-later
#
# A folder to serve: a feed, a page without one, words.
mkdir -p "$HOME/www"
cp "$SRCDIR/tests/screen/library.xml" "$HOME/www/feed.xml"
printf '<!doctype html><html><head><title>A page</title></head><body>Hello</body></html>' \
    >"$HOME/www/page.html"
printf 'never a feed' >"$HOME/www/words.txt"
