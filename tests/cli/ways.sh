# SPDX-License-Identifier: GPL-3.0-or-later
#
# How servers are reached: names and passwords, certificates, HTTP/2, a proxy.
. "${SRCDIR:-.}/tests/cli/lib.sh"
tab=$(printf '\t')
unset no_proxy http_proxy https_proxy all_proxy

conf() {
    mkdir -p "$XDG_CONFIG_HOME/hark"
    printf '%s\n' "$@" >"$XDG_CONFIG_HOME/hark/hark.conf"
}

# Nothing that hark wrote or said holds the password, but for the database.
kept_secret() { # WHAT
    ok "$1" sh -c 'cd "$1" && ! grep -rq geheim out err seen state cache data/hark/media' \
        sh "$home"
}

mkdir "$home/www" "$home/seen" "$home/state" "$home/cache"
cp "$SRCDIR"/data/tour/* "$home/www/"
chmod u+w "$home"/www/* # a distributed tree may be read-only
sed 's/\(url="[^"]*\.\)\(opus\|vtt\)"/\1\2?auth=me:ge%68eim"/' \
    "$SRCDIR/data/tour/feed.xml" >"$home/www/feed.xml"
serve "$home/www"
port=${server##*:}

# By the address.
feed="http://me:geheim@127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
bare="http://127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
run add "http://127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
exits 1 "a feed that wants a password"
says "is told so" "401: it wants a name and a password; hark.conf(5) says where to put them."
run add "http://me:nein@127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
exits 1 "another password is wrong"
says "and that is said" "401: it does not take the name and the password that it got."
# (the server reads %68 as h: the word that is looked for is in no query)
run -vv add "$feed" --json
exits 0 "the login in the address opens it"
json "nothing of it in the document" \
    '"me:geheim@" not in str(d) and d[0]["status"] == "added"'
run -vv add "$feed" --json
json "it is known then" 'd[0]["status"] == "known"'
for what in shows "show 1" "episodes" "links 1" "refresh 1" "config" "notes 1"; do
    # shellcheck disable=SC2086
    run -vv $what --json
    cat "$home/out" "$home/err" >>"$home/seen/all"
done
run show 1
cat "$home/out" >>"$home/seen/all"
run show "$bare"
exits 0 "the address as it is shown finds it"
run -vv download 1 --json
json "its audio has the same login" 'd[0]["state"] == "here"'
run transcript 1 --json
json "its transcript too" 'd["source"] == "vtt"'
run refresh --force --json
exits 0 "it is read again"
mv "$home/www/feed.xml" "$home/www/moved.xml"
run -vv refresh 1 --json
exits 1 "a failure"
kept_secret "neither said nor logged"
ok "there is a log" test -s "$home/state/hark/hark.log"
mv "$home/www/moved.xml" "$home/www/feed.xml"
run remove 1

# Who moves on the same server takes the password along.
feed="http://me:geheim@127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
moved="http://127.0.0.1:$port/r?redirect=301&to=/feed.xml%3Fauth=me:ge%2568eim"
run add "http://me:geheim@${moved#http://}"
run show tour --template '{url}'
prints "a redirect for good" "http://127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
run refresh --force
exits 0 "and the show still opens"
run remove tour
home_of="http://127.0.0.1:$port/feed.xml?auth=me:ge%68eim"
sed "s|<channel>|&<itunes:new-feed-url>$home_of</itunes:new-feed-url>|" "$home/www/feed.xml" \
    >"$home/www/old.xml"
run add "http://me:geheim@127.0.0.1:$port/old.xml?auth=me:ge%68eim"
run refresh --force --json
json "a feed that says where it lives" 'd["shows"][0]["status"] == "moved"'
run refresh --force
exits 0 "opens there as well"
kept_secret "and the password is not said"
run remove tour

# By netrc.
bare="http://127.0.0.1:$port/feed.xml?auth=you:word"
echo "machine 127.0.0.1 login you password word" >"$home/.netrc"
run add "$bare"
exits 0 "~/.netrc opens it"
mv "$home/.netrc" "$home/other"
run refresh --force
exits 1 "without it no more"
conf "set netrc ~/other"
run refresh --force
exits 0 "another file, by the option"
mv "$home/other" "$home/.netrc"
conf "set netrc off"
run refresh --force
exits 1 "off is off"
run remove tour

# By a program.
bare="http://127.0.0.1:$port/feed.xml?auth=they:ge%68eim"
cat >"$home/ask" <<'SH'
#!/bin/sh
echo "$HARK_HOST|$HARK_USER|$HARK_URL|$HARK_SHOW|$HARK_EVENT" >>"$HOME/asked"
if [ -n "$HARK_USER" ]; then echo gehe'im'; else echo they:gehe'im'; fi
echo more
SH
chmod +x "$home/ask"
conf "set netrc off" "set password-command ~/ask"
run -vv add "$bare"
exits 0 "password-command opens it"
run refresh --force
exits 0 "and again"
printf '%s\n' "127.0.0.1||$bare||password" "127.0.0.1||$bare|A tour of hark|password" \
    >"$home/want"
ok "what it is told" cmp "$home/want" "$home/asked"
run remove tour
run -vv add "http://they@127.0.0.1:$port/feed.xml?auth=they:ge%68eim" --json
exits 0 "the name in the address, the password by the program"
cp "$home/out" "$home/seen/named"
kept_secret "that one is not said either"
conf "set netrc off" "set password-command no-such-program"
run refresh --force
exits 1 "a missing program"
says "is named" "password-command: the program “no-such-program” was not found."
conf "set netrc off" "set password-command 'sh -c \"echo locked >&2; exit 2\"'"
run refresh --force
says "one that fails says why" "password-command: “sh” ended with status 2: locked"
conf "set netrc off" "set password-command 'sleep 100'" "set hook-timeout 1"
run refresh --force
says "one that hangs is ended" "password-command: “sleep” took longer than 1 second"
conf "set netrc off" "set password-command true"
run refresh --force
says "one that is silent" "password-command: the program printed nothing."
run remove tour
run add "$bare"
conf "set netrc off" "set password-command 'echo word'"
run add "$bare"
exits 1 "a password without a name"
says "is told what is wanted" "NAME:PASSWORD is wanted in the first line"

# By a proxy.
conf "set proxy $server"
run add "http://nowhere.invalid/feed.xml?auth=none:x&etag"
says "the proxy's answer comes" "nowhere.invalid/feed.xml: the server says 401"
run add "http://nowhere.invalid/keeping-up.json"
says "the option names a proxy" "keeping-up.json"
conf "set proxy off"
export http_proxy="$server"
run add "http://nowhere.invalid/feed.xml"
exits 1 "off: the environment's is left out"
conf ""
run add "http://nowhere.invalid/feed.xml"
exits 0 "the environment's"
run remove tour
unset http_proxy
play() { # PROFILE ADDRESS
    mkdir -p "$1/config"
    cp "$XDG_CONFIG_HOME/hark/hark.conf" "$1/config/"
    run --profile "$1" play "$2"
    "$HARK" --profile "$1" stop >/dev/null 2>&1
}
if [ -x "${HARK_PLAYER-}" ]; then
    conf "set proxy $server"
    play "$home/p1" "http://nowhere.invalid/keeping-up.mp3"
    exits 0 "the player takes the proxy too"
    conf ""
fi

run --version
holds "names are looked for beside the loop" "async-dns"

# By TLS.
if ! command -v nginx >/dev/null || ! command -v openssl >/dev/null; then
    echo "ok $((count += 1)) - TLS # SKIP nginx or openssl is missing"
    finish
    exit 0
fi
mkdir "$home/tls" "$home/tls/www"
cp "$SRCDIR"/data/tour/* "$home/tls/www/"
sh "$SRCDIR/tests/lib/nginx.sh" "$home/tls/www" tls >"$home/tls/port" 2>/dev/null &
servers="$servers $!"
for _ in $(seq 1000); do
    [ -s "$home/tls/port" ] && python3 -c '
import socket, sys
socket.create_connection(("127.0.0.1", int(open(sys.argv[1]).read())))' "$home/tls/port" \
        2>/dev/null && break
    sleep 0.01
done
secure=https://localhost:$(cat "$home/tls/port")
run add "$secure/feed.xml"
exits 1 "a certificate of its own is not trusted"
says "which is said" "the server's certificate is not trusted, so nothing was read."
conf "set ca-file ~/none.pem"
run add "$secure/feed.xml"
exits 1 "a missing file of certificates"
says "that is said too" "the file of certificates (option ca-file) cannot be read."
conf "set ca-file $home/tls/cert.pem"
run add "$secure/feed.xml"
exits 0 "ca-file names it"
run transcript tour:oldest
exits 0 "documents come by it"
ok "by HTTP/2" grep -q '"GET /feed.xml HTTP/2.0" 200' "$home/tls/access.log"
ok "hark says who it is" grep -q '"hark/[0-9.]*\( (+http[^)]*)\)\?" [0-9]*$' \
    "$home/tls/access.log"
for n in 1 2 3 4; do
    cp "$SRCDIR/data/tour/feed.xml" "$home/tls/www/feed$n.xml"
    run add "$secure/feed$n.xml"
done
: >"$home/tls/access.log"
run refresh --force
exits 0 "five shows of one server"
ok "are asked at once over one connection" python3 -c '
import sys
rows = [line.split() for line in open(sys.argv[1])]
sys.exit(not (len(rows) == 5 and len({row[-1] for row in rows}) == 1))' "$home/tls/access.log"
if [ -x "${HARK_PLAYER-}" ]; then
    play "$home/p2" "$secure/keeping-up.mp3"
    exits 0 "the player trusts it too"
    conf ""
    play "$home/p3" "$secure/keeping-up.mp3"
    exits 1 "but only when it is told to"
    conf "set ca-file $home/tls/cert.pem"
fi
run add "https://127.0.0.1:$(cat "$home/tls/port")/feed.xml"
exits 1 "a name that is not the certificate's"
says "is not trusted" "is not trusted"
finish
