# SPDX-License-Identifier: GPL-3.0-or-later
#
# notes, highlights, links, chapters, transcript.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

run add "$tour"
exits 0 "the tour is added"

run notes 1
exits 0 "notes"
holds "the notes' text" "In this episode:"
holds "lists keep their marks" "• Enter plays"
run notes 1 --json
json "the fields of notes --json" \
    'set(d) == {"id","title","html","text","links","extras"} and d["id"] == 1 and
     "<li>" in d["html"] and d["extras"] == [] and "<li>" not in d["text"]'
json "its links" 'd["links"][0] == {"url": "https://mpv.io/", "text": "mpv"}'
run notes 1 --template '{title}'
prints "notes by template" "Finding your way"
run notes tour:latest
exits 0 "SHOW:latest"
run notes tour:oldest --template '{id}'
prints "SHOW:oldest" "3"
run notes 7
exits 4 "no such episode"
run notes 1 2
exits 2 "one episode at a time"
"$HARK" episodes --template '{id}' | "$HARK" notes - >"$home/out" 2>"$home/err"
status=$?
exits 2 "also from standard input"
echo "3 and more" | "$HARK" notes - --template '{id}' >"$home/out"
prints "the first field of standard input" "3"

run highlights 1
holds "a highlight a line" "j and k go down and up, l opens, h goes back"
run highlights 1 --json
json "the fields of highlights --json" \
    'set(d) == {"highlights","timestamps","links"} and len(d["highlights"]) == 5'
json "its timestamps" \
    'd["timestamps"][1] == {"start": 16, "title": "Pause, back, forward"} and
     d["links"][0]["text"] == "mpv"'

run links 1
holds "rows: number, address, text" "1${tab}https://mpv.io/${tab}mpv"
run links 1 --json
json "links --json" '[sorted(l) for l in d] == [["text","url"]] * 3'

run chapters 2
holds "chapters of the feed" "1${tab}0${tab}Follow the voice"
run chapters 1 --no-wait --json
json "without a fetch those of the notes" \
    '[c["title"] for c in d][1] == "Pause, back, forward" and d[1]["start"] == 16'
run chapters 1 --json
json "the document is fetched" \
    'd[1]["start"] > 16.4 and set(d[0]) == {"start","end","title","url","image"}'
json "ends come from the next start" 'd[0]["end"] == d[1]["start"]'

run transcript 1 --no-wait
exits 4 "not fetched, none there"
says "it is said" "no transcript"
run transcript 1
exits 0 "the transcript is fetched"
holds "a line a turn" "Nora: Welcome to hark."
run transcript 1 --no-wait
exits 0 "and kept"
run transcript 1 --format json
json "the fields of a transcript" \
    'set(d) == {"language","source","timed","cues"} and d["source"] == "vtt" and
     d["timed"] is True and d["language"] == "en"'
json "its cues" \
    'set(d["cues"][0]) == {"start","end","speaker","text"} and
     d["cues"][0]["speaker"] == "Nora" and d["cues"][-1]["end"] > 60'
mv "$home/out" "$home/first"
run transcript 1 --json
ok "--json is --format json" cmp "$home/first" "$home/out"
run transcript 1 --format vtt
ok "WebVTT begins with its name" grep -qx WEBVTT "$home/out"
holds "and names the voice" "<v Nora>"
run transcript 2 --format srt
ok "SRT begins with its first number" sh -c 'head -n 1 "$1" | grep -qx 1' sh "$home/out"
holds "and has its commas" " --> "
run transcript 3 --json
json "podcast JSON" 'd["source"] == "json" and len(d["cues"]) > 5'
run transcript 1 --format pdf
exits 2 "an unknown format"
says "the known ones are named" "vtt"
run transcript @playing
exits 4 "nothing plays"
run transcript 1 --follow
exits 4 "only what plays is followed"

{
    echo '<rss version="2.0"><channel><title>Plain</title>'
    echo '<item><title>Nothing at all</title><guid>a</guid></item>'
    echo '<item><title>Spoken</title><guid>b</guid><description><![CDATA['
    echo '<p>Some words.</p><h2>Transcript</h2>'
    for _ in 1 2 3 4 5 6 7 8; do
        echo '<p>Ada: So how did it begin, and what was there before it began, if anything was'
        echo 'there at all?</p><p>Bob: It began with a letter that nobody had sent, and which came'
        echo 'all the same, on a Tuesday, by the second post, while we were all of us out in the'
        echo 'garden and nobody was there to take it in.</p>'
    done
    echo ']]></description></item></channel></rss>'
} >"$home/plain.xml"
run add "$home/plain.xml"
exits 0 "a plain feed"
bare=$("$HARK" episodes nothing --template '{id}')
spoken=$("$HARK" episodes spoken --template '{id}')
run notes "$bare"
exits 4 "an episode without notes"
run notes "$bare" --json
json "as JSON: null and empty" 'd["html"] is None and d["text"] == "" and d["links"] == []'
run links "$bare" --json
exits 0 "no links are no fault"
prints "an empty list" "[]"
run highlights "$bare" --json
json "no highlights" 'd == {"highlights": [], "timestamps": [], "links": []}'
run chapters "$bare"
exits 0 "no chapters are no fault"
run transcript "$bare"
exits 4 "no transcript"
run transcript "$spoken" --json
json "the one in the notes" \
    'd["source"] == "notes" and d["timed"] is False and [c["speaker"] for c in
     d["cues"]] == ["Ada","Bob"] * 8 and d["cues"][0]["start"] is None'
