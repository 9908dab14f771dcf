# SPDX-License-Identifier: GPL-3.0-or-later
#
# A show whose audio comes at once, slowly, or not at all.
mkdir -p "$HOME/www"
cp "$SRCDIR/data/tour/finding-your-way.opus" "$HOME/www/fast.opus"
cp "$SRCDIR/data/tour/finding-your-way.opus" "$HOME/www/slow.opus"
item() { # TITLE ADDRESS DAY
    printf '<item><title>%s</title><guid>%s</guid><pubDate>%s Aug 2024 09:00:00 +0000</pubDate>' \
        "$1" "$1" "$3"
    printf '<enclosure url="%s" length="1000" type="audio/ogg"/></item>\n' "$2"
}
{
    printf '<rss version="2.0"><channel><title>Three ways</title>\n'
    item First none.opus 4
    item Slow 'slow.opus?drip=800' 3
    item Fast fast.opus 2
    item Missing missing.opus 1
    printf '</channel></rss>\n'
} >"$HOME/www/feed.xml"
