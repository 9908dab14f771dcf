#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# installed.sh HARK TOUR: whether an installed hark works: it plays the tour's first episode by the
# player that is installed beside it. For make installcheck.
set -eu
hark=$1
tour=$2
unset HARK_PLAYER HARK_DATADIR
export HARK_AO=null
home=$(mktemp -d)
trap '"$hark" --profile "$home" stop >/dev/null 2>&1 || :; rm -rf "$home"' EXIT

run() {
    "$hark" --profile "$home" "$@" >"$home/out" || {
        echo "installed hark: \"$*\" failed" >&2
        exit 1
    }
}

run --version
run add "$tour"
run play 1
run status
grep -q 'Finding your way' "$home/out"
run transcript 1
grep -q 'Welcome to hark' "$home/out"
