# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
# The engine that `prisma migrate deploy` runs, as npm has it: its command line fetches it from elsewhere.
says=Prisma
get() {
  npm_get --ignore-scripts @prisma/schema-engine-wasm@7.10.0-4.0edf323efd1d98336f3f0a68684b56f689b900d3 \
    @prisma/adapter-pg@7.10.0 @prisma/driver-adapter-utils@7.10.0
}
begin() {
  ln -s "$home/node_modules" node_modules
  mkdir -p prisma/migrations
  echo 'provider = "postgresql"' >prisma/migrations/migration_lock.toml
  printf 'datasource db {\n  provider = "postgresql"\n}\n' >prisma/schema.prisma
  cat >deploy.mjs <<'END'
import * as engine_js from '@prisma/schema-engine-wasm/schema_engine_bg';
import {bindMigrationAwareSqlAdapterFactory} from '@prisma/driver-adapter-utils';
import {PrismaPg} from '@prisma/adapter-pg';
import {readFileSync, readdirSync} from 'node:fs';
import {join, resolve} from 'node:path';
const text = (...path) => readFileSync(join(...path), 'utf8');
const {instance} = await WebAssembly.instantiate(
  readFileSync('node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm'), {'./schema_engine_bg.js': engine_js});
engine_js.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({connectionString: process.env.DATABASE_URL}));
const engine = await engine_js.SchemaEngine.new({datamodels: [['schema.prisma', text('prisma/schema.prisma')]]}, () => {}, adapter);
const baseDir = resolve('prisma/migrations');
const migrationDirectories = readdirSync(baseDir, {withFileTypes: true}).filter(each => each.isDirectory())
  .map(each => each.name).sort().map(path => ({path, migrationFile:
    {path: 'migration.sql', content: {tag: 'ok', value: text(baseDir, path, 'migration.sql')}}}));
const lockfile = {path: 'migration_lock.toml', content: text(baseDir, 'migration_lock.toml')};
const done = await engine.applyMigrations({filters: {externalTables: [], externalEnums: []},
  migrationsList: {baseDir, lockfile, shadowDbInitScript: '', migrationDirectories}}).catch(error => error);
console.log(done);
process.exit(done instanceof Error || !done.appliedMigrationNames ? 1 : 0);
END
  step 20240101000000_users 'CREATE TABLE users (id int PRIMARY KEY, email text);'
}
step() { mkdir "prisma/migrations/$1" && echo "$2" >"prisma/migrations/$1/migration.sql"; }
more() { step 20240102000000_name 'ALTER TABLE users ADD name text;'; }
apply() { node deploy.mjs; }
failed='20240103000000_broken failed'
broken() { step 20240103000000_broken 'SELECT 1 / 0;'; }
