# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=node-pg-migrate
get() { npm_get node-pg-migrate@9.0.0 pg@8.16.3; }
begin() {
  ln -s "$home/node_modules" node_modules
  echo '{"type": "module"}' >package.json
  mkdir migrations
  echo "export const up = pgm => pgm.sql('CREATE TABLE users (id int PRIMARY KEY, email text)');" >migrations/1704067200000_users.js
}
more() { echo "export const up = pgm => pgm.sql('ALTER TABLE users ADD name text');" >migrations/1704153600000_name.js; }
apply() { node_modules/.bin/node-pg-migrate up; }
