#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A PostgreSQL server from PyPI (pgserver 0.1.4: 16.2) for the script that sources this: private, in a
# temporary folder, gone at the end. Sets `folder`, `bin`, PGHOST, PGPORT and PGUSER. As root the
# server is nobody's, for it refuses to be root's.

set -euo pipefail

folder=$(mktemp -d)
trap 'stop; rm -rf "$folder"' EXIT
as() { if [[ $(id -u) -eq 0 ]]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
stop() { as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; }

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pgserver==0.1.4
bin=$(echo "$folder"/venv/lib/python3*/site-packages/pgserver/pginstall/bin)
chmod -R a+rX "$folder"
mkdir "$folder/data" && chmod 755 "$folder"
[[ $(id -u) -ne 0 ]] || chown 65534:65534 "$folder" "$folder/data"
cd "$folder"
as "$bin/initdb" --auth=trust --username=postgres --pgdata="$folder/data" >/dev/null
# Some drivers know no sockets: a port that nobody has.
PGPORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as "$bin/pg_ctl" -D "$folder/data" -o "-k $folder -p $PGPORT -c listen_addresses=127.0.0.1" -l "$folder/log" -w start >/dev/null
export PGHOST=$folder PGUSER=postgres PGPORT
