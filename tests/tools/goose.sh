# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=goose
get() { go_get github.com/pressly/goose/v3/cmd/goose@v3.30.0; }
begin() {
  mkdir -p sql/schema
  printf -- '-- +goose Up\nCREATE TABLE users (id int PRIMARY KEY, email text);\n-- +goose Down\nDROP TABLE users;\n' >sql/schema/00001_users.sql
}
more() { printf -- '-- +goose Up\nALTER TABLE users ADD name text;\n' >sql/schema/00002_name.sql; }
apply() { "$home/goose" -dir sql/schema -table steps postgres "$DATABASE_URL?sslmode=disable" up; }
