#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# nginx.sh DIR [tls]: serves DIR with nginx on a free port of the loopback, prints the port, and
# stays until killed. tls: by https and HTTP/2, with a certificate of its own for localhost, which
# is DIR/../cert.pem.
set -eu
dir=$1
mkdir -p "$dir"
work=$(mktemp -d "$dir/../nginx-XXXXXX")
port=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
listen=127.0.0.1:$port
if [ "${2-}" = tls ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout "$work/key.pem" -out "$dir/../cert.pem" \
        2>/dev/null
    listen="$listen ssl http2; ssl_certificate $dir/../cert.pem; ssl_certificate_key $work/key.pem"
fi
cat >"$work/nginx.conf" <<END
daemon off;
master_process off;
pid $work/pid;
error_log $work/error.log;
events { worker_connections 256; }
http {
    types {
        application/rss+xml xml; audio/mpeg mp3; audio/ogg opus; text/vtt vtt;
        application/json json;
    }
    log_format ours '"\$request" \$status "\$http_user_agent" \$connection';
    access_log $dir/../access.log ours;
    client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work;
    uwsgi_temp_path $work; scgi_temp_path $work;
    gzip on; gzip_types application/rss+xml application/json text/vtt;
    server { listen $listen; root $dir; }
}
END
echo "$port"
exec nginx -c "$work/nginx.conf" -p "$work" 2>/dev/null
