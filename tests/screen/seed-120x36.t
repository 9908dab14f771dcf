# The page that hark exists for ($SHARED/seed), from its address to the voice, by keys only.
size 120x36
nginx $HOME/www
sh seed-setup.sh
run
expect No shows yet
keys a
expect address:
keys $BASE/feed.xml<Enter>
expect 9 episodes
keys <Enter>
expect Subscribed to The Business of Open Source
expect Starting an open source company
screen seed-120x36-episodes
keys r
expect Nothing new
sh seed-304.sh
keys <Enter>G
expect >   The Power of Aligning
keys i
expect ‣ The difference between cloud computing and
absent Nothing new
screen seed-120x36-notes
keys t
expect Announcer
keys <Enter>
expect ♫
expect follows
keys <Space>
expect paused
keys T
keys ))
expect ▸
screen seed-120x36-transcript
keys qqqq
exit 0
