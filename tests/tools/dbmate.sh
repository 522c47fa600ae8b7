# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=dbmate
get() { npm_get dbmate@2.28.0; }
begin() {
  mkdir -p db/migrations
  printf -- '-- migrate:up\nCREATE TABLE users (id int PRIMARY KEY, email text);\n-- migrate:down\nDROP TABLE users;\n' >db/migrations/20240101000000_users.sql
}
more() { printf -- '-- migrate:up\nALTER TABLE users ADD name text;\n-- migrate:down\n' >db/migrations/20240102000000_name.sql; }
apply() { "$home/node_modules/.bin/dbmate" --url "$DATABASE_URL?sslmode=disable" --no-dump-schema migrate; }
