# SPDX-License-Identifier: GPL-3.0-or-later
#
# Titles, notes, links, speakers and file names that would rather be something else: no control
# character leaves, a row is a line, and fields are parted by TAB alone.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

python3 - "$home/feed.xml" "$home/talk.vtt" "$home/marks.json" <<'PY'
import json, sys
evil = "A\u202e&#9;tab&#10;line&#13;&#27;]0;pwn&#7;&#x9b;31m\u200b\u2066end\x1b[2J\x07\x9d"
items = [evil, "long " * 2000, "", "   ", "&#0;&#1;", "a&lt;b&gt; &amp;amp; \\t {id}"]
xml = '<?xml version="1.0"?><rss version="2.0"'
xml += ' xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
xml += f"<title>{evil}</title><description>{evil}</description><author>{evil}</author>"
for n, title in enumerate(items):
    xml += f"<item><title>{title}</title><guid>{evil}{n}</guid><author>{evil}</author>"
    xml += f"<pubDate>Wed, 0{n + 1} Jan 2025 09:00:00 GMT</pubDate>"
    xml += f'<link>http://x.example/{n}?&#27;[2J</link>'
    xml += f'<enclosure url="e{n}.mp3" type="audio/mpeg" length="{evil}"/>'
    xml += f"<description><![CDATA[<p>In this episode:</p><ul><li>{evil}</li><li>{evil} two</li>"
    xml += f'<li>three &#27;[2J</li></ul><p><a href="http://x.example/&#27;[2J&#9;">{evil}</a>'
    xml += f"</p><p>0:10 {evil}</p><p>0:20 {evil}</p>]]></description>"
    if n == 0:
        xml += '<podcast:transcript url="talk.vtt" type="text/vtt"/>'
        xml += '<podcast:chapters url="marks.json" type="application/json+chapters"/>'
    xml += "</item>"
open(sys.argv[1], "w", encoding="utf-8", errors="surrogateescape").write(xml + "</channel></rss>")
raw = "A\u202e\t\x1b]0;pwn\x07\x9b31m\u2066end"
open(sys.argv[2], "w", encoding="utf-8").write(
    f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {raw}>{raw}</v>\n\n00:03.000 --> 00:04.000\n{raw}\n")
json.dump({"version": "1.2.0", "chapters": [{"startTime": 0, "title": raw, "url": raw},
    {"startTime": 5, "title": raw + "\n\n"}]}, open(sys.argv[3], "w"))
PY

# clean WHAT FIELDS: no control characters in both streams but TAB and line feed; so many fields
# in each row (0: any)
clean() {
    python3 - "$home/out" "$home/err" "$2" <<'PY'
import re, sys, unicodedata
for name in sys.argv[1:3]:
    text = open(name, encoding="utf-8").read()
    text = re.sub(r"\033\[[0-9;]*m", "", text)  # our own, on a terminal
    bad = [c for c in text if c not in "\t\n" and (unicodedata.category(c) == "Cc"
           or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")]
    if bad:
        sys.exit(f"# {bad[:5]!r}")
rows = open(sys.argv[1], encoding="utf-8").read().splitlines()
fields = int(sys.argv[3])
sys.exit(0 if not fields or {len(r.split("\t")) for r in rows} == {fields} else 1)
PY
    result $? "$1"
}

cp "$SRCDIR/data/tour/keeping-up.mp3" "$home/e0.mp3"
run parse "$home/feed.xml"
clean "parse: rows of four fields" 4
run add "$home/feed.xml"
exits 0 "it is added"
clean "add: rows of four fields" 4
run transcript 1 --quiet
run chapters 1 --quiet
run download 1 2
clean "download: sentences" 0
run queue add 1 2
run episodes
clean "episodes: rows of six fields" 6
run inbox
clean "inbox: rows of six fields" 6
run queue
clean "queue: rows of six fields" 6
run shows
clean "shows: rows of seven fields" 7
run downloads
clean "downloads: rows of eight fields" 8
run show 1
clean "show: rows of two fields" 2
run links 1
clean "links: rows of three fields" 3
run chapters 1
clean "chapters: rows of three fields" 3
run highlights 1
clean "highlights: a line each" 1
for command in notes transcript; do
    run $command 1
    exits 0 "$command"
    clean "$command is clean" 0
done
run notes 1 --template '{id} {title} {html} {text}'
clean "a template's line is one" 1
for format in vtt srt text; do
    run transcript 1 --format $format
    clean "a transcript as $format" 0
done
run refresh
clean "refresh: rows of four fields" 4
run remove nothing
clean "a list of shows in a sentence" 0
run show "$(printf 'x\033[31m\007')"
clean "the user's own words, repeated" 0
run "$(printf 'x\033[31m\007')"
clean "an unknown command" 0
run episodes "--$(printf 'x\033[31m\007')"
clean "an unknown option" 0
run play "$home/$(printf 'x\033[31m\n\007').mp3"
clean "a file that is not there" 0
run parse "$home/$(printf 'x\033[31m\n\007').mp3"
clean "nor that one" 0
for command in episodes inbox queue shows downloads links chapters; do
    arguments=
    case $command in links | chapters) arguments=1 ;; esac
    run $command $arguments --json
    json "$command: JSON" 'len(d) >= 1'
    clean "$command: clean JSON" 0
done

if command -v script >/dev/null; then
    : >"$home/err"
    for command in episodes inbox queue shows downloads "show 1" "notes 1" "highlights 1" \
        "links 1" "chapters 1" "transcript 1" "refresh" "mark played 1" "undo" "remove 1" "undo"; do
        COLUMNS=80 script -qec "'$HARK' $command" /dev/null </dev/null |
            sed "s/$(printf '\r')*\$//; s/^.*$(printf '\033')\\[K//" >"$home/out"
        clean "on a terminal: $command" 0
        [ "$command" = refresh ] && holds "refresh by hand asks what is still fresh" "0 new"
    done
fi

# What takes no more is a failure, however much was written before.
if [ -c /dev/full ]; then
    "$HARK" notes 1 --json >/dev/full 2>"$home/err"
    status=$?
    exits 1 "a full disk under the output"
    says "is said" "takes no more"
fi

# A file's name may hold blanks; fields end at a TAB.
printf '1 and a title\n2\tand another\n' | "$HARK" queue remove - >"$home/out" 2>"$home/err"
status=$?
exits 0 "numbers from standard input"
printf '%s\tits title\n' "$home/no such file.mp3" | "$HARK" notes - >"$home/out" 2>"$home/err"
says "a name with blanks from standard input" "no such file.mp3"
finish
