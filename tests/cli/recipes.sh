# SPDX-License-Identifier: GPL-3.0-or-later
#
# The examples of the manual, with the choosing done by head and grep.
. "${SRCDIR:-.}/tests/cli/lib.sh"

[ -x "${HARK_PLAYER-}" ] || skip_all "hark-player is not built"
export PATH="$(dirname "$HARK"):$PATH"
run add "$tour"

id=$(hark inbox | head -n 1 | cut -f 1)
run notes "$id"
holds "the notes beside" "In this episode:"

hark inbox | head -n 1 | hark queue add - >"$home/out"
run queue --template '{id}'
prints "choose new episodes, queue them" "1"
run undo
run mark inbox 1

hark refresh --quiet && hark download --new --quiet
status=$?
exits 0 "cron"
run episodes downloaded --template '{id}'
prints "what is new is here" "1"
hark refresh --quiet >"$home/out" 2>"$home/err" && hark download --new --quiet >>"$home/out"
silent "cron mails nothing when all is well"

hark episodes downloaded | grep Finding | hark play - >"$home/out" 2>"$home/err"
status=$?
exits 0 "play something that is on this machine"
run toggle
exits 0 "a media key"
hark status --template "{title} -{left}" >"$home/out"
holds "the status line of tmux" "Finding your way -1:"
timeout 10 hark status --follow --json | head -n 1 >"$home/out"
json "a bar that reads JSON" 'd["playing"] and d["paused"]'
run toggle
timeout 20 hark transcript @playing --follow 2>"$home/err" | head -n 1 >"$home/out"
ok "captions as plain lines" grep -q . "$home/out"
run stop
run status --template "{title} -{left}"
exits 4 "silence"
ok "leaves the status line empty" test ! -s "$home/out"

run play tour:latest --at 82 --wait
exits 0 "an alarm that ends with the episode"
run parse "$tour" --json
json "a feed by a script" 'len(d["episodes"]) == 3'
finish
