# SPDX-License-Identifier: GPL-3.0-or-later
#
# play, status and the verbs of the sound, with the real player and no sound.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

[ -x "${HARK_PLAYER-}" ] || skip_all "hark-player is not built"
unset HARK_NOW # time goes on while something plays
run add "$tour"

run status --json
exits 4 "silence"
prints "status of silence" '{"playing":false}'
run status --template '{title}'
exits 4 "a template of silence"
ok "prints nothing" test ! -s "$home/out"
for verb in pause stop next previous mute "seek 10" "speed 2" "volume 50" "chapter 1"; do
    # shellcheck disable=SC2086
    run $verb
    exits 4 "hark $verb in silence"
done
run resume
exits 4 "nothing has played yet"

run play 1
exits 0 "play returns when it plays"
run status --json
exits 0 "status"
json "its fields" \
    'set(d) == {"playing","paused","episode","show","title","position","duration","speed",
     "volume","chapter","sleep"}'
json "its values" \
    'd["playing"] and not d["paused"] and d["episode"] == 1 and
     d["title"] == "Finding your way" and 80 < d["duration"] < 90 and d["sleep"] is None'
run pause
exits 0 "pause"
run seek 30
run status --json
json "paused, where seek went" 'd["paused"] and 29.7 < d["position"] <= 30 and d["chapter"] == 2'
run seek -10
run status --json
json "a step back" '19.5 < d["position"] <= 20'
run seek +5.5
run status --template '{state}: {title}'
prints "a template of the status" "paused: Finding your way"
run chapter 3
run status --json
json "a chapter" 'd["chapter"] == 3 and 35.7 < d["position"] < 37'
run chapter +1
run status --json
json "the next chapter" 'd["chapter"] == 4'
run seek chapter:1
run status --json
json "seek to a chapter" 'd["position"] == 0'
run chapter 9
exits 4 "a chapter that is not there"
run seek sideways
exits 2 "no time"
says "what would be one" "12:47"
run speed 1.5
run speed +0.2
run volume 60
run volume -5
run mute
run status --json
json "speed and volume" 'd["speed"] == 1.7 and d["volume"] == 55'
run speed 99
exits 2 "a speed out of bounds"
run volume much
exits 2 "no number"
run speed 1
run transcript @playing --format text
holds "@playing" "Nora: Welcome"
run toggle
run status --json
json "toggle goes on" 'd["paused"] is False'
timeout 20 "$HARK" transcript @playing --follow 2>/dev/null | head -n 1 >"$home/out"
ok "a line as it is spoken" grep -q . "$home/out"
timeout 20 "$HARK" status --follow --json 2>/dev/null | head -n 2 >"$home/lines"
head -n 1 "$home/lines" >"$home/out"
json "status --follow: a document a line" 'd["playing"]'
ok "and another one" sh -c 'test "$(wc -l <"$1")" = 2' sh "$home/lines"

run play 2 --at 50
exits 0 "another one, from a place"
run status --json
json "plays from there" 'd["episode"] == 2 and 49 < d["position"] < 60'
run queue --template '{id}'
prints "what played before is at the queue's top" "1"
run play 2 --at -3
exits 2 "a place has no sign"
run play --at 3
exits 2 "--at wants an episode"
run play 99
exits 4 "no such episode"
run stop
exits 0 "stop"
run status
exits 4 "silence again"
run episodes begun --template '{id} {position}'
holds "the place is kept" "2 5"
run play
exits 0 "play alone: what played last"
run status --json
json "where it was left" 'd["episode"] == 2 and d["position"] > 49'

run play "$SRCDIR/data/tour/keeping-up.mp3" --at 70
exits 0 "the file of an episode"
run status --json
json "is that episode" 'd["episode"] == 3'
cp "$SRCDIR/data/tour/keeping-up.mp3" "$home/stray.mp3"
run play "$home/stray.mp3" --at 60
exits 0 "a file that no show knows"
run status --json
json "plays by itself" 'd["episode"] is None and d["position"] >= 59'
printf 'no audio at all' >"$home/broken.mp3"
run play "$home/broken.mp3"
exits 1 "what is no audio"
ok "is said" test -s "$home/err"
run play "$home/none.mp3"
ok "a file that is not there" test "$status" != 0

run speed 4
run play 1 --at 80 --wait
exits 0 "play --wait returns at the end"
run stop
"$HARK" play 1 --at 5 --wait >"$home/out" 2>"$home/err" &
pid=$!
for _ in $(seq 300); do
    [ -s "$home/out" ] && break
    sleep 0.02
done
printf '{"command":["quit"]}\n' | python3 -c '
import glob, os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(glob.glob(os.environ["XDG_RUNTIME_DIR"] + "/hark/*.sock")[0])
s.sendall(sys.stdin.buffer.read())
s.recv(1)'
status=0
wait $pid || status=$?
exits 1 "play --wait tells when the player leaves before the end"

# A throw-away profile goes, and its player with it, however hark ends.
vanishes() {
    for _ in $(seq 300); do
        [ -z "$(ls "$TMPDIR")" ] && return
        sleep 0.02
    done
    return 1
}
run --clean play "$home/stray.mp3"
exits 0 "play on a throw-away profile"
ok "which is gone at the end" test -z "$(ls "$TMPDIR")"
for signal in TERM KILL; do
    "$HARK" --clean play "$home/stray.mp3" --wait >"$home/out" 2>"$home/err" &
    pid=$!
    for _ in $(seq 300); do
        [ -s "$home/out" ] && break
        sleep 0.02
    done
    kill -$signal $pid
    wait $pid 2>/dev/null
    ok "also after SIG$signal" vanishes
done

# The longest path that a socket may have is enough for both of the player's.
short=$(mktemp -d /tmp/hark-XXXXXX)
long=$short/$(printf '%*s' $((107 - 27 - ${#short} - 1)) '' | tr ' ' x)
mkdir -m 700 "$long"
XDG_RUNTIME_DIR=$long "$HARK" --clean play "$home/stray.mp3" >"$home/out" 2>"$home/err"
status=$?
exits 0 "a socket's path of 107 bytes"
rm -rf "$short"
finish
