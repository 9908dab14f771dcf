# SPDX-License-Identifier: GPL-3.0-or-later
#
# The other process is still at it.
kill -0 "$(cat "$HOME/beside")"
