# SPDX-License-Identifier: GPL-3.0-or-later
# Adding: every kind of bad address is one sentence and leaves nothing; a paste opens Add; Esc leaves.
sh add-setup.sh
serve $HOME/www
run
expect No shows yet
keys a$BASE/page.html<Enter>
expect page.html
expect this is no feed but a web page
keys q
expect No shows yet
keys a$BASE/none.xml<Enter>
expect none.xml
expect 404
keys q
expect No shows yet
keys ahttp://127.0.0.1:1/feed.xml<Enter>
expect 127.0.0.1:1
keys q
expect No shows yet
keys a$BASE/feed.xml?empty<Enter>
expect is empty
keys q
expect No shows yet
keys a$HOME/www<Enter>
expect is a folder
keys q
expect No shows yet
keys a/no/such/feed.xml<Enter>
expect /no/such/feed.xml
keys q
expect No shows yet
keys a$BASE/words.txt<Enter>
expect words.txt
keys q
expect No shows yet
# Enter on what could not be read says the same and stores nothing.
keys :add<Space>$BASE/none.xml<Enter>
expect 404
expect No shows yet
keys :add<Space>$BASE/page.html<Enter>
expect this is no feed but a web page
expect No shows yet
keys a$BASE/none.xml<Enter>
expect 404
keys <Enter>
expect No shows yet
expect 404
sh nothing-stored.sh
# A paste anywhere; a second one in its place; Esc leaves it.
paste $BASE/page.html
expect this is no feed but a web page
paste $BASE/feed.xml
expect The Slow Lighthouse
expect 6 episodes
absent no feed but
keys <Esc>
expect No shows yet
sh nothing-stored.sh
paste $BASE/feed.xml
expect 6 episodes
keys <Enter>
expect Subscribed to The Slow Lighthouse: 6 episodes.
paste $BASE/feed.xml
expect 6 episodes
keys <Enter>
expect Already here as “The Slow Lighthouse”.
keys 2
expect not yet decided
paste $BASE/feed.xml
expect 6 episodes
keys <Esc>
expect not yet decided
keys a<Esc>
expect Type or paste
keys <Esc>
expect not yet decided
keys qq
exit 0
restored
