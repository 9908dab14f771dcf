# SPDX-License-Identifier: GPL-3.0-or-later
"$HARK" add "$BASE/three-ways.xml" "$BASE/lighthouse.xml?drip=3000"
