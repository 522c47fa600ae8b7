#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The steps of action.yml. All that was given comes by variables: no text of a workflow becomes shell.
set -euo pipefail

# An environment of its own. Only the command goes on PATH: the project's Python stays the first.
install() {
  local folder=$RUNNER_TEMP/pgmend
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet "$PGMEND_PACKAGE"
  mkdir -p "$folder/path"
  ln -sf ../bin/pgmend "$folder/path/pgmend"
  printf '%s\n' "$folder/path" >>"$GITHUB_PATH"
  "$folder/path/pgmend" --version
}

# Nothing is repaired, or what a migration forgot would never be seen.
check() {
  local report=$RUNNER_TEMP/pgmend-report.json status=0 further=() words
  [[ -z $PGMEND_INPUT_DATABASE ]] || export PGMEND_DATABASE_URL=$PGMEND_INPUT_DATABASE
  case "$PGMEND_INPUT_SCHEMA" in
    "") ;;
    alembic) further+=(--schema alembic:) ;;
    *) further+=(--schema "$PGMEND_INPUT_SCHEMA") ;;
  esac
  # Words as a shell would split them, and nothing else of what a shell does.
  mapfile -t words < <(xargs -n 1 printf '%s\n' <<<"$PGMEND_INPUT_OPTIONS")
  [[ -z $PGMEND_INPUT_OPTIONS ]] || further+=("${words[@]}")
  further+=(--format text --format github=/dev/stderr --format "json=$report"
    --format "markdown=$RUNNER_TEMP/pgmend-summary.md")
  if [[ -n $PGMEND_INPUT_MIGRATE ]]; then
    pgmend migrate --check "${further[@]}" -- bash -c "$PGMEND_INPUT_MIGRATE" || status=$?
  else
    pgmend verify "${further[@]}" || status=$?
  fi
  if [[ -s $RUNNER_TEMP/pgmend-summary.md ]]; then
    cat "$RUNNER_TEMP/pgmend-summary.md" >>"$GITHUB_STEP_SUMMARY"
  fi
  if [[ -s $report ]]; then
    printf 'verdict=%s\nreport=%s\n' \
      "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["verdict"])' "$report")" \
      "$report" >>"$GITHUB_OUTPUT"
  fi
  exit "$status"
}

case "${1:-}" in
  install | check) "$1" ;;
  *) echo "usage: action.sh install|check" >&2 && exit 2 ;;
esac
