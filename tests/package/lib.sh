#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# For tests/package/check: a server with TLS, and how outcomes are told.

failures=0
skips=0

note() { printf '  %s\n' "$*"; }
skip() { skips=$((skips + 1)) && printf '  skipped: %s\n' "$*"; }
bad() { failures=$((failures + 1)) && printf '  FAILED: %s\n' "$*"; }

# expect WANTED-EXIT-CODE WORDS COMMAND...: runs it, and looks for the words in what it says.
expect() {
  local wanted=$1 words=$2 out status=0
  shift 2
  out=$("$@" 2>&1 </dev/null) || status=$?
  if [[ $status -ne $wanted || $out != *"$words"* ]]; then
    bad "$* ended with $status, wanted were $wanted and \"$words\""
    tail -n 30 <<<"$out"
    return 0
  fi
  note "ok: ${*##*/}"
}

# holds WHAT COMMAND...
holds() {
  local what=$1
  shift
  if "$@"; then note "ok: $what"; else bad "not so: $what"; fi
}

# told_at_its_end LOG COMMAND...: shows the last lines of what it said.
told_at_its_end() {
  local log=$1 status=0
  shift
  "$@" >"$log" 2>&1 </dev/null || status=$?
  tail -n "$((status ? 40 : 3))" "$log"
  return "$status"
}

# fastest COMMAND...: of 50 runs, in microseconds. Others may be at work on this machine.
fastest() {
  local best=1000000000 from took
  for _ in $(seq 50); do
    from=$(date +%s%N)
    "$@" >/dev/null
    took=$((($(date +%s%N) - from) / 1000))
    [[ $took -ge $best ]] || best=$took
  done
  echo "$best"
}

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# bare SUITE FOLDER: what debootstrap calls minimal, made once and kept with what was downloaded.
bare() {
  local kept=${PGMEND_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pgmend}/bare-$1.tar
  [[ ! -d $2 ]] || return 0
  command -v debootstrap >/dev/null || { skip "no debootstrap" && return 1; }
  if [[ ! -s $kept ]]; then
    debootstrap --variant=minbase "$1" "$2" >"$2.log" 2>&1 ||
      { rm -rf "$2" && skip "no bare $1: $(tail -n 1 "$2.log")" && return 1; }
    tar -C "$2" -cf "$kept.part" . && mv "$kept.part" "$kept"
  else
    mkdir -p "$2"
    tar -C "$2" -xf "$kept"
  fi
}

# A private PostgreSQL on 127.0.0.1 with a certificate of its own.
start_server() {
  local folder=$1 bin
  bin=$(echo /usr/lib/postgresql/*/bin | awk '{print $NF}')
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  mkdir -p "$folder"
  openssl req -new -x509 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$folder/server.key" -out "$folder/server.crt" 2>/dev/null
  chmod 600 "$folder/server.key"
  chown -R postgres "$folder"
  chmod 711 "$folder"
  su postgres -c "$bin/initdb -D $folder/data -U postgres -A scram-sha-256 --no-sync --locale=C.UTF-8 \
    --pwfile=<(echo secret)" >/dev/null
  su postgres -c "$bin/pg_ctl -D $folder/data -l $folder/log -w start -o '-p $port -k $folder \
    -c listen_addresses=127.0.0.1 -c fsync=off -c ssl=on -c ssl_cert_file=$folder/server.crt \
    -c ssl_key_file=$folder/server.key'" >/dev/null
  # shellcheck disable=SC2317  # called at the end
  stop_server() { su postgres -c "$bin/pg_ctl -D $folder/data -m immediate stop" >/dev/null; }
  # shellcheck disable=SC2034  # of those that source this
  url=postgresql://postgres:secret@127.0.0.1:$port/postgres
  PGPASSWORD=secret psql -qX -h 127.0.0.1 -p "$port" -U postgres -c \
    "CREATE TABLE users (id int PRIMARY KEY, email text)"
}
