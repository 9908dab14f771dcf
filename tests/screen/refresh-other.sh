# SPDX-License-Identifier: GPL-3.0-or-later
#
# Another process refreshes all shows; one has news, one takes half a minute.
cp "$HOME/www/slow.xml" "$HOME/slow.xml"
sh "$SRCDIR/tests/screen/refresh-new.sh"
{
    sed 's/<\/channel>.*//' "$HOME/slow.xml"
    printf '<!-- %0600000d --></channel></rss>' 0
} >"$HOME/www/slow.xml"
"$HARK" refresh --force --quiet >/dev/null 2>&1 </dev/null &
echo $! >"$HOME/beside"
