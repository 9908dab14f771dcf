# SPDX-License-Identifier: GPL-3.0-or-later
#
# What servers do: add, refresh, documents, downloads, and everything that goes wrong.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

mkdir "$home/www"
cp "$SRCDIR"/data/tour/* "$home/www/"
chmod u+w "$home"/www/* # a distributed tree may be read-only
printf '<!doctype html><html><head><title>A page</title></head><body>Hello</body></html>' \
    >"$home/www/page.html"
cat >"$home/www/show.html" <<'HTML'
<!doctype html><html><head><title>A show</title>
<link rel="alternate" type="application/rss+xml" href="feed.xml?etag"></head></html>
HTML
printf 'never a feed' >"$home/www/words.txt"
serve "$home/www"
feed="$server/feed.xml?etag"

run add "$feed"
exits 0 "a feed is added"
prints "its row" "1${tab}added${tab}3${tab}A tour of hark"
run refresh --json
json "the second answer is 304" \
    'd["shows"][0]["http"] == 304 and d["shows"][0]["status"] == "unchanged"'
sed 's/Keeping up/Keeping up with it/' "$SRCDIR/data/tour/feed.xml" >"$home/www/feed.xml"
run refresh 1
prints "an edit in the feed" "1${tab}updated${tab}0${tab}A tour of hark"
run episodes keeping --template '{id} {title}'
prints "updates its episode" "3 Keeping up with it"
run parse --json "$server/feed.xml"
json "parse reads an address" 'len(d["episodes"]) == 3'
run add "$server/show.html" --json
json "a page leads to its feed" 'd[0]["status"] == "known" and d[0]["id"] == 1'
run add "$server/feed.xml?gzip" "$server/page.html"
exits 1 "one of two fails"

fails() { # WHAT ADDRESS SENTENCE
    run add "$2" --json
    exits 1 "add: $1"
    says "add: $1: the sentence" "$3"
    json "add: $1: the document" \
        'd[0]["status"] == "failed" and d[0]["error"] and d[0]["id"] is None'
}
fails "a web page" "$server/page.html" "page.html"
fails "404" "$server/none.xml" "404"
fails "410" "$server/feed.xml?status=410" "410"
fails "refused" "http://127.0.0.1:1/feed.xml" "127.0.0.1:1"
fails "empty" "$server/feed.xml?empty" "feed.xml"
fails "words" "$server/words.txt" "words.txt"
fails "zeros" "$server/feed.xml?zeros=104857600" "feed.xml"
fails "a loop" "$server/feed.xml?loop" "feed.xml"
fails "a password is wanted" "$server/feed.xml?auth=me:word" "401"
fails "the connection drops" "$server/feed.xml?drop" "feed.xml"
fails "a folder" "$home/www" "www"
fails "no address at all" "gopher://example.com/" "gopher"
run shows --template '{id}'
ok "nothing is half stored" sh -c 'test "$(wc -l <"$1")" -le 2' sh "$home/out"
run add "http://me:geheim@127.0.0.1:1/feed.xml"
ok "no password in a sentence" sh -c '! grep -q geheim "$1" "$2"' sh "$home/err" "$home/out"

mkdir -p "$XDG_CONFIG_HOME/hark"
echo 'set stall-timeout 1' >"$XDG_CONFIG_HOME/hark/hark.conf"
fails "a server that never answers" "$server/feed.xml?hang" "feed.xml"

run remove 1
run add "$server/feed.xml?etag"
run transcript 1 --json
json "a transcript comes over the network" 'd["source"] == "vtt"'
run chapters 1 --json
json "chapters too" 'd[1]["start"] > 16.4'

run download 1 --json
exits 0 "a download"
json "the fields of downloads --json" \
    'set(d[0]) == {"id","show","title","state","bytes","total","rate","file","error"}'
json "its values" \
    'd[0]["id"] == 1 and d[0]["state"] == "here" and d[0]["bytes"] == d[0]["total"] > 1000'
file=$("$HARK" episodes downloaded --template '{file}')
ok "the file is the whole file" cmp "$file" "$home/www/finding-your-way.opus"
run download --new --quiet
exits 0 "nothing new is left to fetch"
silent "and nothing is said"
run queue add 2
run download --queue --template '{id} {state}'
prints "the queue's audio" "2 here"
rm "$home/www/keeping-up.mp3"
run download 3
exits 1 "a download that fails"
says "what came back is said" "404"
run downloads --json
json "and it is kept" \
    '[x["state"] for x in d if x["id"] == 3] == ["failed"] and [x["error"] for x in
     d if x["id"] == 3][0]'
run download
exits 2 "download wants words"
run download 99
exits 4 "no such episode"

cat >"$home/www/bad.xml" <<'XML'
<rss><channel><title>Bad texts</title><item><title>T</title><guid>t</guid>
<enclosure url="a.mp3" type="audio/mpeg"/>
<podcast:transcript xmlns:podcast="https://podcastindex.org/namespace/1.0" url="page.html"
type="text/vtt"/></item></channel></rss>
XML
run add "$server/bad.xml"
bad=$("$HARK" episodes show:bad --template '{id}')
run transcript "$bad"
ok "an HTML page is no transcript" test "$status" != 0
says "what was tried is said" "page.html"

python3 - "$XDG_DATA_HOME/hark/hark.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE show SET url = 'http://host-' || id || '.invalid/feed.xml'")
db.commit()
PY
run refresh --quiet
exits 75 "no network: try again"
silent "and cron hears nothing of it"
run refresh
says "a person does" "network"

"$HARK" add "$server/feed.xml?drip=20&type=text/xml" >"$home/out" 2>"$home/err" &
slow=$!
sleep 0.5
kill -INT $slow 2>/dev/null
status=0
wait $slow || status=$?
exits 130 "Ctrl-C ends with 130"
says "it says that nothing is lost" "Interrupted"
printf '<rss><channel><title>A & B</title>\n<item><title>C & D</title></item>' \
    >"$home/www/broken.xml"
run add "$server/broken.xml"
exits 0 "a broken feed is added"
sed -i 's/C/CC/' "$home/www/broken.xml"
run -v refresh "$server/broken.xml"
ok "what is broken in a feed is in the log, each kind once with its line" sh -c '
    test "$(grep -c "broken.xml: line 1: an \"&\"" "$1")" = 1 &&
    test "$(grep -c "broken.xml: line 2: the document ends" "$1")" = 1' \
    sh "$XDG_STATE_HOME/hark/hark.log"
finish
