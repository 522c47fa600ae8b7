# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Drizzle
get() { npm_get drizzle-kit@0.31.11 drizzle-orm@0.45.1 pg@8.16.3; }
begin() {
  ln -s "$home/node_modules" node_modules
  cat >drizzle.config.js <<'END'
module.exports = {dialect: 'postgresql', schema: './schema.js', out: './drizzle', dbCredentials: {url: process.env.DATABASE_URL}};
END
  schema ''
}
schema() {
  echo "const {pgTable, integer, text} = require('drizzle-orm/pg-core');
exports.users = pgTable('users', {id: integer().primaryKey(), email: text()$1});" >schema.js
  node_modules/.bin/drizzle-kit generate
}
more() { sleep 1 && schema ', name: text()'; }
apply() { node_modules/.bin/drizzle-kit migrate; }
