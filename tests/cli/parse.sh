# SPDX-License-Identifier: GPL-3.0-or-later
#
# parse: what is seen in a document, and the sentences for what is none.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

run parse --json "$tour"
exits 0 "a feed"
json "the fields of parse --json" \
    'set(d) == {"title","link","description","author","language","image","categories",
     "explicit","type","guid","owner","feed_url","new_feed_url","complete","ttl","funding",
     "persons","extras","encoding","warnings","episodes"}'
json "its values" \
    'd["title"] == "A tour of hark" and d["type"] == "serial" and d["explicit"] is False and
     d["categories"] == ["Technology"] and d["complete"] is False'
json "the fields of its episodes" \
    'set(d["episodes"][0]) == {"guid","title","link","published","duration","summary",
     "notes_html","author","image","season","episode","episode_type","explicit","enclosures",
     "transcripts","chapters_url","chapters","persons","soundbites","extras"}'
json "their values" \
    'd["episodes"][0]["published"] == "2025-01-03T09:00:00Z" and
     d["episodes"][0]["episode"] == "1" and d["episodes"][0]["season"] is None'
json "enclosures" \
    'set(d["episodes"][0]["enclosures"][0]) == {"url","type","length"} and
     d["episodes"][0]["enclosures"][0]["length"] > 1000'
json "transcripts" \
    'd["episodes"][0]["transcripts"][0]["type"] == "text/vtt" and
     set(d["episodes"][0]["transcripts"][0]) == {"url","type","language","rel"}'
json "chapters" \
    'd["episodes"][1]["chapters"][0]["title"] == "Follow the voice" and
     d["episodes"][0]["chapters"] == [] and d["episodes"][0]["chapters_url"]'
json "persons" \
    'd["episodes"][0]["persons"][0] == {"name": "Nora", "role": "host", "group": None,
     "image": None, "url": None}'
run parse "$tour"
holds "rows: number published seconds title" \
    "1${tab}2025-01-03T09:00:00Z${tab}83${tab}Finding your way"
run parse --template '{number} {guid}' "$tour"
holds "by template" "2 hark-tour-2"
"$HARK" parse --json --base https://show.example/a/feed.xml - <"$tour" >"$home/out" 2>"$home/err"
json "from standard input, with a base" \
    'd["episodes"][0]["enclosures"][0]["url"] == "https://show.example/a/finding-your-way.opus"'
printf '<rss><channel><title>caf\351</title><item><title>x</title></item></channel></rss>' \
    >"$home/latin.xml"
run parse --json --content-type 'text/xml; charset=iso-8859-1' "$home/latin.xml"
json "the server's word for the charset" 'd["title"] == "café" and d["encoding"] == "iso-8859-1"'
printf '<rss><channel>\n<title>a & b</title>\n<link>c & d</link></channel></rss>' \
    >"$home/broken.xml"
run parse --json "$home/broken.xml"
json "what is broken, each kind once, with its line" \
    '[w["line"] for w in d["warnings"]] == [1, 2] and "&" in d["warnings"][1]["text"]'
says "the same on standard error" "line 2: "
ok "a file needs no store" test ! -e "$XDG_DATA_HOME/hark"

run parse "$home"
exits 1 "a folder is no feed"
says "it is said" "is a folder"
run parse "$home/none.xml"
exits 1 "a file that is not there"
says "what was tried is said" "$home/none.xml"
: >"$home/empty.xml"
run parse "$home/empty.xml"
exits 1 "an empty file"
says "the file is named" "empty.xml"
printf '<!doctype html><html><head><title>A page</title></head><body>Hello</body></html>' \
    >"$home/page.html"
run parse "$home/page.html"
ok "a web page is none" test "$status" != 0
says "it is said what it is" "page"
head -c 300000 /dev/zero >"$home/zeros"
run parse "$home/zeros"
exits 1 "zeros are none"
printf '%s' '<rss><channel><title>Broken</title><item><title>One</title><guid>1</guid></item>' \
    '<item><title>Tw' >"$home/broken.xml"
run parse "$home/broken.xml" --template '{title}'
exits 0 "a broken feed is read as far as it goes"
holds "its first episode" "One"
ok "and it is said" test -s "$home/err"
printf '<rss><channel><title>\033]0;x\007Bad\342\200\256title</title>' >"$home/evil.xml"
printf '<item><title>a\tb\nc</title></item></channel></rss>' >>"$home/evil.xml"
run parse "$home/evil.xml"
tr -d '\n\t' <"$home/out" >"$home/evil.out"
ok "no control character comes out" \
    sh -c 'test -s "$1" && ! LC_ALL=C grep -q "[[:cntrl:]]" "$1"' sh "$home/evil.out"
finish
