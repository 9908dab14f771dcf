# SPDX-License-Identifier: GPL-3.0-or-later
#
# import and export: OPML, newsboat's file, plain lists, and there and back again.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')

cat >"$home/list.opml" <<'X'
<?xml version="1.0"?><opml version="2.0"><body><outline text="feeds">
<outline text="Tech & more"><outline type="rss" text="Long words" title="Show A"
  xmlUrl="https://a.example/feed?x=1&y=2"/></outline>
<outline text="B" XMLURL=" http://B.example/feed " category="/x/y,z"/>
<outline type="include" url="http://c.example/list.opml"/>
<outline text="C" type="link" url="feed:https://c.example/rss"/>
<outline text="No address"/></outline>
X
run import "$home/list.opml"
exits 0 "a broken OPML file is imported"
prints "a row an outline: id, status, line, address" \
    "1${tab}added${tab}3${tab}https://a.example/feed?x=1&y=2
2${tab}added${tab}4${tab}http://B.example/feed
3${tab}added${tab}6${tab}feed:https://c.example/rss"
run shows --json
json "titles, groups as tags, addresses" \
    '[(s["title"], s["tags"], s["url"]) for s in d] ==
     [("B", ["x", "y", "z"], "http://b.example/feed"), ("C", [], "https://c.example/rss"),
      ("Show A", ["Tech & more"], "https://a.example/feed?x=1&y=2")]'
run shows tag:X
holds "a tag finds its shows" "2${tab}0${tab}0${tab}${tab}B${tab}http://b.example/feed"
run import "$home/list.opml" --json
exits 0 "once more"
json "all are known" '[s["status"] for s in d] == ["known"] * 3'

cat >"$home/urls" <<'X'
# newsboat's
https://n.example/feed.xml "news and more" tech "~My Name" "!"
"query:Unread:unread = \"yes\""
exec:~/bin/feed.sh
http://b.example/feed more
ftp://d.example/feed
X
run import "$home/urls"
exits 1 "what cannot be subscribed to is a failure"
says "each is said, with its line" "urls:3: a search is no subscription"
says "and programs are not run" "urls:4: a program whose output is a feed cannot be"
says "nor other schemes taken" "urls:6: "
prints "the rest is there" "4${tab}added${tab}2${tab}https://n.example/feed.xml
2${tab}known${tab}5${tab}http://b.example/feed"
run shows --json
json "names of one's own, and tags united" \
    '[(s["title"], s["tags"]) for s in d if s["id"] in (2, 4)] ==
     [("B", ["more", "x", "y", "z"]), ("My Name", ["news and more", "tech"])]'

printf 'https://e.example/feed\nhttps://g.example/feed\n-----\n' >"$home/odd"
run import "$home/odd"
exits 1 "a line that is no address"
says "is named" "odd:3: this is no address"
prints "the others are there" "5${tab}added${tab}1${tab}https://e.example/feed
6${tab}added${tab}2${tab}https://g.example/feed"
run remove 5 6

run export "$home/out.opml"
exits 0 "exported to a file"
run shows --json
cp "$home/out" "$home/before"
mv "$home/data" "$home/data-1"
run import "$home/out.opml" --quiet
exits 0 "imported into an empty library"
[ ! -s "$home/out" ]
result $? "without a word"
run shows --json
ok "it is the same library" python3 -c '
import json, sys
one, other = (json.load(open(name)) for name in sys.argv[1:])
key = lambda shows: [(s["title"], s["tags"], s["url"]) for s in shows]
sys.exit(key(one) != key(other))' "$home/before" "$home/out"
run export
ok "and exports as the same file" cmp "$home/out" "$home/out.opml"

run add "https://me:secret@p.example/feed" --no-wait
printf 'https://me:secret@p.example/feed\n' >"$home/login"
run import "$home/login"
holds "a password is not shown" "added${tab}1${tab}https://p.example/feed"
run export
[ "$(grep -c secret "$home/out")" = 0 ]
result $? "nor exported"
run export --with-logins
holds "unless that is asked for" "https://me:secret@p.example/feed"

printf '<html><body>no list</body></html>' >"$home/page"
run import "$home/page"
exits 1 "a page is no list"
says "it is said" "this is no list of subscriptions, but a page or a feed"
run import "$home/nowhere"
exits 1 "a file that is not there"
printf '<opml version="2.0"><body/></opml>' >"$home/empty"
run import "$home/empty"
exits 4 "an empty list"
finish