run transcript "$spoken" --format vtt
exits 4 "no captions without times or a length"

# What a feed says beside: kept, shown where somebody looks, and an edit of it is one.
extras() {
    cat >"$home/extras.xml" <<XML
<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Extras</title>
<podcast:trailer url="https://x.example/t.mp3">Hear this</podcast:trailer>
<podcast:podroll><podcast:remoteItem title="Other" feedUrl="https://o.example/"/></podcast:podroll>
<podcast:license>$1</podcast:license><podcast:medium>music</podcast:medium>
<item><guid>e1</guid><title>One</title><description>Notes</description>
<podcast:location>$2</podcast:location></item></channel></rss>
XML
}
extras cc0-1.0 Rome
run add "$home/extras.xml"
exits 0 "a feed with more"
run show Extras
holds "the trailer" "trailer${tab}Hear this https://x.example/t.mp3"
holds "other shows" "see also${tab}Other https://o.example/"
holds "the licence" "licence${tab}cc0-1.0"
run notes Extras:latest --json
json "an episode's, as it came" 'd["extras"] == [{"element": "location", "text": "Rome"}]'
extras mine Oslo
run refresh Extras
exits 0 "only these are edited"
run show Extras
holds "the show's edit" "licence${tab}mine"
run notes Extras:latest --json
json "the episode's edit" 'd["extras"] == [{"element": "location", "text": "Oslo"}]'

printf '<p>In this episode:</p><ul><li>How tea is grown</li><li>How tea is drunk</li></ul>
<p>12:34 The pot</p><p><a href="https://t.example/">Tea</a></p>' >"$home/notes.html"
run highlights "$home/notes.html"
prints "highlights of a file" "How tea is grown
How tea is drunk"
run highlights --json "$home/notes.html"
json "and its links" 'd["links"] == [{"url": "https://t.example/", "text": "Tea"}]'
run links "$home/notes.html"
holds "links of a file" "https://t.example/"
run notes "$home/notes.html"
holds "notes of a file" "• How tea is grown"
cat >"$home/talk.srt" <<'SRT'
1
00:00:01,000 --> 00:00:04,000
ANN: *Tea* is a plant.

2
00:01:02,500 --> 00:01:05,000
BOB: So it is.

3
00:01:06,000 --> 00:01:09,000
ANN: And [what] a plant.

4
00:01:10,000 --> 00:01:12,000
BOB: Quite.
SRT
run transcript --format md "$home/talk.srt"
prints "a file's transcript as Markdown" '**ANN** (0:01)

\*Tea\* is a plant.

**BOB** (1:02)

So it is.

**ANN** (1:06)

And \[what\] a plant.

**BOB** (1:10)

Quite.'
run transcript --format vtt "$home/talk.srt"
holds "and as WebVTT" "<v ANN>*Tea* is a plant."
head -c 5000000 /dev/zero >"$home/huge.html"
run highlights "$home/huge.html"
exits 1 "a file that is too long"
run transcript "$home/nowhere.srt"
exits 1 "a file that is not there"

run search --json pauses
json "a word of the notes" '[(h["id"], h["in"], h["start"]) for h in d] == [(1, "notes", None)]'
run search nobody said this
exits 4 "what nobody said"
says "is said" "Nothing has all of these words. Try fewer"
run transcript 1 --quiet
run search --template '{id}|{speaker}|{text}' '"goes on from there"'
prints "a phrase of a transcript" \
    "1|Ben|Where you stopped is kept. Next time, Enter goes on from there, to the second."
run search --json '"goes on from there"' in:transcript speaker:ben show:tour
json "and its time" '60 < d[0]["start"] < 80 and d[0]["published"] == "2025-01-03T09:00:00Z"'
run search '"goes on from there"' speaker:ada
exits 4 "nobody else did"
run search pauses before:2020
exits 4 "nor before"
run search 'pa*'
exits 2 "two letters are too few"
run search in:title
exits 2 "and no word is no search"
finish
