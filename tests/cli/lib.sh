# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the tests of the command line share: private folders, a set clock, TAP. Sourced; the last
# line of a test is "finish".
#
#	run ARGS...		runs hark; $status, $home/out, $home/err
#	exits CODE WHAT		the last run ended with CODE
#	prints WHAT TEXT	its standard output is TEXT (and a line feed)
#	holds WHAT TEXT		its standard output holds TEXT
#	says WHAT TEXT		its standard error holds TEXT
#	json WHAT PYTHON	its standard output is one JSON document, d, and PYTHON is true
#	ok WHAT COMMAND...	COMMAND succeeds

home=$(mktemp -d)
trap 'stop_all; rm -rf "$home"' EXIT
trap 'exit 1' INT TERM HUP

export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" \
    XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state" \
    XDG_RUNTIME_DIR="$home/run" TMPDIR="$home/tmp"
export HARK_NOW=2025-02-01T12:00:00Z TZ=UTC LC_ALL=C.UTF-8 HARK_AO=null
unset NO_COLOR COLUMNS LANGUAGE
mkdir -m 700 "$XDG_RUNTIME_DIR" "$TMPDIR"
: "${SRCDIR:=.}" "${HARK:=./hark}"
tour=$SRCDIR/data/tour/feed.xml
count=0
servers=

stop_all() {
    [ -z "$servers" ] || kill $servers 2>/dev/null
    "$HARK" stop >/dev/null 2>&1 || :
}

result() { # STATUS WHAT
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        sed 's/^/# out: /' "$home/out" 2>/dev/null | head -n 20
        sed 's/^/# err: /' "$home/err" 2>/dev/null | head -n 20
    fi
}

skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}

finish() {
    echo "1..$count"
}

run() {
    status=0
    "$HARK" "$@" >"$home/out" 2>"$home/err" </dev/null || status=$?
}

exits() {
    [ "$status" = "$1" ] || echo "# exit $status, not $1"
    [ "$status" = "$1" ]
    result $? "$2"
}

prints() {
    printf '%s\n' "$2" >"$home/want"
    cmp -s "$home/want" "$home/out"
    result $? "$1"
}

holds() {
    grep -qF -- "$2" "$home/out"
    result $? "$1"
}

says() {
    grep -qF -- "$2" "$home/err"
    result $? "$1"
}

silent() {
    [ ! -s "$home/out" ] && [ ! -s "$home/err" ]
    result $? "$1"
}

json() {
    python3 -c '
import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
sys.exit(0 if eval("(" + sys.argv[2] + ")") else 1)' "$home/out" "$2" 2>/dev/null
    result $? "$1"
}

ok() {
    what=$1
    shift
    "$@" >/dev/null 2>&1
    result $? "$what"
}

# serve FOLDER: the fixture server on it; $server is its address.
serve() {
    [ -x "${FIXTURE_SERVER-}" ] || skip_all "there is no fixture server"
    "$FIXTURE_SERVER" "$1" >"$home/served" 2>/dev/null &
    servers="$servers $!"
    for _ in $(seq 500); do
        [ -s "$home/served" ] && break
        sleep 0.01
    done
    server=http://127.0.0.1:$(sed 's/[^0-9]//g' "$home/served")
}
