#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Updates a deployment: prerequisites, code, images, database, migrations and schema, health.
# Stops at the first step that fails. Every command is a variable; set them in the environment.
set -euo pipefail

compose=${COMPOSE:-docker compose}          # pull, build, up, run
service=${SERVICE:-backend}                 # holds the migrations and pgmend
database=${DATABASE_SERVICE:-db}
migration=${MIGRATION:-alembic upgrade head}
pgmend=${PGMEND:-pgmend}
schema=${SCHEMA:-schema.lock}               # what is expected; the Dockerfile compiles it
wait=${WAIT:-120s}
health=${HEALTH:-curl --fail --silent --show-error http://localhost:8000/health}

step() { printf '\n[%s/6] %s...\n' "$1" "$2"; }
ok() { printf '  ok %s\n' "$1"; }
stop() {
  printf '  FAILED %s\n' "$1" >&2
  exit "${2:-1}"
}

step 1 "Checking prerequisites"
for program in git ${compose%% *}; do
  command -v "$program" >/dev/null || stop "$program is not installed" 2
done
ok "git, ${compose%% *}"

step 2 "Updating the code"
git pull --ff-only || stop "git pull"
ok "at $(git rev-parse --short HEAD)"

# What can be built is built from the code that was just pulled: `up` alone would start the image
# that is there already.
step 3 "Building and pulling images"
$compose pull --ignore-buildable || stop "pull"
$compose build --pull || stop "build"
ok "images are up to date"

step 4 "Starting the database"
$compose up --detach "$database" || stop "the database does not start"
ok "started; the next step waits until it answers"

# One service, one command: waits for the database, lets one migrate at a time, notices when
# nothing was committed, then checks the schema and adds what is missing.
step 5 "Running migrations"
# shellcheck disable=SC2086  # commands are words
$compose run --rm --no-deps "$service" \
  $pgmend migrate --schema "$schema" --wait "$wait" -- $migration || {
  code=$?
  case $code in
    1) stop "the schema needs you: see the report above" 1 ;;
    5) stop "not now: see the report above, then run this again" 5 ;;
    *) stop "migrations" "$code" ;;
  esac
}
ok "the schema is as it should be"

step 6 "Starting and checking the application"
$compose up --detach || stop "the application does not start"
for try in 1 2 3 4 5 6 7 8 9 10; do
  if $health; then
    printf '\n'
    ok "healthy"
    exit 0
  fi
  sleep "${HEALTH_PAUSE:-3}"
  printf '  attempt %s failed\n' "$try"
done
stop "the health check"
