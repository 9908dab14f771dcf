# SPDX-License-Identifier: GPL-3.0-or-later
# Leaving at once, whatever is under way: refreshes, downloads, a preview, texts being read. Also
# under ThreadSanitizer, whose word is an exit code of 66: it knows malloc, and not the locks within
# GLib's slices.
env G_SLICE=always-malloc
sh download-setup.sh
sh refresh-setup.sh
sh shutdown-setup.sh
serve $HOME/www
sh shutdown-add.sh
run
keys Q
exit 0
run
expect Inbox·
keys RdQ
exit 0
run
expect Inbox·
keys jjldjdjdRQ
exit 0
run
expect Inbox·
keys Rdq
exit 0
run
expect Inbox·
keys R
expect ⟳
signal TERM
exit 0
run
expect Inbox·
paste $BASE/slow.xml?drip=500
expect Reading …
keys Q
exit 0
run
expect Inbox·
keys jjljjjjkkkklhlhlhd2143RQ
exit 0
run
expect Inbox·
keys a$BASE/slow.xml?drip=3000<Enter><Enter>
expect [1 Shows]
keys RQ
exit 0
run
expect Inbox·
keys R
signal HUP
exit 0
restored
