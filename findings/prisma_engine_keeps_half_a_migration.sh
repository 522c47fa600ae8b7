#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Prisma's schema engine as WebAssembly, with the adapter for node-postgres, and a migration that fails.
#
# Seen with @prisma/schema-engine-wasm 7.10.0-4 and @prisma/adapter-pg 7.10.0 (npm), server PostgreSQL
# 16.2: a migration.sql of two statements, of which the second fails, is sent so that the first one
# stays, while sent as one simple query both would go. The row in _prisma_migrations says
# applied_steps_count 0, as if nothing had been done. Once the row is resolved as rolled back, the same
# file fails on what is there. So how much of a failed migration is there, no row tells.
set -euo pipefail

# shellcheck source=findings/lib/server.sh
. "$(dirname "$0")/lib/server.sh"
(npm init -y && npm install --no-audit --no-fund --ignore-scripts \
  @prisma/schema-engine-wasm@7.10.0-4.0edf323efd1d98336f3f0a68684b56f689b900d3 \
  @prisma/adapter-pg@7.10.0 @prisma/driver-adapter-utils@7.10.0) >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >deploy.mjs <<'END'
import * as engine_js from '@prisma/schema-engine-wasm/schema_engine_bg';
import {bindMigrationAwareSqlAdapterFactory} from '@prisma/driver-adapter-utils';
import {PrismaPg} from '@prisma/adapter-pg';
import {readFileSync} from 'node:fs';
const {instance} = await WebAssembly.instantiate(
  readFileSync('node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm'), {'./schema_engine_bg.js': engine_js});
engine_js.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({connectionString: process.argv[2]}));
const schema = 'datasource db {\n  provider = "postgresql"\n}\n';
const engine = await engine_js.SchemaEngine.new({datamodels: [['schema.prisma', schema]]}, () => {}, adapter);
const sql = 'CREATE TABLE birds (id int PRIMARY KEY);\nSELECT 1 / 0;\n';
const migrationsList = {baseDir: '/migrations', lockfile: {path: 'migration_lock.toml', content: 'provider = "postgresql"'},
  shadowDbInitScript: '', migrationDirectories: [
    {path: '20240101000000_birds', migrationFile: {path: 'migration.sql', content: {tag: 'ok', value: sql}}}]};
await engine.applyMigrations({migrationsList, filters: {externalTables: [], externalEnums: []}})
  .then(() => console.log('it ran through'), error => console.log('failed: ' + error.message.split('\n')[1]));
process.exit();
END
node deploy.mjs "postgresql://postgres@127.0.0.1:$PGPORT/postgres" | tee said
grep -q 'failed: .*division by zero' said
state=$("$bin/psql" -X -A -t -d postgres -c "SELECT to_regclass('birds') IS NOT NULL, finished_at IS NULL, applied_steps_count FROM _prisma_migrations")
echo "birds is there|not finished|steps: $state"
[[ $state == 't|t|0' ]]
echo 'as described'
