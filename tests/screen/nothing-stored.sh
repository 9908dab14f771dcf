# SPDX-License-Identifier: GPL-3.0-or-later
#
# No show is in the store.
[ -z "$("$HARK" shows --template '{id}')" ]
