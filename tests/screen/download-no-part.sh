# SPDX-License-Identifier: GPL-3.0-or-later
#
# Nothing is left of what was called off.
[ -d "$XDG_DATA_HOME/hark/media" ] || exit 1
! find "$XDG_DATA_HOME/hark/media" -type f | grep .
