# SPDX-License-Identifier: GPL-3.0-or-later
#
# The store knows that the first episode stands at 40 seconds.
tries=0
until "$HARK" episodes --template '{id} {position}' | grep -qE '^1 (40|39\.|0:40)'; do
    tries=$((tries + 1))
    [ $tries -lt 100 ]
    sleep 0.1
done
