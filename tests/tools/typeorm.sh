# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=TypeORM
get() { npm_get typeorm@1.1.1 pg@8.16.3 reflect-metadata@0.2.2; }
begin() {
  ln -s "$home/node_modules" node_modules
  mkdir migrations
  cat >data-source.js <<'END'
const {DataSource} = require('typeorm');
module.exports = new DataSource({type: 'postgres', url: process.env.DATABASE_URL, migrations: ['migrations/*.js']});
END
  class Users1704067200000 'CREATE TABLE users (id int PRIMARY KEY, email text)' >migrations/1704067200000-Users.js
}
class() { echo "exports.$1 = class { name = '$1'; async up(q) { await q.query('$2'); } async down() {} };"; }
more() { class Name1704153600000 'ALTER TABLE users ADD name text' >migrations/1704153600000-Name.js; }
apply() { node_modules/.bin/typeorm migration:run -d data-source.js; }
