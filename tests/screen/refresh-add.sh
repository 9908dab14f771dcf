# SPDX-License-Identifier: GPL-3.0-or-later
"$HARK" add "$BASE/feed.xml"
"$HARK" add "$BASE/slow.xml?drip=2000"
