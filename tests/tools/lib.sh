#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2154
# What tests/tools/run is made of. A tool's script sets `says` (what pgmend calls it) and has the
# functions
#   get    installs the tool below $home, where that has not been done
#   begin  makes a project in the current folder, with one migration: users (id, email)
#   more   adds another: users.name
#   apply  runs what is to be run
# and, if the tool keeps a record of what failed, `failed` (what pgmend says then) and
#   broken  adds a migration that fails
# and, for what is of this tool alone,
#   also   more to say of it, when all is applied
# The database is named by PGHOST, PGPORT, PGUSER, PGDATABASE and DATABASE_URL.

as_server() {
  if [[ $(id -u) -eq 0 ]]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

start_server() {
  local bin
  bin=${PGMEND_TEST_PG_BIN:-$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)}
  server_bin=$bin
  mkdir "$work/server" && chmod 755 "$work"
  [[ $(id -u) -ne 0 ]] || chown postgres "$work/server"
  export PGHOST=127.0.0.1 PGUSER=postgres PGPORT
  PGPORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  (cd / && as_server "$bin/initdb" -A trust -U postgres -D "$work/server/data" >/dev/null)
  (cd / && as_server "$bin/pg_ctl" -D "$work/server/data" -l "$work/server/log" -w \
    -o "-k $work/server -p $PGPORT -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null)
}
stop_server() {
  [[ -n ${server_bin:-} ]] || return 0
  (cd / && as_server "$server_bin/pg_ctl" -D "$work/server/data" -m immediate stop >/dev/null 2>&1) || true
}

# npm_get PACKAGE...: into $home, once for these versions.
npm_get() {
  command -v npm >/dev/null || return 77
  [[ $(cat "$home/got" 2>/dev/null) == "$*" ]] && return 0
  rm -rf "$home" && mkdir -p "$home"
  (cd "$home" && npm init -y && npm install --no-audit --no-fund "$@") >"$home.log" 2>&1 || return 77
  echo "$*" >"$home/got"
}
pip_get() {
  [[ $(cat "$home/got" 2>/dev/null) == "$*" ]] && return 0
  rm -rf "$home" && mkdir -p "$home"
  (python3 -m venv "$home/venv" && "$home/venv/bin/pip" install --quiet "$@") >"$home.log" 2>&1 || return 77
  echo "$*" >"$home/got"
}
# go_get MODULE@VERSION [FLAG...]
go_get() {
  command -v go >/dev/null || return 77
  [[ $(cat "$home/got" 2>/dev/null) == "$*" ]] && return 0
  mkdir -p "$home"
  GOBIN=$home go install "${@:2}" "$1" >"$home.log" 2>&1 || return 77
  echo "$*" >"$home/got"
}
# maven_get GROUP:ARTIFACT:VERSION...: their jars, with all that they need, below $home/jars.
maven_get() {
  command -v mvn >/dev/null || return 77
  [[ $(cat "$home/got" 2>/dev/null) == "$*" ]] && return 0
  rm -rf "$home" && mkdir -p "$home"
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>t</groupId><artifactId>t</artifactId><version>1</version><dependencies>'
    printf '%s\n' "$@" | sed -E 's|(.*):(.*):(.*)|<dependency><groupId>\1</groupId><artifactId>\2</artifactId><version>\3</version></dependency>|'
    echo '</dependencies></project>'
  } >"$home/pom.xml"
  (cd "$home" && mvn -q -B dependency:copy-dependencies -DoutputDirectory=jars) >"$home.log" 2>&1 || return 77
  echo "$*" >"$home/got"
}

# cargo_get CRATE@VERSION [FLAG...]: compiling one takes many minutes.
cargo_get() {
  command -v cargo >/dev/null || return 77
  [[ $(cat "$home/got" 2>/dev/null) == "$*" ]] && return 0
  rm -rf "$home" && mkdir -p "$home"
  CARGO_TARGET_DIR=$home/target cargo install --quiet --locked --root "$home" "$@" >"$home.log" 2>&1 || return 77
  rm -rf "$home/target"
  echo "$*" >"$home/got"
}

