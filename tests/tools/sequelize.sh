# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=Sequelize
get() { npm_get umzug@3.8.3 sequelize@6.37.8 pg@8.16.3 pg-hstore@2.3.4; }
begin() {
  ln -s "$home/node_modules" node_modules
  mkdir migrations
  cat >migrate.js <<'END'
const {Sequelize} = require('sequelize');
const {Umzug, SequelizeStorage} = require('umzug');
const sequelize = new Sequelize(process.env.DATABASE_URL, {logging: false});
const umzug = new Umzug({
  migrations: {glob: 'migrations/*.js'}, context: sequelize.getQueryInterface(),
  storage: new SequelizeStorage({sequelize}), logger: console});
umzug.up().then(() => sequelize.close());
END
  echo "exports.up = ({context: q}) => q.sequelize.query('CREATE TABLE users (id int PRIMARY KEY, email text)');" >migrations/20240101-users.js
}
more() { echo "exports.up = ({context: q}) => q.sequelize.query('ALTER TABLE users ADD name text');" >migrations/20240102-name.js; }
apply() { node migrate.js; }
