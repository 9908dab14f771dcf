# The tour as ./run shows it: the cursor on the first episode, and nothing sounds before a key.
env HARK_NOW=2025-01-05T12:00:00Z
run tour
expect Enter plays this. It explains itself; T reads along.
absent ♫
screen tour-start
keys <Enter>
expect ♫ Finding your way
keys T
expect follows
expect Welcome to hark.
keys <Space>
expect paused
keys ))
expect We name a key
keys (
absent Enter plays this
screen tour-transcript
keys c
expect Back to the voice
keys j<Enter>
absent paused
keys qqq
expect Still playing
keys q
exit 0
