# SPDX-License-Identifier: GPL-3.0-or-later
#
# A damaged database, folders that take no writing, a full disk: a sentence and exit code 3, never a
# crash and nothing lost.
. "${SRCDIR:-.}/tests/cli/lib.sh"

db=$XDG_DATA_HOME/hark/hark.db
run add "$tour"
exits 0 "a show is added"
cp "$db" "$home/whole.db"

damaged() { # WHAT
    run shows
    exits 3 "$1: exit code 3"
    says "$1: the sentence names the file" "hark.db"
    run add "$tour"
    exits 3 "$1: adding too"
    if command -v script >/dev/null; then
        status=0
        TERM=xterm script -qec "'$HARK'" /dev/null </dev/null >"$home/out" 2>"$home/err" ||
            status=$?
        exits 3 "$1: the interface too"
        holds "$1: it says so" "hark.db"
    fi
}

rm -f "$db"-wal "$db"-shm
printf 'this is no database, and has not been one for a long time; it is words' >"$db"
damaged "words instead of a database"
ok "what was there is left alone" grep -q "no database" "$db"

rm -f "$db"-wal "$db"-shm
cp "$home/whole.db" "$db"
head -c 4096 /dev/urandom | dd of="$db" bs=4096 seek=1 conv=notrunc 2>/dev/null
head -c 40960 /dev/urandom | dd of="$db" bs=4096 seek=3 conv=notrunc 2>/dev/null
run shows
ok "damaged pages are no crash" test "$status" -le 3
rm -f "$db" "$db"-wal "$db"-shm
mkdir "$db"
damaged "a folder instead of a database"
rmdir "$db"

cp "$home/whole.db" "$db"
run shows --template '{title}'
prints "the whole one is read again" "A tour of hark"

if [ "$(id -u)" = 0 ]; then
    # Root writes everywhere: a file where the folder should be is what it cannot write to.
    XDG_DATA_HOME=$home/file
    printf '' >"$home/file"
else
    XDG_DATA_HOME=$home/locked
    mkdir -m 500 "$home/locked"
fi
run add "$tour"
exits 3 "a data folder that takes no writing"
says "a sentence names it" "$XDG_DATA_HOME"
run shows
exits 3 "and for reading"

full=$home/full
mkdir "$full"
if mount -t tmpfs -o size=300k none "$full" 2>/dev/null; then
    XDG_DATA_HOME=$full
    run add "$tour"
    first=$status
    dd if=/dev/zero of="$full/rest" bs=1k 2>/dev/null
    run add "$SRCDIR/tests/screen/library.xml"
    ok "a full disk is no crash" test "$status" -ge 1 -a "$status" -le 3 -a "$first" -le 3
    ok "it is said" grep -qi 'full\|space' "$home/err"
    umount -l "$full"
fi
finish
