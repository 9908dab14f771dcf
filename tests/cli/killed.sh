# SPDX-License-Identifier: GPL-3.0-or-later
#
# kill -9 in the middle of a refresh, at ever later moments: the store is good each time, no show
# has validators without its episodes, and the next refresh comes to the end that an undisturbed
# one comes to.
. "${SRCDIR:-.}/tests/cli/lib.sh"

mkdir "$home/www"
python3 - "$home/www" <<'PY'
import os, sys
for show in range(6):
    items = "".join(
        f"<item><guid>g{n}</guid><title>Episode {n}</title><description>&lt;p&gt;"
        f"{f'Words of episode {n}. ' * 40}&lt;/p&gt;</description>"
        f"<enclosure url='e{n}.mp3' type='audio/mpeg'/></item>" for n in range(400))
    with open(os.path.join(sys.argv[1], f"s{show}.xml"), "w") as file:
        file.write(
            f"<rss version='2.0'><channel><title>Show {show}</title>{items}</channel></rss>")
PY
serve "$home/www"
for n in 0 1 2 3 4 5; do echo "$server/s$n.xml?etag"; done >"$home/list"

# state: what the library holds, less numbers and instants.
state() {
    python3 - "$home/data/hark/hark.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for row in db.execute("SELECT s.title, s.etag, count(*), count(n.episode_id), sum(e.left_feed)"
                      " FROM show s JOIN episode e ON e.show_id = s.id"
                      " LEFT JOIN notes n ON n.episode_id = e.id GROUP BY s.id ORDER BY s.title"):
    print(*row)
print(*db.execute("SELECT sum(live) FROM pack").fetchone())
PY
}

# good: integrity, references, packs that hold what refers to them, whole shows where they say so.
good() {
    python3 - "$home/data/hark/hark.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
bad = [row for row in db.execute("PRAGMA integrity_check") if row != ("ok",)]
bad += db.execute("PRAGMA foreign_key_check").fetchall()
bad += db.execute("SELECT episode_id FROM notes"
                  " WHERE pack_id NOT IN (SELECT id FROM pack)").fetchall()
bad += db.execute("SELECT id FROM show s WHERE etag IS NOT NULL AND 400 <>"
                  " (SELECT count(*) FROM episode e WHERE e.show_id = s.id)").fetchall()
sys.exit(bool(bad))
PY
}

run import "$home/list" --quiet
run refresh --quiet
exits 0 "an undisturbed refresh"
state >"$home/undisturbed"
ok "its store is good" good

begun=0
for delay in 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.1 0.12 0.15 0.2 0.25; do
    rm -rf "$home/data"
    run import "$home/list" --quiet
    "$HARK" refresh --quiet >/dev/null 2>&1 &
    sleep $delay
    kill -9 $! 2>/dev/null && begun=$((begun + 1))
    wait $! 2>/dev/null
    ok "killed after $delay s: the store is good" good
    run refresh --quiet
    exits 0 "the next refresh goes on"
    state >"$home/state"
    cmp -s "$home/undisturbed" "$home/state"
    result $? "to the same end"
done
[ $begun -gt 0 ]
result $? "some were killed in the midst"
finish
