# SPDX-License-Identifier: GPL-3.0-or-later
#
# The manual's pages are clean. (tests/unit/test-manual.c asks whether they are complete.)
. "${SRCDIR:-.}/tests/cli/lib.sh"

command -v mandoc >/dev/null || skip_all "mandoc is not installed"
for page in "$SRCDIR"/man/*.[1-9]; do
    # Which other pages this machine has is no matter of ours.
    mandoc -T lint -W style "$page" 2>&1 |
        grep -v 'referenced manual not found\|outdated mandoc.db' >"$home/out"
    ok "${page##*/} is clean" test ! -s "$home/out"
done
"$HARK" --help --json >"$home/out"
json "the tables are there to be asked" \
    'd["commands"] and d["verbs"] and d["settings"] and d["filters"]'
finish
