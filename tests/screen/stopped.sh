# SPDX-License-Identifier: GPL-3.0-or-later
#
# Nothing plays any more: status says so by its exit code too.
status=0
"$HARK" status --json >"$HOME/status" || status=$?
[ $status = 4 ]
grep -q '"playing": *false' "$HOME/status"
