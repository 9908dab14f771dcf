# SPDX-License-Identifier: GPL-3.0-or-later
#
# The page that hark exists for comes out whole.
. "${SRCDIR:-.}/tests/cli/lib.sh"

tool=${SHARED-}/tools/check_seed.py
[ -f "$tool" ] || skip_all "the seed is not beside this tree"
unset HARK_NOW
python3 "$tool" "$HARK" >"$home/out" 2>"$home/err"
result $? "check_seed.py finds no difference"
holds "it counts no failure" " 0 failed"
finish
