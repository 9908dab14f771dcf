# SPDX-License-Identifier: GPL-3.0-or-later
# Downloads: progress, marks, what fails, and playing the file when the server has gone.
sh download-setup.sh
serve $HOME/www
sh download-add.sh
run
expect Inbox·1
keys jjl
expect Enter play
keys jd
expect »1
expect > » Slow
keys 4
expect Downloads · 1 running, 0 waiting, 0 failed
expect % of
expect MB/s
keys d
expect held; d goes on
keys d
expect 1 running
keys x
expect Called off
expect 0 running, 0 waiting, 0 failed
sh download-no-part.sh
keys 1
expect [1 Shows]
keys jd
expect Downloaded: Fast.
expect > ⇣ Fast
keys jd
expect 404
expect > ! Missing
keys k
absent 404
absent Downloaded
screen download-marks
keys 4
expect 1 failed
keys 1
sh download-gone.sh
keys <Enter>
expect ♫ Fast
expect 1:23
keys <Space>
expect paused
keys qqq
exit 0
