# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shows and episodes: add, lists, marks, the queue, undo, remove.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

run shows
exits 4 "no shows yet"
says "it says how to get one" "hark add"
run episodes --json
exits 4 "no episodes yet"
prints "the document is there all the same" "[]"
run refresh
exits 4 "nothing to refresh"

run add "$tour"
exits 0 "a file is added"
prints "a row a show: id, status, episodes, title" "1${tab}added${tab}3${tab}A tour of hark"
run add "$tour" --json
json "it is known the second time" \
    'd[0]["status"] == "known" and d[0]["id"] == 1 and d[0]["episodes"] == 3 and
     d[0]["error"] is None'
json "the fields of add --json" \
    'set(d[0]) == {"address","status","id","title","url","episodes","error"}'

run episodes
prints "rows: id published seconds state show title" \
    "1${tab}2025-01-03T09:00:00Z${tab}83${tab}new${tab}A tour of hark${tab}Finding your way
2${tab}2025-01-02T09:00:00Z${tab}77${tab}unplayed${tab}A tour of hark${tab}Reading while listening
3${tab}2025-01-01T09:00:00Z${tab}78${tab}unplayed${tab}A tour of hark${tab}Keeping up"
run episodes --json
json "the fields of episodes --json" \
    'set(d[0]) == {"id","guid","show","show_id","title","published","duration","position",
     "state","queued","file","link","has_transcript","highlight"}'
json "their values" \
    'd[0]["guid"] == "hark-tour-1" and d[0]["duration"] == 83 and
     d[0]["has_transcript"] is True and d[0]["queued"] is False and d[0]["file"] is None'
run episodes --template '{id}\t{title}\n{{'
prints "a template knows TAB, line feed and brace" "1${tab}Finding your way
{
2${tab}Reading while listening
{
3${tab}Keeping up
{"
run episodes --template '{nope}'
exits 2 "a template with an unknown name"
says "the names are listed" "{published}"
run episodes --template '{id'
exits 2 "a template with an open brace"
run episodes keeping
prints "words filter" \
    "3${tab}2025-01-01T09:00:00Z${tab}78${tab}unplayed${tab}A tour of hark${tab}Keeping up"
run episodes longer:80s --template '{id}'
prints "spans filter" "1"
run episodes longer:
exits 2 "a filter that is none"
run episodes played
exits 4 "a filter that lets nothing through"
run inbox --template '{id}'
prints "the newest one is in the inbox" "1"
run shows --json
json "the fields of shows --json" \
    'set(d[0]) == {"id","title","url","author","inbox","episodes","tags","last_refresh","error"}'
json "their values" \
    'd[0]["inbox"] == 1 and d[0]["episodes"] == 3 and d[0]["tags"] == [] and
     d[0]["last_refresh"] == "2025-02-01T12:00:00Z"'
run shows nothing-like-it
exits 4 "no show fits"
run shows new --template '{id}'
prints "shows with something new" "1"
run show 1
holds "a show's facts" "The hark project"
run show tour --json
json "a show as JSON" 'd["id"] == 1'
run show radio
exits 2 "a SHOW that fits none"
says "the shows are listed" "A tour of hark"

cp "$SRCDIR"/data/tour/* "$home/tmp/"
chmod u+w "$home"/tmp/* # a distributed tree may be read-only
sed 's/A tour of hark/A detour of hark/' "$tour" >"$home/tmp/feed.xml"
run add "$home/tmp/feed.xml"
exits 0 "a second show"
run show hark
exits 2 "a SHOW that fits several"
says "both are listed" "A detour of hark"
run show "a tour of hark" --template '{id}'
prints "an exact title wins" "1"

run mark played 1 3
exits 0 "mark"
holds "it says what it did" "2 marked as played"
run episodes played --template '{id}'
prints "both are played" "1
3"
run mark played 1 --json
json "what is so already changes nothing" 'd["changed"] == 0'
run undo
holds "undo says what it took back" "Taken back."
run episodes played
exits 4 "and took it back"
run mark blue 1
exits 2 "an unknown mark"
run mark played 99
exits 4 "an episode that is not there"
run mark played nonsense
exits 2 "a word that is no episode"
run mark archive 'tour of hark:latest'
exits 2 "SHOW:latest of a title that fits two"
run mark archive 1:latest
exits 0 "SHOW:latest"
run inbox show:1
exits 4 "it left the inbox"
run mark inbox 1
exits 0 "back to the inbox"

run queue
exits 4 "an empty queue"
run queue add 3 1:oldest 2
exits 0 "queue add"
run queue --template '{id}'
prints "in order, each once" "3
2"
run queue next 1
run queue --template '{id}'
prints "queue next" "1
3
2"
"$HARK" episodes show:1 keeping | "$HARK" queue remove - >/dev/null
run queue --template '{id} {queued}'
prints "the first fields of standard input" "1 true
2 true"
run notes @next --template '{id}'
prints "@next is the queue's top" "1"
run queue clear
exits 0 "queue clear"
run queue
exits 4 "the queue is empty again"
run queue clear
exits 4 "there is nothing to clear"
run undo
run queue --template '{id}'
prints "undo fills it again" "1
2"
run queue jump 1
exits 2 "an unknown word after queue"
run queue add
exits 2 "queue add wants an episode"
run queue add -
exits 4 "nothing on standard input"

run refresh --json
json "the fields of refresh --json" \
    'set(d) == {"shows","new","updated","failed","ms"} and set(d["shows"][0]) == {"id","title",
     "url","status","http","new","updated","bytes","ms","error"}'
json "nothing was new" \
    'len(d["shows"]) == 2 and d["new"] == 0 and d["failed"] == 0 and
     d["shows"][0]["status"] == "unchanged"'
run refresh --quiet
exits 0 "a quiet refresh"
silent "is silent"
rm "$home/tmp/feed.xml"
run refresh --quiet
exits 1 "a show that fails"
says "is said, with what was tried" "A detour of hark: "
run shows --template '{id} {error}'
holds "and is remembered" "feed.xml"
run refresh detour tour
exits 2 "a SHOW that fits several is no refresh"

run remove detour
exits 0 "remove"
holds "prints what it removed" "A detour of hark"
run episodes --template '{show_id}'
prints "its episodes are gone" "1
1
1"
run undo
run shows --template '{title}'
holds "undo brings it back" "A detour of hark"
run remove nonsense
exits 2 "remove of nothing"

"$HARK" episodes --json | python3 -c 'import json,sys; json.load(sys.stdin)'
result $? "a pipe gets one document"
"$HARK" episodes 2>"$home/err" | head -n 1 >"$home/out"
ok "head ends it quietly" test ! -s "$home/err"
run --json --quiet undo
run episodes --no-color --quiet
exits 0 "global options after the command"

mkdir -p "$home/broken/data/hark.db"
run --profile "$home/broken" shows
exits 3 "a store that cannot be opened"
run add nofile.xml
exits 1 "a word that is a file's name is no host"
says "it says that there is none" "there is no such file"

finish
