# SPDX-License-Identifier: GPL-3.0-or-later
#
# hark as cron and systemd run it: next to no environment, no terminal, mail for what is said.
. "${SRCDIR:-.}/tests/cli/lib.sh"

mkdir "$home/www"
cp "$SRCDIR"/data/tour/* "$home/www/"
chmod u+w "$home"/www/* # a distributed tree may be read-only
serve "$home/www"
mkdir "$home/bin"
ln -s "$HARK" "$home/bin/hark"

# What cron gives; the lines are those of the files that are installed.
cron() {
    status=0
    (cd "$home" && env -i HOME="$home" LOGNAME=nobody SHELL=/bin/sh PATH=/usr/bin:/bin \
        /bin/sh -c "$1") >"$home/out" 2>"$home/err" </dev/null || status=$?
}
line=$(sed -n "s|@bindir@|$home/bin|g; s|^17 \* \* \* \*  ||p" "$SRCDIR/data/hark.cron.in")
start=$(sed -n "s|@bindir@|$home/bin|; s|^ExecStart=||p" "$SRCDIR/data/hark-refresh.service.in")
ok "both files hold a line" test -n "$line" -a -n "$start"

cron "$start"
exits 4 "nothing is subscribed to"
silent "which is no news"
cron "$home/bin/hark add $server/feed.xml?etag"
exits 0 "a show is added"
ok "it is where it belongs" test -s "$home/.local/share/hark/hark.db"
cron "$start"
exits 0 "the timer's line"
silent "which is silent"
cron "$line"
exits 0 "the crontab's line"
silent "which is silent too"
ok "what is new is here" sh -c 'ls "$1"/.local/share/hark/media/*/*' sh "$home"
cron "$home/bin/hark inbox --json"
json "and still to be decided about" 'len(d) == 1'
cron "$line"
exits 0 "again"
silent "silent again"
cron "$home/bin/hark refresh --quiet --json"
json "the report" 'd["failed"] == 0 and d["shows"][0]["status"] == "unchanged"'

sed -i 's/A tour of hark/Die große Fahrt/' "$home/www/feed.xml"
cron "$start"
exits 0 "a title that is not ASCII"
mv "$home/www/feed.xml" "$home/www/away.xml"
cron "$home/bin/hark refresh --quiet --force"
exits 1 "a show that fails"
ok "is one line" test "$(wc -l <"$home/err")" = 1
says "with its title whole" "Die große Fahrt: $server/feed.xml: the server says 404 not found."
ok "and nothing else" test ! -s "$home/out"
finish
