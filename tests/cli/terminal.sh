# SPDX-License-Identifier: GPL-3.0-or-later
#
# On a terminal lists are aligned and cut to its width, in colour unless NO_COLOR.
. "${SRCDIR:-.}/tests/cli/lib.sh"

command -v script >/dev/null || skip_all "there is no script(1) to make a terminal"

# shows CELLS ARGS...: hark on a terminal that wide; its lines without line ends of terminals.
shows() {
    COLUMNS=$1
    export COLUMNS
    shift
    script -qec "'$HARK' $*" /dev/null </dev/null | tr -d '\r' >"$home/out"
    unset COLUMNS
}

# no line is wider than CELLS (escape sequences aside; the tests' titles have one cell a character)
within() {
    python3 - "$home/out" "$1" <<'PY'
import re, sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
lines = [re.sub(r"\033\[[0-9;]*m|.*\033\[K", "", line) for line in lines]
sys.exit(0 if any(lines) and max(map(len, lines)) <= int(sys.argv[2]) else 1)
PY
    result $? "$2"
}

run add "$tour"
run download 2
for cells in 40 80 120; do
    for command in episodes shows inbox downloads set "highlights 1" "transcript 1" "show 1" \
        "search pauses" "chapters 1" "parse '$tour'"; do
        shows $cells "$command"
        within $cells "$command within $cells cells"
    done
done

shows 80 notes 1
within 80 "notes within 80 cells"

shows 80 episodes
holds "lists have a head" "Title"
holds "dates as people read them" " 3 Jan "
ok "what is new stands out" grep -q "$(printf '\033\\[1m') .*Finding your way" "$home/out"
shows 80 episodes --no-color
ok "--no-color is heeded" sh -c '! grep -q "$(printf "\033")" "$1"' sh "$home/out"
NO_COLOR=1 && export NO_COLOR
shows 80 episodes
ok "NO_COLOR is heeded" sh -c '! grep -q "$(printf "\033")" "$1"' sh "$home/out"
unset NO_COLOR
shows 80 episodes --json
json "JSON is the same everywhere" 'len(d) == 3'
shows 80 transcript 1
holds "times beside the passages" "     0:04  "
shows 80 remove tour
holds "remove says what it did" \
    "Removed “A tour of hark” with 3 episodes. hark undo brings it back."
finish
