# SPDX-License-Identifier: GPL-3.0-or-later
#
# Words and options: help, versions, what is unknown.
. "${SRCDIR:-.}/tests/cli/lib.sh"

fits() { # no line over 80 cells, no more than 24 lines
    python3 - "$home/out" <<'PY'
import sys, unicodedata
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
wide = [l for l in lines if len(l) > 80]
sys.exit(1 if wide or not lines or len(lines) > 24 else 0)
PY
    result $? "$1"
}

run --help
exits 0 "help is no fault"
fits "the listing fits 80x24"
holds "the listing names add" "add ADDRESS"
run --help --json
json "the tables come as JSON" 'len(d["commands"]) > 20 and d["options"] and d["settings"]'
commands=$(python3 -c 'import json, sys
print(*[c["name"] for c in json.load(open(sys.argv[1]))["commands"]])' "$home/out")
for command in $commands; do
    run "$command" --help
    fits "hark $command --help fits 80x24"
    holds "hark $command --help has its usage" "Usage: hark $command"
done

run --version
exits 0 "version is no fault"
for library in libcurl libxml2 SQLite ncurses GLib jansson libunistring; do
    holds "the version names $library" "$library"
done
holds "the version names the database" "$XDG_DATA_HOME/hark/hark.db"
run --version --json
json "the version comes as JSON" \
    'd["version"] and len(d["libraries"]) >= 7 and d["paths"]["database"].endswith("hark.db")'
run --profile "$home/other" --version
holds "a profile holds everything" "$home/other/data/hark.db"
ok "help and version leave nothing behind" test ! -e "$XDG_DATA_HOME"

run refersh
exits 2 "an unknown command is a usage error"
says "the nearest command is named" "Nearest: refresh"
run episodes --jsno
exits 2 "an unknown option is a usage error"
says "the nearest option is named" "Nearest: --json"
run xyzzyxyzzy
exits 2 "a word that is near nothing"
says "the listing is named" "hark --help"
run -z
exits 2 "an unknown letter"
run --profile
exits 2 "an option without its word"
says "it says what it wants" "--profile DIR"
run --json=1 shows
exits 2 "a switch with a word"
run add
exits 2 "too few words"
says "the usage is said" "Usage: hark add ADDRESS"
run undo more
exits 2 "too many words"
run --profile "" shows
exits 2 "an empty profile"

run
exits 2 "the interface needs a terminal"
says "what works without one is named" "hark episodes"
run tour
exits 2 "the tour needs one too"
ok "nothing is left of it" sh -c 'test -z "$(ls -A "$TMPDIR")"'

run set
exits 0 "set lists the options"
run set speed --json
json "an option as JSON" 'len(d) == 1 and d[0]["name"] == "speed" and d[0]["value"] == "1"'
run set sped
exits 2 "an unknown setting"
says "the nearest setting is named" "speed"
mkdir -p "$XDG_CONFIG_HOME/hark"
echo 'set spede 2' >"$XDG_CONFIG_HOME/hark/hark.conf"
run config
exits 1 "config fails where hark.conf is wrong"
says "the line is named" "hark.conf:1"
holds "the file is named" "$XDG_CONFIG_HOME/hark/hark.conf"
echo 'set speed 1.5' >"$XDG_CONFIG_HOME/hark/hark.conf"
run config
exits 0 "config is content where it is right"
run set speed --template '{name}={value}'
prints "hark.conf is heeded" "speed=1.5"

run --clean add "$tour"
exits 0 "a throw-away profile works"
ok "and is thrown away" \
    sh -c 'test -z "$(ls -A "$TMPDIR")" && test ! -e "$XDG_DATA_HOME/hark/hark.db"'
finish
