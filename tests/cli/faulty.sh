# SPDX-License-Identifier: GPL-3.0-or-later
#
# Servers and documents that would rather harm: one refresh of all of them beside two good shows.
# Each ends within its bound, is said in one sentence or read as far as it goes, and the good shows
# never notice. A line a fault.
. "${SRCDIR:-.}/tests/cli/lib.sh"

www=$home/www
mkdir "$www"
python3 - "$www" <<'PY'
import gzip, os, sys
www = sys.argv[1]

def write(name, text):
    with open(os.path.join(www, name), "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())

def feed(items, head="", title="Show"):
    return f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>{title}</title>" \
        f"{items}</channel></rss>"

def item(n, more=""):
    return f"<item><guid>g{n}</guid><title>Episode {n}</title>{more}" \
        f"<enclosure url='e{n}.mp3' type='audio/mpeg'/></item>"

write("good1.xml", feed(item(1) + item(2), title="Good one"))
write("good2.xml", feed(item(1) + item(2), title="Good two"))
bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(12)) + "]>"
write("entities.xml", feed(item(1, "<description>&m;&m;</description>"), bomb))
write("external.xml", feed(item(1, "<description>[&x;]</description>"),
    "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"))
write("dtd.xml", feed(item(1), "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:1/evil.dtd'>"))
write("deep.xml", feed(item(1, "<x>" * 20000 + "deep" + "</x>" * 20000)))
write("attributes.xml", feed(item(1, "<x " + " ".join(
    f"a{i}='{i}'" for i in range(100000)) + "/>")))
write("title.xml", feed(f"<item><guid>g</guid><title>{'long ' * 2000000}</title></item>"))
write("angles.xml", feed(item(1, "<description>" + "<" * 5000000 + "</description>")))
write("names.xml", feed(item(1, "<enclosure url='../../../../etc/passwd%00.mp3' type='audio/mpeg'/>"
    "<link>http://x.example/%0d%0aSet-Cookie:a=b</link>")))
write("page.html", "<html><body>A page</body></html>")
write("binary.xml", bytes(range(256)) * 4000)
write("nul.xml", feed(item(1)).encode().replace(b"Episode", b"Epi\0sode"))
write("bomb.xml.gz", gzip.compress(feed("<item><title>" + " " * 200000000).encode(), 9))
write("damaged.xml.gz", gzip.compress(feed(item(1)).encode())[:-40] + b"rubbish" * 9)
PY
serve "$www"

# NAME | address | status | what the sentence says, or - for none
cat >"$home/faults" <<'X'
entities.xml||updated|-
external.xml||updated|-
dtd.xml||updated|-
deep.xml||updated|-
attributes.xml||updated|-
title.xml||updated|-
angles.xml||updated|-
names.xml||updated|-
nul.xml||updated|-
binary.xml||failed|no feed
page.html||failed|web page
bomb.xml|gzip|failed|larger
damaged.xml|gzip|failed|unpacked
good1.xml|zeros=150000000&a|failed|more than 100 MB came
good1.xml|loop&b|failed|never arrives
good1.xml|redirect=302&to=file:///etc/passwd|failed|which is not followed
good1.xml|headers=2000000|failed|broke
good1.xml|drop|failed|closed
good1.xml|truncate=100|failed|broke
good1.xml|length=99999|failed|broke
good1.xml|empty|failed|empty
good1.xml|status=500|failed|500
good1.xml|drip=1|failed|next to nothing came
good1.xml|hang|failed|nothing came
X
mkdir -p "$home/config/hark"
printf 'set stall-timeout 3\nset per-host 16\n' >"$home/config/hark/hark.conf"
while IFS='|' read -r name query status words; do
    printf '%s/%s%s\n' "$server" "$name" "${query:+?$query}"
done <"$home/faults" >"$home/list"
printf '%s/good1.xml\n%s/good2.xml\n' "$server" "$server" >>"$home/list"
run import "$home/list"
exits 0 "all of them are subscribed to"

export HARK
timeout 250 python3 - >"$home/out" 2>"$home/err" <<'PY'
import os, resource, subprocess, sys
code = subprocess.run([os.environ["HARK"], "refresh", "--json"]).returncode
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"# at most {peak} MB", file=sys.stderr)
sys.exit(code)
PY
status=$?
grep '^# at most' "$home/err"
exits 1 "the refresh of all ends, and says that some failed"
cp "$home/out" "$home/report"
python3 - "$home/report" "$home/faults" "$server" >"$home/verdicts" <<'PY'
import json, sys
shows = {show["url"]: show for show in json.load(open(sys.argv[1]))["shows"]}
base = sys.argv[3]
for line in open(sys.argv[2]):
    name, query, status, words = line.rstrip("\n").split("|")
    url = f"{base}/{name}" + (f"?{query}" if query else "")
    show = shows.get(url, {"status": "not asked", "error": None})
    error = show["error"] or ""
    good = show["status"] == status and (words == "-" and not error or words in error) and \
        "\n" not in error
    print("0" if good else "1", f"{name} {query}: {show['status']}: {error[:90]}")
for name in ("good1.xml", "good2.xml"):
    show = shows[f"{base}/{name}"]
    print("0" if show["status"] == "updated" and show["new"] == 2 else "1",
          f"{name}: a good show beside them never notices")
PY
: >"$home/out"
: >"$home/err"
while read -r verdict what; do
    result "$verdict" "$what"
done <"$home/verdicts"

run episodes --json
json "nothing of a file came in" '"root:" not in json.dumps(d)'
finish