wrong() {
  printf '%-24s FAILED %s\n' "$tool" "$1"
  sed 's/^/    /' "$project/../said" "$project/../tool" 2>/dev/null | tail -60
  exit 1
}
tool_does() { (cd "$project" && "$1") >"$project/../tool" 2>&1 || wrong "$1 failed"; }
# pgmend_says CODE WORDS ARGUMENT...: the exit code and what the output holds, line breaks aside.
pgmend_says() {
  local code=$1 words=$2 got=0
  shift 2
  "$pgmend" "$@" --database "$DATABASE_URL" >"$project/../said" 2>&1 </dev/null || got=$?
  [[ $got -eq $code ]] || wrong "pgmend $*: exit code $got, not $code"
  tr -s ' \n' '  ' <"$project/../said" | grep -qF -- "$words" || wrong "pgmend $*: does not say: $words"
}
psql_does() { psql -X -q -v ON_ERROR_STOP=1 -c "$1" >/dev/null; }
books() {
  psql -X -A -t -c "SELECT relnamespace::regnamespace || '.' || relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^pg_|^information' AND relname <> 'users' ORDER BY 1"
}

drive() {
  tool=$1
  home=$kept/$tool
  project=$work/$tool/project
  failed=''
  also() { :; }
  mkdir -p "$project"
  # shellcheck disable=SC1090
  . "$here/$tool.sh"
  get || { printf '%-24s SKIPPED it cannot be had here (%s.log)\n' "$tool" "$home"; return 77; }
  export PGDATABASE=t_${tool//-/_}
  createdb "$PGDATABASE"
  export DATABASE_URL=postgresql://postgres@127.0.0.1:$PGPORT/$PGDATABASE
  cd "$project" || exit 1
  tool_does begin
  tool_does apply
  printf 'tables: {users: {columns: {email: TEXT, name: TEXT}}}\n' >pgmend.yaml
  # Its migrations are all recorded.
  psql_does 'ALTER TABLE users RENAME email TO e_mail'
  pgmend_says 1 'the migrations say done, the schema says no' verify
  pgmend_says 1 "$says says" verify
  psql_does 'ALTER TABLE users RENAME e_mail TO email'
  tool_does more
  pgmend_says 5 'pending - 1 migration to run first' verify
  pgmend_says 5 'pending - ' ensure
  psql_does 'CREATE TABLE only_here ()'
  books >"$project/../books"
  psql_does 'DROP TABLE only_here'
  tool_does apply
  pgmend_says 0 'verdict: correct' verify
  pgmend_says 0 'verdict: correct' verify --strict --schema "$(wanted)" --kind table
  local before after
  before=$(books)
  pgmend_says 0 'verdict: correct' ensure --allow drop --schema "$(wanted)" --kind table
  after=$(books)
  [[ $before == "$after" ]] || wrong "tables went: $before -> $after"
  "$pgmend" init --database "$DATABASE_URL" --output "$project/../drafted.yaml" >/dev/null 2>&1
  [[ $(grep -cE '^  [^ ]' "$project/../drafted.yaml") -eq 1 ]] || wrong "init: $(cat "$project/../drafted.yaml")"
  pgmend_says 0 "left out as migration tools' own" snapshot --output "$project/../taken.lock"
  [[ $(grep -c '^table ' "$project/../taken.lock") -eq 1 ]] || wrong "snapshot: $(cat "$project/../taken.lock")"
  grep -q "^left-out .* tool=\"$says\"" "$project/../taken.lock" || wrong "snapshot: $(cat "$project/../taken.lock")"
  pgmend_says 0 'verdict: correct' verify --strict --schema "$project/../taken.lock"
  also
  if [[ -n $failed ]]; then
    tool_does broken
    if (cd "$project" && apply) >"$project/../tool" 2>&1; then wrong 'apply did not fail'; fi
    psql_does 'ALTER TABLE users RENAME email TO e_mail'
    pgmend_says 5 "$failed" verify
  fi
  printf '%-24s %-10s %-8s %-7s %-6s %-6s %s\n' "$tool" yes yes yes yes "${failed:+yes}" yes
}
wanted() { echo 'CREATE TABLE users (id int PRIMARY KEY, email text, name text);' >"$project/../wanted.sql"; echo "$project/../wanted.sql"; }
