# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Kysely
get() { npm_get kysely@0.28.19 pg@8.16.3; }
begin() {
  ln -s "$home/node_modules" node_modules
  mkdir migrations
  cat >migrate.js <<'END'
const {Kysely, PostgresDialect, Migrator, FileMigrationProvider} = require('kysely');
const {Pool} = require('pg');
const db = new Kysely({dialect: new PostgresDialect({pool: new Pool({connectionString: process.env.DATABASE_URL})})});
const provider = new FileMigrationProvider({
  fs: require('fs/promises'), path: require('path'), migrationFolder: require('path').resolve('migrations')});
new Migrator({db, provider}).migrateToLatest().then(({error}) => { if (error) throw error; return db.destroy(); });
END
  echo "const {sql} = require('kysely'); exports.up = db => sql\`CREATE TABLE users (id int PRIMARY KEY, email text)\`.execute(db);" >migrations/2024-01-01-users.js
}
more() { echo "const {sql} = require('kysely'); exports.up = db => sql\`ALTER TABLE users ADD name text\`.execute(db);" >migrations/2024-01-02-name.js; }
apply() { node migrate.js; }
