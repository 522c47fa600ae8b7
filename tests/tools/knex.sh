# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Knex
get() { npm_get knex@3.3.0 pg@8.16.3; }
begin() {
  ln -s "$home/node_modules" node_modules
  mkdir migrations
  echo "module.exports = {client: 'pg', connection: process.env.DATABASE_URL, migrations: {tableName: 'our_steps'}};" >knexfile.js
  echo "exports.up = k => k.raw('CREATE TABLE users (id int PRIMARY KEY, email text)'); exports.down = k => k;" >migrations/20240101000000_users.js
}
more() { echo "exports.up = k => k.raw('ALTER TABLE users ADD name text'); exports.down = k => k;" >migrations/20240102000000_name.js; }
apply() { node_modules/.bin/knex migrate:latest; }
