# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs that hear of new episodes and of the end of a refresh: when, what they are told, and that
# each ends in its time.
. "${SRCDIR:-.}/tests/cli/lib.sh"

# feed FIRST LAST: a feed of the episodes with these numbers, newest first.
feed() {
    {
        printf '<rss version="2.0"><channel><title>Hooks &amp; eyes</title>'
        for n in $(seq "$2" -1 "$1"); do
            printf '<item><guid>g%s</guid><title>%s</title><link>https://h.example/%s</link>' \
                "$n" "${title-Number $n}" "$n"
            printf '<pubDate>%s Jan 2025 10:00:00 GMT</pubDate><enclosure url="%s/%s.mp3"' \
                "$n" "http://me:geheim@h.example" "$n"
            printf ' type="audio/mpeg" length="20000"/><itunes:duration'
            printf ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">1:02'
            printf '</itunes:duration>'
            printf '</item>\n'
        done
        printf '</channel></rss>\n'
    } >"$home/www/feed.xml"
}

conf() {
    mkdir -p "$XDG_CONFIG_HOME/hark"
    printf '%s\n' "$@" >"$XDG_CONFIG_HOME/hark/hark.conf"
}

heard() { # WHAT TEXT
    touch "$home/heard"
    printf '%s\n' "$2" >"$home/want"
    cmp -s "$home/want" "$home/heard"
    result $? "$1"
    sed 's/^/# heard: /' "$home/heard" >"$home/was"
    rm "$home/heard"
}

mkdir "$home/www"
cat >"$home/hook" <<'SH'
#!/bin/sh
echo "a word that nobody wants to read"
echo "$HARK_EVENT|$HARK_TITLE|$HARK_NEW" >>"$HOME/heard"
env | grep '^HARK_' | grep -v '^HARK_\(NOW\|AO\|PLAYER\|DATADIR\|COMPILE\)=' | sort >"$HOME/env"
SH
chmod +x "$home/hook"
conf "set on-new-episode ~/hook" "set on-refresh-done '$home/hook' x"
feed 1 3
serve "$home/www"
run add "$server/feed.xml"
exits 0 "a show is added"
ok "which calls nobody" test ! -e "$home/heard"

feed 1 5
run refresh --quiet
exits 0 "a refresh brings two"
silent "and says nothing, whatever hooks print"
heard "a call for each, the newest last, then the end" "new-episode|Number 4|1
new-episode|Number 5|1
refresh-done||2"
cat >"$home/want" <<'ENV'
HARK_EVENT=refresh-done
HARK_FAILED=0
HARK_HIGHLIGHT=
HARK_ID=
HARK_LINK=
HARK_NEW=2
HARK_PUBLISHED=
HARK_SECONDS=
HARK_SHOW=
HARK_SHOWS=1
HARK_SHOW_ID=
HARK_TITLE=
HARK_UPDATED=0
HARK_URL=
ENV
ok "what is told of a refresh" cmp "$home/want" "$home/env"
# shellcheck disable=SC2016
ok "the manual tells each" sh -c 'for name in $(sed "s/=.*//" "$1"); do
    grep -qw "$name" "$2" || exit 1; done' sh "$home/env" "$SRCDIR/man/hark.conf.5"

conf "set on-new-episode ~/hook"
title='$(touch "$HOME/oops"); `touch oops` "&amp;'"'"' &#10; two' feed 1 6
run refresh 1
exits 0 "one more"
cat >"$home/want" <<ENV
HARK_EVENT=new-episode
HARK_FAILED=
HARK_HIGHLIGHT=
HARK_ID=$("$HARK" episodes --template '{id}' | head -n 1)
HARK_LINK=https://h.example/6
HARK_NEW=1
HARK_PUBLISHED=2025-01-06T10:00:00Z
HARK_SECONDS=62
HARK_SHOW=Hooks & eyes
HARK_SHOWS=
HARK_SHOW_ID=1
HARK_TITLE=\$(touch "\$HOME/oops"); \`touch oops\` "&' two
HARK_UPDATED=
HARK_URL=http://h.example/6.mp3
ENV
ok "what is told of an episode: clean, and without a password" cmp "$home/want" "$home/env"
ok "no shell had it" test ! -e "$home/oops" -a ! -e oops
rm "$home/heard"

feed 1 12
run refresh --json
exits 0 "six at once"
json "the document is whole" 'd["new"] == 6'
heard "are one call that counts them" "new-episode|Number 12|6"
run refresh --force --json
json "nothing is new in the same feed" 'd["new"] == 0'
ok "and nobody is called" test ! -e "$home/heard"

feed 1 14
python3 - "$XDG_DATA_HOME/hark/hark.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE show SET last_success_s = NULL, etag = NULL, body_hash = NULL")
db.commit()
PY
run refresh --force --json
json "the first refresh of a show brings its past" 'd["new"] == 2'
ok "of which nobody is told" test ! -e "$home/heard"

conf "set on-new-episode no-such-program" "set on-refresh-done ~/hook"
feed 1 17
run refresh --quiet
exits 1 "a missing program"
says "is said" "on-new-episode: the program “no-such-program” was not found."
ok "once" test "$(grep -c . "$home/err")" = 1
heard "and the other one runs" "refresh-done||3"
run inbox --template '{title}'
holds "the episodes are here" "Number 17"

conf "set on-new-episode 'sh -c \"echo no bus >&2; exit 3\"'"
feed 1 18
run refresh --quiet
exits 1 "one that fails"
says "says why" "on-new-episode: “sh” ended with status 3: no bus"

conf "set on-new-episode 'sh -c \"sleep 100 & echo \$! >$home/pid; wait\"'" \
    "set on-refresh-done ~/hook" "set hook-timeout 1"
feed 1 19
run refresh --quiet
exits 1 "one that hangs"
says "is ended" "on-new-episode: “sh” took longer than 1 second and was ended."
ok "with what it had started" sh -c '
    for _ in $(seq 500); do kill -0 "$1" 2>/dev/null || exit 0; sleep 0.01; done; exit 1' \
    sh "$(cat "$home/pid")"
heard "and the next one runs" "refresh-done||1"

mkdir "$home/bin"
cat >"$home/bin/notify-send" <<'SH'
#!/bin/sh
printf '%s|' "$@" >"$HOME/notice"
SH
chmod +x "$home/bin/notify-send"
sed -n "s/^# \(set on-new-episode 'sh .*\)/\1/p" "$SRCDIR/data/hark.conf" \
    >"$XDG_CONFIG_HOME/hark/hark.conf"
feed 1 20
PATH="$home/bin:$PATH" run refresh --quiet
exits 0 "the example of the configuration file"
ok "gives notice" test "$(cat "$home/notice")" = "--|Hooks & eyes|Number 20|"

rm "$home/www/feed.xml"
conf "set on-refresh-done ~/hook"
run refresh --quiet
exits 1 "a refresh that fails"
heard "is told of too" "refresh-done||0"
ok "with how many" grep -q '^HARK_FAILED=1$' "$home/env"
finish
