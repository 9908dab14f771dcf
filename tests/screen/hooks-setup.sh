# SPDX-License-Identifier: GPL-3.0-or-later
#
# A hook that takes its time, and one that is not there.
mkdir -p "$XDG_CONFIG_HOME/hark"
printf '%s\n' "set on-new-episode 'sleep 100'" "set hook-timeout 2" \
    "set on-refresh-done no-such-program" >"$XDG_CONFIG_HOME/hark/hark.conf"
