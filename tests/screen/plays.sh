# SPDX-License-Identifier: GPL-3.0-or-later
#
# The player that the interface left behind plays on.
"$HARK" status --json | grep -q '"playing": *true'
