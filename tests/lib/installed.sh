#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# installed.sh HARK TOUR BINDIR CRONTAB UNITS: whether an installed hark works: it plays the tour's
# first episode by the player that is installed beside it; and the crontab and the units for systemd
# (in the folder UNITS, "no" none) name it in BINDIR. For make installcheck.
set -eu
hark=$1
tour=$2
bindir=$3
crontab=$4
units=$5
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

names_hark() { # FILE TEXT
    grep -qF -- "$2" "$1" || {
        echo "installed hark: $1 does not say \"$2\"" >&2
        exit 1
    }
}

names_hark "$crontab" "$bindir/hark refresh --quiet && $bindir/hark download --new --quiet"
case $units in
no | */no) exit 0 ;;
esac
names_hark "$units/hark-refresh.service" "ExecStart=$bindir/hark refresh --quiet"
names_hark "$units/hark-refresh.timer" "OnCalendar=hourly"
if command -v systemd-analyze >/dev/null && [ -x "$bindir/hark" ]; then
    # Where no manager of units runs it cannot say anything.
    said=$(SYSTEMD_UNIT_PATH="$units:" XDG_RUNTIME_DIR="$home" systemd-analyze verify --user \
        --man=no "$units/hark-refresh.service" "$units/hark-refresh.timer" 2>&1) || :
    case $said in
    *hark-refresh*)
        echo "$said" >&2
        exit 1
        ;;
    esac
fi
